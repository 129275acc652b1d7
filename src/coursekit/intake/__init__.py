"""The door for what students hand in: a file or folder in, submissions that can be read safely out."""

from coursekit.intake.collect import collect
from coursekit.intake.found import Found, HandedIn
from coursekit.intake.names import shown

__all__ = ["Found", "HandedIn", "collect", "shown"]

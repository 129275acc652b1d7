"""A made-up cohort: correct, mistaken, half-finished, broken and hostile work whose fate is known."""

from coursekit.build.cohort.members import HandIn, Member, members
from coursekit.build.cohort.write import make_cohort

__all__ = ["HandIn", "Member", "make_cohort", "members"]

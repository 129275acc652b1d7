"""What the judge needs of whoever runs the student's code: names, values, answers to calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from coursekit.wire import Crashed, Malformed, Raised, Returned, TimedOut

Reply = Returned | Raised | TimedOut | Crashed | Malformed


class Caller(Protocol):
    """A running submission. Replies are data; nothing here raises for what the student's code does."""

    def names(self) -> Mapping[str, str]:
        """Public names after the cells have run: name → "function", "value" or "opaque"."""

    def get(self, name: str) -> Reply:
        """The value of a variable."""

    def call(self, function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Reply:
        """Calls a function with deep copies of the arguments."""

    @property
    def alive(self) -> bool:
        """Whether the worker can still answer."""

    def revive(self) -> bool:
        """Makes the worker again after it died; False when no restarts or no time are left."""

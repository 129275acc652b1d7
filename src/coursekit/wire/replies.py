"""What a worker answered, as data: a value, an exception, or why there was neither."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

MAX_TYPE = 80  # characters of an exception's type
MAX_MESSAGE = 2000  # of its message
MAX_LINE = 300  # of one line of the student's
MAX_LINES = 8  # lines of the student's that led to the exception
MAX_NAME = 200  # of a name or label
# Control and format characters (terminal codes, bidirectional overrides), surrogates, line separators.
_ESCAPED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Returned:
    """The call came back. `mutated` names the array arguments changed in place: a remark, no fault."""

    value: Any
    mutated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """The student's code raised. `lines` are their own, outermost first: `cell 7, line 3: return h @ W`."""

    type: str
    message: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimedOut:
    """No answer within this many seconds; the worker was killed."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Crashed:
    """The worker's process died; `reason` is one sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """The worker's answer broke the protocol, as only a forged one does; the worker was killed."""

    reason: str


Reply = Returned | Raised | TimedOut | Crashed | Malformed


def clean(text: str, limit: int) -> str:
    """The text cut to `limit` characters, with characters that could steer a terminal or a page escaped."""
    cut = text[:limit]
    if not (cut.isascii() and cut.isprintable()):
        cut = "".join(
            char.encode("unicode_escape").decode("ascii") if unicodedata.category(char) in _ESCAPED else char
            for char in cut
        )[:limit]
    return cut if len(text) <= limit else cut[: limit - 1] + "…"

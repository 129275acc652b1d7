"""Every error a user can cause: one sentence that names the thing, and an exit code.

    CoursekitError            exit 2   wrong usage or input (the base; messages end up on one line)
    ├─ Refused                exit 1   the answer is "no": a check failed, a gate refused
    ├─ BadInput               exit 2   a file, folder, name or option that cannot be used
    └─ OurFault               exit 3   something that only staff or developers can mend

A message follows one template: name · got · expected · what to try.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CoursekitError(Exception):
    """Base of all errors shown without a traceback."""

    exit_code = 2


class Refused(CoursekitError):
    """The answer is "no"."""

    exit_code = 1


class BadInput(CoursekitError):
    """Input that cannot be used."""

    exit_code = 2


class OurFault(CoursekitError):
    """A fault of the course or the grader, never of a student."""

    exit_code = 3


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'hw2_bptt'?` for a close name, else the list of known ones, else nothing."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known are {', '.join(names)}" if names else ""


def printable(text: str, length: int = 80) -> str:
    """`text` for a terminal or a log: control, format and surrogate characters escaped, and cut to `length`.

    Names and messages of students go through here, so that none can move the cursor or forge a line.
    """
    shown = "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode() for char in text
    )
    return shown if len(shown) <= length else shown[: length - 1] + "…"

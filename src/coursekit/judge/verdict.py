"""Turns what a case raised into a status and one sentence for the student.

For hidden cases the sentence holds no input, no expected value and no number of the student's result:
only the output's name, the rung that failed, and of an exception its type, the student's own line and
its message, all cut and with numbers masked: each of them comes out of the worker, where a student's code
can have made it of hidden inputs.
"""

from __future__ import annotations

import re

from coursekit.judge.modules import gradtools
from coursekit.judge.proxy import Gone, StudentError
from coursekit.model import Case, Status
from coursekit.wire import Malformed, Raised, TimedOut

# Long enough for numpy's shape errors, short enough that a message is no channel for arrays.
HIDDEN_MESSAGE_LENGTH = 160
PUBLIC_MESSAGE_LENGTH = 2000
# A long line of code; what is longer is none.
HIDDEN_LINE_LENGTH = 160
# Decimals, exponents, and integers that no shape of ours has.
_NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+|\d{5,}")
# In a line of code `0.5` and `1e-12` stay: only what nobody writes by hand is masked.
_UNWRITTEN = re.compile(r"\d*\.\d{5,}(?:[eE][-+]?\d+)?|\d{5,}(?:\.\d+)?")


def verdict(case: Case, error: BaseException | None) -> tuple[Status, str]:
    """Status and sentence for what a case raised; `None` means that it passed."""
    if error is None:
        return Status.PASSED, ""
    if isinstance(error, Gone):
        return _gone(error)
    if isinstance(error, StudentError):
        return _raised(case, error.raised)
    if isinstance(error, gradtools().Mismatch):
        status = Status.MISSING if error.rung == "missing" else Status.FAILED
        return status, error.blind if case.hidden else cut(str(error), PUBLIC_MESSAGE_LENGTH)
    # Whatever else a case raises (a KeyError on the student's dict, say) fails it, as in Otter.
    kind = type(error).__name__
    if case.hidden:
        return Status.FAILED, f"what was returned could not be used ({kind}); check its form"
    return Status.FAILED, cut(f"what was returned could not be used: {kind}: {error}", PUBLIC_MESSAGE_LENGTH)


def _gone(error: Gone) -> tuple[Status, str]:
    reply = error.reply
    if isinstance(reply, TimedOut):
        return (
            Status.TIMED_OUT,
            f"no answer after {reply.seconds:g} s; look for a loop that does not end or that does too much",
        )
    if isinstance(reply, Malformed):
        return Status.CRASHED, "the answer did not arrive in one piece, so it was not used"
    return Status.CRASHED, f"the process that ran your code ended: {reply.reason}"


def _raised(case: Case, raised: Raised) -> tuple[Status, str]:
    if raised.type == "NotImplementedError":
        return Status.MISSING, "not written yet: the stub is still there"
    kind, message, line = raised.type, raised.message, raised.lines[-1] if raised.lines else ""
    if case.hidden:
        kind, message = masked(kind), cut(masked(message), HIDDEN_MESSAGE_LENGTH)
        line = cut(_UNWRITTEN.sub("#", line), HIDDEN_LINE_LENGTH)
    where = f" — {line}" if line else ""
    return Status.RAISED, cut(f"{kind}: {message}{where}", PUBLIC_MESSAGE_LENGTH)


def masked(text: str) -> str:
    """`text` without numbers that could be inputs; small whole ones, as shapes have, stay."""
    return _NUMBER.sub("#", text)


def cut(text: str, length: int) -> str:
    """`text`, at most `length` characters, with an ellipsis where something was left out."""
    return text if len(text) <= length else text[: length - 1] + "…"

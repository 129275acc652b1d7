"""An exception as data: its type, its message, and the student's own lines that led there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coursekit.wire.replies import MAX_LINE, MAX_LINES, MAX_MESSAGE, MAX_TYPE, Raised, clean

_name_of = type.__dict__["__name__"].__get__  # not what a metaclass says
_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")  # differs from run to run, and tells nobody anything
_traceback_of = BaseException.__dict__["__traceback__"].__get__


@dataclass(frozen=True, slots=True)
class Source:
    """A cell's number from 1, and its lines as they were compiled."""

    cell: int
    lines: list[str]

    def line(self, number: int) -> str:
        """`cell 7, line 3: return h @ W`."""
        text = self.lines[number - 1].strip() if 0 < number <= len(self.lines) else ""
        return clean(f"cell {self.cell}, line {number}: {text}", MAX_LINE)


def type_name(value: Any) -> str:
    """The name of a thing's type."""
    return clean(_name_of(type(value)), MAX_TYPE)


def raised(error: BaseException, sources: Mapping[str, Source]) -> Raised:
    """The exception, cut and escaped."""
    return Raised(type_name(error), _message(error), _lines(error, sources))


def _message(error: BaseException) -> str:
    try:
        text = str.__getitem__(str(error), slice(MAX_MESSAGE + 1))
    except BaseException:
        return "its message cannot be read"
    return clean(_ADDRESS.sub("0x…", text), MAX_MESSAGE)


def _lines(error: BaseException, sources: Mapping[str, Source]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    traceback = _traceback_of(error)
    while traceback is not None:
        source = sources.get(traceback.tb_frame.f_code.co_filename)
        if source is not None:
            line = source.line(traceback.tb_lineno)
            found.pop(line, None)  # a recursion comes down to its last round
            found[line] = None
        traceback = traceback.tb_next
    if isinstance(error, SyntaxError) and error.filename and error.filename in sources and error.lineno:
        found[sources[error.filename].line(error.lineno)] = None
    return tuple(found)[-MAX_LINES:]

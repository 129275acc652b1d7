"""The requests and replies as frames: which kinds there are, and what each one holds.

START  (judge)  cells, files, limits       → LOCKED or FAULT, then CELL per cell run, then READY
GET    (judge)  name                       → RETURNED or RAISED
CALL   (judge)  function, args, kwargs     → RETURNED or RAISED
"""

from __future__ import annotations

from typing import Any

from coursekit.wire import replies
from coursekit.wire.decoding import Reader, Resolve, decode
from coursekit.wire.encoding import Unknown, Writer
from coursekit.wire.errors import WireError
from coursekit.wire.frames import Frame
from coursekit.wire.replies import Raised, Returned, clean

START, GET, CALL = 1, 2, 3
LOCKED, FAULT, CELL, READY, RETURNED, RAISED = 17, 18, 19, 20, 21, 22

KINDS_OF_NAMES = ("function", "value", "opaque")
Parts = tuple[bytes, list[bytes]]


def call(function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Parts:
    """A CALL. Raises NotPlain, TooLarge for arguments that cannot travel."""
    writer = Writer()
    for value in (function, len(args), *args, len(kwargs)):
        writer.value(value)
    for name, value in kwargs.items():
        writer.value(name)
        writer.value(value)
    return writer.structure(), writer.buffers


class Call:
    """A CALL as the worker reads it; `arrays` holds (label, array, the bytes it came from)."""

    def __init__(self, frame: Frame, resolve: Resolve) -> None:
        reader = Reader(frame.structure, frame.buffers, resolve)
        self.arrays: list[tuple[int | str, Any, memoryview]] = []
        self.function: str = reader.value()
        self.args = tuple(self._labelled(reader, index) for index in range(reader.value()))
        self.kwargs: dict[str, Any] = {}
        for _ in range(reader.value()):
            name = reader.value()
            self.kwargs[name] = self._labelled(reader, name)
        reader.end()

    def _labelled(self, reader: Reader, label: int | str) -> Any:
        before = len(reader.arrays)
        value = reader.value()
        self.arrays += [(label, array, raw) for array, raw in reader.arrays[before:]]
        return value


def returned(value: Any, mutated: tuple[str, ...], unknown: Unknown) -> Parts:
    """A RETURNED. Raises TooLarge."""
    writer = Writer(unknown)
    writer.value(value)
    writer.value(mutated)
    return writer.structure(), writer.buffers


def raised(reply: Raised) -> Parts:
    """A RAISED."""
    writer = Writer()
    for value in (reply.type, reply.message, reply.lines):
        writer.value(value)
    return writer.structure(), writer.buffers


def read_reply(frame: Frame) -> Returned | Raised:
    """The judge's reading of an answer to GET or CALL. Raises WireError."""
    reader = Reader(frame.structure, frame.buffers)
    if frame.kind == RETURNED:
        reply: Returned | Raised = Returned(reader.value(), _texts(reader.value(), replies.MAX_NAME))
    elif frame.kind == RAISED:
        type_, message = reader.value(), reader.value()
        reply = Raised(
            _text(type_, replies.MAX_TYPE),
            _text(message, replies.MAX_MESSAGE),
            _texts(reader.value(), replies.MAX_LINE),
        )
    else:
        raise WireError(f"an answer of kind {frame.kind}")
    reader.end()
    return reply


def read_fault(frame: Frame) -> str:
    """The judge's reading of FAULT: why the worker could not be fenced in. Raises WireError."""
    return _text(decode(frame.structure, frame.buffers), replies.MAX_MESSAGE)


def read_cell(frame: Frame) -> tuple[str, str] | None:
    """The judge's reading of a CELL: None, or the error and the student's own line. Raises WireError."""
    value = decode(frame.structure, frame.buffers)
    if value is None:
        return None
    if type(value) is not tuple or len(value) != 2:
        raise WireError("a cell's note is not a pair")
    return _text(value[0], replies.MAX_MESSAGE), _text(value[1], replies.MAX_LINE)


def read_names(frame: Frame) -> dict[str, str]:
    """The judge's reading of READY: what each public name is. Raises WireError."""
    value = decode(frame.structure, frame.buffers)
    if type(value) is not dict:
        raise WireError("the names are not a dict")
    for name, kind in value.items():
        if type(name) is not str or len(name) > replies.MAX_NAME or not name.isidentifier():
            raise WireError("a name that is none")
        if type(kind) is not str or kind not in KINDS_OF_NAMES:
            raise WireError(f"a kind of name that is not one of {', '.join(KINDS_OF_NAMES)}")
    return value


def _text(value: Any, limit: int) -> str:
    if type(value) is not str:
        raise WireError(f"a {type(value).__name__} where text belongs")
    return clean(value, limit)


def _texts(value: Any, limit: int) -> tuple[str, ...]:
    if type(value) is not tuple or len(value) > replies.MAX_LINES:
        raise WireError("not a short tuple of texts")
    return tuple(_text(member, limit) for member in value)

"""Answers the judge's questions from the namespace that the cells have left."""

from __future__ import annotations

import sys
import time
from itertools import count, islice
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from coursekit.wire import messages
from coursekit.wire.decoding import decode
from coursekit.wire.errors import TooLarge
from coursekit.wire.frames import Frame
from coursekit.wire.messages import Parts
from coursekit.wire.replies import MAX_LINES, MAX_NAME, clean
from coursekit.wire.things import FunctionRef, Handle
from coursekit.worker import failures, plots
from coursekit.worker.cells import Notebook
from coursekit.worker.standins import Silent

_tobytes = np.ndarray.tobytes  # taken before student code runs
_VALUES = (
    type(None),
    type(...),
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    list,
    tuple,
    dict,
    np.ndarray,
    np.generic,
)
_MOST_NAMES = 2000
_LIMIT = 1000  # recursion, for our own work


class Answers:
    """The names after the cells, and whatever was handed out as an opaque thing."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._handed_out: dict[int, Any] = {}
        # Never the numbers of an earlier worker: what that one handed out is lost, not another thing.
        self._numbers = count(time.monotonic_ns())

    def names(self) -> dict[str, str]:
        """What each public name is."""
        public = (
            (name, _kind(value))
            for name, value in list(self._notebook.namespace.items())
            if type(name) is str and _is_public(name)
        )
        return dict(islice(public, _MOST_NAMES))

    def answer(self, frame: Frame) -> tuple[int, Parts]:
        """The kind and the parts of the reply. Whatever the student's code raises becomes data."""
        try:
            value, mutated = self._get(frame) if frame.kind == messages.GET else self._call(frame)
            reply = messages.RETURNED, self._encoded(value, mutated)
        except BaseException as error:
            reply = messages.RAISED, messages.raised(failures.raised(error, self._notebook.sources))
        plots.close()
        return reply

    def _get(self, frame: Frame) -> tuple[Any, tuple[str, ...]]:
        return self._find(decode(frame.structure, frame.buffers)), ()

    def _call(self, frame: Frame) -> tuple[Any, tuple[str, ...]]:
        call = messages.Call(frame, self._resolve)
        function = self._find(call.function)
        value = function(*call.args, **call.kwargs)
        changed = (label for label, array, raw in call.arrays if _tobytes(array) != raw)
        names = dict.fromkeys(_parameter(function, label) for label in changed)
        return value, tuple(names)[:MAX_LINES]

    def _find(self, name: str) -> Any:
        try:
            return self._notebook.namespace[name]
        except KeyError:
            raise NameError(f"name '{name}' is not defined") from None

    def _resolve(self, thing: Handle | FunctionRef) -> Any:
        if isinstance(thing, FunctionRef):
            return self._find(thing.name)
        try:
            return self._handed_out[thing.id]
        except KeyError:
            raise LookupError(f"{thing.text} was lost when the worker was made again") from None

    def _encoded(self, value: Any, mutated: tuple[str, ...]) -> Parts:
        theirs = sys.getrecursionlimit()
        sys.setrecursionlimit(_LIMIT)
        try:
            return messages.returned(value, mutated, self._stand_in)
        except TooLarge as error:
            return messages.returned(
                self._hand_out(value, f", too large to hand over: {error}"), mutated, _nothing
            )
        finally:
            sys.setrecursionlimit(theirs)

    def _stand_in(self, value: Any) -> Any:
        if plots.is_axes(value):
            try:
                return plots.describe(value)
            except Exception:
                return self._hand_out(value, " that cannot be read")
        return self._hand_out(value)

    def _hand_out(self, value: Any, more: str = "") -> Handle:
        number = next(self._numbers)
        self._handed_out[number] = value
        return Handle(number, f"a {failures.type_name(value)}{more}")


def _nothing(value: Any) -> Any:
    raise TypeError("nothing to hand over")


def _is_public(name: str) -> bool:
    return not name.startswith("_") and len(name) <= MAX_NAME and name.isidentifier()


def _kind(value: Any) -> str:
    kind = type(value)
    if issubclass(kind, _VALUES):
        return "value"
    if issubclass(kind, ModuleType | Silent):
        return "opaque"
    return "function" if callable(value) else "opaque"


def _parameter(function: Any, label: int | str) -> str:
    """The name of an argument given by position or by name."""
    if isinstance(label, str):
        return clean(label, MAX_NAME)
    if type(function) is FunctionType:
        code = function.__code__
        if label < code.co_argcount:
            return clean(code.co_varnames[label], MAX_NAME)
    return f"argument {label + 1}"

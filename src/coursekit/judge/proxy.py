"""Stand-ins for a student's functions: a call goes to the caller, is recorded, and comes back as a value."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from coursekit.judge.caller import Caller
from coursekit.wire import Crashed, FunctionRef, Malformed, Raised, Returned, TimedOut

ATOMS = frozenset((type(None), type(...), bool, int, float, complex, str, bytes))


class StudentError(Exception):
    """An exception of the student's own code, as the case sees it. Its text is the student's, already cut."""

    def __init__(self, raised: Raised) -> None:
        super().__init__(f"{raised.type}: {raised.message}")
        self.raised = raised


class Gone(BaseException):
    """The worker died or ran out of time. Not an Exception, so that no case can swallow it."""

    def __init__(self, reply: TimedOut | Crashed | Malformed) -> None:
        super().__init__(str(reply))
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded call: arguments as sent, and the reply. Proxies among the arguments are FunctionRefs."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    reply: Returned | Raised


@dataclass(slots=True)
class Record:
    """What one case asked: its calls, and the variables that it read."""

    calls: list[Call] = field(default_factory=list)
    reads: dict[str, Any] = field(default_factory=dict)
    mutated: set[str] = field(default_factory=set)


class Proxy:
    """A student's function. Calling it sends copies and returns a copy of what came back."""

    hands_over_copies = True  # gradtools.call need not copy once more

    def __init__(self, name: str, caller: Caller, record: Record) -> None:
        self.__name__ = name
        self._caller = caller
        self._record = record

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        sent_args = tuple(_as_sent(arg) for arg in args)
        sent_kwargs = {key: _as_sent(arg) for key, arg in kwargs.items()}
        reply = self._caller.call(self.__name__, sent_args, sent_kwargs)
        if isinstance(reply, TimedOut | Crashed | Malformed):
            raise Gone(reply)
        self._record.calls.append(Call(self.__name__, sent_args, sent_kwargs, reply))
        if isinstance(reply, Raised):
            raise StudentError(reply)
        self._record.mutated.update(reply.mutated)
        return copied(reply.value)  # the record keeps what came, whatever the case does with it


def _as_sent(arg: Any) -> Any:
    return FunctionRef(arg.__name__) if isinstance(arg, Proxy) else copied(arg)


def copied(value: Any) -> Any:
    """A deep copy; ten times as fast as `copy.deepcopy` for the arrays and tuples that calls consist of."""
    kind = type(value)
    if kind is np.ndarray and value.dtype.kind in "biufc":
        return value.copy(order="K")
    if kind in ATOMS:
        return value
    if kind is tuple:
        return tuple([copied(item) for item in value])
    if kind is list:
        return [copied(item) for item in value]
    if kind is dict:
        return {key: copied(item) for key, item in value.items()}
    return copy.deepcopy(value)


class StudentNames(Mapping[str, Any]):
    """The notebook's names as a case sees them: proxies for functions, plain values for variables."""

    def __init__(self, caller: Caller, record: Record) -> None:
        self._caller = caller
        self._record = record

    def __getitem__(self, name: str) -> Any:
        kind = self._caller.names()[name]
        if kind == "function":
            return Proxy(name, self._caller, self._record)
        reply = self._caller.get(name)
        if isinstance(reply, TimedOut | Crashed | Malformed):
            raise Gone(reply)
        if isinstance(reply, Raised):
            raise StudentError(reply)
        self._record.reads[name] = reply.value
        return copied(reply.value)

    def __iter__(self) -> Iterator[str]:
        return iter(self._caller.names())

    def __len__(self) -> int:
        return len(self._caller.names())

"""Runs our own functions, right or with mistakes in them, on the calls that a submission was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from coursekit.judge.drawn import close_figures, without_style
from coursekit.judge.memo import content, size
from coursekit.judge.proxy import Call, copied
from coursekit.mistakes.agree import agree
from coursekit.mistakes.budget import Budget
from coursekit.mistakes.catalogue import Catalogue
from coursekit.model import Mistake
from coursekit.wire import FunctionRef, Handle, Raised, Returned
from coursekit.wire.replies import MAX_MESSAGE, clean


@dataclass(frozen=True, slots=True)
class Version:
    """A function of the Reference: with `own` mistakes in it, calling others that carry those of `base`."""

    function: str
    own: tuple[Mistake, ...] = ()
    base: tuple[Mistake, ...] = ()

    @property
    def key(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """What tells it from every other version."""
        return self.function, tuple(m.id for m in self.own), tuple(m.id for m in self.base)


class Replayer:
    """The replays of one submission; none is made twice. Keeps every result, so it lives no longer."""

    def __init__(self, catalogue: Catalogue, budget: Budget | None = None) -> None:
        self.catalogue = catalogue
        self.budget = Budget() if budget is None else budget
        # With the call itself, so that no other can come to stand at its address.
        self._contents: dict[int, tuple[Call, bytes]] = {}
        self._replies: dict[object, tuple[Call, Returned | Raised | None]] = {}

    def reply(self, version: Version, call: Call) -> Returned | Raised | None:
        """What `version` answers to the call; None where it cannot be made or takes too long."""
        key = (version.key, id(call))
        if key not in self._replies:
            if self.budget.spent:
                return None  # not kept: another budget may come
            self._replies[key] = call, self.budget.run(lambda: self._known(version, call))
        return self._replies[key][1]

    def agrees(self, version: Version, call: Call, tolerance: float) -> bool:
        """Whether `version` answers as the student's function did; exceptions by type and message."""
        return same_reply(call.reply, self.reply(version, call), tolerance)

    def variables(self, base: tuple[Mistake, ...]) -> dict[str, Any]:
        """The module-level names of the Reference that carries `base`; empty where it cannot be executed."""
        return self.budget.run(lambda: self.catalogue.names(base)) or {}

    def _known(self, version: Version, call: Call) -> Returned | Raised | None:
        """The answer, from an earlier submission's replay if that was asked the same."""
        if id(call) not in self._contents:
            self._contents[id(call)] = call, content(call.function, call.args, call.kwargs)
        key = version.key, self._contents[id(call)][1]
        answer: Returned | Raised | None = self.catalogue.memo.get(key)
        if answer is None:
            answer = self._answer(version, call)
            if answer is not None:
                self.catalogue.memo.keep(
                    key, answer, size(answer.value) if isinstance(answer, Returned) else 1
                )
        return answer

    def _answer(self, version: Version, call: Call) -> Returned | Raised | None:
        function = self.catalogue.function(version.function, version.own, version.base)
        if function is None:
            return None
        try:
            value = function(
                *(_own(function, arg) for arg in call.args),
                **{key: _own(function, arg) for key, arg in call.kwargs.items()},
            )
            return Returned(without_style(value))
        except Exception as error:
            close_figures()
            return Raised(type(error).__name__, clean(str(error), MAX_MESSAGE))


def same_reply(student: Returned | Raised, ours: Returned | Raised | None, tolerance: float) -> bool:
    """Whether two answers are one: values to the tolerance, exceptions by type and message."""
    if isinstance(student, Raised):
        return isinstance(ours, Raised) and (student.type, student.message) == (ours.type, ours.message)
    return isinstance(ours, Returned) and agree(without_style(student.value), ours.value, tolerance)


def can_replay(call: Call) -> bool:
    """Whether our own functions can be given the same arguments: nothing of the student's is among them."""
    return not any(_foreign(value) for value in (*call.args, *call.kwargs.values()))


def size_of(call: Call) -> int:
    """The size of all arguments of a call."""
    return size(call.args) + size(call.kwargs)


def _foreign(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_foreign(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_foreign(item) for item in value)
    return isinstance(value, Handle)


def _own(function: Callable[..., Any], arg: Any) -> Any:
    """A fresh copy of an argument; where the student's function was passed, ours of that name is."""
    return function.__globals__[arg.name] if isinstance(arg, FunctionRef) else copied(arg)

"""Names the mistake in a function: the one whose results equal the student's on every recorded call."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from coursekit.judge.drawn import without_style
from coursekit.judge.proxy import Call
from coursekit.mistakes.agree import NAMED, agree
from coursekit.mistakes.catalogue import Catalogue
from coursekit.model import Mistake
from coursekit.wire import FunctionRef, Handle, Raised


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`function` carries `mistakes` (one, or a pair). Empty where it only follows its earlier functions."""

    function: str
    mistakes: tuple[Mistake, ...]


def diagnose(
    catalogue: Catalogue, function: str, calls: Sequence[Call], earlier: Sequence[Mistake]
) -> Diagnosis | None:
    """The mistake of `function`, or None where nothing in the table explains every call.

    `earlier` are mistakes already named in other functions of this submission: the student's function may
    call those. Silence is better than a wrong name: all calls must agree to 1e-9, and one must differ from
    the Reference.
    """
    replayable = sorted((call for call in calls if can_replay(call)), key=_size)
    if not replayable or explains(catalogue.function(function, ()), replayable, NAMED):
        return None
    reached = catalogue.reaches(function)
    for base in bases([mistake for mistake in earlier if mistake.function in reached]):
        for mistakes in _candidates(catalogue.of(function)):
            if not mistakes and not base:
                continue
            if explains(catalogue.function(function, mistakes, base), replayable, NAMED):
                return Diagnosis(function, mistakes)
    return None


def _candidates(mistakes: tuple[Mistake, ...]) -> Iterator[tuple[Mistake, ...]]:
    yield ()
    yield from ((mistake,) for mistake in mistakes)
    yield from combinations(mistakes, 2)


def bases(mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, ...]]:
    """None of the earlier mistakes, each alone, all together: a student may have written any part anew."""
    yield ()
    yield from ((mistake,) for mistake in mistakes)
    if len(mistakes) > 1:
        yield tuple(mistakes)


def can_replay(call: Call) -> bool:
    """Whether our own functions can be given the same arguments: nothing of the student's is among them."""
    return not any(_foreign(value) for value in (*call.args, *call.kwargs.values()))


def _foreign(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_foreign(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_foreign(item) for item in value)
    return isinstance(value, Handle)


def explains(function: Callable[..., Any] | None, calls: Sequence[Call], tolerance: float) -> bool:
    """Whether `function` gives what the student's gave on every call, exceptions of one type included."""
    return function is not None and all(_same_reply(function, call, tolerance) for call in calls)


def _same_reply(function: Callable[..., Any], call: Call, tolerance: float) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = function(
                *(_own(function, arg) for arg in call.args),
                **{key: _own(function, arg) for key, arg in call.kwargs.items()},
            )
        except Exception as error:
            return isinstance(call.reply, Raised) and call.reply.type == type(error).__name__
    if isinstance(call.reply, Raised):
        return False
    return agree(without_style(call.reply.value), without_style(value), tolerance)


def _own(function: Callable[..., Any], arg: Any) -> Any:
    """A fresh copy of an argument; where the student's function was passed, ours of that name is."""
    return function.__globals__[arg.name] if isinstance(arg, FunctionRef) else copy.deepcopy(arg)


def _size(call: Call) -> int:
    return sum(getattr(value, "size", 1) for value in (*call.args, *call.kwargs.values()))

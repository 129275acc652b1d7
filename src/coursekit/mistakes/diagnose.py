"""Names the mistake in a function: the one whose results equal the student's on every recorded call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from coursekit.judge.proxy import Call
from coursekit.mistakes.agree import NAMED
from coursekit.mistakes.replay import Replayer, Version, can_replay, size_of
from coursekit.model import Mistake


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`function` carries `mistakes` (one, or a pair). Empty where it only follows its earlier functions."""

    function: str
    mistakes: tuple[Mistake, ...]


def diagnose(
    replayer: Replayer, function: str, calls: Sequence[Call], earlier: Sequence[Mistake]
) -> Diagnosis | None:
    """The mistake of `function`, or None where nothing in the table explains every call.

    `earlier` are mistakes already named in other functions of this submission: the student's function may
    call those. Silence is better than a wrong name: all calls must agree to 1e-9, and one must differ from
    the Reference.
    """
    replayable = sorted((call for call in calls if can_replay(call)), key=size_of)
    right = Version(function)
    fits = {id(call): replayer.agrees(right, call, NAMED) for call in replayable}
    if all(fits.values()):
        return None
    ordered = sorted(replayable, key=lambda call: fits[id(call)])  # stable: small wrong ones first
    reached = replayer.catalogue.reaches(function)
    among = list(bases([mistake for mistake in earlier if mistake.function in reached]))
    for own in _candidates(replayer.catalogue.of(function)):
        for base in among:
            if (own or base) and _explains(replayer, Version(function, own, base), ordered):
                return Diagnosis(function, own)
    return None


def _explains(replayer: Replayer, version: Version, calls: Sequence[Call]) -> bool:
    return all(replayer.agrees(version, call, NAMED) for call in calls)


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

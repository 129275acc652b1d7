"""Names the mistake in a function: the one whose results equal the student's on every recorded call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coursekit.judge.proxy import Call
from coursekit.mistakes.agree import NAMED
from coursekit.mistakes.evidence import Evidence
from coursekit.mistakes.replay import Replayer, Version, can_replay, same_reply, size_of
from coursekit.model import Mistake
from coursekit.wire import Raised, Returned


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is known of a `function` that answers wrong.

    mistakes   one, or a pair; none where it only follows its earlier functions, or is not `known`
    known      whether `mistakes` explain every call
    constant   whether its wrong answers hang on nothing: zeros, NaN, always the same; nothing follows from it
    """

    function: str
    mistakes: tuple[Mistake, ...] = ()
    known: bool = True
    constant: bool = False


def diagnose(
    replayer: Replayer, function: str, calls: Sequence[Call], found: Mapping[str, Diagnosis]
) -> Diagnosis | None:
    """What is wrong with `function`, or None where every call that can be replayed is answered right.

    `found` are the earlier functions of this submission that answer wrong: the student's function may call
    those. Silence is better than a wrong name: all calls must agree to 1e-9, and one must differ from the
    Reference. Where an earlier function is wrong in an unknown way, nothing is named: what it hands on can
    look like any mistake.
    """
    replayable = sorted((call for call in calls if can_replay(call)), key=size_of)
    right = Version(function)
    fits = {id(call): replayer.agrees(right, call, NAMED) for call in replayable}
    if all(fits.values()):
        return None
    ordered = sorted(replayable, key=lambda call: fits[id(call)])  # stable: small wrong ones first
    reached = replayer.catalogue.reaches(function)
    before = [one for name, one in found.items() if name in reached]
    if not all(one.known for one in before):
        return Diagnosis(function, known=False)
    among = list(bases([mistake for one in before for mistake in one.mistakes]))
    for own in _candidates(replayer, function, ordered):
        for base in among:
            version = Version(function, own, base)
            if (own or base) and all(replayer.agrees(version, call, NAMED) for call in ordered):
                kind = Evidence(replayer, version, ordered)
                if len(own) < 2 or kind.holds_a_pair():
                    return Diagnosis(function, own, constant=kind.constant)
    return Diagnosis(function, known=False)


def _candidates(replayer: Replayer, function: str, calls: Sequence[Call]) -> Iterator[tuple[Mistake, ...]]:
    """No mistake, each one, then pairs of those that change something when they are alone."""
    mistakes = replayer.catalogue.of(function)
    yield ()
    yield from ((mistake,) for mistake in mistakes)
    active = [mistake for mistake in mistakes if _changes(replayer, Version(function, (mistake,)), calls)]
    yield from combinations(active, 2)


def _changes(replayer: Replayer, version: Version, calls: Sequence[Call]) -> bool:
    """Whether the mistake is seen on any call."""
    right = Version(version.function)
    return any(not _alike(replayer.reply(version, call), replayer.reply(right, call)) for call in calls)


def _alike(one: Returned | Raised | None, other: Returned | Raised | None) -> bool:
    return one is not None and same_reply(one, other, NAMED)


def bases(mistakes: Sequence[Mistake]) -> Iterator[tuple[Mistake, ...]]:
    """None of the earlier mistakes, each alone, all together: a student may have written any part anew."""
    yield ()
    yield from ((mistake,) for mistake in mistakes)
    if len(mistakes) > 1:
        yield tuple(mistakes)

"""From verdicts to outcomes: names mistakes, attaches hints, follows named mistakes through."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from coursekit.judge.judge import Judged
from coursekit.judge.proxy import Call
from coursekit.mistakes.agree import FOLLOWED, agree
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.diagnose import Diagnosis, bases, diagnose
from coursekit.mistakes.replay import Replayer, Version, can_replay
from coursekit.model import Assignment, Mistake, Outcome, Status

# Only a wrong answer can be a named mistake; a time-out or a crash answers nothing.
_WRONG = (Status.FAILED, Status.RAISED)


def explain(catalogue: Catalogue, assignment: Assignment, judged: Sequence[Judged]) -> tuple[Outcome, ...]:
    """The outcome of every case: status, points, hint, and points earned by follow-through."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow is a subject of this course
        replayer = Replayer(catalogue)
        named = _name_all(replayer, judged)
        return tuple(_outcome(replayer, assignment, one, named) for one in judged)


def _name_all(replayer: Replayer, judged: Sequence[Judged]) -> dict[str, Diagnosis]:
    """Mistakes by function, earlier functions first: a later one may follow from them."""
    suspects = {call.function for one in judged if one.status in _WRONG for call in one.record.calls}
    calls: dict[str, list[Call]] = {name: [] for name in suspects}
    for one in judged:
        for call in one.record.calls:
            if call.function in suspects:
                calls[call.function].append(call)
    named: dict[str, Diagnosis] = {}
    for function in replayer.catalogue.order:
        if function in suspects:
            earlier = [mistake for diagnosis in named.values() for mistake in diagnosis.mistakes]
            diagnosis = diagnose(replayer, function, calls[function], earlier)
            if diagnosis is not None:
                named[function] = diagnosis
    return named


def _outcome(
    replayer: Replayer, assignment: Assignment, one: Judged, named: dict[str, Diagnosis]
) -> Outcome:
    points = one.case.points if one.status is Status.PASSED else 0
    remark = _remark(one)
    if one.status not in _WRONG:
        return Outcome(one.case, one.status, points, one.rationale, remark=remark, seconds=one.seconds)
    followed = _follows(replayer, assignment, one, named)
    if followed:
        ids = ", ".join(f"{mistake.function}" for mistake in followed)
        return Outcome(
            one.case,
            one.status,
            one.case.points,
            one.rationale,
            remark=f"right, given your {ids}: the slip there costs its points once, not again here",
            seconds=one.seconds,
            followed=True,
        )
    mistakes = _own_mistakes(assignment, one, named)
    return Outcome(
        one.case,
        one.status,
        0,
        one.rationale,
        hint=" ".join(mistake.hint for mistake in mistakes),
        mistake="+".join(mistake.id for mistake in mistakes),
        remark=remark,
        seconds=one.seconds,
    )


def _own_mistakes(assignment: Assignment, one: Judged, named: dict[str, Diagnosis]) -> tuple[Mistake, ...]:
    """The named mistake of a function this case calls; one of the question's own functions before others."""
    own = assignment.question(one.case.question).functions
    called = sorted({call.function for call in one.record.calls}, key=lambda name: name not in own)
    for name in called:
        if name in named and named[name].mistakes:
            return named[name].mistakes
    return ()


def _follows(
    replayer: Replayer, assignment: Assignment, one: Judged, named: dict[str, Diagnosis]
) -> tuple[Mistake, ...]:
    """The earlier mistakes from which this case's results follow, or nothing.

    A mistake in a function of this case's own question that the case calls itself is what the case is
    there to find: it never follows through.
    """
    calls, reads = one.record.calls, one.record.reads
    own = set(assignment.question(one.case.question).functions) & {call.function for call in calls}
    earlier = [
        mistake
        for diagnosis in named.values()
        for mistake in diagnosis.mistakes
        if mistake.function not in own
    ]
    if not (calls or reads) or not all(can_replay(call) for call in calls):
        return ()
    for base in bases(earlier):
        if not base:
            continue
        if all(
            replayer.agrees(Version(call.function, (), base), call, FOLLOWED) for call in calls
        ) and _read_alike(reads, replayer.variables(base) if reads else {}):
            return base
    return ()


def _read_alike(reads: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    return all(name in ours and agree(value, ours[name], FOLLOWED) for name, value in reads.items())


def _remark(one: Judged) -> str:
    if one.record.mutated:
        return f"changes its arguments in place ({', '.join(sorted(one.record.mutated))}); costs no points"
    return ""

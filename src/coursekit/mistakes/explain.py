"""From verdicts to outcomes: names mistakes, attaches hints, follows named mistakes through."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursekit.judge.judge import Judged
from coursekit.judge.proxy import Call
from coursekit.judge.verdict import masked
from coursekit.mistakes.agree import FOLLOWED, agree
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.diagnose import Diagnosis, bases, can_replay, diagnose, explains
from coursekit.model import Assignment, Mistake, Outcome, Status

# Only a wrong answer can be a named mistake; a time-out or a crash answers nothing.
_WRONG = (Status.FAILED, Status.RAISED)
# An argument given by position to something that is no plain function.
_UNNAMED = re.compile(r"argument \d{1,3}")
_NAME_LENGTH = 40  # characters, of an argument that somebody has named


def explain(catalogue: Catalogue, assignment: Assignment, judged: Sequence[Judged]) -> tuple[Outcome, ...]:
    """The outcome of every case: status, points, hint, and points earned by follow-through."""
    named = _name_all(catalogue, judged)
    return tuple(_outcome(catalogue, assignment, one, named) for one in judged)


def _name_all(catalogue: Catalogue, judged: Sequence[Judged]) -> dict[str, Diagnosis]:
    """Mistakes by function, earlier functions first: a later one may follow from them."""
    suspects = {call.function for one in judged if one.status in _WRONG for call in one.record.calls}
    calls: dict[str, list[Call]] = {name: [] for name in suspects}
    for one in judged:
        for call in one.record.calls:
            if call.function in suspects:
                calls[call.function].append(call)
    named: dict[str, Diagnosis] = {}
    for function in catalogue.order:
        if function in suspects:
            earlier = [mistake for diagnosis in named.values() for mistake in diagnosis.mistakes]
            diagnosis = diagnose(catalogue, function, calls[function], earlier)
            if diagnosis is not None:
                named[function] = diagnosis
    return named


def _outcome(
    catalogue: Catalogue, assignment: Assignment, one: Judged, named: dict[str, Diagnosis]
) -> Outcome:
    points = one.case.points if one.status is Status.PASSED else 0
    remark = _remark(one)
    if one.status not in _WRONG:
        return Outcome(one.case, one.status, points, one.rationale, remark=remark, seconds=one.seconds)
    followed = _follows(catalogue, assignment, one, named)
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
    catalogue: Catalogue, assignment: Assignment, one: Judged, named: dict[str, Diagnosis]
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
        module = catalogue.module(base)
        if all(
            call.function in module.__dict__ and explains(module.__dict__[call.function], [call], FOLLOWED)
            for call in calls
        ) and all(
            name in module.__dict__ and agree(value, module.__dict__[name], FOLLOWED)
            for name, value in reads.items()
        ):
            return base
    return ()


def _remark(one: Judged) -> str:
    if one.record.mutated:
        names = sorted({_argument(name, one) for name in one.record.mutated})
        return f"changes its arguments in place ({', '.join(names)}); costs no points"
    return ""


def _argument(name: str, one: Judged) -> str:
    """The name of an argument, as the worker tells it: student code can call one as it likes."""
    if not one.case.hidden or _UNNAMED.fullmatch(name):
        return name
    return masked(name) if name.isidentifier() and len(name) <= _NAME_LENGTH else "one without a name"

"""From verdicts to outcomes: names mistakes, attaches hints, follows named mistakes through."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coursekit.judge.judge import Judged
from coursekit.judge.proxy import Call
from coursekit.judge.verdict import masked
from coursekit.mistakes.agree import FOLLOWED, agree
from coursekit.mistakes.budget import Budget
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.diagnose import Diagnosis, bases, diagnose
from coursekit.mistakes.noticing import Notice, notice
from coursekit.mistakes.replay import Replayer, Version, can_replay
from coursekit.model import Assignment, Mistake, Named, Outcome, Status

# Only a wrong answer can be a named mistake; a time-out or a crash answers nothing.
_WRONG = (Status.FAILED, Status.RAISED)
# An argument given by position to something that is no plain function.
_UNNAMED = re.compile(r"argument \d{1,3}")
_NAME_LENGTH = 40  # characters, of an argument that somebody has named


@dataclass(frozen=True, slots=True)
class _Findings:
    """Every function that answers wrong: what is known of it, and else what can be seen of it."""

    wrong: dict[str, Diagnosis]
    noticed: dict[str, Notice]


def explain(catalogue: Catalogue, assignment: Assignment, judged: Sequence[Judged]) -> tuple[Outcome, ...]:
    """The outcome of every case: status, points, hint, and points earned by follow-through.

    Takes bounded time whatever the submission holds: see `Budget`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow is a subject of this course
        replayer = Replayer(catalogue)
        found = _find(replayer, judged)
        replayer.budget = Budget()  # points hang on what follows: however long naming took, this is asked
        return tuple(_outcome(replayer, assignment, one, found) for one in judged)


def _find(replayer: Replayer, judged: Sequence[Judged]) -> _Findings:
    """Earlier functions first: a later one may follow from them."""
    suspects = {call.function for one in judged if one.status in _WRONG for call in one.record.calls}
    calls: dict[str, list[Call]] = {name: [] for name in suspects}
    for one in judged:
        for call in one.record.calls:
            if call.function in suspects:
                calls[call.function].append(call)
    found = _Findings({}, {})
    for function in replayer.catalogue.order:
        if function in suspects:
            diagnosis = diagnose(replayer, function, calls[function], found.wrong)
            if diagnosis is not None:
                found.wrong[function] = diagnosis
                if not diagnosis.known:
                    _notice(replayer, function, calls[function], found)
    return found


def _notice(replayer: Replayer, function: str, calls: Sequence[Call], found: _Findings) -> None:
    """What can be seen of a function that no name fits; an earlier one that is wrong too comes first."""
    before = [one for name, one in found.wrong.items() if name in replayer.catalogue.reaches(function)]
    unknown = [one.function for one in before if not one.known]
    if unknown:
        first = f"`{function}` may be wrong only because `{unknown[0]}` is: mend `{unknown[0]}` first."
        found.noticed[function] = Notice("", first)
        return
    seen = notice(replayer, function, calls, [mistake for one in before for mistake in one.mistakes])
    if seen is not None:
        found.noticed[function] = seen


def _outcome(replayer: Replayer, assignment: Assignment, one: Judged, found: _Findings) -> Outcome:
    points = one.case.points if one.status is Status.PASSED else 0
    remark = _remark(one)
    if one.status not in _WRONG:
        return Outcome(one.case, one.status, points, one.rationale, remark=remark, seconds=one.seconds)
    followed = _follows(replayer, assignment, one, found)
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
    mistake, hint = _told(replayer.catalogue, assignment, one, found)
    return Outcome(
        one.case,
        one.status,
        0,
        one.rationale,
        hint=hint,
        mistake=mistake,
        remark=remark,
        seconds=one.seconds,
    )


def _told(catalogue: Catalogue, assignment: Assignment, one: Judged, found: _Findings) -> tuple[str, str]:
    """Ids and hint of this case: of a named function that it calls, else of a variable that it reads, else of
    a function of which something is seen.

    One of the question's own functions comes before others.
    """
    own = assignment.question(one.case.question).functions
    called = sorted({call.function for call in one.record.calls}, key=lambda name: (name not in own, name))
    for name in called:
        mistakes = found.wrong[name].mistakes if name in found.wrong else ()
        if mistakes:
            return _joined(mistakes)
    answers = catalogue.answers.named(one.record.reads)
    if answers:
        return _joined(answers)
    seen = next((found.noticed[name] for name in called if name in found.noticed), None)
    return (seen.id, seen.hint) if seen is not None else ("", "")


def _joined(named: Sequence[Named]) -> tuple[str, str]:
    return "+".join(one.id for one in named), " ".join(one.hint for one in named)


def _follows(
    replayer: Replayer, assignment: Assignment, one: Judged, found: _Findings
) -> tuple[Mistake, ...]:
    """The earlier mistakes from which this case's results follow, or nothing.

    A mistake in a function of this case's own question that the case calls itself is what the case is
    there to find: it never follows through.
    """
    calls, reads = one.record.calls, one.record.reads
    own = set(assignment.question(one.case.question).functions) & {call.function for call in calls}
    earlier = [
        mistake
        for diagnosis in found.wrong.values()
        for mistake in diagnosis.mistakes
        if mistake.function not in own and not diagnosis.constant
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
        names = sorted({_argument(name, one) for name in one.record.mutated})
        return f"changes its arguments in place ({', '.join(names)}); costs no points"
    return ""


def _argument(name: str, one: Judged) -> str:
    """The name of an argument, as the worker tells it: student code can call one as it likes."""
    if not one.case.hidden or _UNNAMED.fullmatch(name):
        return name
    return masked(name) if name.isidentifier() and len(name) <= _NAME_LENGTH else "one without a name"

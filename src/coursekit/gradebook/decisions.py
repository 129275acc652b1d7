"""What staff decided about points, and how a decision changes the outcomes of a run.

The rule, here and in the view `current_questions`: the last word on a question or a case counts, and a
decision about a question stands above decisions about its cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coursekit.model import Assignment, Case, Outcome, Question, Run, Status


@dataclass(frozen=True, slots=True)
class Override:
    """A decision of staff about one submission; no `case`: the whole question; no `points`: withdrawn."""

    student: str
    assignment: str
    question: str
    case: str
    points: int | None
    reason: str
    by: str
    at: str


def decided(run: Run, assignment: Assignment, overrides: Sequence[Override]) -> Run:
    """The run as it counts: `overrides` (those in force) applied to its outcomes, in the assignment's order.

    Cases without an outcome get one where a decision needs it, so that staff can grade by hand what could
    not be graded.
    """
    if not overrides:
        return run
    outcomes = {outcome.case.key: outcome for outcome in run.outcomes}
    for override in sorted(overrides, key=lambda override: override.case == ""):
        question = next((q for q in assignment.questions if q.id == override.question), None)
        if question is None or override.points is None:
            continue
        cases = [case for case in question.cases if override.case in ("", case.name)]
        before = [outcomes.get(case.key) or Outcome(case, Status.FAILED, 0) for case in cases]
        points = spread([outcome.points for outcome in before], cases, override.points)
        after = [_set(outcome, n) for outcome, n in zip(before, points, strict=True)]
        if after:
            after[0] = _remarked(after[0], _sentence(override, question, cases))
        outcomes |= {outcome.case.key: outcome for outcome in after}
    return replace(run, outcomes=tuple(outcomes[c.key] for c in assignment.cases if c.key in outcomes))


def spread(earned: Sequence[int], cases: Sequence[Case], total: int) -> list[int]:
    """Points of the cases that add up to `total`, or to all there is, with few cases changed."""
    points = list(earned)
    for i, case in enumerate(cases):  # give from the front
        points[i] += min(max(total - sum(points), 0), case.points - points[i])
    for i in reversed(range(len(cases))):  # take from the back
        points[i] -= min(max(sum(points) - total, 0), points[i])
    return points


def _set(outcome: Outcome, points: int) -> Outcome:
    """A status that agrees with the points; a decision also ends the waiting of a broken case."""
    status = outcome.status
    if points == outcome.points and status is not Status.BROKEN:
        return outcome
    if points == outcome.case.points:
        status = Status.PASSED
    elif status in (Status.PASSED, Status.BROKEN):
        status = Status.FAILED
    return replace(outcome, points=points, status=status)


def _remarked(outcome: Outcome, sentence: str) -> Outcome:
    return replace(outcome, remark=f"{outcome.remark} {sentence}".strip())


def _sentence(override: Override, question: Question, cases: Sequence[Case]) -> str:
    what = override.question if override.case == "" else f"“{override.case}”"
    possible = question.possible if override.case == "" else cases[0].points
    return f"Staff set {what} to {override.points} of {possible} points: {override.reason}"

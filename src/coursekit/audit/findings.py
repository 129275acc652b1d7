"""What the grades of an audit speak against: each sentence names the notebook, the case and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coursekit.audit.table import blocks
from coursekit.audit.trial import Trial
from coursekit.model import Assignment, State, Status

# Public cases are what a student sees while working: fewer than this and the notebook teaches too late.
LEAST_PUBLIC = 0.6


def findings(assignment: Assignment, trials: Sequence[Trial]) -> list[str]:
    """Everything that does not hold; empty if the tests are proven."""
    graded = [trial for trial in trials if trial.run.state is State.GRADED]
    found = [f"{one.kind} {one.id}: {one.run.reason}" for one in trials if one.run.state is not State.GRADED]
    for trial in graded:
        found += _broken(trial)
        match trial.kind:
            case "reference" | "accepted":
                found += _loses(trial)
            case "stub":
                found += _earns(trial)
            case _:
                found += _wrong(trial)
    return [*found, *_silent(assignment, graded), *_too_little_in_public(graded)]


def _broken(trial: Trial) -> Iterator[str]:
    for outcome in trial.run.outcomes:
        if outcome.status is Status.BROKEN:
            yield f"{trial.kind} {trial.id}: broken case “{outcome.case.key}”: {outcome.rationale}"


def _loses(trial: Trial) -> Iterator[str]:
    for outcome in trial.run.outcomes:
        if outcome.status not in (Status.PASSED, Status.BROKEN):
            yield f"{trial.kind} {trial.id}: loses “{outcome.case.key}”: {outcome.rationale}"
    for note in trial.run.cell_notes:
        yield f"{trial.kind} {trial.id}: cell {note.cell} fails: {note.error}"


def _earns(trial: Trial) -> Iterator[str]:
    for outcome in trial.run.outcomes:
        if outcome.points:
            yield f"the untouched release earns “{outcome.case.key}”; a case must not pass on nothing"


def _wrong(trial: Trial) -> Iterator[str]:
    if not trial.at_home:
        where = trial.question or "any question"
        yield f"{trial.kind} {trial.id}: loses no point in {where}; no case catches it"
    elif not trial.is_named:
        yield f"{trial.kind} {trial.id}: named {', '.join(sorted(trial.names)) or 'nothing'}"
    for outcome in trial.lost:
        if outcome.case.question != trial.question:
            key = outcome.case.key
            yield f"{trial.kind} {trial.id} of {trial.question}: also loses “{key}”: {outcome.rationale}"


def _silent(assignment: Assignment, trials: Sequence[Trial]) -> Iterator[str]:
    if not any(trial.is_wrong for trial in trials):
        return
    for block in blocks(assignment, trials):
        for column in block.columns:
            if column.role == "silent":
                key = column.case.key
                yield f"case “{key}” fails for no mistake and no wrong answer; add one that it catches"


def _too_little_in_public(trials: Sequence[Trial]) -> Iterator[str]:
    mistakes = [trial for trial in trials if trial.kind == "mistake"]
    caught = sum(trial.caught_in_public for trial in mistakes)
    if mistakes and caught < LEAST_PUBLIC * len(mistakes):
        yield (
            f"public cases alone catch {caught} of {len(mistakes)} mistakes; expected at least "
            f"{LEAST_PUBLIC:.0%}: make a public case stronger"
        )

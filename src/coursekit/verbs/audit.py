"""`coursekit audit`: proves the tests by grading every mistake and every accepted variant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coursekit.build.materials import load
from coursekit.build.variants import Variant, variants
from coursekit.course import Course
from coursekit.grading.crew import Crew, workers
from coursekit.grading.job import Job, key_for
from coursekit.model import Assignment, Isolation, Materials, Run, State, Status

# Any fixed secret: the audit's inputs are drawn like a student's, and are the same in every audit.
SECRET = b"coursekit audit"


@dataclass(slots=True)
class AssignmentAudit:
    """What an audit of one assignment found; `findings` is empty where everything holds."""

    slug: str
    possible: int
    mistakes: int = 0
    named: int = 0
    accepted: int = 0
    caught_public: int = 0
    findings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class AuditResult:
    """The audits of all assignments."""

    assignments: list[AssignmentAudit]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not any(one.findings for one in self.assignments)


def audit(
    root: Path,
    assignments: tuple[str, ...],
    *,
    progress: Callable[[int, int, str], None],
    jobs: int | None = None,
    isolation: Isolation | None = None,
) -> AuditResult:
    """Audits the named assignments, or all. Raises BadInput for an unknown one or a broken course."""
    materials = [load(root, slug) for slug in assignments or Course(root).slugs()]
    todo = {_name(one, variant): (one, variant) for one in materials for variant in variants(root, one)}
    runs: dict[str, Run] = {}
    with Crew(materials, workers(jobs, len(todo)), isolation) as crew:
        for run in crew.run(_job(one, variant) for one, variant in todo.values()):
            runs[run.submission.student] = run
            progress(len(runs), len(todo), run.submission.student)
    result = AuditResult([])
    for one in materials:
        own = [(variant, runs[name]) for name, (of, variant) in todo.items() if of is one]
        result.assignments.append(_findings(one, own))
    return result


def _name(materials: Materials, variant: Variant) -> str:
    return f"{materials.assignment.slug} {variant.kind} {variant.id}"


def _job(materials: Materials, variant: Variant) -> Job:
    submission = variant.submission(materials.assignment.slug, _name(materials, variant))
    return Job(submission, key_for(SECRET, submission), variant.raw)


def _findings(materials: Materials, runs: list[tuple[Variant, Run]]) -> AssignmentAudit:
    assignment = materials.assignment
    audited = AssignmentAudit(assignment.slug, assignment.possible)
    for variant, run in runs:
        if run.state is not State.GRADED:
            audited.findings.append(f"{variant.kind} {variant.id}: {run.reason}")
            continue
        audited.findings += [
            f"{variant.kind} {variant.id}: broken case “{outcome.case.key}”: {outcome.rationale}"
            for outcome in run.outcomes
            if outcome.status is Status.BROKEN
        ]
        match variant.kind:
            case "reference" | "accepted":
                audited.accepted += variant.kind == "accepted"
                audited.findings += _loses(variant, run)
            case "stub":
                audited.findings += _earns(run)
            case "mistake":
                audited.mistakes += 1
                audited.findings += _mistake(assignment, variant, run, audited)
    return audited


def _loses(variant: Variant, run: Run) -> Iterator[str]:
    for outcome in run.outcomes:
        if outcome.status is not Status.PASSED:
            yield f"{variant.kind} {variant.id}: loses “{outcome.case.key}”: {outcome.rationale}"
    for note in run.cell_notes:
        yield f"{variant.kind} {variant.id}: cell {note.cell} fails: {note.error}"


def _earns(run: Run) -> Iterator[str]:
    for outcome in run.outcomes:
        if outcome.points:
            yield f"the untouched release earns “{outcome.case.key}”; a case must not pass on nothing"


def _mistake(assignment: Assignment, variant: Variant, run: Run, audited: AssignmentAudit) -> Iterator[str]:
    mistake = variant.id
    own = next(
        (question.id for question in assignment.questions if variant.function in question.functions), ""
    )
    lost = [outcome for outcome in run.outcomes if outcome.points < outcome.case.points]
    at_home = [outcome for outcome in lost if outcome.case.question == own]
    if not at_home:
        yield f"mistake {mistake}: loses no point in {own or 'any question'}; no case catches it"
    for outcome in lost:
        if outcome.case.question != own:
            yield f"mistake {mistake} of {own}: also loses “{outcome.case.key}”: {outcome.rationale}"
    names = {outcome.mistake for outcome in at_home} - {""}
    if names == {mistake}:
        audited.named += 1
    elif at_home:
        yield f"mistake {mistake}: named {', '.join(sorted(names)) or 'nothing'}"
    audited.caught_public += any(not outcome.case.hidden for outcome in at_home)

"""`coursekit audit`: proves the tests by grading every mistake, wrong answer and accepted variant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coursekit.audit.findings import findings
from coursekit.audit.table import Block, blocks
from coursekit.audit.trial import Trial
from coursekit.build.materials import load
from coursekit.build.release import stale
from coursekit.build.variants import Variant, count_variants, variants
from coursekit.course import Course
from coursekit.errors import CoursekitError
from coursekit.exports import private_folder, write_private
from coursekit.grading.crew import Crew, workers
from coursekit.grading.job import Job, key_for
from coursekit.model import Assignment, Isolation, Materials, Run, Submission
from coursekit.pages.audit import audit_page, page_of

# Any fixed secret: inputs are drawn like a student's, and are the same in every audit of the same sources.
SECRET = b"coursekit audit"


@dataclass(frozen=True, slots=True)
class AssignmentAudit:
    """The audit of one assignment; `findings` is empty where everything holds."""

    assignment: Assignment
    trials: tuple[Trial, ...]
    findings: tuple[str, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The table of mistakes against cases, by question."""
        return blocks(self.assignment, self.trials)

    def of_kind(self, kind: str) -> tuple[Trial, ...]:
        """The trials of one kind."""
        return tuple(trial for trial in self.trials if trial.kind == kind)


@dataclass(frozen=True, slots=True)
class AuditResult:
    """The audits of all assignments, and the pages that were written."""

    assignments: tuple[AssignmentAudit, ...]
    pages: tuple[Path, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not any(one.findings for one in self.assignments)


def audit(
    root: Path,
    assignments: tuple[str, ...] = (),
    *,
    progress: Callable[[int, int, str], None],
    jobs: int | None = None,
    isolation: Isolation | None = None,
    every_case: bool = False,
    release: bool = True,
    out: Path | None = None,
) -> AuditResult:
    """Audits the named assignments, or all.

    A notebook that differs from the Reference in one function is judged by the cases that can run that
    function, unless `every_case`. With `release`, what lies under assignments/ must be free of leaks and
    equal to a rebuild. `out` is a folder for the tables as pages.

    Raises BadInput for an unknown assignment, a broken course, or a folder that cannot be written.
    """
    if out:
        private_folder(out)  # before anything is graded
    materials = [load(root, slug) for slug in dict.fromkeys(assignments or Course(root).slugs())]
    made: dict[str, tuple[Materials, Variant]] = {}
    runs: dict[str, Run] = {}
    count = sum(map(count_variants, materials))
    audited = []
    with _releases(root, materials if release else ()) as released:
        with Crew(materials, workers(jobs, count), isolation) as crew:
            for run in crew.run(_jobs(root, materials, made, every_case)):
                runs[run.submission.student] = run
                progress(len(runs), count, run.submission.student)
        for one in materials:
            slug = one.assignment.slug
            trials = tuple(_trial(variant, runs[name]) for name, (of, variant) in made.items() if of is one)
            found = findings(one.assignment, trials)
            found += released[slug].result() if release else ()
            audited.append(AssignmentAudit(one.assignment, trials, tuple(found)))
    return AuditResult(tuple(audited), tuple(_pages(audited, out)) if out else ())


def _jobs(
    root: Path, materials: Sequence[Materials], made: dict[str, tuple[Materials, Variant]], every_case: bool
) -> Iterator[Job]:
    """A job for each notebook, made while others are being graded; remembers them in `made`, by name."""
    for one in materials:
        for variant in variants(root, one):
            made[_name(one, variant)] = one, variant
            yield _job(one, variant, every_case)


def _name(materials: Materials, variant: Variant) -> str:
    return f"{materials.assignment.slug} {variant.kind} {variant.id}"


def _job(materials: Materials, variant: Variant, every_case: bool) -> Job:
    slug = materials.assignment.slug
    submission = variant.submission(slug, _name(materials, variant))
    key = key_for(SECRET, Submission("", slug, "", materials.version))  # one for all: cases are drawn once
    reaching = "" if every_case else variant.function
    return Job(submission, key, variant.raw, reaching=reaching)


def _trial(variant: Variant, run: Run) -> Trial:
    return Trial(variant.kind, variant.id, variant.question, run)


@contextmanager
def _releases(root: Path, materials: Sequence[Materials]) -> Iterator[Mapping[str, Future[list[str]]]]:
    """What `_release` finds in each, looked at while judges are at work and not after them."""
    aside = ThreadPoolExecutor(1)
    try:
        yield {one.assignment.slug: aside.submit(_release, root, one.assignment.slug) for one in materials}
    finally:
        aside.shutdown(wait=False, cancel_futures=True)


def _release(root: Path, slug: str) -> list[str]:
    """What is wrong with the files under assignments/: anything private, or not what a rebuild gives."""
    try:
        different = stale(root, slug)
    except CoursekitError as error:
        return [str(error)]
    if not different:
        return []
    return [f"assignments/{slug} is not as released: {different[0]}; run `coursekit release {slug}`"]


def _pages(audited: Sequence[AssignmentAudit], out: Path) -> Iterator[Path]:
    for one in audited:
        page = audit_page(one.assignment, one.trials, one.blocks, one.findings)
        yield write_private(out / page_of(one.assignment), page)

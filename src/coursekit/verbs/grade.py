"""`coursekit grade`: collects submissions, grades what has changed, records every run as it is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursekit.build.materials import load
from coursekit.errors import BadInput
from coursekit.gradebook import Gradebook
from coursekit.grading.crew import Crew, workers
from coursekit.grading.job import Job, key_for
from coursekit.intake import Found, collect
from coursekit.model import Isolation, Run, State, Status
from coursekit.sandbox import detect


@dataclass(slots=True)
class BatchResult:
    """What a batch did."""

    runs: list[Run] = field(default_factory=list)
    skipped: int = 0
    notices: list[str] = field(default_factory=list)  # for staff alone: they may name several students
    isolation: Isolation | None = None
    seconds: float = 0.0

    @property
    def broken(self) -> int:
        """Submissions with a case that is our fault."""
        return sum(any(one.status is Status.BROKEN for one in run.outcomes) for run in self.runs)

    @property
    def exit_code(self) -> int:
        """0: every submission has a result; 1: some could not be graded; 3: a case is broken."""
        if self.broken or any(run.state is State.WAITING for run in self.runs):
            return 3
        return 1 if any(run.state is not State.GRADED for run in self.runs) else 0


def grade(
    root: Path,
    assignment: str,
    path: Path,
    gradebook: Path,
    *,
    progress: Callable[[int, int, str], None],
    jobs: int | None = None,
    isolation: str | None = None,
    unsafe: bool = False,
    again: bool = False,
) -> BatchResult:
    """Grades the file or folder `path` into `gradebook`; one transaction per submission.

    Unchanged submissions are skipped unless `again`. Raises BadInput for what cannot be read at all,
    OurFault where the machine or the course cannot grade.
    """
    started = time.monotonic()
    materials = load(root, assignment)
    found = collect(path, materials.assignment.slug)
    result = BatchResult()
    level = Isolation(isolation) if isolation else detect()
    with Gradebook.open(gradebook, create=True) as book:
        todo = [
            one
            for one in found
            if again or not book.has(one.submission, materials.version, level, unsafe=unsafe)
        ]
        result.skipped = len(found) - len(todo)
        result.notices = list(dict.fromkeys(remark for one in found for remark in one.staff_remarks))
        result.isolation = level
        progress(0, len(todo), "warming up")
        if todo:
            with Crew([materials], workers(jobs, len(todo)), level, unsafe) as crew:
                for run in crew.run(_job(one, book.secret) for one in todo):
                    book.record(run, materials.assignment)
                    result.runs.append(run)
                    progress(len(result.runs), len(todo), run.submission.student)
    result.seconds = time.monotonic() - started
    return result


def _job(found: Found, secret: bytes) -> Job:
    """Reads the submission's bytes now, not earlier: a cohort need not fit into memory."""
    job = Job(
        found.submission,
        key_for(secret, found.submission),
        problem=found.problem,
        missing=found.missing,
        remarks=found.remarks,
    )
    if found.problem or found.missing:
        return job
    try:
        handed_in = found.read()
    except BadInput as error:
        # Without a hash it is never taken as known: what could not be read now may be read the next time.
        return replace(job, submission=replace(found.submission, sha256=""), problem=str(error))
    return replace(
        job,
        raw=handed_in.notebook,
        files=handed_in.files,
        remarks=tuple(dict.fromkeys(found.remarks + handed_in.remarks)),
    )

"""Grades one submission: checked notebook → sandbox → judge → mistakes → run. Lives in a judge's process."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from coursekit.errors import BadInput, printable
from coursekit.grading.job import Job
from coursekit.judge.judge import Judge
from coursekit.judge.memo import Memo
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.explain import explain
from coursekit.model import CellNote, Isolation, Materials, Outcome, Run, State
from coursekit.notebook.submitted import read_submitted
from coursekit.sandbox import Sandbox, Work


class Grader:
    """One assignment's cases and mistakes, loaded once, and a warm sandbox to run submissions in."""

    def __init__(self, materials: Materials, sandbox: Sandbox, unsafe: bool = False) -> None:
        """`unsafe` lets hidden cases run at level `process` and marks every score so made.

        Raises OurFault where a case file or the Reference cannot be executed.
        """
        self.materials = materials
        self._sandbox = sandbox
        self._unsafe = unsafe
        self._memo = Memo()
        self._judge = Judge(materials.assignment, materials.case_files, materials.reference, self._memo)
        self._catalogue = Catalogue(materials.reference, materials.mistakes, materials.answers, self._memo)

    @property
    def isolation(self) -> Isolation:
        """The level at which submissions run."""
        return self._sandbox.isolation

    def grade(self, job: Job) -> Run:
        """The run of one submission. What the student did is in the run; only our own faults are raised."""
        started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
        problem, remarks = job.problem, job.remarks
        outcomes: tuple[Outcome, ...] = ()
        notes: tuple[CellNote, ...] = ()
        state = State.MISSING if job.missing else State.UNGRADABLE if problem else State.GRADED
        if state is State.GRADED:
            try:
                outcomes, notes, more = self._outcomes(job)
                remarks += more
            except BadInput as error:
                problem, state = str(error), State.UNGRADABLE
        return Run(
            submission=job.submission,
            autograder=self.materials.version,
            isolation=self._sandbox.isolation,
            state=state,
            outcomes=outcomes,
            reason=problem,
            seed=job.key.hex(),
            started_at=started,
            seconds=round(time.monotonic() - clock, 3),
            cell_notes=notes,
            remarks=remarks,
            unsafe=self._unsafe and self._sandbox.isolation is Isolation.PROCESS,
        )

    def _outcomes(self, job: Job) -> tuple[tuple[Outcome, ...], tuple[CellNote, ...], tuple[str, ...]]:
        notebook = read_submitted(job.raw, printable(job.submission.file))
        work = Work(
            cells=notebook.in_place,
            support=self.materials.support,
            files=job.files,
        )
        self._memo.start(job.key)
        with self._sandbox.open(work, self.materials.assignment.limits) as session:
            judged = self._judge.run(session, job.key, reaching=job.reaching)
            notes, remarks = session.cell_notes, notebook.remarks + session.remarks
        return explain(self._catalogue, self.materials.assignment, judged), notes, remarks


def refuse_unsafe(isolation: Isolation, unsafe: bool) -> None:
    """Hidden cases at level `process` need `--unsafe`: student code could read them there.

    Raises BadInput with what to do.
    """
    if isolation is Isolation.PROCESS and not unsafe:
        raise BadInput(
            "at isolation level `process` student code could read hidden cases; install bubblewrap or use a "
            "kernel with Landlock and let the level be chosen, or give --unsafe, which marks every score"
        )

"""A batch on every core: one judge process, with its own zygote, per core; results come as they are done.

A judge that dies, or whose sandbox does, costs nothing but time: its submission is given to a fresh one once,
and is left waiting if that one fails too. A judge that hangs is ended when its submission's own time has long
passed. Where judges fail time after time it is the machine, and the batch ends with what they say.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from coursekit.errors import CoursekitError, OurFault
from coursekit.grading.grader import Grader, refuse_unsafe
from coursekit.grading.job import Job
from coursekit.model import Isolation, Materials, Run, State
from coursekit.sandbox import Sandbox

# A judge's own work (cases, diagnosis) on top of the submission's total time before it counts as hung.
JUDGE_MARGIN_SECONDS = 120.0
# A judge needs an interpreter, Otter and a warm zygote before it is ready; only a broken one takes this long.
START_SECONDS = 120.0
# So many judges in a row that give up by themselves: it is not the submission, and will not get better.
MOST_FAULTS = 4

_spawn = multiprocessing.get_context("spawn")  # no inherited descriptors: not the gradebook's, not a lock's


def workers(wanted: int | None, submissions: int) -> int:
    """How many judges to start: as wanted, else one a core; never more than there are submissions."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(wanted or cores, submissions))


@dataclass(slots=True)
class _Judge:
    process: SpawnProcess
    pipe: Connection
    job: Job | None = None
    again: bool = False  # whether another judge has stopped on this job before
    deadline: float = 0.0
    isolation: Isolation | None = None


class Crew:
    """Judges at work on one or more assignments. Use as a context manager; leaving it ends every process."""

    def __init__(
        self,
        materials: Iterable[Materials],
        jobs: int,
        isolation: Isolation | None = None,
        unsafe: bool = False,
    ) -> None:
        """Starts `jobs` judges. `isolation=None` takes the best level of this machine.

        Raises OurFault where no judge can start, BadInput where the level is too weak for hidden cases.
        """
        self._materials = {one.assignment.slug: one for one in materials}
        self._isolation, self._unsafe = isolation, unsafe
        self._judges: list[_Judge] = []
        self._faults = 0  # of judges, since the last run
        try:
            self._judges = [self._start() for _ in range(jobs)]
            for judge in self._judges:
                self._await_ready(judge)
        except BaseException:
            self.close()
            raise

    @property
    def isolation(self) -> Isolation:
        """The level at which this crew's workers run."""
        level = self._judges[0].isolation
        assert level is not None
        return level

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends every judge and its zygote."""
        for judge in self._judges:
            judge.pipe.close()  # a judge that waits for work reads end-of-file and leaves
        for judge in self._judges:
            judge.process.join(timeout=2.0)
            if judge.process.is_alive():
                judge.process.kill()
                judge.process.join()
        self._judges = []

    def run(self, jobs: Iterable[Job]) -> Iterator[Run]:
        """Grades all jobs; yields each run as it is done, in no fixed order."""
        waiting = iter(jobs)
        again: list[Job] = []
        while True:
            for judge in self._judges:
                if judge.job is None:
                    second = bool(again)
                    job = again.pop() if second else next(waiting, None)
                    if job is not None:
                        self._give(judge, job, second)
            busy = [judge for judge in self._judges if judge.job is not None]
            if not busy:
                return
            for judge in self._ready(busy):
                job, second = judge.job, judge.again
                assert job is not None
                answer = self._take(judge)
                if isinstance(answer, str) and not second:
                    again.append(job)
                else:
                    yield answer if isinstance(answer, Run) else self._left_waiting(job, answer)

    def _start(self) -> _Judge:
        ours, theirs = _spawn.Pipe()
        process = _spawn.Process(
            target=_serve,
            args=(theirs, self._materials, self._isolation, self._unsafe),
            name="coursekit-judge",
            daemon=True,
        )
        with _deaf_to_ctrl_c():
            process.start()
        theirs.close()
        return _Judge(process, ours)

    def _await_ready(self, judge: _Judge) -> None:
        if not judge.pipe.poll(START_SECONDS):
            raise OurFault(f"a judge did not start within {START_SECONDS:.0f} s; is the machine overloaded?")
        try:
            ready = judge.pipe.recv()
        except EOFError:
            raise OurFault("a judge ended while it started; run again with --debug to see why") from None
        if isinstance(ready, CoursekitError):
            raise ready
        judge.isolation = ready

    def _give(self, judge: _Judge, job: Job, again: bool) -> None:
        judge.job, judge.again = job, again
        limits = self._materials[job.submission.assignment].assignment.limits
        judge.deadline = time.monotonic() + limits.total_seconds + JUDGE_MARGIN_SECONDS
        with suppress(BrokenPipeError):  # a judge that is gone is found by _ready
            judge.pipe.send(job)

    def _ready(self, busy: list[_Judge]) -> list[_Judge]:
        """The judges that have answered, died, or are past their deadline."""
        patience = max(0.0, min(judge.deadline for judge in busy) - time.monotonic())
        seen = wait([judge.pipe for judge in busy] + [judge.process.sentinel for judge in busy], patience)
        return [
            judge
            for judge in busy
            if judge.pipe in seen or judge.process.sentinel in seen or time.monotonic() > judge.deadline
        ]

    def _take(self, judge: _Judge) -> Run | str:
        """The judge's run; or why there is none, and then a fresh judge is in its place.

        Raises OurFault where one judge after another gives up.
        """
        judge.job = None
        why = "the judge stopped twice on this"
        try:
            if judge.pipe.poll():
                answer = judge.pipe.recv()
                if isinstance(answer, Run):
                    self._faults = 0
                    return answer
                assert isinstance(answer, CoursekitError)
                self._faults += 1
                if self._faults >= MOST_FAULTS:
                    raise answer
                why = str(answer)
        except (EOFError, ConnectionResetError):
            pass
        judge.process.kill()
        judge.process.join()
        judge.pipe.close()
        fresh = self._start()
        self._judges[self._judges.index(judge)] = fresh
        self._await_ready(fresh)
        return why

    def _left_waiting(self, job: Job, why: str) -> Run:
        return Run(
            submission=job.submission,
            autograder=self._materials[job.submission.assignment].version,
            isolation=self.isolation,
            state=State.WAITING,
            reason=f"our fault: {why}; it waits for staff, nothing is lost",
            seed=job.key.hex(),
            started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started meanwhile never hears Ctrl-C, not even before its first line; we hear it afterwards."""
    resource_tracker.ensure_running()  # else it starts with the first process, and lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    pipe: Connection, materials: dict[str, Materials], isolation: Isolation | None, unsafe: bool
) -> None:
    """A judge's life: start a zygote, say which level it has, then grade until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C is for the writer, who ends us
    graders: dict[str, Grader] = {}
    try:
        with Sandbox(isolation) as sandbox:
            refuse_unsafe(sandbox.isolation, unsafe)
            for slug, one in materials.items():
                graders[slug] = Grader(one, sandbox, unsafe)
            gc.collect()
            gc.freeze()  # what is loaded stays: the collector need not walk through it again and again
            pipe.send(sandbox.isolation)
            while True:
                job = pipe.recv()
                pipe.send(_graded(graders[job.submission.assignment], job))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except CoursekitError as error:
        with suppress(BrokenPipeError):  # another judge said it first
            pipe.send(error)


def _graded(grader: Grader, job: Job) -> Run:
    """The run; a fault of ours leaves the submission waiting, with its traceback on standard error."""
    try:
        return grader.grade(job)
    except CoursekitError:
        raise
    except Exception as error:
        if os.environ.get("COURSEKIT_DEBUG"):
            traceback.print_exc()
        return Run(
            submission=job.submission,
            autograder=grader.materials.version,
            isolation=grader.isolation,
            state=State.WAITING,
            reason=f"our fault: {type(error).__name__} while grading; it waits for staff, nothing is lost",
            seed=job.key.hex(),
            started_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )

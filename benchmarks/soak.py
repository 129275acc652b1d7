"""One batch of thousands, one submission in ten hostile: nothing grows, every result is that of a single run.

    python benchmarks/soak.py --submissions 5000

Watches this process, the judges, their zygotes and all below them: memory, descriptors, number of processes,
and what lies in temporary folders, the zygotes' own included. Exit code 1 where something grew or a result
differs.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from coursekit.build.cohort.members import HandIn, members
from coursekit.build.materials import load
from coursekit.build.notebooks import solved_notebook, student_notebook
from coursekit.gradebook import Gradebook
from coursekit.grading.crew import Crew, workers
from coursekit.grading.job import Job, key_for
from coursekit.model import Materials, Run, Submission
from coursekit.verbs.demo import as_expected

ROOT = Path(__file__).resolve().parents[1]
EVERY = 10  # one submission in so many is hostile
SAMPLES = 40  # looks at the processes in one soak
# What may differ between the first and the last fifth: allocators, and a worker that is there or not.
MORE_MEMORY, MORE_DESCRIPTORS, MORE_PROCESSES, MORE_FILES = 48 << 20, 4, 2, 2 << 20


@dataclass(frozen=True)
class Sample:
    """The processes at one moment; bytes, and numbers of things."""

    done: int
    memory: int  # of the largest judge or zygote, and of this process, together; workers come and go
    descriptors: int
    processes: int
    files: int


def base_jobs(materials: Materials, most: int) -> tuple[list[Job], list[Job], dict[str, HandIn]]:
    """Honest and hostile jobs, at most so many of each, and who they are from."""
    slug = materials.assignment.slug
    solved, stub = solved_notebook(ROOT, slug), student_notebook(ROOT, slug)
    alone = [
        one
        for one in members(materials, solved, stub)
        if len(one.files) == 1 and not one.links and not one.strange
    ]
    honest = [one for one in alone if one.member.kind in ("correct", "mistake", "half-finished")]
    hostile = [one for one in alone if one.member.kind == "hostile"]
    chosen = _spread(honest, most), _spread(hostile, most)
    who = {one.member.student: one for one in (*chosen[0], *chosen[1])}
    return [_job(one, slug) for one in chosen[0]], [_job(one, slug) for one in chosen[1]], who


def _spread(some: list[HandIn], most: int) -> list[HandIn]:
    return [some[at * len(some) // min(most, len(some))] for at in range(min(most, len(some)))]


def _job(hand_in: HandIn, slug: str) -> Job:
    [(name, raw)] = hand_in.files.items()
    submission = Submission(hand_in.member.student, slug, name, hashlib.sha256(raw).hexdigest())
    return Job(submission, key_for(b"soak", submission), raw)


def stream(honest: list[Job], hostile: list[Job], count: int) -> Iterator[Job]:
    """So many jobs, each under a name of its own; every tenth is hostile."""
    for number in range(count):
        turn, last = divmod(number, EVERY)
        base = hostile[turn % len(hostile)] if last == EVERY - 1 else honest[(number - turn) % len(honest)]
        student = f"{number:05d} {base.submission.student}"
        yield dataclasses.replace(base, submission=dataclasses.replace(base.submission, student=student))


def said(run: Run) -> tuple[object, ...]:
    """What a run decides, without times and words."""
    outcomes = ((one.case.key, one.status, one.points, one.mistake) for one in run.outcomes)
    return run.state, tuple(outcomes), len(run.cell_notes)


def look(done: int) -> Sample:
    """The processes now."""
    own = psutil.Process()
    lasting, everyone = [own], [own]
    for one in own.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            everyone.append(one)
            # A worker lives for one submission: it is counted, its memory is its own affair.
            if one.create_time() < time.time() - 15:
                lasting.append(one)
    return Sample(done, _sum(lasting, _memory), _sum(lasting, _descriptors), len(everyone), _files(lasting))


def _sum(processes: list[psutil.Process], of) -> int:  # type: ignore[no-untyped-def]
    total = 0
    for one in processes:
        with contextlib.suppress(psutil.Error, OSError):
            total += of(one)
    return total


def _memory(process: psutil.Process) -> int:
    return int(process.memory_full_info().uss)


def _descriptors(process: psutil.Process) -> int:
    return int(process.num_fds())


def _files(processes: list[psutil.Process]) -> int:
    """Bytes in the folder for temporary files, in /dev/shm, and in what zygotes have mounted."""
    total = _size(Path(tempfile.gettempdir())) + _size(Path("/dev/shm"))
    for one in processes:
        with contextlib.suppress(OSError):
            total += shutil.disk_usage(f"/proc/{one.pid}/root/coursekit/tmp").used
    return total


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.lstat().st_size
    return total


def grown(samples: list[Sample]) -> list[str]:
    """What is larger in the last fifth than in the first, beyond what comes and goes; not from the start."""
    fifth = max(2, len(samples) // 5)
    first, last = samples[1 : 1 + fifth], samples[-fifth:]
    allowed = {
        "memory": MORE_MEMORY,
        "descriptors": MORE_DESCRIPTORS,
        "processes": MORE_PROCESSES,
        "files": MORE_FILES,
    }
    found = []
    for name, more in allowed.items():
        before, after = (statistics.median(getattr(one, name) for one in part) for part in (first, last))
        if after > before + more:
            found.append(f"{name}: {before:,.0f} at the start, {after:,.0f} at the end")
    return found


def soak(materials: Materials, count: int, jobs: int | None) -> list[str]:
    """One batch of so many into a gradebook; what was found wrong."""
    honest, hostile, who = base_jobs(materials, max(2, count // 20))
    print(f"{len(honest)} honest and {len(hostile)} hostile submissions, each alone first", flush=True)
    single = {}
    for job in (*honest, *hostile):
        with Crew([materials], 1) as crew:
            [run] = crew.run([job])
        single[job.submission.student] = run
    wrong = [
        f"{name} alone: {run.state}, {run.score.earned} points; expected {who[name].member.expected}"
        for name, run in single.items()
        if not as_expected(who[name].member, run, materials.assignment.possible)
    ]
    samples, began, done = [], time.monotonic(), 0
    with (
        tempfile.TemporaryDirectory(dir="/var/tmp") as folder,  # the gradebook is meant to grow
        Gradebook.open(Path(folder) / "soak.db", create=True) as book,
        Crew([materials], workers(jobs, count)) as crew,
    ):
        for run in crew.run(stream(honest, hostile, count)):
            book.record(run, materials.assignment)
            done += 1
            name = run.submission.student.split(" ", 1)[1]
            if said(run) != said(single[name]):
                wrong.append(f"number {run.submission.student}: not as alone; {run.reason}")
            if done % max(1, count // SAMPLES) == 0:
                samples.append(look(done))
                print(show(samples[-1], done / (time.monotonic() - began)), flush=True)
        wrong += book.integrity()
    seconds = time.monotonic() - began
    print(f"{count} in {seconds:.0f} s, {count / seconds:.1f} a second; {len(wrong)} not as expected")
    left = [one for one in psutil.Process().children(recursive=True) if "resource_tracker" not in _line(one)]
    return wrong + grown(samples) + [f"still alive: {_line(one)}" for one in left]


def _line(process: psutil.Process) -> str:
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def show(sample: Sample, rate: float) -> str:
    """A sample on one line."""
    return (
        f"{sample.done:6d} done, {rate:5.1f} a second  {sample.memory / 2**20:6.0f} MiB  "
        f"{sample.descriptors:4d} descriptors  {sample.processes:3d} processes  "
        f"{sample.files / 2**10:6.0f} kiB of files"
    )


def main() -> None:
    """The soak, its findings, its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--submissions", type=int, default=5000)
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--assignment", default="hw2_bptt")
    options = parser.parse_args()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # for the judges, as on the command line
    of = load(ROOT, options.assignment)
    limits = dataclasses.replace(of.assignment.limits, call_seconds=4.0)  # some attacks use all of it
    materials = dataclasses.replace(of, assignment=dataclasses.replace(of.assignment, limits=limits))
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        os.chmod(folder, 0o755)  # workers of another user must reach their folders in it
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        found = soak(materials, options.submissions, options.jobs)
    tempfile.tempdir = None
    for line in found[:50]:
        print(f"! {line}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

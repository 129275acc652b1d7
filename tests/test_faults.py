"""What goes wrong around a batch: one sentence tells, the gradebook is sound, and a rerun completes it.

A course of two questions, graded by the real command in a process of its own.
"""

import contextlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import psutil
import pytest
from tinycourse import SLUG, write_course

from coursekit.build.materials import load
from coursekit.build.notebooks import solved_notebook
from coursekit.errors import BadInput, OurFault
from coursekit.gradebook import Gradebook
from coursekit.grading import crew as crews
from coursekit.grading.crew import Crew
from coursekit.grading.job import Job, key_for
from coursekit.intake import collect
from coursekit.model import Isolation, State
from coursekit.sandbox import why_not
from coursekit.verbs import grade as verb

STUDENTS = 5
POINTS = 8


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The tiny course and a folder of submissions, made once; copied by those who change them."""
    place = tmp_path_factory.mktemp("faults")
    root = write_course(place / "course")
    fill(place / "submissions", root, STUDENTS)
    return place


def fill(folder, root, count, cell=""):
    """So many solved notebooks, each with a number of its own."""
    folder.mkdir()
    raw = json.loads(solved_notebook(root, SLUG))
    for number in range(count):
        raw["metadata"]["number"] = number
        source = f"number = {number}\n{cell}"
        extra = {"cell_type": "code", "id": "extra", "metadata": {}, "outputs": [], "source": source}
        text = json.dumps({**raw, "cells": [*raw["cells"], {**extra, "execution_count": None}]})
        (folder / f"s{number:02d}.ipynb").write_text(text)


@pytest.fixture
def batch(course, tmp_path):
    return Batch(course, tmp_path)


class Batch:
    """`coursekit grade` over the submissions, in a place of its own."""

    def __init__(self, course, place):
        self.root, self.place = course / "course", place
        self.submissions, self.book = course / "submissions", place / "book.db"

    def command(self, *options):
        where = ["--gradebook", str(self.book), "--out", str(self.place / "reports"), "--jobs", "1"]
        base = [sys.executable, "-m", "coursekit", "--course", str(self.root), "grade", SLUG]
        return [*base, str(self.submissions), *where, *options]

    def start(self, *options, **how):
        """The running process, in a session of its own as a terminal gives it."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
        return subprocess.Popen(self.command(*options), text=True, start_new_session=True, **pipes)

    def run(self, *options, **how):
        process = self.start(*options, **how)
        out, error = process.communicate(timeout=120)
        return process.returncode, out, error

    def runs(self):
        """How many are recorded; 0 where there is no gradebook yet."""
        if not self.book.exists():
            return 0
        with closing(sqlite3.connect(self.book)) as raw:
            return raw.execute("SELECT count(*) FROM runs").fetchone()[0]

    def is_sound(self):
        """SQLite's own checks find nothing, and no student stands there with half an outcome."""
        if not self.book.exists():
            return
        with Gradebook.open(self.book) as book:
            assert [] == book.integrity()
            slugs = book.assignments()
            runs = book.current(SLUG).values() if slugs else []
            assert {POINTS} <= {run.score.possible for run in runs if run.state is State.GRADED} | {POINTS}

    def completes(self):
        """A rerun grades what is left, and everybody has all points."""
        kept = self.runs()
        code, out, error = self.run()
        assert 0 == code, error
        assert f"{STUDENTS - kept} graded, {kept} unchanged" in out
        self.is_complete()

    def is_complete(self):
        self.is_sound()
        with Gradebook.open(self.book) as book:
            earned = [run.score.earned for run in book.current(SLUG).values()]
        assert [POINTS] * STUDENTS == earned


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


def family(pid):
    """All that the process has started, as psutil sees it."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


def all_gone(processes, seconds=10):
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    return [one for one in alive if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def one_sentence(error):
    """What was said besides the progress bar: no traceback, one line of ours."""
    assert "Traceback" not in error, error
    said = [line for line in error.splitlines() if line.startswith("coursekit: ")]
    assert len(said) == 1, error
    return said[0]


# Interruptions


DELAYS = [0.1, 0.6, 0.9, 1.2, 1.5, 1.9, 2.4, 3.0]


def test_ctrl_c_at_any_instant(batch):
    """The terminal sends it to every process of the batch at once; a rerun completes what is left."""
    interrupted = 0
    for delay in DELAYS:
        process = batch.start("--again")
        time.sleep(delay)
        started = family(process.pid)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        _, error = process.communicate(timeout=60)

        if process.returncode == -signal.SIGINT:  # Python's own start was interrupted: nothing had begun
            assert "grade.py" not in error, error
        else:
            assert process.returncode in (130, 0), error
            assert "Traceback" not in error, error
            interrupted += process.returncode == 130
            assert (process.returncode == 130) == ("coursekit: interrupted; what was graded" in error)
        assert [] == all_gone(started)
        batch.is_sound()
    assert interrupted >= 2
    assert 0 == batch.run()[0]
    batch.is_complete()


def test_ctrl_c_twice(batch):
    """The second comes while the first is being dealt with."""
    process = batch.start()
    wait_until(lambda: batch.runs() >= 1)
    started = family(process.pid)
    for _ in range(3):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.02)
    _, error = process.communicate(timeout=60)

    assert process.returncode in (130, 0), error
    assert [] == all_gone(started)
    batch.completes()


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_the_terminal_is_gone(batch, name):
    """Whatever ends the batch, nothing of it lives on, and what was graded is kept."""
    process = batch.start()
    wait_until(lambda: batch.runs() >= 1)
    started = family(process.pid)
    os.killpg(process.pid, getattr(signal, name))
    process.communicate(timeout=60)

    assert process.returncode != 0 or batch.runs() == STUDENTS
    assert [] == all_gone(started)
    assert batch.runs() >= 1
    batch.is_sound()


# Nobody reads


def piped(batch, tail):
    """The exit code of the command on the left of a pipe."""
    line = " ".join(map(str, batch.command()))
    done = subprocess.run(
        ["bash", "-c", f"{line} {tail}; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


@pytest.mark.parametrize(
    "tail",
    ["| head -1", "2>&1 | true", "<&- >&- 2>&-", "2>/dev/full", ">/dev/full"],
)
def test_output_that_nobody_takes_costs_no_grade(batch, tail):
    done = piped(batch, tail)

    assert 0 == done.returncode, done.stderr
    assert ("the result cannot be shown (No space left" in done.stderr) == (tail == ">/dev/full")
    batch.is_complete()


def test_the_exit_code_is_the_batchs_own_whoever_reads(batch, course):
    """One submission cannot be graded: 1, not 0 and not rich's own."""
    batch.submissions = batch.place / "submissions"
    shutil.copytree(course / "submissions", batch.submissions)
    (batch.submissions / "zoe.ipynb").write_text("{")

    assert 1 == piped(batch, "| true").returncode


# No room


def small_disk(place):
    """A file system of its own with little room; skips where none can be mounted."""
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("needs the right to mount a small file system")
    return place


@pytest.fixture
def disk(tmp_path):
    place = small_disk(tmp_path / "disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill_up(disk, leaving=0):
    """Takes all room but so many bytes."""
    room = shutil.disk_usage(disk).free - leaving
    (disk / "others").write_bytes(b"x" * max(room, 0))


def test_a_full_disk_for_the_gradebook(batch, disk):
    """First there is no room to make one, then none to add to it; each time it says so and loses nothing."""
    batch.book = disk / "book.db"
    fill_up(disk)
    code, _, error = batch.run()
    assert 3 == code or 2 == code
    assert "No space left" in one_sentence(error) or "the disk is full" in one_sentence(error)
    assert not batch.book.exists()

    (disk / "others").unlink()
    Gradebook.open(batch.book, create=True).close()
    fill_up(disk, leaving=90_000)  # SQLite's log and its index need that before anything is recorded
    code, _, error = batch.run()
    assert 3 == code, error
    assert "the disk is full" in one_sentence(error)

    (disk / "others").unlink()
    batch.is_sound()
    batch.completes()


def test_a_full_disk_for_the_reports(batch, disk):
    """The grades are kept; the reports come with the next run or with `coursekit report`."""
    out = disk / "reports"
    fill_up(disk, leaving=20_000)
    code, _, error = batch.run("--out", str(out))

    assert 2 == code, error
    assert "cannot be written: No space left on device" in one_sentence(error)
    assert [] == [path for path in disk.rglob("*") if path.name.startswith(".")]
    assert STUDENTS == batch.runs()

    (disk / "others").unlink()
    assert 0 == batch.run("--out", str(out))[0]
    assert len(list((out / "students").glob("*.html"))) == STUDENTS


def test_a_limit_on_the_size_of_files(batch):
    """As a quota may have it: SQLite's file may not grow."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    code, _, error = batch.run(preexec_fn=limit)

    assert code in (2, 3), error
    one_sentence(error)
    batch.is_sound()
    batch.completes()


@pytest.mark.parametrize("descriptors", [8, 12, 16])
def test_descriptors_exhausted(batch, descriptors):
    """Too few to grade with: a sentence that says so, or it can do with so few."""

    def limit():
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))

    code, _, error = batch.run(preexec_fn=limit)

    if code:
        assert 3 == code or 2 == code, error
        assert "oo many open files" in error or "file descriptors" in error, error
        assert "Traceback" not in error
        assert len([line for line in error.splitlines() if line.startswith("coursekit: ")]) == 1
    batch.is_sound()


# The gradebook


def test_a_gradebook_that_another_process_holds(batch, monkeypatch):
    """It waits for a while, then says so; what was graded before is kept."""
    monkeypatch.setitem(Gradebook.open.__func__.__kwdefaults__, "wait_seconds", 0.2)
    held = []

    def hold(done, total, note):
        if done == 2:
            other = sqlite3.connect(batch.book, isolation_level=None, check_same_thread=False)
            other.execute("BEGIN IMMEDIATE")
            held.append(other)

    with pytest.raises(BadInput, match="is being written by another process"):
        verb.grade(batch.root, SLUG, batch.submissions, batch.book, progress=hold, jobs=1)

    held[0].execute("ROLLBACK")
    held[0].close()
    assert 2 == batch.runs()
    batch.completes()


def test_another_batch_into_the_same_gradebook_meanwhile(batch):
    """Two TAs at once: each submission is recorded whole, by whoever was faster."""
    codes = []
    threads = [threading.Thread(target=lambda: codes.append(batch.run()[0])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [0, 0] == codes
    batch.is_complete()


@pytest.mark.parametrize("page", [1, 9, -1])
def test_a_damaged_gradebook_is_told_and_left_as_it_is(batch, page):
    batch.run()
    content = bytearray(batch.book.read_bytes())
    pages = len(content) // 4096
    at = (page % pages) * 4096
    content[at : at + 4096] = b"\xa5" * 4096
    batch.book.write_bytes(content)

    code, _, error = batch.run("--again")

    assert 2 == code, error
    assert "is damaged; restore it from a copy, or grade into a new one" in one_sentence(error)
    assert bytes(content) == batch.book.read_bytes()


def test_a_gradebook_cut_off_in_the_middle(batch):
    batch.run()
    content = batch.book.read_bytes()
    batch.book.write_bytes(content[: len(content) // 2])

    code, _, error = batch.run()

    assert 2 == code, error
    assert "book.db" in one_sentence(error)


# The folder


def test_a_folder_that_changes_while_it_is_graded(batch, course):
    """Files vanish, change, become links and come back: each is told, and nobody else is touched."""
    batch.submissions = batch.place / "submissions"
    shutil.copytree(course / "submissions", batch.submissions)
    last = [batch.submissions / f"s{number:02d}.ipynb" for number in (2, 3, 4)]
    kept = [path.read_bytes() for path in last]

    def change(done, total, note):
        if done == 0:
            last[0].unlink()
            last[1].write_bytes(kept[1] + b"\n")
            last[2].unlink()
            last[2].symlink_to(batch.book)

    result = verb.grade(batch.root, SLUG, batch.submissions, batch.book, progress=change, jobs=1)

    reasons = {run.submission.student: run.reason for run in result.runs if run.state is not State.GRADED}
    assert {"s02", "s03", "s04"} == set(reasons)
    assert "disappeared while it was read" in reasons["s02"]
    assert "changed while it was read" in reasons["s03"]
    assert "symbolic link" in reasons["s04"]
    assert 1 == result.exit_code

    for path, raw in zip(last, kept, strict=True):
        path.unlink(missing_ok=True)
        path.write_bytes(raw)
    code, out, error = batch.run()
    assert (0, True) == (code, f"3 graded, {STUDENTS - 3} unchanged" in out), error
    batch.is_complete()


def test_a_folder_that_vanishes(batch, course):
    batch.submissions = batch.place / "submissions"
    shutil.copytree(course / "submissions", batch.submissions)

    def change(done, total, note):
        if done == 0:
            shutil.rmtree(batch.submissions)

    result = verb.grade(batch.root, SLUG, batch.submissions, batch.book, progress=change, jobs=1)

    assert {State.UNGRADABLE} == {run.state for run in result.runs[1:]}
    shutil.copytree(course / "submissions", batch.submissions)
    assert 0 == batch.run()[0]
    batch.is_complete()


# The clock


def test_a_clock_that_jumps_changes_no_grade(batch, monkeypatch):
    """Deadlines go by the monotonic clock; the wall clock only dates what happens."""
    now = time.time
    jumps = iter([0, 86_400 * 365, -86_400 * 365] * 10_000)
    monkeypatch.setattr(time, "time", lambda: now() + next(jumps))

    result = verb.grade(batch.root, SLUG, batch.submissions, batch.book, progress=lambda *_: None, jobs=1)

    assert 0 == result.exit_code
    batch.is_complete()


# The judge and its zygote


@pytest.fixture(scope="module")
def materials(course):
    return load(course / "course", SLUG)


def jobs(course):
    """A job a submission."""
    for found in collect(course / "submissions", SLUG):
        raw = found.read().notebook
        yield Job(found.submission, key_for(b"faults", found.submission), raw)


def judge_of(crew):
    [judge] = crew._judges
    return psutil.Process(judge.process.pid)


def test_a_judge_that_is_killed_costs_nothing(course, materials):
    """It is killed before every submission but the first; each has a second chance of its own.

    All are one object here: a batch drops its jobs when they are done, and a later one may get the place in
    memory that an earlier one had.
    """
    job = next(jobs(course))
    runs = []
    with Crew([materials], 1) as crew:
        for run in crew.run([job] * 3):
            runs.append(run)
            judge_of(crew).kill()

    assert 3 == len(runs)
    assert {(State.GRADED, POINTS, "")} == {(run.state, run.score.earned, run.reason) for run in runs}


@pytest.mark.parametrize("level", [Isolation.NAMESPACES, Isolation.LANDLOCK])
def test_a_zygote_that_is_killed_costs_nothing(course, materials, level):
    """As the kernel does when memory runs out: all below the judge is killed, again and again."""
    if reason := why_not(level):
        pytest.skip(reason)
    slow = [
        Job(
            job.submission, job.key, job.raw.replace(b"number = ", b"import time; time.sleep(0.3); number = ")
        )
        for job in jobs(course)
    ]
    runs = []
    with Crew([materials], 1, level) as crew:
        stop = threading.Event()

        def killer():
            for _ in range(3):
                stop.wait(0.9)
                for one in judge_of(crew).children(recursive=True):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        one.kill()

        thread = threading.Thread(target=killer)
        thread.start()
        for run in crew.run(slow):
            runs.append(run)
        stop.set()
        thread.join()
        started = psutil.Process().children(recursive=True)

    assert STUDENTS == len(runs)
    states = {run.state for run in runs}
    assert states <= {State.GRADED, State.WAITING}
    assert sum(run.state is State.GRADED and run.score.earned == POINTS for run in runs) >= STUDENTS - 3
    assert all("nothing is lost" in run.reason for run in runs if run.state is State.WAITING)
    assert [] == [one for one in all_gone(started, 3) if "resource_tracker" not in " ".join(one.cmdline())]


def test_a_submission_that_ends_its_judge_twice_waits_for_staff(course, materials, monkeypatch):
    """And the batch goes on."""
    todo = list(jobs(course))
    deadly = todo[1].submission
    give = Crew._give

    def give_and_kill(self, judge, job, again):
        give(self, judge, job, again)
        if job.submission == deadly:
            judge.process.kill()

    monkeypatch.setattr(Crew, "_give", give_and_kill)
    with Crew([materials], 1) as crew:
        runs = {run.submission.student: run for run in crew.run(todo)}

    waiting = runs.pop(deadly.student)
    assert State.WAITING is waiting.state
    assert "the judge stopped twice on this; it waits for staff, nothing is lost" in waiting.reason
    assert {State.GRADED} == {run.state for run in runs.values()}


def test_where_every_judge_gives_up_the_batch_ends_with_its_words(course, materials, monkeypatch):
    """A machine that cannot fence workers in any more will not do so for the next submission either."""
    with Crew([materials], 1) as crew:
        taken = []

        class Giving:
            """A pipe whose judge says that it is the machine's fault."""

            def __init__(self, pipe):
                self._pipe = pipe

            def __getattr__(self, name):
                return getattr(self._pipe, name)

            def recv(self):
                answer = self._pipe.recv()
                if isinstance(answer, Isolation):
                    return answer
                taken.append(answer)
                return OurFault("a worker could not be fenced in: no room")

        start = Crew._start

        def giving(self):
            judge = start(self)
            judge.pipe = Giving(judge.pipe)
            return judge

        monkeypatch.setattr(Crew, "_start", giving)
        monkeypatch.setattr(
            crews,
            "wait",
            lambda objects, timeout: [one for one in objects if isinstance(one, Giving) and one.poll(60)],
        )
        crew._judges[0].pipe = Giving(crew._judges[0].pipe)
        with pytest.raises(OurFault, match="could not be fenced in"):
            list(crew.run(jobs(course)))

    assert crews.MOST_FAULTS == len(taken)


# What is private


def test_gradebook_reports_and_demo_are_private_whatever_the_umask(batch):
    before = os.umask(0)
    try:
        code, _, error = batch.run()
    finally:
        os.umask(before)
    assert 0 == code, error

    modes = {
        path.relative_to(batch.place).as_posix(): path.stat().st_mode & 0o777
        for path in [batch.book, *(batch.place / "reports").rglob("*"), batch.place / "reports"]
    }
    assert {0o600, 0o700} == set(modes.values())
    assert {0o700} == {mode for name, mode in modes.items() if (batch.place / name).is_dir()}
    assert len(modes) > STUDENTS

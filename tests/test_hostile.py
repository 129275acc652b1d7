"""Hostile submissions beside honest ones, through the whole grader, at every isolation level of this machine.

The attacks are those of the demo's cohort, written to succeed against a grader that shares a process with
its students. The larger suite of attacks on the sandbox alone is in test_sandbox*.py.
"""

import dataclasses
import hashlib
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from whole import ROOT, materials

from coursekit.build.cohort.members import members
from coursekit.build.notebooks import solved_notebook, student_notebook
from coursekit.errors import BadInput
from coursekit.grading.crew import Crew
from coursekit.grading.job import Job, key_for
from coursekit.model import Isolation, State, Submission
from coursekit.sandbox import why_not
from coursekit.verbs.demo import as_expected

SLUG = "hw2_bptt"
CANARY = f"canary-{secrets.token_hex(8)}"
STRONG = [Isolation.NAMESPACES, Isolation.LANDLOCK]


def with_canaries(of):
    """The same materials, with a token in every hidden case, in the Reference and in staff's texts."""
    files = tuple(
        dataclasses.replace(file, text=f'{file.text}\nSECRET = "{CANARY}"\n') if file.hidden else file
        for file in of.case_files
    )
    mistakes = tuple(dataclasses.replace(one, explanation=CANARY) for one in of.mistakes)
    return dataclasses.replace(
        of, case_files=files, reference=f'{of.reference}\nSECRET = "{CANARY}"\n', mistakes=mistakes
    )


def cohort():
    """Hostile members that are one notebook, each followed by an honest sibling."""
    of = materials(SLUG)
    solved, stub = solved_notebook(ROOT, SLUG), student_notebook(ROOT, SLUG)
    everyone = members(of, solved, stub)
    honest = next(one for one in everyone if one.member.student == "style-reference")
    for hand_in in everyone:
        alone = len(hand_in.files) == 1 and not hand_in.links and not hand_in.strange
        if hand_in.member.kind == "hostile" and alone:
            yield hand_in
            yield dataclasses.replace(
                honest, member=dataclasses.replace(honest.member, student=f"beside {hand_in.member.student}")
            )


def job(hand_in):
    [raw] = hand_in.files.values()
    submission = Submission(hand_in.member.student, SLUG, "x.ipynb", hashlib.sha256(raw).hexdigest())
    return Job(submission, key_for(b"hostile", submission), raw)


def descendants():
    """Processes below this one: pid → start time, so that a reused number is not taken for an old one."""
    parents, starts = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)], starts[int(entry.name)] = int(fields[1]), fields[19]
    found, waiting = {}, [os.getpid()]
    while waiting:
        parent = waiting.pop()
        for pid in [pid for pid, of in parents.items() if of == parent and pid not in found]:
            found[pid] = starts[pid]
            waiting.append(pid)
    return found


def still_running(seen):
    now = {}
    for pid, start in seen.items():
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # multiprocessing's own tracker lives as long as this process
        if fields[19] == start and fields[0] != "Z" and "resource_tracker" not in command_line(pid):
            now[pid] = fields
    return now


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@pytest.fixture(scope="module")
def monkeypatch():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module", params=STRONG)
def attacked(request, monkeypatch):
    """The whole hostile cohort graded once at one level; what was seen alive meanwhile."""
    if reason := why_not(request.param):
        pytest.skip(f"level {request.param.value}: {reason}")
    scratch = Path(tempfile.mkdtemp(prefix="scratch-of-test-"))
    scratch.chmod(0o755)  # workers of another user must reach their folders in it
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setenv("COURSEKIT_TEST_CANARY", CANARY)
    hand_ins = list(cohort())
    runs, seen = {}, {}
    with Crew([with_canaries(materials(SLUG))], 2, request.param) as crew:
        for run in crew.run(job(one) for one in hand_ins):
            runs[run.submission.student] = run
            seen |= descendants()
    left = [str(path) for path in scratch.rglob("*")]
    shutil.rmtree(scratch)
    return request.param, hand_ins, runs, seen, left


def test_every_submission_has_its_result(attacked):
    _, hand_ins, runs, _, _ = attacked

    assert len(hand_ins) == len(runs)
    assert len(hand_ins) > 40


def test_nobody_earns_more_than_their_work(attacked):
    _, hand_ins, runs, _, _ = attacked
    possible = materials(SLUG).assignment.possible

    odd = {
        one.member.student: (one.member.expected, run.state.value, run.score.earned, run.reason)
        for one in hand_ins
        if not as_expected(one.member, run := runs[one.member.student], possible)
    }

    assert {} == odd


def test_siblings_are_graded_as_without_it(attacked):
    _, _, runs, _, _ = attacked

    honest = {run.score.earned for name, run in runs.items() if name.startswith("beside ")}

    assert {materials(SLUG).assignment.possible} == honest


def test_no_token_of_ours_is_in_any_feedback(attacked):
    _, _, runs, _, _ = attacked

    assert [] == [name for name, run in runs.items() if CANARY in repr(run)]


def test_every_run_says_its_level(attacked):
    level, _, runs, _, _ = attacked

    assert {level} == {run.isolation for run in runs.values() if run.state is State.GRADED}


def test_nothing_is_alive_afterwards(attacked):
    _, _, _, seen, _ = attacked

    deadline = time.monotonic() + 10  # what was killed may take a moment to be reaped
    while (alive := still_running(seen)) and time.monotonic() < deadline:
        time.sleep(0.05)

    assert len(seen) >= 4  # two judges and two zygotes at least were there to be seen
    assert {} == alive


def test_no_file_is_left_behind(attacked):
    _, _, _, _, left = attacked

    assert [] == left


def test_level_process_refuses_hidden_cases_unless_told():
    with pytest.raises(BadInput, match="--unsafe"), Crew([materials(SLUG)], 2, Isolation.PROCESS):
        pass


def test_level_process_marks_every_score():
    [honest] = [one for one in cohort() if one.member.student == "beside hostile-exit"]

    with Crew([materials(SLUG)], 1, Isolation.PROCESS, unsafe=True) as crew:
        [run] = crew.run([job(honest)])

    assert run.unsafe
    assert materials(SLUG).assignment.possible == run.score.earned

"""A sandbox opens submissions one after another, keeps to their limits, and leaves nothing behind."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from coursekit.errors import BadInput, OurFault
from coursekit.model import Isolation, Limits
from coursekit.sandbox import Sandbox, Work, command, detect, why_not
from coursekit.sandbox.work import safe_files, with_bytecode
from coursekit.wire import Crashed, Returned, TimedOut

HONEST = Work(("import numpy as np\ndef f(x):\n    return np.tanh(x)", "y = 3"))
LEVELS = [pytest.param(level, id=level.value) for level in Isolation]


@pytest.fixture(scope="module", params=LEVELS)
def sandbox(request):
    """A sandbox at each level that this machine has."""
    if reason := why_not(request.param):
        pytest.skip(f"no level {request.param.value} here: {reason}")
    with Sandbox(request.param) as sandbox:
        sandbox.open(HONEST, Limits()).close()
        yield sandbox


@pytest.fixture
def folder(tmp_path):
    """An empty folder that the sandbox's own user may enter, too."""
    for path in (tmp_path, *tmp_path.parents[:-2]):
        path.chmod(0o755)
    return tmp_path


def alive(pid):
    """Whether it runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def descendants(of=None):
    """Pids of everything that we (or that process) have started, directly or not."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found, fresh = set(), {of or os.getpid()}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh}
        found |= fresh
    return found


def end_of(pids, seconds=10.0):
    """The pids that are still alive after that time."""
    end = time.monotonic() + seconds
    while (left := {pid for pid in pids if alive(pid)}) and time.monotonic() < end:
        time.sleep(0.02)
    return left


def kill_all_of(sandbox):
    """What an out-of-memory killer might do."""
    process = sandbox._zygote._process
    started = descendants(process.pid)
    for pid in (process.pid, *sorted(started)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    assert end_of(started) == set()


# Levels


def test_the_best_level_that_works_is_chosen():
    assert detect() is next(level for level in Isolation if not why_not(level))


def test_a_missing_bubblewrap_is_named(monkeypatch):
    monkeypatch.setattr(command.shutil, "which", lambda name: None)

    assert why_not.__wrapped__(Isolation.NAMESPACES) == "bubblewrap (bwrap) is not installed"


def test_a_zygote_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr(command, "_sites", lambda: [Path("/nowhere")])

    assert "No module named 'numpy'" in why_not.__wrapped__(Isolation.PROCESS)
    with (
        Sandbox(Isolation.PROCESS) as sandbox,
        pytest.raises(OurFault, match="cannot start at level process"),
    ):
        sandbox.open(HONEST, Limits())


def test_nothing_of_the_course_is_bound_into_the_sandbox():
    root = Path(__file__).parents[1]
    inside = {Path(source) for source in command._bindings()}

    assert all(
        path.name in ("__init__.py", "wire", "worker") for path in inside if path.is_relative_to(root / "src")
    )
    assert not any(
        (root / name).is_relative_to(path) for path in inside for name in ("src", "autograder", "tests")
    )


def test_packages_are_found_wherever_they_lie(folder, monkeypatch):
    # pytest's folders lie in /tmp, where a worker usually has its own.
    folder.joinpath("lying_in_tmp.py").write_text("x = 5")
    sites = [*command._sites(), folder]
    monkeypatch.setattr(command, "_sites", lambda: sites)

    with Sandbox(Isolation.NAMESPACES, warm=False) as sandbox:
        cells = (
            "from lying_in_tmp import x",
            "import tempfile\nwith tempfile.TemporaryFile() as f: f.write(b'x')",
        )
        with sandbox.open(Work(cells), Limits()) as session:
            assert session.cell_notes == ()
            assert session.get("x") == Returned(5)


# Sessions


def test_a_session_answers(sandbox):
    with sandbox.open(HONEST, Limits()) as session:
        assert session.alive
        assert session.names() == {"np": "opaque", "f": "function", "y": "value"}
        assert session.get("y") == Returned(3)
        np.testing.assert_allclose(session.call("f", (np.ones(2),), {}).value, np.tanh(1))
        assert session.cell_notes == ()
    assert not session.alive
    assert session.cpu_seconds > 0


def test_no_cells_are_a_notebook_too(sandbox):
    with sandbox.open(Work(()), Limits()) as session:
        assert session.names() == {}


def test_sessions_do_not_know_of_each_other(sandbox):
    def work(number):
        return Work(
            (f"x = {number}\nopen('n', 'w').write('{number}')", "def f(): return x, open('n').read()")
        )

    with sandbox.open(work(1), Limits()) as one, sandbox.open(work(2), Limits()) as two:
        assert two.call("f", (), {}) == Returned((2, "2"))
        assert one.call("f", (), {}) == Returned((1, "1"))


DYING = Work(
    ("import os, time\ndef die(): os._exit(3)\ndef sleep(): time.sleep(60)\ndef f(): return 1", "x = 1")
)


def test_after_a_crash_the_worker_is_made_again(sandbox):
    with sandbox.open(DYING, Limits(restarts=2)) as session:
        crash = session.call("die", (), {})
        assert crash == Crashed("the process ended by itself with exit code 3")
        assert not session.alive
        assert session.call("f", (), {}) == session.get("x") == crash
        assert session.names()["f"] == "function"
        assert session.revive()
        assert session.alive
        assert session.call("f", (), {}) == Returned(1)


def test_restarts_are_counted(sandbox):
    with sandbox.open(DYING, Limits(restarts=2)) as session:
        for _ in range(2):
            session.call("die", (), {})
            assert session.revive()
            assert session.revive(), "a living one costs nothing"
        session.call("die", (), {})
        assert not session.revive()
        assert not session.alive


def test_the_total_time_holds_over_restarts(sandbox):
    with sandbox.open(DYING, Limits(call_seconds=0.4, total_seconds=20)) as session:
        assert session.call("sleep", (), {}) == TimedOut(0.4)
        assert session.revive()
        assert 0.4 < session._budget._spent < 20
        session._budget._spent = 19.9
        assert session.call("sleep", (), {}) == TimedOut(20)
        assert not session.revive()


def test_a_restart_with_hardly_any_time_left_is_the_students_time_out(sandbox):
    with sandbox.open(DYING, Limits(total_seconds=5)) as session:
        session.call("die", (), {})
        session._budget._spent = 5 - 1e-6

        assert not session.revive()
        assert session.call("f", (), {}) == TimedOut(5)


def test_only_waiting_for_the_student_counts(sandbox):
    with sandbox.open(DYING, Limits(total_seconds=5)) as session:
        session._budget._spent = 4.0
        time.sleep(1.1)

        assert session.call("f", (), {}) == Returned(1)


def test_cells_that_end_every_worker_end_the_session(sandbox):
    cells = ("a = 1", "import os; os._exit(1)", "b = 1", "import os; os._exit(2)", "c = 1")

    with sandbox.open(Work(cells), Limits(restarts=1)) as session:
        assert not session.alive
        assert session.names() == {}
        assert session.call("f", (), {}) == Crashed("the process ended by itself with exit code 2")
        assert not session.revive()
    with sandbox.open(Work(cells), Limits(restarts=2)) as session:
        assert set(session.names()) == {"a", "b", "c"}
        assert [note.cell for note in session.cell_notes] == [2, 4]


def test_notes_of_failed_and_of_fatal_cells_are_in_order(sandbox):
    cells = ("1 / 0", "import os; os._exit(1)", "import nothing_there")

    with sandbox.open(Work(cells), Limits()) as session:
        assert [note.cell for note in session.cell_notes] == [1, 2, 3]


def test_a_submission_too_large_to_hand_over_is_bad_input(sandbox):
    before = descendants()

    with pytest.raises(BadInput, match="too large"):
        sandbox.open(Work(("x" * (65 << 20),)), Limits())

    assert end_of(descendants() - before) == set()


def test_odd_cells_are_run_or_noted(sandbox):
    cells = ("x = '\ud800'", "\0", "", "\n" * 1000, "y = '🙂\u202e'", "\r\nz = 1\r\n", "#" * 10**6)

    with sandbox.open(Work(cells), Limits()) as session:
        assert [note.cell for note in session.cell_notes] == [2]
        assert session.get("y") == Returned("🙂\u202e")
        assert session.get("z") == Returned(1)


# Files of a student

REFUSED = {
    "/etc/passwd": "not a plain relative one",
    "../up.py": "not a plain relative one",
    "a/../../up.py": "not a plain relative one",
    "a//b": "not a plain relative one",
    "": "not a plain relative one",
    "./x": "not a plain relative one",
    "C:\\x": "not a plain relative one",
    "a\0b": "not a plain relative one",
    "a\nb": "not a plain relative one",
    "\ud800": "not a plain relative one",
    "d/" * 8 + "x": "too long",
    "n" * 101: "too long",
    "gradtools/extra.py": "the release's own",
    "oracle.npz": "the release's own",
    "data/inner": "a file and a folder",
}


@pytest.mark.parametrize("path", REFUSED, ids=ascii)
def test_a_path_that_could_lead_elsewhere_is_left_out(path):
    support = {"gradtools/__init__.py": b"", "oracle.npz": b""}

    kept, remarks = safe_files(Work((), support, {"data": b"1", path: b"2"}), 1000)

    assert kept == {"data": b"1"}
    assert len(remarks) == 1
    assert REFUSED[path] in remarks[0]
    assert remarks[0].isprintable()


def test_number_and_size_of_files_are_bounded():
    kept, remarks = safe_files(Work((), {}, {f"f{n}": b"" for n in range(2000)}), 1000)
    assert len(kept) == 500
    assert len(remarks) == 20

    kept, remarks = safe_files(Work((), {}, {"a": bytes(900), "b": bytes(200)}), 1000)
    assert set(kept) == {"a"}


def test_a_file_cannot_take_the_place_of_a_folder():
    kept, remarks = safe_files(Work((), {}, {"a/b": b"", "a": b""}), 1000)

    assert set(kept) == {"a/b"}
    assert len(remarks) == 1


def test_modules_of_the_release_bring_their_bytecode(sandbox):
    support = {"gradtools/__init__.py": b"X = 1", "gradtools/broken.py": b"def f(:", "data.txt": b"x"}
    files = with_bytecode(support)
    cached = f"gradtools/__pycache__/__init__.{sys.implementation.cache_tag}.pyc"
    assert set(files) - set(support) == {cached}

    cell = (
        "import gradtools\nx = [gradtools.X, gradtools.__cached__.split('/')[-2:], gradtools.__spec__.origin]"
    )
    with sandbox.open(Work((cell,), support), Limits()) as session:
        assert session.get("x").value[:2] == [1, ["__pycache__", Path(cached).name]]


# Nothing is left


def test_closing_leaves_no_process_and_no_folder(sandbox, folder, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = descendants()

    with Sandbox(sandbox.isolation, warm=False) as own:
        session = own.open(DYING, Limits())
        started = descendants() - before
        assert started

    assert end_of(started) == set()
    assert os.listdir(folder) == []
    assert not session.alive
    assert session.call("f", (), {}) == Crashed("the session is closed")


def test_closing_twice_is_once(sandbox):
    own = Sandbox(sandbox.isolation, warm=False)

    own.close()
    own.close()


SCRIPT = """
import sys, time
from coursekit.model import Isolation, Limits
from coursekit.sandbox import Sandbox, Work
sandbox = Sandbox(Isolation(sys.argv[1]), warm=False)
session = sandbox.open(Work(("def f():\\n    while True: pass",)), Limits())
print("ready", flush=True)
if sys.argv[2] == "forget":
    sys.exit()
try:
    session.call("f", (), {})
finally:
    if sys.argv[2] == "close":
        sandbox.close()
"""


@pytest.mark.parametrize(
    ("what", "number"),
    [
        ("close", signal.SIGINT),
        ("leave", signal.SIGINT),
        ("leave", signal.SIGTERM),
        ("leave", signal.SIGKILL),
    ],
    ids=["interrupted", "interrupted, not closed", "terminated", "killed"],
)
def test_an_interrupted_judge_leaves_no_process(sandbox, what, number, folder):
    argv = [sys.executable, "-c", SCRIPT, sandbox.isolation.value, what]
    environment = os.environ | {"TMPDIR": str(folder)}
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as judge:
        assert judge.stdout.readline() == b"ready\n"
        started = descendants(judge.pid)
        assert started
        judge.send_signal(number)
        judge.wait(20)

    assert end_of(started) == set()
    if number == signal.SIGINT:
        assert os.listdir(folder) == []


def test_a_forgotten_sandbox_ends_with_its_process(sandbox, folder):
    argv = [sys.executable, "-c", SCRIPT, sandbox.isolation.value, "forget"]

    subprocess.run(argv, check=True, env=os.environ | {"TMPDIR": str(folder)}, stdout=subprocess.DEVNULL)

    assert os.listdir(folder) == []


def test_a_dead_zygote_is_replaced_by_the_next_open(sandbox):
    with Sandbox(sandbox.isolation, warm=False) as own:
        own.open(HONEST, Limits()).close()
        for _ in range(2):
            kill_all_of(own)
            with own.open(HONEST, Limits()) as session:
                assert session.get("y") == Returned(3)


def test_a_zygote_that_dies_under_a_submission_is_our_fault_only_where_a_student_cannot_reach_it(sandbox):
    with Sandbox(sandbox.isolation, warm=False) as own, own.open(DYING, Limits()) as session:
        kill_all_of(own)
        if sandbox.isolation is Isolation.NAMESPACES:
            with pytest.raises(OurFault, match="ended while it was running"):
                session.call("f", (), {})
        else:
            assert session.call("f", (), {}) == Crashed(
                "the process was killed together with the sandbox around it"
            )
        assert session.revive()
        assert session.call("f", (), {}) == Returned(1)


def test_a_hundred_submissions_leave_the_zygote_as_it_was(sandbox):
    def account():
        pids = descendants()
        memory = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
        return len(pids), sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in [*pids, os.getpid()]), memory

    def some(number):
        for _ in range(number):
            with sandbox.open(DYING, Limits()) as session:
                session.call("die", (), {})

    some(10)
    processes, descriptors, pages = account()
    some(100)

    assert account()[:2] == (processes, descriptors)
    assert account()[2] < pages + 256  # 1 MB

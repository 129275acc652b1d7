"""Hostile notebooks: each is contained, nothing of it is left, and the next submission never notices.

The levels differ in what they keep out: resource limits hold everywhere, seclusion at `namespaces` and
`landlock`. What `process` does not keep out is not tried there.
"""

import contextlib
import functools
import os
import socket
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coursekit.model import Isolation, Limits
from coursekit.sandbox import Sandbox, Work, why_not
from coursekit.wire import Crashed, Handle, Malformed, Raised, Returned, TimedOut

ROOMY = Limits(memory_mb=512, file_mb=4, threads=16, restarts=1)
SHORT = replace(ROOMY, call_seconds=0.4, cell_seconds=0.4)
HONEST = Work(("import numpy as np\ndef f(x):\n    return np.tanh(x)",))


@pytest.fixture(scope="module")
def warm():
    """Gives the one sandbox of each level that this machine has."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def warm(level):
            if reason := why_not(level):
                pytest.skip(f"no level {level.value} here: {reason}")
            sandbox = stack.enter_context(Sandbox(level))
            sandbox.open(HONEST, ROOMY).close()  # warm from here on
            return sandbox

        yield warm


@pytest.fixture(params=list(Isolation), ids=lambda level: level.value)
def everywhere(request, warm):
    """A sandbox at each level."""
    return warm(request.param)


@pytest.fixture(params=[Isolation.NAMESPACES, Isolation.LANDLOCK], ids=lambda level: level.value)
def secluded(request, warm):
    """A sandbox at each level that keeps student code away from everything."""
    return warm(request.param)


@pytest.fixture
def strongest(warm):
    """A sandbox with namespaces of its own."""
    return warm(Isolation.NAMESPACES)


def descendants():
    """Our living descendants, by pid; zombies do not count."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(stat.parent.name)] = int(parent)
    found, fresh = set(), {os.getpid()}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh}
        found |= fresh
    return found


def gone(before, seconds=5.0):
    """Whether all that lives now lived before, within that time: a killed process takes a moment to go."""
    end = time.monotonic() + seconds
    while descendants() - before:
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def attack(sandbox, *cells, call="", limits=ROOMY):
    """Runs hostile cells, and calls one function; the session and the reply. Then all must be as before."""
    before, descriptors = descendants(), len(os.listdir("/proc/self/fd"))
    with sandbox.open(Work(cells), limits) as session:
        reply = session.call(call, (), {}) if call else None
    assert gone(before), "something of it is alive"
    assert len(os.listdir("/proc/self/fd")) == descriptors
    with sandbox.open(HONEST, Limits()) as honest:
        assert honest.call("f", (np.zeros(2),), {}).value.tolist() == [0, 0]
        assert honest.cell_notes == ()
    return session, reply


# Never ending

ENDLESS = {
    "a loop": "while True: pass",
    "a loop that catches": "while 1:\n    try:\n        while 1: pass\n    except BaseException: 0",
    "a loop in C": "sum(iter(int, 1))",
    "a huge product": "import numpy as np\nx = np.ones((4000, 2000))\nwhile True: x @ x.T",
    "sleep": "import time; time.sleep(1000)",
    "a lock": "import threading; lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "standing still on signals": "import signal, contextlib\nfor n in range(1, 65):\n"
    "    with contextlib.suppress(OSError, ValueError): signal.signal(n, signal.SIG_IGN)\nwhile True: pass",
    "a regular expression": "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
    "a large power": "x = 9 ** 9 ** 9",
    "reading the judge's words": "import os\nwhile True: os.read(3, 1)",
    "an endless message": "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_stopped_and_left_out_the_next_time(everywhere, name):
    session, reply = attack(everywhere, ENDLESS[name], "def g(): return 1", call="g", limits=SHORT)

    assert reply == Returned(1)
    (note,) = session.cell_notes
    assert note.cell == 1
    assert "did not end within 0.4 seconds" in note.error


@pytest.mark.parametrize("name", ["a loop", "a loop in C", "sleep", "a lock"])
def test_a_call_that_never_ends_is_killed_at_its_deadline(everywhere, name):
    body = ENDLESS[name].replace("\n", "\n    ")

    _, reply = attack(everywhere, f"def g():\n    {body}", call="g", limits=SHORT)

    assert reply == TimedOut(0.4)


def test_processor_time_has_a_hard_limit(everywhere):
    limits = Limits(cpu_seconds=1, call_seconds=30)

    _, reply = attack(everywhere, "def g():\n    while True: pass", call="g", limits=limits)

    assert reply == Crashed("the process used up its 1 seconds of processor time")


# Ending early

DEADLY = {
    "exit with 0": ("import os; os._exit(0)", "ended by itself with exit code 0"),
    "exit with 3": ("import os; os._exit(3)", "ended by itself with exit code 3"),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", "killed by SIGSEGV"),
    "C stack": ("x = ()\nfor _ in range(10**6): x = (x,)\nhash(x)", "SIGSEGV"),
    "closing the connection": ("import os; os.close(3); os._exit(1)", "ended by itself"),
    "half a frame": ("import os; os.write(3, b'ck1'); os._exit(0)", "ended by itself with exit code 0"),
}


@pytest.mark.parametrize("name", DEADLY)
def test_a_dead_worker_is_told_in_a_sentence_and_its_cell_is_left_out(everywhere, name):
    cell, reason = DEADLY[name]

    session, reply = attack(everywhere, cell, "def g(): return 1", call="g", limits=Limits(restarts=1))

    assert reply == Returned(1)
    (note,) = session.cell_notes
    assert reason in note.error


@pytest.mark.parametrize("name", DEADLY)
def test_a_call_that_kills_its_worker_crashed(everywhere, name):
    cell, reason = DEADLY[name]
    body = cell.replace("\n", "\n    ")

    _, reply = attack(everywhere, f"def g():\n    {body}", call="g")

    assert isinstance(reply, Crashed)
    assert reason in reply.reason


def test_abort_ends_the_worker(everywhere):
    _, reply = attack(everywhere, "def g():\n    import os; os.abort()", call="g")

    assert isinstance(reply, Crashed)


def test_a_worker_that_hangs_up_and_stays_is_killed(everywhere):
    _, reply = attack(everywhere, "def g():\n    import os, time; os.close(3); time.sleep(60)", call="g")

    assert isinstance(reply, Crashed)


# Using everything up

GREEDY = {
    "one allocation": "x = bytearray(1 << 40)",
    "many allocations": "x = []\nwhile True: x.append(bytearray(1 << 24))",
    "doubling": "s = '0'\nwhile True: s += s",
    "pages touched late": "import numpy as np\nx = []\nwhile 1: x += [np.zeros(1 << 21)]; x[-1][::512] = 1",
    "anonymous maps": "import mmap\nx = []\nwhile True: x.append(mmap.mmap(-1, 1 << 24))",
}


@pytest.mark.parametrize("name", GREEDY)
def test_memory_is_bounded(everywhere, name):
    session, reply = attack(
        everywhere, GREEDY[name], "def g(): return 1", call="g", limits=Limits(memory_mb=256)
    )

    assert reply == Returned(1)
    (note,) = session.cell_notes
    assert any(word in note.error for word in ("MemoryError", "Cannot allocate memory", "SIGKILL")), note


def test_running_out_of_memory_in_a_call_is_the_calls_own(everywhere):
    cells = ("x = []\ndef g():\n    while True: x.append(bytearray(1 << 20))",)

    _, reply = attack(everywhere, *cells, call="g", limits=Limits(memory_mb=128))

    assert reply.type == "MemoryError" if isinstance(reply, Raised) else isinstance(reply, Crashed)


def test_threads_are_bounded(secluded):
    cell = (
        "import threading, time, contextlib\nn = 0\nwith contextlib.suppress(RuntimeError):\n"
        "    for n in range(1000):\n"
        "        threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\ndef g(): return n"
    )

    _, reply = attack(secluded, cell, call="g", limits=Limits(threads=16))

    assert 8 <= reply.value <= 40


def test_a_flood_of_output_goes_nowhere(everywhere):
    cell = "import os\nfor n in range(300):\n    print('\\x1b[31m' * 100000)\n    os.write(2, b'x' * 10**5)"

    session, _ = attack(everywhere, cell)

    assert session.cell_notes == ()


def test_one_file_is_bounded(everywhere):
    cell = "with open('big', 'wb') as f:\n    for _ in range(100): f.write(bytes(1 << 20))"

    session, _ = attack(everywhere, cell)

    assert "Error" in session.cell_notes[0].error


def test_all_files_together_are_bounded(strongest):
    many = "import os\nfor n in range(100000): open(f'f{n}', 'w').close()"
    # not /tmp by name: where the interpreter lies below it, that is another folder, and read-only
    large = (
        "tmp = os.environ['TMPDIR']\nfor n in range(100):\n"
        "    with open(f'{tmp}/g{n}', 'wb') as f: f.write(bytes(1 << 20))"
    )

    session, _ = attack(strongest, many, large)

    assert [note.error[:7] for note in session.cell_notes] == ["OSError", "OSError"]
    assert [] == [note.error for note in session.cell_notes if "No space left" not in note.error]


def test_a_sparse_file_is_bounded(everywhere):
    session, _ = attack(
        everywhere, "with open('s', 'wb') as f: f.truncate(1 << 40)", limits=Limits(file_mb=4)
    )

    assert "File too large" in session.cell_notes[0].error


def test_descriptors_are_bounded(everywhere):
    cell = (
        "import os, contextlib\nx = []\nwith contextlib.suppress(OSError):\n"
        "    while True: x.append(os.open('/dev/null', 0))\nn = len(x)"
    )

    session, _ = attack(everywhere, cell, "def g(): return n", call="g", limits=Limits(open_files=32))

    assert session.cell_notes == ()


def test_a_folder_made_to_last_is_removed(everywhere):
    cell = (
        "import os\nos.mkdir('shut'); open('shut/f', 'w').close(); os.chmod('shut', 0)\n"
        "os.symlink('/', 'root')\n"
        "for _ in range(500):\n    os.mkdir('d' * 200); os.chdir('d' * 200)\nos.chmod('.', 0)"
    )

    session, _ = attack(everywhere, cell)

    assert session.cell_notes == ()
    if scratch := everywhere._zygote._scratch:
        assert not [name for name in os.listdir(scratch.path) if name.isdigit()]


# Forging answers

FORGE = """
import os, sys, struct
def frame(kind, id, body):
    return b'ck1\\0' + struct.pack('<B3xQII', kind, id, len(body), 0) + body
RETURNED = b'f' + struct.pack('<d', 100.0) + b't' + struct.pack('<I', 0)
"""
FORGED = {
    "an answer to a question not asked": "os.write(3, frame(21, 1, RETURNED))",
    "an answer to every question": "for n in range(50): os.write(3, frame(21, n, RETURNED))",
    "names": "os.write(3, frame(20, 1, b'd' + struct.pack('<I', 0)))",
    "noise": "os.write(3, os.urandom(1000))",
    "a huge frame": "os.write(3, b'ck1\\0' + struct.pack('<B3xQII', 21, 1, 2**32 - 1, 2**32 - 1))",
    "text": "os.write(3, b'{\"score\": 100}\\n' * 10)",
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_is_no_answer(everywhere, name):
    cell = f"{FORGE}\ndef g():\n    {FORGED[name]}\n    return 1"

    _, reply = attack(everywhere, cell, call="g")

    assert isinstance(reply, Malformed)


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_ahead_of_its_question_is_no_answer(everywhere, name):
    session, reply = attack(everywhere, f"{FORGE}\n{FORGED[name]}", "def g(): return 1", call="g")

    assert reply == Returned(1)
    assert session.cell_notes[0].cell == 1


def test_half_a_frame_that_never_ends_is_late(everywhere):
    cell = f"{FORGE}\ndef g():\n    os.write(3, b'ck1')\n    while True: pass"

    _, reply = attack(everywhere, cell, call="g", limits=SHORT)

    assert reply == TimedOut(0.4)


def test_a_thread_that_keeps_writing_ends_with_its_worker(everywhere):
    cell = (
        f"{FORGE}\nimport threading, time\ndef talk():\n    while True: os.write(3, frame(21, 7, RETURNED))\n"
        "def g():\n    threading.Thread(target=talk, daemon=True).start(); time.sleep(0.2)"
    )

    session, reply = attack(everywhere, cell, call="g")

    assert isinstance(reply, Malformed)
    assert session.alive is False


def test_an_answer_with_the_right_number_is_worth_what_returning_it_is_worth(everywhere):
    steal = (
        f"{FORGE}\ndef g():\n    f = sys._getframe()\n    while f:\n        frm = f.f_locals.get('frame')\n"
        "        if hasattr(frm, 'id'):\n            os.write(3, frame(21, frm.id, RETURNED)); os._exit(0)\n"
        "        f = f.f_back"
    )

    _, reply = attack(everywhere, steal, call="g")

    assert reply == Returned(100.0)


# Values and exceptions that lie

EVIL = """
import numpy as np
class Liar(np.ndarray):
    @property
    def shape(self): return (10**12,)
    @property
    def dtype(self): raise KeyboardInterrupt
    def __len__(self): raise SystemExit
    def tobytes(self, *a): return b'x' * 3
    def __array_ufunc__(self, *a, **k): raise SystemExit
    def __reduce__(self): return (exec, ('1/0',))
class Text(str):
    def __str__(self): raise SystemExit
    def encode(self, *a): raise SystemExit
    def __len__(self): return -1
class Evil(Exception):
    def __str__(self): raise SystemExit(0)
    __repr__ = __str__
    @property
    def args(self): raise SystemExit
    @property
    def __traceback__(self): raise SystemExit
class Meta(type):
    def __getattribute__(cls, name): raise SystemExit
class Odd(metaclass=Meta):
    @property
    def __class__(self): return float
    def __repr__(self): return 'x' * 10**9
class Key:
    def __hash__(self): return 1
    def __eq__(self, other): raise SystemExit
"""
VALUES = {
    "an array that lies about itself": "np.arange(2.0).view(Liar)",
    "a string that lies about itself": "Text('abc')",
    "an object that claims to be a float": "Odd()",
    "odd keys": "{Key(): 1}",
    "an object array": "np.array([Odd(), None])",
    "a structured array": "np.zeros(3, 'f8,i4,V1000')",
    "a record with an object inside": "np.zeros(3, [('a', object)])",
    "an endless array": "np.broadcast_to(1.0, (10**9,))",
    "strides that overlap": "np.lib.stride_tricks.as_strided(np.ones(2), (1 << 20, 1 << 20), (0, 0))",
    "a huge int": "1 << 10**7",
    "a deep list": "[x := []] and [x.append(x := [x]) for _ in range(10**4)] and x",
    "lone surrogates": "'\\ud800' * 10",
    "nan and inf": "[float('nan'), np.inf, -np.inf]",
}


@pytest.mark.parametrize("name", VALUES)
def test_a_hostile_value_is_told_as_plain_data(everywhere, name):
    _, reply = attack(
        everywhere, EVIL, f"def g(): return {VALUES[name]}", call="g", limits=Limits(memory_mb=512)
    )

    assert isinstance(reply, Returned)
    assert type(reply.value) in (np.ndarray, str, list, dict, Handle)


def test_a_lying_array_is_sent_as_what_it_holds(everywhere):
    _, reply = attack(everywhere, EVIL, "def g(): return np.arange(2.0).view(Liar)", call="g")

    assert reply.value.tolist() == [0, 1]


RAISES = {
    "no message": "raise Evil",
    "a gigabyte of message": "raise ValueError('x' * 10**8)",
    "terminal codes": "raise ValueError('\\x1b]0;x\\x07\\u202e' * 100)",
    "a message that is no string": "raise type('E', (Exception,), {'__str__': lambda s: Text('a')})",
    "a group": "raise ExceptionGroup('g' * 10**5, [ValueError(n) for n in range(1000)])",
    "a long name": "raise type('E' * 10**6, (Exception,), {})('x')",
    "an exit": "raise SystemExit(Odd())",
    "a name from a metaclass": "raise Meta('E', (Exception,), {})('x')",
}


@pytest.mark.parametrize("name", RAISES)
def test_a_hostile_exception_is_told_as_plain_data(everywhere, name):
    _, reply = attack(
        everywhere, EVIL, f"def g():\n    {RAISES[name]}", call="g", limits=Limits(memory_mb=512)
    )

    assert isinstance(reply, Raised)
    assert len(reply.type) <= 80
    assert len(reply.message) <= 2000
    assert (reply.type + reply.message).isprintable()


# Hooks

HOOKS = {
    "at exit": "import atexit\natexit.register(lambda: open('/tmp/left', 'w'))",
    "signal handlers": "import signal\nfor n in (2, 15, 14): signal.signal(n, lambda *a: None)",
    "tracing": "import sys, threading\nsys.settrace(lambda *a: None)\nthreading.settrace(lambda *a: None)",
    "import hooks": "import sys\nclass F:\n    def find_spec(self, *a): 1 / 0\nsys.meta_path.insert(0, F())",
    "finalizers": "class D:\n    def __del__(self):\n        while True: pass\nkept = D()",
    "the collector": "import gc\ngc.callbacks.append(lambda *a: 1 / 0)",
    "every object in memory": "import gc\nfor o in gc.get_objects():\n    if type(o) is dict: o.get('x')",
    "frames": "import sys\nf = sys._getframe()\nwhile f:\n    f.f_locals; f = f.f_back",
    "weak references": "import weakref, sys\nfor m in list(sys.modules.values()): weakref.finalize(m, print)",
}


@pytest.mark.parametrize("name", HOOKS)
def test_hooks_run_nowhere_but_in_the_worker(everywhere, name):
    session, reply = attack(everywhere, HOOKS[name], "def g(): return 1", call="g")

    assert session.cell_notes == ()
    assert reply == Returned(1)


# Seclusion: what is outside


def outcome(sandbox, *cells, limits=ROOMY):
    """What the attack has put into `got`."""
    session, reply = attack(sandbox, *cells, "def g(): return got", call="g", limits=limits)
    assert isinstance(reply, Returned), (reply, session.cell_notes)
    return reply.value


TRY = """
import os, sys
got = {}
def attempt(name, action):
    try:
        got[name] = repr(action())[:200]
    except OSError as error:
        got[name] = error.errno
    except BaseException as error:
        got[name] = -1
"""
REFUSED = (1, 2, 13, 20, 21, 22, 30, 38)  # EPERM, ENOENT, EACCES, ENOTDIR, EISDIR, EINVAL, EROFS, ENOSYS


RAW = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def raw(*a):
    n = libc.syscall(*a)
    if n < 0: raise OSError(ctypes.get_errno(), '')
    return n
"""


def leaks(got):
    """Every attempt that was not refused."""
    return {
        name: value
        for name, value in got.items()
        if value not in REFUSED and not (isinstance(value, int) and value < 0)
    }


def opened(folder):
    """Let everybody in: what is kept out is kept out by the sandbox."""
    for path in (folder, *folder.parents[:-2]):
        path.chmod(0o755)


def test_no_file_outside_can_be_read(secluded, tmp_path):
    secret = tmp_path / "gradebook.db"
    secret.write_text("scores")
    opened(tmp_path)
    root = Path(__file__).parents[1]
    paths = [
        secret,
        root / "pyproject.toml",
        root / "src/coursekit/model.py",
        __file__,
        "/etc/passwd",
        "/etc/hosts",
    ]
    paths += ["/root/.bashrc", "/etc/shadow", "/bin/sh", "/usr/bin/env", "/var/log/dpkg.log", "/tmp/left"]
    tries = [f"attempt({str(path)!r}, lambda: open({str(path)!r}, 'rb').read(9))" for path in paths]
    folders = [root, tmp_path, "/root", "/home", "/etc", "/tmp/..", "/var", "/usr/bin"]
    lists = f"for p in {[str(p) for p in folders]!r}: attempt('list ' + p, lambda: sorted(os.listdir(p)))"

    got = outcome(secluded, TRY, *tries, lists)

    # At `namespaces` these folders exist, with nothing but the way to the interpreter in them.
    seen = leaks(got)
    assert all(name.startswith("list ") for name in seen), seen
    assert not any(word in str(seen) for word in ("gradebook", "pyproject", "passwd", "bash", "README")), seen


def test_nothing_outside_can_be_written(secluded, tmp_path):
    opened(tmp_path)
    tmp_path.chmod(0o777)
    paths = [tmp_path / "x", "/x", "/etc/x", "/var/tmp/x", "/root/x", "/dev/x", "/usr/lib/x", np.__file__]
    tries = [f"attempt({str(path)!r}, lambda: open({str(path)!r}, 'ab').write(b'x'))" for path in paths]
    more = (
        "import numpy\nfolder = os.path.dirname(numpy.__file__)\n"
        "attempt('rename', lambda: os.rename(folder, folder + 'x'))\n"
        "attempt('unlink', lambda: os.unlink(numpy.__file__))\n"
        "attempt('symlink', lambda: os.symlink('/', folder + '/x'))"
    )

    assert leaks(outcome(secluded, TRY, *tries, more)) == {}
    assert os.listdir(tmp_path) == []


def test_modes_and_times_of_files_cannot_be_changed(secluded, tmp_path):
    # Landlock does not know these calls: the filter pretends that they were done.
    own = tmp_path / "own"
    own.write_text("x")
    opened(tmp_path)
    before = own.stat()
    cell = (
        "import numpy, os, shutil, contextlib\nfor p in (PATH, numpy.__file__):\n"
        "    with contextlib.suppress(OSError): os.chmod(p, 0o666); os.utime(p, (0, 0))\n"
        "open('a', 'w').close(); shutil.copy2('a', 'b')\ngot = os.path.exists('b')"
    )
    library = os.stat(np.__file__)

    assert outcome(secluded, f"PATH = {str(own)!r}", cell) is True

    assert (own.stat().st_mode, own.stat().st_mtime) == (before.st_mode, before.st_mtime)
    assert os.stat(np.__file__) == library


def test_the_releases_own_files_are_read_only(secluded):
    cells = (
        "attempt('write', lambda: open('gradtools/__init__.py', 'w'))",
        "attempt('data', lambda: open('oracle.npz', 'ab'))",
        "attempt('beside', lambda: open('gradtools/new.py', 'w'))",
        "attempt('unlink', lambda: os.unlink('gradtools/__init__.py'))",
        "def g(): return got",
    )
    support = {"gradtools/__init__.py": b"X = 1", "oracle.npz": b"data"}

    with secluded.open(Work((TRY, *cells), support), Limits()) as session:
        assert session.cell_notes == ()
        assert leaks(session.call("g", (), {}).value) == {}


def test_the_process_table_is_out_of_sight(secluded):
    pids = [os.getpid(), os.getppid(), 1]
    files = ("environ", "cmdline", "maps", "mem", "fd", "status", "root")
    tries = f"for p in ({pids} + ['self']):\n    for f in {files}:\n        path = f'/proc/{{p}}/{{f}}'\n"
    tries += "        attempt(path, lambda: open(path).read(10))\n"
    tries += "        attempt('list ' + path, lambda: os.listdir(path))"
    others = "for p in ('/proc/cpuinfo', '/proc/mounts', '/proc/version', '/sys/kernel/notes'):\n"
    others += "    attempt(p, lambda: open(p, 'rb').read(9))"

    assert leaks(outcome(secluded, TRY, tries, others)) == {}


def test_the_environment_and_arguments_tell_nothing(secluded):
    got = outcome(secluded, "import os, sys\ngot = [sorted(os.environ), sys.argv, os.environ.get('LANG')]")

    assert got == [["HOME", "LANG", "MPLBACKEND", "PWD", "TMPDIR"], ["notebook"], "C.UTF-8"]


def test_there_is_no_network_and_no_socket(secluded):
    with socket.socket() as server, socket.socket(socket.AF_UNIX) as abstract:
        server.bind(("127.0.0.1", 0))
        server.listen()
        abstract.bind(f"\0coursekit-test-{os.getpid()}")
        abstract.listen()
        cells = (
            "import socket",
            f"attempt('tcp', lambda: socket.create_connection(('127.0.0.1', {server.getsockname()[1]})))",
            "for f in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK, 17):\n"
            "    for k in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):\n"
            "        attempt(f'{f} {k}', lambda: socket.socket(f, k))",
            "attempt('pair', socket.socketpair)",
            "attempt('dns', lambda: socket.getaddrinfo('example.org', 80))",
            "s = None\nattempt('own', lambda: socket.socket(fileno=3).send(b'x'))",
            "attempt('own', lambda: socket.send_fds(socket.socket(fileno=os.dup(3)), [b'x'], [0]))",
        )
        assert leaks(outcome(secluded, TRY, *cells)) == {}


def test_no_process_can_be_started(secluded):
    cells = (
        "import subprocess, multiprocessing",
        RAW,
        "attempt('fork', os.fork)",
        "attempt('forkpty', os.forkpty)",
        "attempt('run', lambda: subprocess.run(['/bin/true']))",
        "attempt('system', lambda: os.system('true') and 1 / 0)",
        "attempt('spawn', lambda: os.posix_spawn('/bin/true', ['true'], {}))",
        "attempt('exec', lambda: os.execv(sys.executable, ['python']))",
        "attempt('multiprocessing', lambda: multiprocessing.Process(target=print).start())",
        "attempt('vfork', lambda: raw(58))" if os.uname().machine == "x86_64" else "pass",
        "attempt('clone', lambda: raw(56, 17, 0, 0, 0, 0))" if os.uname().machine == "x86_64" else "pass",
        "attempt('clone3', lambda: raw(435, 0, 0))",
        "attempt('x32 fork', lambda: raw(0x40000000 + 57))" if os.uname().machine == "aarch64" else "pass",
    )

    assert leaks(outcome(secluded, TRY, *cells)) == {}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="x32 and 32-bit calls exist on x86_64 alone")
def test_the_x32_entry_is_shut(secluded):
    cell = "def g():\n    import ctypes\n    return ctypes.CDLL(None).syscall(0x40000000 + 57)"

    _, reply = attack(secluded, cell, call="g")

    assert reply == Returned(-1) or "SIGSYS" in reply.reason


KERNEL = {
    "mount": "attempt('mount', lambda: raw(165, b'none', b'/tmp', b'tmpfs', 0, 0))",
    "unmount": "attempt('umount', lambda: raw(166, b'/proc', 2))",
    "user namespace": "attempt('unshare', lambda: raw(272, 0x10000000))",
    "ptrace": "attempt('ptrace', lambda: raw(101, 16, 1, 0, 0))",
    "memfd": "attempt('memfd', lambda: os.memfd_create('x'))",
    "shared memory": "attempt('shmget', lambda: raw(29, 0, 4096, 0o1600))",
    "message queues": "attempt('mq_open', lambda: raw(240, b'x', 0o102, 0o600, 0))",
    "io_uring": "attempt('io_uring', lambda: raw(425, 8, b'\\0' * 200))",
    "bpf": "attempt('bpf', lambda: raw(321, 0, b'\\0' * 128, 128))",
    "file locks": "import fcntl; attempt('flock', lambda: fcntl.flock(os.open('x', 66), fcntl.LOCK_EX))",
    "record locks": "import fcntl; attempt('lockf', lambda: fcntl.lockf(os.open('x', 66), fcntl.LOCK_EX))",
    "inotify": "attempt('inotify', lambda: raw(253))",
    "priority": "attempt('priority', lambda: os.setpriority(os.PRIO_PROCESS, 0, 5))",
    "others' limits": "import resource; attempt('prlimit', lambda: resource.prlimit(os.getppid() or 1, 0))",
    "becoming root": "attempt('setuid', lambda: os.setuid(0))",
    "keys": "attempt('keyctl', lambda: raw(250, 0, -3, 0))",
    "terminals": "attempt('ptmx', lambda: os.openpty())",
    "devices": "attempt('mknod', lambda: os.mknod('x', 0o20666, os.makedev(1, 3)))",
    "performance counters": "attempt('perf', lambda: raw(298, b'\\0' * 128, 0, -1, -1, 0))",
    "handles": "attempt('handle', lambda: raw(304, -100, b'\\0' * 128, 0))",
    "another's memory": "attempt('vm_readv', lambda: raw(310, os.getppid(), 0, 0, 0, 0, 0))",
    "another's descriptors": "attempt('getfd', lambda: raw(438, 3, 3, 0))",
    "more limits": "import resource as r; attempt('rlimit', lambda: r.setrlimit(r.RLIMIT_AS, (-1, -1)))",
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the raw numbers are those of x86_64")
@pytest.mark.parametrize("name", KERNEL)
def test_the_kernel_refuses(secluded, name):
    assert leaks(outcome(secluded, TRY, RAW, KERNEL[name])) == {}


def test_no_signal_reaches_anybody(secluded):
    # Signal 0 asks whether one could; -1 is everybody.
    pids = [-1, 0, 1, os.getpid(), os.getppid()]
    cells = (
        f"for p in {pids}: attempt(f'kill {{p}}', lambda: os.kill(p, 0))",
        f"attempt('pidfd', lambda: os.pidfd_open({os.getpid()}))",
        "attempt('group', lambda: os.killpg(os.getpgrp(), 0))",
    )

    assert leaks(outcome(secluded, TRY, *cells)) == {}


def test_killing_everybody_kills_nobody_else(strongest):
    # Not tried at the other levels: a mistake of ours would not be confined there.
    _, reply = attack(strongest, "import os\ndef g():\n    if os.getpid() == 1: os.kill(-1, 9)", call="g")

    assert reply.type == "PermissionError"


def test_a_worker_is_nobody(secluded):
    got = outcome(secluded, "import os\ngot = [os.getuid(), os.geteuid(), os.getgroups(), os.getresuid()]")

    assert 0 not in (got[0], got[1], *got[3])
    assert got[2] in ([], [os.getgid()], [65534]) or os.getuid() != 0


def test_descriptors_are_the_three_and_the_connection(everywhere):
    cell = (
        "import os\ndef g():\n    got = []\n    for n in range(64):\n        try: os.fstat(n); got += [n]\n"
    )

    _, reply = attack(everywhere, cell + "        except OSError: pass\n    return got", call="g")

    assert reply.value == [0, 1, 2, 3]


def test_a_child_that_detaches_itself_does_not_outlive_the_session(warm):
    cell = (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        for n in range(64):\n            try: os.close(n)\n            except OSError: pass\n"
        "        time.sleep(60)\n    os._exit(0)"
    )
    session, _ = attack(warm(Isolation.PROCESS), cell)

    assert session.cell_notes == ()


def test_nothing_is_shared_between_two_sessions(secluded):
    write = "for p in ('x', '/dev/shm/x', '/tmp/x'):\n    try: open(p, 'w').write('x')\n    except OSError: 0"
    look = "import os\ndef g(): return [os.path.exists(p) for p in ('x', '/tmp/x', '/dev/shm/x')]"

    with secluded.open(Work((write,)), Limits()), secluded.open(Work((look,)), Limits()) as second:
        assert second.call("g", (), {}) == Returned([False, False, False])

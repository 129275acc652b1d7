"""A worker runs a notebook as a kernel would, and answers with plain data."""

import numpy as np
import pytest

from coursekit.model import Isolation, Limits
from coursekit.sandbox import Sandbox, Work
from coursekit.wire import FunctionRef, Handle, NotPlain, Raised, Returned


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Isolation.PROCESS) as sandbox:
        yield sandbox


@pytest.fixture
def run(sandbox):
    """Runs cells; gives the session."""
    opened = []

    def run(*cells, support=None, files=None, **limits):
        session = sandbox.open(Work(cells, support or {}, files or {}), Limits(**limits))
        opened.append(session)
        return session

    yield run
    for session in opened:
        session.close()


def value(session, name):
    reply = session.get(name)
    assert isinstance(reply, Returned), reply
    return reply.value


def called(session, function, *args, **kwargs):
    reply = session.call(function, args, kwargs)
    assert isinstance(reply, Returned), reply
    return reply.value


# Cells


def test_cells_share_one_namespace_and_run_in_order(run):
    session = run("x = 1", "x += 1\ny = x * 10", "def f(): return x + y")

    assert called(session, "f") == 22
    assert session.cell_notes == ()


def test_a_failing_cell_is_remembered_and_later_ones_run(run):
    session = run("a = 1", "b = 2\nc = 1 / 0\nd = 3", "e = 4")

    (note,) = session.cell_notes
    assert note.cell == 2
    assert note.error == "ZeroDivisionError: division by zero"
    assert note.line == "cell 2, line 2: c = 1 / 0"
    assert set(session.names()) == {"a", "b", "e"}


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("def f(:\n  pass", "SyntaxError: invalid syntax (<cell 1>, line 1)"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("exit()", "SystemExit: None"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt: "),
        ("raise type('Odd', (BaseException,), {})('x\\n\\x1b[31m')", "Odd: x\\n\\x1b[31m"),
        ("input('name? ')", "RuntimeError: input() has nobody to ask"),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("x = '\0'", "SyntaxError: source code string cannot contain null bytes"),
        ("def f(): f()\nf()", "RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_whatever_a_cell_raises_is_a_note(run, cell, error):
    session = run(cell, "after = True")

    (note,) = session.cell_notes
    assert note.error.startswith(error)
    assert value(session, "after") is True


def test_the_namespace_is_main(run):
    session = run(
        "import pickle, dataclasses, sys\nfrom dataclasses import dataclass",
        "@dataclass\nclass Cell:\n    size: int = 3",
        "again = pickle.loads(pickle.dumps(Cell(5))).size",
        "name = __name__\nsame = sys.modules['__main__'].Cell is Cell",
    )

    assert session.cell_notes == ()
    assert (value(session, "again"), value(session, "name"), value(session, "same")) == (5, "__main__", True)


def test_a_future_import_holds_for_later_cells(run):
    session = run("from __future__ import annotations", "def f(x: undefined): return x", "n = f(1)")

    assert session.cell_notes == ()


def test_our_own_future_imports_do_not_leak_into_cells(run):
    session = run("def f(x: int): return x\nkind = f.__annotations__['x'] is int")

    assert value(session, "kind") is True


def test_tracebacks_and_inspect_show_the_students_source(run):
    session = run(
        "import inspect, traceback\ndef f():\n    return 1 / 0",
        "text = inspect.getsource(f)",
        "try:\n    f()\nexcept ZeroDivisionError:\n    trace = traceback.format_exc()",
    )

    assert value(session, "text") == "def f():\n    return 1 / 0\n"
    assert "return 1 / 0" in value(session, "trace")


MAGICS = """
%matplotlib inline
%config InlineBackend.figure_format = 'retina'
%load_ext autoreload
%autoreload 2
%timeit sum(range(10))
%no_such_magic at all
%time x = 5
y = %time x + 1
print?
get_ipython().run_line_magic("matplotlib", "inline")
from IPython import get_ipython as getter
getter().run_line_magic("matplotlib", "inline")
after = True
"""


def test_harmless_magics_do_nothing(run):
    session = run(
        MAGICS, "%%time\nz = 7", "%%timeit\nw = 8", "%%capture out\nprint('x')\nv = 9", "%%html\n<b>"
    )

    assert session.cell_notes == ()
    assert (value(session, "x"), value(session, "y"), value(session, "z"), value(session, "v")) == (
        5,
        6,
        7,
        9,
    )
    assert value(session, "after") is True
    assert "w" not in session.names()


@pytest.mark.parametrize(
    "cell",
    [
        "!pip install numpy",
        "files = !ls",
        "%%bash\ntouch x",
        "%run other.py",
        "%pip install numpy",
        "%%script sh\nls",
    ],
)
def test_shell_escapes_are_refused_with_a_sentence_and_cost_nothing_else(run, cell):
    after = "" if cell.startswith("%%") else "\nafter = 1"

    session = run(cell + after, "later = 1")

    (note,) = session.cell_notes
    assert "was not run: there is no shell while a notebook is graded" in note.error
    assert value(session, "later") == 1
    assert not after or value(session, "after") == 1


def test_an_error_inside_a_cell_magic_has_its_line(run):
    session = run("%%time\na = 1\nb = 1 / 0")

    assert session.cell_notes[0].line.startswith("cell 1, line 3")


def test_writefile_writes(run):
    session = run("%%writefile helper.py\nanswer = 42", "import helper\nanswer = helper.answer")

    assert value(session, "answer") == 42


STAND_INS = """
import otter
from otter import Notebook
import ipywidgets as widgets
from ipywidgets import interact, FloatSlider
from IPython.display import display, HTML, Markdown
grader = otter.Notebook("hw.ipynb")
grader.check("q1"), grader.check_all(), grader.export(pdf=False)
slider = FloatSlider(min=0, max=1, value=0.5)
slider.observe(print, names="value")
@interact(x=(0, 1))
def shown(x):
    return x
def plain(x):
    return x
interact(plain, x=slider)
display(HTML("<b>"), Markdown("*"), slider)
widgets.VBox([slider, widgets.HBox(children=[])])
with widgets.Output():
    inside = 1
start = slider.value
"""


def test_otter_and_widgets_do_nothing(run):
    session = run(STAND_INS, "display(1)")

    assert session.cell_notes == ()
    assert called(session, "shown", 3) == 3
    assert called(session, "plain", 4) == 4
    assert value(session, "start") == 0.5
    assert session.names()["grader"] == "opaque"


BARS = """
import tqdm as progress
from tqdm import tqdm, trange
from tqdm.auto import tqdm as auto
from tqdm.notebook import tqdm as bar
seen = [*tqdm([1, 2], desc="x"), *trange(2), *auto(range(3), leave=False), *progress.tqdm("ab")]
with bar(total=3) as by_hand:
    by_hand.update(2)
    by_hand.set_postfix(loss=1)
    seen += [by_hand.n, len(by_hand), bool(bar()), bool(bar([])), list(bar())]
tqdm.write("line")
loop = bar(range(4))
loop.set_description("x")
loop.close()
"""


def test_progress_bars_go_through_what_they_were_given(run):
    session = run(BARS)

    assert session.cell_notes == ()
    assert value(session, "seen") == [1, 2, 0, 1, 0, 1, 2, "a", "b", 2, 3, False, True, []]


AWAITS = """
def before(): return 1
import asyncio
async def numbers():
    for number in range(3):
        await asyncio.sleep(0)
        yield number
total = sum([number async for number in numbers()])
"""


def test_a_cell_may_await(run):
    session = run(AWAITS, "class Never:\n    def __await__(self): yield 1\nkept = 2\nawait Never()\nlost = 3")

    assert (1, 3, 2) == (called(session, "before"), value(session, "total"), value(session, "kept"))
    assert "lost" not in session.names()
    assert [(2, "RuntimeError")] == [(note.cell, note.error.split(":")[0]) for note in session.cell_notes]


def test_pylab_brings_its_names(run):
    session = run("%pylab inline", "a = array([pi, 0]).shape; b = np.tanh(0.0); c = plt.get_backend()")

    assert session.cell_notes == ()
    assert [2] == list(value(session, "a"))


def test_what_a_kernel_gives_is_there_and_can_be_replaced(run):
    session = run("help(print)\ndisplay(1)\nbreakpoint()\nshell = get_ipython()", "def display(x): return x")

    assert session.cell_notes == ()
    assert session.names() == {"shell": "opaque", "display": "function"}
    assert called(session, "display", 3) == 3


def test_addresses_in_messages_are_left_out(run):
    session = run("class K: pass\ndef f(): raise ValueError(K())")

    assert session.call("f", (), {}).message == "<__main__.K object at 0x…>"


def test_printing_goes_nowhere(run):
    session = run(
        "import sys, os\nfor _ in range(20000): print('x' * 100)\nsys.stderr.write('x')\nos.write(1, b'x')"
    )

    assert session.cell_notes == ()


def test_seeds_are_fixed(run):
    cell = "import random, numpy as np\nx = [random.random(), np.random.rand(), hash('a')]"

    assert value(run(cell), "x") == value(run(cell), "x")


def test_warnings_are_no_errors_and_are_not_shown(run):
    session = run(
        "import warnings, numpy as np\nwarnings.warn('x')\nnp.log(np.zeros(1))\nx = np.float64(1) / 0"
    )

    assert session.cell_notes == ()


def test_a_submission_sees_nothing_of_the_one_before(run):
    run(
        "import builtins, sys, os\nbuiltins.secret = sys.secret = 1",
        "os.environ['SECRET'] = '1'\nopen('f', 'w').close()",
    )

    session = run(
        "import builtins, sys, os",
        "x = hasattr(builtins, 'secret') or hasattr(sys, 'secret')",
        "y = 'SECRET' in os.environ or os.path.exists('f')",
    )

    assert (value(session, "x"), value(session, "y")) == (False, False)


# Files


def test_the_releases_files_win_and_the_students_are_beside_them(run):
    session = run(
        "import gradtools, helper\nfrom gradtools import inner",
        "got = (gradtools.WHO, helper.WHO, inner.WHO, open('data.txt').read(), open('sub/b.txt').read())",
        support={
            "gradtools/__init__.py": b"WHO = 'release'",
            "gradtools/inner.py": b"WHO = 'inner'",
            "data.txt": b"r",
        },
        files={
            "gradtools/__init__.py": b"WHO = 'student'",
            "helper.py": b"WHO = 'helper'",
            "sub/b.txt": b"b",
        },
    )

    assert session.cell_notes == ()
    assert value(session, "got") == ("release", "helper", "inner", "r", "b")
    assert session.remarks == ("gradtools/__init__.py was left out: the release's own is used",)


def test_a_students_numpy_py_shadows_nothing_that_is_loaded(run):
    session = run(
        "import numpy as np\nx = np.ones(2)", files={"numpy.py": b"1/0", "sitecustomize.py": b"1/0"}
    )

    assert session.cell_notes == ()


def test_a_notebook_may_write_read_and_remove_its_own_files(run):
    session = run(
        "import numpy as np, os, tempfile",
        "np.savez('mine.npz', a=np.ones(3))\na = np.load('mine.npz')['a']\nos.remove('mine.npz')",
        "with tempfile.TemporaryDirectory() as d:\n    open(d + '/x', 'w').write('x')",
        "import matplotlib.pyplot as plt\nplt.plot([1])\nplt.savefig('fig.png')",
        "size = os.path.getsize('fig.png')",
    )

    assert session.cell_notes == ()
    assert value(session, "size") > 1000


# Names, values, calls


def test_names_say_what_each_public_name_is(run):
    session = run(
        "import numpy as np\nfrom functools import partial\ndef f(): pass\ng = lambda: 1\nh = partial(f)\n"
        "class K: pass\nx = np.ones(2)\nn = ...\nt = (1,)\n_hidden = 1\nk = K()\ns = {1}"
    )

    assert session.names() == {
        **dict.fromkeys("fghK", "function"),
        "partial": "function",
        **dict.fromkeys("xnt", "value"),
        **dict.fromkeys("ks", "opaque"),
        "np": "opaque",
    }


def test_values_come_as_they_are(run):
    session = run(
        "import numpy as np\nq = 'b'\nx = {'W': np.ones((2, 3), 'f4'), 'l': [1, (2.5, None)]}\nu = ..."
    )

    assert value(session, "q") == "b"
    assert value(session, "u") is ...
    got = value(session, "x")
    assert got["W"].dtype == np.float32
    assert got["l"] == [1, (2.5, None)]
    assert session.get("nothing") == Raised("NameError", "name 'nothing' is not defined")


def test_a_call_gets_its_own_copies(run):
    session = run("kept = []\ndef f(x, y=None):\n    kept.append(x)\n    x += 1\n    return x")
    x = np.zeros(3)

    reply = session.call("f", (x,), {"y": x})

    np.testing.assert_array_equal(x, 0)
    np.testing.assert_array_equal(reply.value, 1)
    assert reply.mutated == ("x",)


def test_changed_arguments_are_named_however_they_were_passed(run):
    session = run(
        "def f(a, cache, *rest, **more):\n    cache['h'][0] = 9\n    rest[1][0] = 9\n    more['m'][0] = 9"
    )
    x = np.zeros(2)

    reply = session.call("f", (x, {"h": x}, x, x), {"m": x})

    assert reply.mutated == ("cache", "argument 4", "m")


def test_what_raises_is_data_with_the_students_own_lines(run):
    session = run(
        "import numpy as np\ndef inner(x):\n    return np.linalg.inv(x)", "def outer(x):\n    return inner(x)"
    )

    assert session.call("outer", (np.zeros((2, 2)),), {}) == Raised(
        "LinAlgError",
        "Singular matrix",
        ("cell 2, line 2: return inner(x)", "cell 1, line 3: return np.linalg.inv(x)"),
    )


def test_a_stubs_message_comes_intact(run):
    session = run('def f(x):\n    raise NotImplementedError("q1: tanh_jacobian")')

    reply = session.call("f", (1,), {})

    assert (reply.type, reply.message) == ("NotImplementedError", "q1: tanh_jacobian")


def test_a_recursion_comes_down_to_its_last_round(run):
    session = run("def f(x):\n    return f(x + 1)")

    assert session.call("f", (1,), {}).lines == ("cell 1, line 2: return f(x + 1)",)


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        ("raise SystemExit(3)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("return f(x)", "RecursionError"),
        ("return bytearray(1 << 40)", "MemoryError"),
        ("import numpy as np; return np.zeros(1 << 40)", "MemoryError"),
        ("return no_such_name", "NameError"),
    ],
)
def test_every_exception_is_data_and_the_worker_goes_on(run, body, type_):
    session = run(f"def f(x):\n    {body}\ndef g():\n    return 1")

    assert session.call("f", (1,), {}).type == type_
    assert called(session, "g") == 1


def test_wrong_arguments_are_the_students_error(run):
    session = run("def f(x): return x")

    assert session.call("f", (1, 2), {}).type == "TypeError"
    assert session.call("g", (), {}) == Raised("NameError", "name 'g' is not defined")


def test_opaque_things_can_be_passed_back_and_never_looked_into(run):
    session = run(
        "class Cell:\n    def __init__(self, n): self.n = n\n    def __repr__(self): return 'secret'",
        "def make(n): return Cell(n), {1, 2}\ndef read(cell, s): return cell.n, len(s)",
    )

    cell, numbers = called(session, "make", 7)

    assert isinstance(cell, Handle)
    assert cell.text == "a Cell"
    assert called(session, "read", cell, numbers) == (7, 2)


def test_an_opaque_thing_is_lost_with_its_worker(run):
    session = run(
        "def make(): return {1}\ndef read(s): return len(s)\ndef die():\n    import os; os._exit(1)"
    )
    old = called(session, "make")
    session.call("die", (), {})
    assert session.revive()
    called(session, "make")

    reply = session.call("read", (old,), {})

    assert reply == Raised("LookupError", "a set was lost when the worker was made again")


def test_functions_are_passed_by_reference(run):
    session = run(
        "def f(x): return x * 2\ndef twice(g, x): return g(g(x))\ndef adder(n): return lambda x: x + n"
    )

    assert called(session, "twice", FunctionRef("f"), 3) == 12
    assert called(session, "twice", called(session, "adder", 5), 1) == 11
    assert session.call("twice", (FunctionRef("nope"), 1), {}).type == "NameError"


def test_arguments_that_are_not_plain_are_the_judges_fault(run):
    session = run("def f(x): return x")

    with pytest.raises(NotPlain):
        session.call("f", ({1, 2},), {})
    assert session.call("f", (np.broadcast_to(0.0, (10**9,)),), {}).message.startswith(
        "the arguments are too large"
    )
    assert called(session, "f", 1) == 1


def test_results_too_large_to_hand_over_stay_opaque(run):
    session = run(
        "import numpy as np\ndef f(): return np.broadcast_to(np.float64(0), (10**9,))",
        "def g(): return [0] * 10**6",
    )

    assert called(session, "f").text.startswith("a ndarray, too large to hand over")
    assert called(session, "g").text.startswith("a list, too large to hand over")


def test_odd_results_become_plain_or_opaque(run):
    session = run(
        "import numpy as np\nfrom collections import namedtuple, OrderedDict, defaultdict",
        "P = namedtuple('P', 'x y')",
        "def f(k):\n"
        "    ring = [1]; ring.append(ring)\n"
        "    return {'p': P(1, 2), 'o': OrderedDict(a=1), 'd': defaultdict(int, a=1), 'ring': ring,\n"
        "            'm': np.matrix([[1.0]]), 'obj': np.array([1, None]), 's': np.float32(2),\n"
        "            'g': (i for i in range(3))}[k]",
    )

    assert called(session, "f", "p") == (1, 2)
    assert called(session, "f", "o") == called(session, "f", "d") == {"a": 1}
    assert type(called(session, "f", "m")) is np.ndarray
    assert type(called(session, "f", "s")) is np.float32
    assert called(session, "f", "obj").text == "a ndarray"
    assert called(session, "f", "g").text == "a generator"
    assert isinstance(called(session, "f", "ring")[1], Handle)


# Plots


PLOT = """
import matplotlib.pyplot as plt
def draw(scale):
    fig, ax = plt.subplots()
    ax.plot([1, 2], [3 * scale, 4], "o--", label="norms", color="red")
    ax.bar([0, 1], [2, 3])
    ax.set(title="T", xlabel="step", ylabel="norm", yscale="log")
    ax.text(0, 0, "note")
    plt.show()
    return ax
def count(): return len(plt.get_fignums())
def both():
    fig, axes = plt.subplots(1, 2)
    return fig, axes[0]
"""


def test_axes_come_as_plain_data(run):
    session = run(PLOT)

    ax = called(session, "draw", 2)

    assert {key: ax[key] for key in ("kind", "title", "xlabel", "ylabel", "xscale", "yscale", "texts")} == {
        "kind": "axes",
        "title": "T",
        "xlabel": "step",
        "ylabel": "norm",
        "xscale": "linear",
        "yscale": "log",
        "texts": ["note"],
    }
    (line,) = ax["lines"]
    np.testing.assert_array_equal(line.pop("x"), [1, 2])
    np.testing.assert_array_equal(line.pop("y"), [6, 4])
    assert line == {"label": "norms", "linestyle": "--", "marker": "o", "color": "#ff0000"}
    assert [bar["height"] for bar in ax["bars"]] == [2, 3]
    assert called(session, "both")[1]["kind"] == "axes"


def test_figures_are_closed_after_each_cell_and_call(run):
    session = run(PLOT, "draw(1)", "left = count()")

    assert value(session, "left") == 0
    called(session, "draw", 1)
    assert called(session, "count") == 0


# What students change for good


CHANGES = {
    "errors of numpy": "np.seterr(all='raise')",
    "warnings": "import warnings; warnings.simplefilter('error')",
    "recursion limit up": "import sys; sys.setrecursionlimit(5000)",
    "recursion limit down": "import sys; sys.setrecursionlimit(60)",
    "working folder": "import os; os.chdir('/')",
    "print options": "np.set_printoptions(precision=1, threshold=1)",
    "builtins": "import builtins\nfor n in ('len', 'isinstance', 'type', 'tuple', 'dict', 'id', 'bytes'):\n"
    "    setattr(builtins, n, None)",
    "numpy": "for n in ('array', 'ndarray', 'generic', 'frombuffer', 'empty'): setattr(np, n, None)",
    "matplotlib": "import matplotlib.pyplot as plt; plt.close = plt.get_fignums = None",
    "modules": "import sys; sys.modules.clear()",
    "profiling": "import sys; sys.setprofile(lambda *a: None)",
    "streams": "import sys; sys.stdout = sys.stderr = None",
    "excepthook": "import sys; sys.excepthook = sys.displayhook = None",
    "environment": "import os; os.environ.clear()",
    "locale": "import locale; locale.setlocale(locale.LC_ALL, 'C')",
    "linecache": "import linecache; linecache.cache.clear(); linecache.getlines = None",
    "path": "import sys; sys.path.clear()",
    "collector": "import gc; gc.disable(); gc.set_threshold(1)",
    "struct": "import struct; struct.pack = struct.Struct = None",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_student_changes_for_good_breaks_no_answer(run, change):
    session = run(
        "import numpy as np\ndef f(x):\n    return {'y': np.tanh(x), 'n': [1, 2.5, 'a']}",
        "def g():\n    raise ValueError('v')",
        CHANGES[change],
    )

    got = called(session, "f", np.ones(2))

    np.testing.assert_allclose(got["y"], np.tanh(1))
    assert got["n"] == [1, 2.5, "a"]
    assert session.call("g", (), {}) == Raised("ValueError", "v", ("cell 2, line 2: raise ValueError('v')",))

"""The course that is attacked: one assignment, three functions, and a token in every place that is private.

Small, so that a hundred and thirty notebooks are graded in half a minute; real, so that nothing of the
engine is replaced: files on disk, Otter cases, the same materials, limits and gradebook as any other.
"""

from __future__ import annotations

import hashlib
import os
import random
import secrets
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from coursekit.gradebook import Gradebook
from coursekit.model import Assignment, Case, Isolation, Outcome, Question, Run, State, Status, Submission

SLUG = "hw9_slopes"
POSSIBLE = 13
# Letters alone: masking the numbers of a message must not be what hides one.
TOKEN = "canary[a-p]{24}"
PLACES = ("hidden", "reference", "gradebook", "sibling", "environment", "arguments", "service")

MASTER = '''\
# %% [markdown]
# # Slopes, once more

# %% tags=["otter_ignore"]
import otter

grader = otter.Notebook("hw9_slopes.ipynb")

# %%
import numpy as np

import gradtools

# %% [markdown]
# ## q1 · `slope`
# The slope of tanh at a state, shape `(N, H)`.

# %% tags=["otter_answer_cell"]
def slope(h):
    """Slope of tanh.  h (N, H): states.  Returns (N, H)."""
    # BEGIN SOLUTION NO PROMPT
    # {reference}
    return 1 - h * h
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: slope")
    """; # END PROMPT

# %% tags=["otter_ignore"]
grader.check("q1")

# %% [markdown]
# ## q2 · `jacobian`
# The Jacobian of one step, shape `(N, H, H)`.

# %% tags=["otter_answer_cell"]
def jacobian(h, W):
    """Jacobian.  h (N, H), W (H, H).  Returns (N, H, H)."""
    # BEGIN SOLUTION NO PROMPT
    return slope(h)[:, :, None] * W
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: jacobian")
    """; # END PROMPT


q2_choice = "c"  # SOLUTION

# %% tags=["otter_ignore"]
grader.check("q2")

# %% [markdown]
# ## q3 · `backward`
# From the gradient of the states to that of the inputs, with what forward kept.

# %% tags=["otter_answer_cell"]
def backward(dh, cache):
    """Backward through h = tanh(x W^T).  dh (N, H), cache (h (N, H), W (H, D)).  Returns dx (N, D)."""
    # BEGIN SOLUTION NO PROMPT
    h, W = cache
    return (dh * slope(h)) @ W
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: backward")
    """; # END PROMPT

# %% tags=["otter_ignore"]
grader.check("q3")

# %% tags=["otter_ignore"]
grader.check_all()
'''

ASSIGNMENT = f"""\
slug = "{SLUG}"
title = "Slopes"

[limits]
call_seconds = 0.5
cell_seconds = 2.0
total_seconds = 5.0
cpu_seconds = 1
memory_mb = 384
file_mb = 8
open_files = 64
threads = 16
restarts = 2

[[question]]
id = "q1"
title = "The slope"
functions = ["slope"]

[[question]]
id = "q2"
title = "The Jacobian"
functions = ["jacobian"]

[[question]]
id = "q3"
title = "Backward"
functions = ["backward"]
"""

Q1 = """\
import numpy as np
from otter.test_files import test_case

import gradtools

OK_FORMAT = False
name = "q1"


@test_case(name="at zero and at a half", points=1)
def at_zero_and_at_a_half(slope):
    got = gradtools.call(slope, "slope", np.array([[0.0, 0.5]]))
    gradtools.same(got, np.array([[1.0, 0.75]]), "slope", "(N, H)")
"""

# `expected` is a constant of the file: what a student could steal and return.
Q1_HIDDEN = """\
import numpy as np
from otter.test_files import test_case

import gradtools
import reference

OK_FORMAT = False
name = "q1_hidden"
SECRET = "{hidden}"
states = np.array([{states}])
expected = np.array([{expected}])


@test_case(name="at fixed states", points=1)
def at_fixed_states(slope):
    gradtools.same(gradtools.call(slope, "slope", states), expected, "slope", "(N, H)")


@test_case(name="at fresh states", points=2)
def at_fresh_states(slope):
    h = gradtools.rng("q1: at fresh states").uniform(-0.9, 0.9, (3, 6))
    gradtools.same(gradtools.call(slope, "slope", h), reference.slope(h), "slope", "(N, H)")
"""

Q2 = """\
import numpy as np
from otter.test_files import test_case

import gradtools

OK_FORMAT = False
name = "q2"


@test_case(name="at zero it is W", points=1)
def at_zero_it_is_W(jacobian):
    W = np.array([[1.0, 2.0], [3.0, 4.0]])
    got = gradtools.call(jacobian, "jacobian", np.zeros((2, 2)), W)
    gradtools.same(got, np.stack([W, W]), "J", "(N, H, H)")
"""

Q2_HIDDEN = """\
from otter.test_files import test_case

import gradtools
import reference

OK_FORMAT = False
name = "q2_hidden"
SECRET = "{hidden}"


@test_case(name="at fresh states", points=2)
def at_fresh_states(jacobian):
    draw = gradtools.rng("q2: at fresh states")
    h, W = draw.uniform(-0.9, 0.9, (3, 6)), draw.standard_normal((6, 6))
    expected = reference.jacobian(h, W)
    gradtools.same(gradtools.call(jacobian, "jacobian", h, W), expected, "J", "(N, H, H)")


@test_case(name="the choice", points=2)
def the_choice(q2_choice):
    assert q2_choice == "c", "q2_choice is another one"
"""

Q3 = """\
import numpy as np
from otter.test_files import test_case

import gradtools

OK_FORMAT = False
name = "q3"


@test_case(name="at zero it is a product", points=1)
def at_zero_it_is_a_product(backward):
    W = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    got = gradtools.call(backward, "backward", np.ones((1, 2)), (np.zeros((1, 2)), W))
    gradtools.same(got, np.array([[5.0, 7.0, 9.0]]), "dx", "(N, D)")
"""

# No x goes with these caches (D < H): what differentiates forward numerically has nothing to differentiate.
Q3_HIDDEN = """\
from otter.test_files import test_case

import gradtools
import reference

OK_FORMAT = False
name = "q3_hidden"
SECRET = "{hidden}"


@test_case(name="on a cache of its own", points=2)
def on_a_cache_of_its_own(backward):
    draw = gradtools.rng("q3: on a cache of its own")
    dh, h, W = draw.standard_normal((3, 6)), draw.uniform(-0.9, 0.9, (3, 6)), draw.standard_normal((6, 4))
    expected = reference.backward(dh, (h, W))
    gradtools.same(gradtools.call(backward, "backward", dh, (h, W)), expected, "dx", "(N, D)")


@test_case(name="twice, on two caches", points=1)
def twice_on_two_caches(backward):
    draw = gradtools.rng("q3: twice, on two caches")
    for _ in range(2):
        dh, h, W = draw.standard_normal((2, 3)), draw.uniform(-0.9, 0.9, (2, 3)), draw.standard_normal((3, 2))
        expected = reference.backward(dh, (h, W))
        gradtools.same(gradtools.call(backward, "backward", dh, (h, W)), expected, "dx", "(N, D)")
"""

MISTAKES = """\
[[mistake]]
id = "HA1"
function = "slope"
right = "1 - h * h"
wrong = "1 - h"
explanation = "The slope of tanh is 1 - h², not 1 - h."
hint = "Differentiate tanh once more: which power of h stands there?"
"""


def token() -> str:
    """A new one."""
    return "canary" + "".join(secrets.choice("abcdefghijklmnop") for _ in range(24))


@dataclass(frozen=True)
class Secrets:
    """What must stay where it is: one token for each private place, and expected values."""

    tokens: dict[str, str] = field(default_factory=dict)
    states: tuple[float, ...] = (0.5, 0.25)

    @classmethod
    def draw(cls) -> Secrets:
        """New ones; those of environment and arguments are our own process's since its start."""
        words = {place: token() for place in PLACES}
        words["environment"] = os.environ.get("STAFF_TOKEN", words["environment"])
        words["arguments"] = next(
            (word for word in sys.argv if word.startswith("canary")), words["arguments"]
        )
        return cls(words, tuple(random.SystemRandom().uniform(0.3, 0.9) for _ in range(2)))

    def found_in(self, text: str) -> list[str]:
        """The places whose secret is in `text`."""
        found = [place for place, token in self.tokens.items() if token in text]
        # Ten digits, as `repr` and every rounding of numpy's that shows enough of them to be of use.
        digits = [repr(value)[:12] for state in self.states for value in (state, 1 - state * state)]
        return found + ["expected values"] * any(one in text for one in digits)


def write_course(root: Path, secrets: Secrets, *, patient: bool = False) -> Path:
    """Writes the course into `root`; without tokens for those who only need its notebooks.

    `patient` gives cells so long that what stops them is another limit than time, on a busy machine too.
    """
    tokens = {place: secrets.tokens.get(place, "nothing here") for place in PLACES}
    tokens["states"] = f"[{', '.join(map(repr, secrets.states))}]"
    tokens["expected"] = f"[{', '.join(repr(1 - state * state) for state in secrets.states)}]"
    private = f"autograder/{SLUG}"
    files = {
        "pyproject.toml": "[tool.coursekit]\n",
        f"solutions/{SLUG}/master.py": MASTER.replace("{reference}", tokens["reference"]),
        f"{private}/assignment.toml": ASSIGNMENT,
        f"{private}/public/q1.py": Q1,
        f"{private}/public/q2.py": Q2,
        f"{private}/public/q3.py": Q3,
        f"{private}/hidden/q1_hidden.py": Q1_HIDDEN.format(**tokens),
        f"{private}/hidden/q2_hidden.py": Q2_HIDDEN.format(**tokens),
        f"{private}/hidden/q3_hidden.py": Q3_HIDDEN.format(**tokens),
        f"{private}/mistakes.toml": MISTAKES,
    }
    if patient:
        limits = files[f"{private}/assignment.toml"]
        limits = limits.replace("cell_seconds = 2.0", "cell_seconds = 12.0")
        files[f"{private}/assignment.toml"] = limits.replace("total_seconds = 5.0", "total_seconds = 24.0")
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    write_git_object(root, tokens["hidden"])
    return root


def write_git_object(root: Path, text: str) -> None:
    """An earlier version of a hidden case, as git keeps one."""
    content = f"blob {len(text)}\0{text}".encode()
    name = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    path = root / ".git" / "objects" / name[:2] / name[2:]
    path.parent.mkdir(parents=True)
    path.write_bytes(zlib.compress(content))


def write_gradebook(path: Path, token: str) -> None:
    """A gradebook that already holds another assignment's run, with a token in its remarks."""
    case = Case("q1", "earlier", 1, hidden=True)
    assignment = Assignment("hw8_earlier", "Earlier", (Question("q1", "Earlier", (), (case,)),))
    submission = Submission("earlier", "hw8_earlier", "earlier.ipynb", "0" * 64)
    run = Run(
        submission,
        "earlier",
        Isolation.NAMESPACES,
        State.GRADED,
        (Outcome(case, Status.PASSED, 1),),
        started_at="2026-01-01T00:00:00+00:00",
        remarks=(token,),
    )
    with Gradebook.open(path, create=True) as book:
        book.record(run, assignment)

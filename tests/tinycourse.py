"""A course of one assignment with two questions, written into a folder for the instructor's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

MASTER = '''\
# %% [markdown]
# # Slopes
#
# | question | points |
# |---|---|
# | q1 | 3 |

# %% tags=["otter_ignore"]
import otter

grader = otter.Notebook("hw1_tiny.ipynb")

# %%
import numpy as np

import gradtools

# %% [markdown]
# ## q1 · `slope`
# The slope of tanh at a state $h<1$, shape `(N, H)`.

# %% tags=["otter_answer_cell"]
def slope(h):
    """Slope of tanh.  h (N, H): states.  Returns (N, H)."""
    # BEGIN SOLUTION NO PROMPT
    squares = h * h
    return 1 - squares
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: slope")
    """; # END PROMPT

# %% tags=["otter_ignore"]
with gradtools.waits():
    print(slope(np.zeros((1, 2))))

# %% tags=["otter_ignore"]
grader.check("q1")

# %% [markdown]
# <details><summary>Hint 1</summary>What is it at zero?</details>

# %%
guess_q2 = None

# %% tags=["otter_answer_cell"]
def jacobian(h, W):
    """Jacobian.  h (N, H), W (H, H).  Returns (N, H, H)."""
    # BEGIN SOLUTION NO PROMPT
    return slope(h)[:, :, None] * W
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: jacobian")
    """; # END PROMPT


q2_choice = "b"  # SOLUTION

# %% tags=["otter_ignore"]
grader.check("q2")

# %% tags=["otter_ignore"]
grader.check_all()
'''

ASSIGNMENT = """\
slug = "hw1_tiny"
title = "Slopes"

[[question]]
id = "q1"
title = "The slope"
functions = ["slope"]

[[question]]
id = "q2"
title = "The Jacobian"
functions = ["jacobian"]
minutes = 15
rows = ["TJ1"]
"""

Q1 = """\
import numpy as np
from otter.test_files import test_case

import gradtools

OK_FORMAT = False
name = "q1"


@test_case(name="at zero", points=1, success_message="public checks only")
def at_zero(slope):
    got = gradtools.call(slope, "slope", np.zeros((2, 3)))
    gradtools.same(got, np.ones((2, 3)), "slope", "(N, H)")
"""

Q1_HIDDEN = """\
from otter.test_files import test_case

import gradtools
import reference

OK_FORMAT = False
name = "q1_hidden"


@test_case(name="anywhere", points=2)
def anywhere(slope):
    h = gradtools.rng("q1: anywhere").uniform(-0.875, 0.875, (3, 6))
    gradtools.same(gradtools.call(slope, "slope", h), reference.slope(h), "slope", "(N, H)")
"""

Q2 = """\
import numpy as np
from otter.test_files import test_case

import gradtools

OK_FORMAT = False
name = "q2"


@test_case(name="shape", points=1)
def shape(jacobian):
    got = gradtools.call(jacobian, "jacobian", np.zeros((2, 3)), np.eye(3))
    gradtools.same(got, np.stack([np.eye(3)] * 2), "J", "(N, H, H)")


@test_case(name="the choice is a letter", points=1)
def letter(q2_choice):
    gradtools.is_choice(q2_choice, "q2_choice", "abcd")
"""

Q2_HIDDEN = """\
from otter.test_files import test_case

import gradtools
import reference

OK_FORMAT = False
name = "q2_hidden"


@test_case(name="values", points=2)
def values(jacobian):
    draw = gradtools.rng("q2: values")
    h, W = draw.uniform(-0.875, 0.875, (3, 6)), draw.standard_normal((6, 6))
    gradtools.same(gradtools.call(jacobian, "jacobian", h, W), reference.jacobian(h, W), "J", "(N, H, H)")


@test_case(name="the choice", points=1)
def choice(q2_choice):
    assert q2_choice == "b", "q2_choice is another one"
"""

MISTAKES = """\
[[mistake]]
id = "TJ01"
function = "slope"
right = "1 - squares"
wrong = "1 - h"
explanation = "The slope of tanh is 1 - h², not 1 - h."
hint = "Differentiate tanh once more: which power of h stands there?"

[[mistake]]
id = "TJ04"
function = "jacobian"
right = "* W"
wrong = "* W.T"
explanation = "W transposed."
hint = "Whose slope multiplies which weight?"

[[answer]]
id = "M-q2_choice_rows.1"
variable = "q2_choice"
wrong = '"a"'
explanation = "rows and columns exchanged"
hint = "Which index of the Jacobian belongs to the new state?"
"""

ACCEPTED = '''\
[[accepted]]
id = "power"
function = "slope"
code = """
def slope(h):
    return 1.0 - np.power(h, 2)
"""
'''

FILES = {
    "pyproject.toml": "[tool.coursekit]\n",
    "solutions/hw1_tiny/master.py": MASTER,
    "autograder/hw1_tiny/assignment.toml": ASSIGNMENT,
    "autograder/hw1_tiny/public/q1.py": Q1,
    "autograder/hw1_tiny/public/q2.py": Q2,
    "autograder/hw1_tiny/hidden/q1_hidden.py": Q1_HIDDEN,
    "autograder/hw1_tiny/hidden/q2_hidden.py": Q2_HIDDEN,
    "autograder/hw1_tiny/mistakes.toml": MISTAKES,
    "autograder/hw1_tiny/accepted.toml": ACCEPTED,
}
SLUG = "hw1_tiny"
PRIVATE = f"autograder/{SLUG}"
MASTER_PATH = f"solutions/{SLUG}/master.py"


def write_course(root: Path) -> Path:
    """Writes the course into `root` and returns it."""
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def change(root: Path, name: str, old: str, new: str) -> None:
    """Replaces the only occurrence of `old` in one of the course's files."""
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {name}"
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The tiny course in a folder of its own."""
    return write_course(tmp_path / "course")

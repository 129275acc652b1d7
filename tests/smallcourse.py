"""An assignment of two questions, in memory: enough to test judge and mistakes without a course on disk."""

from coursekit.model import Assignment, Case, CaseFile, Materials, Mistake, Question

REFERENCE = """
import numpy as np


def slope(h):
    return 1 - h**2


def jacobian(h, W_hh):
    return slope(h)[:, None] * W_hh


limit = 0.25
"""

Q1 = """
import numpy as np
from otter.test_files import test_case
import gradtools

OK_FORMAT = False
name = "q1"


@test_case(name="slope at one half", points=1)
def slope_at_one_half(slope):
    got = gradtools.call(slope, "slope", np.array([0.5, -0.2]))
    gradtools.same(got, np.array([0.75, 0.96]), "slope", "(H,)")
"""

Q1_HIDDEN = """
from otter.test_files import test_case
import gradtools
import reference

OK_FORMAT = False
name = "q1_hidden"


@test_case(name="slope of fresh states", points=3)
def slope_of_fresh_states(slope):
    h = gradtools.rng("q1: slope of fresh states").uniform(-1, 1, 6)
    gradtools.same(gradtools.call(slope, "slope", h), reference.slope(h), "slope", "(H,)")
"""

Q2_HIDDEN = """
from otter.test_files import test_case
import gradtools
import reference

OK_FORMAT = False
name = "q2_hidden"


@test_case(name="jacobian of fresh states", points=4)
def jacobian_of_fresh_states(jacobian):
    rng = gradtools.rng("q2: jacobian of fresh states")
    h, W_hh = rng.uniform(-1, 1, 3), rng.standard_normal((3, 3))
    got = gradtools.call(jacobian, "jacobian", h, W_hh)
    gradtools.same(got, reference.jacobian(h, W_hh), "J", "(H, H)")


@test_case(name="the limit", points=2)
def the_limit(limit):
    gradtools.close_number(limit, reference.limit, "limit")
"""


def mistake(id, function, right, wrong, hint="Think of it."):
    return Mistake(id, function, right, wrong, "explanation", hint)


MISTAKES = (
    mistake("S1", "slope", "1 - h**2", "1 - h", "What is the square of a half?"),
    mistake("S2", "slope", "1 - h**2", "h**2", "What is the slope at zero?"),
    mistake("J1", "jacobian", "[:, None] * W_hh", "[:, None] * W_hh.T", "Whose weight is it?"),
    mistake("J2", "jacobian", "[:, None]", "[None, :]", "Whose slope is it?"),
)

ASSIGNMENT = Assignment(
    "hw0_small",
    "A small assignment",
    (
        Question(
            "q1",
            "Slopes",
            ("slope",),
            (
                Case("q1", "slope at one half", 1, hidden=False),
                Case("q1", "slope of fresh states", 3, hidden=True),
            ),
        ),
        Question(
            "q2",
            "Jacobians",
            ("jacobian",),
            (Case("q2", "jacobian of fresh states", 4, hidden=True), Case("q2", "the limit", 2, hidden=True)),
        ),
    ),
)

MATERIALS = Materials(
    ASSIGNMENT,
    (
        CaseFile("q1", "public/q1.py", Q1, False),
        CaseFile("q1", "hidden/q1_hidden.py", Q1_HIDDEN, True),
        CaseFile("q2", "hidden/q2_hidden.py", Q2_HIDDEN, True),
    ),
    REFERENCE,
    MISTAKES,
    (),
    version="small",
)

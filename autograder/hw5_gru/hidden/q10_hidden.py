"""q10, hidden: other numbers, and sharp scores."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q10_hidden"


def head(case, n, d, sharp):
    """Arguments of attention_jacobian, with two different positions."""
    rng = gradtools.rng(case)
    WQ, WK, WV = rng.standard_normal((3, d, d)) / d**0.5
    t, k = rng.choice(n, 2, replace=False)
    return rng.standard_normal((n, d)), sharp * WQ, WK, WV, int(t), int(k)


@test_case(name="other numbers", points=1)
def values(attention_jacobian):
    args = head("q10: other numbers", 6, 5, 1.5)
    J = gradtools.call(attention_jacobian, "attention_jacobian", *args)
    gradtools.same(J, reference.attention_jacobian(*args), "J", "(d, d)")


@test_case(name="a hundred positions, sharp scores", points=1)
def sharp(attention_jacobian):
    args = head("q10: a hundred positions, sharp scores", 100, 8, 5.0)
    J = gradtools.call(attention_jacobian, "attention_jacobian", *args)
    gradtools.same(J, reference.attention_jacobian(*args), "J", "(d, d)")

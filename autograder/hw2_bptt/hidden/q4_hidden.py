"""q4, hidden: other numbers, a wide step, more axes."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q4_hidden"


def quotient(a, eps=0.0):
    """The two-sided quotient of steep, worked out on paper: 3 S² c + c³ eps² with c = 1, 2, 3, …"""
    c = np.arange(1.0, a.size + 1).reshape(a.shape)
    return 3 * (c * a).sum() ** 2 * c + c**3 * eps**2


@test_case(name="numeric_grad: one, two and three axes", points=1)
def grad_axes(numeric_grad, steep):
    rng = gradtools.rng("q4: numeric_grad: one, two and three axes")
    for shape in ((5,), (2, 3), (2, 1, 3)):
        a = rng.uniform(0.5, 2, shape)
        grad = gradtools.call(numeric_grad, "numeric_grad", steep, a)
        gradtools.same(grad, quotient(a), "grad", "like a")


@test_case(name="numeric_grad: a wide step", points=1)
def grad_wide(numeric_grad, steep):
    a = gradtools.rng("q4: numeric_grad: a wide step").uniform(0.5, 2, 4)
    grad = gradtools.call(numeric_grad, "numeric_grad", steep, a, 0.3)
    gradtools.same(grad, quotient(a, 0.3), "grad", "like a")


@test_case(name="rel_error: other numbers", points=1)
def error_values(rel_error):
    rng = gradtools.rng("q4: rel_error: other numbers")
    a = rng.standard_normal((3, 4))
    b = a + 0.1 * rng.standard_normal((3, 4))
    for first, second in ((a, b), (3 * a, b), (a, 3 * b), (1e-9 * a, 1e-9 * b)):
        error = gradtools.call(rel_error, "rel_error", first, second)
        gradtools.same(error, reference.rel_error(first, second), "rel_error")

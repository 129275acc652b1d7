"""q4: a relu network with a scaled identity, and what tanh does to a gradient on its way back."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q4"


@test_case(name="irnn: worked example", points=1)
def irnn_example(irnn_forward):
    x = np.reshape([2.0, -0.5, -3.0], (3, 1, 1))
    Y = gradtools.call(irnn_forward, "irnn_forward", x, np.ones((1, 1)), 0.5)
    gradtools.same(Y, np.reshape([2.0, 0.5, 0.0], (3, 1, 1)), "Y", "(T, N, H)")


@test_case(name="tanh: worked example, and two units", points=1)
def norms_example(tanh_gradient_norms):
    x = np.reshape([np.log(2), np.log(3) - 1.2], (2, 1, 1))
    norms = gradtools.call(tanh_gradient_norms, "tanh_gradient_norms", np.array([[2.0]]), x, np.ones((1, 1)))
    gradtools.same(norms, [0.9216, 0.72, 1.0], "norms", "(T + 1,)")
    # One step, h = (0.6, 0): the gradient (1, 1) becomes (0.64, 1), then (0.64, 1) @ W_hh = (3, 3.28).
    W_hh, x = np.array([[0.0, 2.0], [3.0, 2.0]]), np.reshape([np.log(2), 0.0], (1, 1, 2))
    norms = gradtools.call(tanh_gradient_norms, "tanh_gradient_norms", W_hh, x, np.ones((1, 2)))
    gradtools.same(norms, [np.hypot(3.0, 3.28), 2**0.5], "norms", "(T + 1,)")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q4_silent, q4_small, q4_unit):
    gradtools.is_number(q4_silent, "q4_silent")
    gradtools.is_number(q4_small, "q4_small")
    gradtools.is_number(q4_unit, "q4_unit")

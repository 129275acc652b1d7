"""q4: central differences, and the comparison of two gradients."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q4"


@test_case(name="numeric_grad: worked example", points=1)
def grad_example(numeric_grad, steep):
    grad = gradtools.call(numeric_grad, "numeric_grad", steep, np.array([1.0, 2.0]))
    gradtools.same(grad, [75.0, 150.0], "grad", "like a")
    grad = gradtools.call(numeric_grad, "numeric_grad", steep, np.array([1.0, 2.0]), 0.5)
    gradtools.same(grad, [75.25, 152.0], "grad with eps = 0.5", "like a")


@test_case(
    name="rel_error: worked example",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def error_example(rel_error):
    error = gradtools.call(rel_error, "rel_error", np.array([0.1, 10.0]), np.array([0.2, 9.0]))
    gradtools.same(error, 0.1, "rel_error")
    error = gradtools.call(rel_error, "rel_error", np.zeros(3), np.zeros(3))
    gradtools.same(error, 0.0, "rel_error of zeros")

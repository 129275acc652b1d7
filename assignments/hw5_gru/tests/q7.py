"""q7: the Jacobian of one GRU step."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q7"

W_HH = np.array([[1.0, 0.5], [2.0, -1.0], [-1.0, 1.0], [0.0, 2.0], [2.0, 1.0], [4.0, -0.5]])
GATES = np.array([[0.75, 0.25], [0.8, 0.2], [0.6, -0.8], [0.4, 2.0]])


@test_case(name="worked example", points=1)
def example(gru_jacobian):
    J = gradtools.call(gru_jacobian, "gru_jacobian", np.array([0.5, -1.0]), GATES, W_HH)
    gradtools.same(J, [[1.0176, 0.0848], [0.504, -0.008]], "J", "(H, H)")


@test_case(
    name="J against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def central_differences(gru_jacobian):
    rng = np.random.default_rng(7)
    h, W_hh = rng.standard_normal(5), 0.7 * rng.standard_normal((15, 5))
    r, _, n, u = gates = rng.uniform(0.1, 0.9, (4, 5)) * [[1], [1], [-1], [2]]

    def state(h_prev):  # the step near these gates, whatever weights and inputs led to them
        moved = ((h_prev - h) @ W_hh.T).reshape(3, 5)
        reset, keep = 1 / (1 + (1 / gates[:2] - 1) * np.exp(-moved[:2]))
        return h_prev * keep - (keep - 1) * np.tanh(np.arctanh(n) + reset * (u + moved[2]) - r * u)

    J = gradtools.call(gru_jacobian, "gru_jacobian", h, gates, W_hh)
    J = gradtools.is_array(J, (5, 5), "J", "(H, H)")
    columns = [(state(h + 1e-5 * e) - state(h - 1e-5 * e)) / 2e-5 for e in np.eye(5)]
    gradtools.same(J, np.transpose(columns), "J", "(H, H)")

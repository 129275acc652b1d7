"""q10: the Jacobian of one step by hand, against differences, and the form of the choice."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q10"

GATES = np.array([[0.8], [0.75], [0.6], [0.9]])
W_HH = np.array([[1.0], [2.0], [-1.0], [0.5]])
EXAMPLE = [[0.022716, 0.243], [-0.041, 0.75]]


@test_case(name="worked example", points=1)
def example(lstm_jacobian):
    J = gradtools.call(lstm_jacobian, "lstm_jacobian", np.array([1.0]), np.array([np.log(3)]), GATES, W_HH)
    gradtools.same(J, EXAMPLE, "J", "(2H, 2H)")


@test_case(name="v @ J against central differences, H = 4", points=1)
def central_differences(lstm_jacobian):
    rng = np.random.default_rng(10)
    gates, c_prev = rng.uniform(0.1, 0.9, (4, 4)), rng.standard_normal(4)
    W_hh, v = 0.7 * rng.standard_normal((16, 4)), rng.standard_normal(8)

    def step(nudge):  # the gates after a nudge of state and cell
        change = (W_hh @ nudge[:4]).reshape(4, 4)
        odds = gates / (1 - gates) * np.exp(change)
        now, g = odds / (1 + odds), np.tanh(np.arctanh(gates[2]) + change[2])
        cell = now[1] * (c_prev + nudge[4:]) + now[0] * g
        return np.concatenate([now[3] * np.tanh(cell), cell])

    J = gradtools.call(lstm_jacobian, "lstm_jacobian", c_prev, step(np.zeros(8))[4:], gates, W_hh)
    J = gradtools.is_array(J, (8, 8), "J", "(2H, 2H)")
    moved = [v @ (step(1e-5 * e) - step(-1e-5 * e)) / 2e-5 for e in np.eye(8)]
    gradtools.same(v @ J, moved, "v @ J", "(2H,)")


@test_case(
    name="one letter",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def letter(q10_omitted):
    gradtools.is_choice(q10_omitted, "q10_omitted", "abcd")

"""q5: backward through one step."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q5"

CACHE = {
    "x_t": np.array([[2.0], [-1.0]]),
    "h_prev": np.array([[0.5, -1.0], [1.0, 1.0]]),
    "h_t": np.array([[0.6, -0.8], [0.0, 0.0]]),
    "W_ih": np.array([[0.5], [-1.0]]),
    "W_hh": np.array([[0.5, -1.0], [2.0, 0.3]]),
}
DH_T = np.array([[1.0, 1.0], [2.0, -1.0]])


@test_case(name="worked example", points=1)
def example(rnn_step_backward):
    grads = gradtools.call(rnn_step_backward, "rnn_step_backward", DH_T, CACHE)
    expected = {"dx_t": [[-0.04], [2.0]], "dh_prev": [[1.04, -0.532], [-1.0, -2.3]]}
    expected |= {"dW_ih": [[-0.72], [1.72]], "dW_hh": [[2.32, 1.36], [-0.82, -1.36]]}
    expected |= {"db_ih": [2.64, -0.64], "db_hh": [2.64, -0.64]}
    shapes = {"dx_t": "(N, D)", "dh_prev": "(N, H)", "dW_ih": "(H, D)", "dW_hh": "(H, H)"}
    gradtools.same_all(grads, expected, "grads", shapes | {"db_ih": "(H,)", "db_hh": "(H,)"})


@test_case(
    name="every gradient against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def central_differences(rnn_step_backward):
    rng = np.random.default_rng(5)
    h_t, v = np.tanh(rng.standard_normal((3, 6))), rng.standard_normal((3, 6))
    inputs = {"x_t": rng.standard_normal((3, 4)), "h_prev": np.tanh(rng.standard_normal((3, 6)))}
    inputs |= {"W_ih": rng.standard_normal((6, 4)), "W_hh": 0.7 * rng.standard_normal((6, 6))}
    drive = np.arctanh(h_t) - inputs["x_t"] @ inputs["W_ih"].T - inputs["h_prev"] @ inputs["W_hh"].T

    def step(x_t, h_prev, W_ih, W_hh, b_ih, b_hh):  # drive stands for the biases that lead to h_t
        return np.tanh(drive + b_ih + b_hh + x_t @ W_ih.T + h_prev @ W_hh.T)

    grads = gradtools.call(rnn_step_backward, "rnn_step_backward", v, inputs | {"h_t": h_t})
    inputs |= {"b_ih": np.zeros(6), "b_hh": np.zeros(6)}
    gradtools.check_gradient(step, grads, inputs, v, rng=rng, function="one step", rtol=1e-5)

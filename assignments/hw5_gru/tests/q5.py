"""q5: backward through one step of a GRU."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q5"

CACHE = {
    "x_t": np.array([[2.0]]),
    "h_prev": np.array([[0.5, -1.0]]),
    "gates": np.array([[[0.75, 0.25], [0.8, 0.2], [0.6, -0.8], [0.4, 2.0]]]),
    "W_ih": np.full((6, 1), 0.5),
    "W_hh": np.array([[1.0, 0.5], [2.0, -1.0], [-1.0, 1.0], [0.0, 2.0], [2.0, 1.0], [4.0, -0.5]]),
    "reset_after": True,
}
AT_INPUT = np.array([0.0096, -0.108, -0.016, 0.032, 0.128, -0.288])
AT_STATE = np.array([0.0096, -0.108, -0.016, 0.032, 0.096, -0.072])


@test_case(name="worked example", points=1)
def example(gru_step_backward):
    grads = gradtools.call(gru_step_backward, "gru_step_backward", np.array([[1.0, -1.0]]), CACHE)
    expected = {"db_ih": AT_INPUT, "db_hh": AT_STATE, "dx_t": [[-0.1212]], "dh_prev": [[0.5136, 0.0928]]}
    expected |= {"dW_ih": AT_INPUT[:, None] * 2.0, "dW_hh": AT_STATE[:, None] * [0.5, -1.0]}
    shapes = {"dx_t": "(N, D)", "dh_prev": "(N, H)", "dW_ih": "(3H, D)", "dW_hh": "(3H, H)"}
    gradtools.same_all(grads, expected, "grads", shapes | {"db_ih": "(3H,)", "db_hh": "(3H,)"})


def near(cache):
    """The step near the cache: its answer where its arguments are a little off those in the cache."""
    gates = cache["gates"].swapaxes(0, 1)

    def step(x_t, h_prev, W_ih, W_hh, b_ih, b_hh):  # b_ih and b_hh are moves away from biases nobody knows
        moved_x = x_t @ W_ih.T - cache["x_t"] @ cache["W_ih"].T + b_ih
        moved_h = h_prev @ W_hh.T - cache["h_prev"] @ cache["W_hh"].T + b_hh
        H = h_prev.shape[1]
        odds = gates[:2] / (1 - gates[:2])
        odds = odds * np.exp((moved_x + moved_h)[:, : 2 * H].reshape(-1, 2, H).swapaxes(0, 1))
        reset, keep = odds / (1 + odds)
        recurrent = gates[3] + moved_h[:, 2 * H :]
        argument = np.arctanh(gates[2]) + moved_x[:, 2 * H :] + reset * recurrent - gates[0] * gates[3]
        return keep * h_prev - (keep - 1) * np.tanh(argument)

    return step


@test_case(
    name="every gradient against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def central_differences(gru_step_backward):
    rng = np.random.default_rng(5)
    gates = rng.uniform(0.1, 0.9, (3, 4, 6)) * [[1], [1], [-1], [2]]
    cache = {"x_t": rng.standard_normal((3, 4)), "h_prev": rng.standard_normal((3, 6)), "gates": gates}
    cache |= {"W_ih": rng.standard_normal((18, 4)), "W_hh": 0.7 * rng.standard_normal((18, 6))}
    v = rng.standard_normal((3, 6))
    grads = gradtools.call(gru_step_backward, "gru_step_backward", v, cache | {"reset_after": True})
    inputs = {key: cache[key] for key in ("x_t", "h_prev", "W_ih", "W_hh")}
    inputs |= {"b_ih": np.zeros(18), "b_hh": np.zeros(18)}
    gradtools.check_gradient(near(cache), grads, inputs, v, rng=rng, function="one step", rtol=1e-5)

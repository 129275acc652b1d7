"""q8: backward through one step, by hand and against differences."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q8"

# Two samples, one unit; the first is the worked example. Cell and gates need not belong together here.
CACHE = {
    "x_t": np.array([[1.0], [-2.0]]),
    "h_prev": np.array([[0.5], [-1.0]]),
    "c_prev": np.array([[1.0], [-0.5]]),
    "c_t": np.array([[np.log(3)], [np.log(2)]]),
    "gates": np.array([[[0.8], [0.75], [0.6], [0.9]], [[0.5], [0.2], [-0.8], [0.6]]]),
    "W_ih": np.array([[1.0], [1.0], [1.0], [1.0]]),
    "W_hh": np.array([[1.0], [2.0], [-1.0], [0.5]]),
}
UPSTREAM = np.array([[1.0], [-1.0]]), np.array([[0.5], [2.0]])


@test_case(name="worked example: cells, and what goes on to the step before", points=1)
def example_states(lstm_step_backward):
    grads = gradtools.call(lstm_step_backward, "lstm_step_backward", *UPSTREAM, CACHE)
    expected = {"dc_t": [[0.824], [1.616]], "dc_prev": [[0.618], [0.3232]]}
    expected |= {"dh_prev": [[0.002216], [-0.94464]], "dx_t": [[0.727492], [-0.3056]]}
    shapes = {"dc_t": "(N, H)", "dc_prev": "(N, H)", "dh_prev": "(N, H)", "dx_t": "(N, D)"}
    gradtools.same_all(grads, expected, "grads", shapes)


@test_case(name="worked example: the parameters", points=1)
def example_parameters(lstm_step_backward):
    grads = gradtools.call(lstm_step_backward, "lstm_step_backward", *UPSTREAM, CACHE)
    expected = {
        "db_ih": [-0.244096, 0.02522, 0.712768, -0.072],
        "db_hh": [-0.244096, 0.02522, 0.712768, -0.072],
    }
    expected["dW_ih"] = [[0.725504], [0.41306], [-0.159872], [0.36]]
    expected["dW_hh"] = [[0.362752], [0.20653], [-0.079936], [0.18]]
    shapes = {"dW_ih": "(4H, D)", "dW_hh": "(4H, H)", "db_ih": "(4H,)", "db_hh": "(4H,)"}
    gradtools.same_all(grads, expected, "grads", shapes)


def moved(gates, change):
    """Gates (N, 4, H) after a change (N, 4H) of their pre-activations: it needs no forward pass of yours."""
    change = change.reshape(gates.shape)
    with np.errstate(invalid="ignore"):
        odds = gates / (1 - gates) * np.exp(change)
    candidate = np.tanh(np.arctanh(gates) + change)
    return np.where(np.arange(4)[:, None] == 2, candidate, odds / (1 + odds))


@test_case(
    name="every gradient against differences along random directions",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def random_directions(lstm_step_backward):
    rng = np.random.default_rng(8)
    gates = rng.uniform(0.1, 0.9, (3, 4, 5)) * np.where(np.arange(4)[:, None] == 2, -1, 1)
    cache = {"x_t": rng.standard_normal((3, 4)), "h_prev": rng.standard_normal((3, 5))}
    cache |= {"c_prev": rng.standard_normal((3, 5)), "W_ih": rng.standard_normal((20, 4))}
    cache |= {"W_hh": rng.standard_normal((20, 5))}
    inputs = {key: cache[key] for key in ("x_t", "h_prev", "c_prev", "W_ih", "W_hh")}
    inputs |= {"b_ih": np.zeros(20), "b_hh": np.zeros(20)}

    def step(x_t, h_prev, c_prev, W_ih, W_hh, b_ih, b_hh):
        change = x_t @ W_ih.T - cache["x_t"] @ cache["W_ih"].T + b_ih + b_hh
        change = change + h_prev @ W_hh.T - cache["h_prev"] @ cache["W_hh"].T
        now = moved(gates, change)
        cell = (now[:, :2] * np.stack([now[:, 2], c_prev], axis=1)).sum(axis=1)
        return now[:, 3] * np.tanh(cell), cell

    cache |= {"gates": gates, "c_t": step(**inputs)[1]}
    upstream = rng.standard_normal((3, 5)), rng.standard_normal((3, 5))
    grads = gradtools.call(lstm_step_backward, "lstm_step_backward", *upstream, cache)
    gradtools.check_gradient(step, grads, inputs, upstream, rng=rng, function="one step")

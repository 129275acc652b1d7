"""q6: backpropagation through time."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q6"

CACHE = {
    "x": np.array([[[1.0]], [[-1.0]]]),
    "h0": np.array([[0.5]]),
    "Y": np.array([[[0.6]], [[0.8]]]),
    "W_ih": np.array([[0.5]]),
    "W_hh": np.array([[2.0]]),
}
UPSTREAM = np.array([[[1.0]], [[0.5]]]), np.array([[0.5]])


@test_case(name="worked example", points=1)
def example(rnn_backward):
    grads = gradtools.call(rnn_backward, "rnn_backward", *UPSTREAM, CACHE)
    expected = {"dH": [[[1.72]], [[1.0]]], "dh0": [[2.2016]], "dx": [[[0.5504]], [[0.18]]]}
    expected |= {"dW_ih": [[0.7408]], "dW_hh": [[0.7664]], "db_ih": [1.4608], "db_hh": [1.4608]}
    shapes = {"dH": "(T, N, H)", "dh0": "(N, H)", "dx": "(T, N, D)", "dW_ih": "(H, D)", "dW_hh": "(H, H)"}
    gradtools.same_all(grads, expected, "grads", shapes | {"db_ih": "(H,)", "db_hh": "(H,)"})


def first_order(cache):
    """The network's answer to small changes around the cache: what a gradient must agree with.

    It carries a change forward, step by step, and needs no forward pass of yours.
    """
    before = np.concatenate([cache["h0"][None], cache["Y"][:-1]])

    def changes(x, h0, W_ih, W_hh, b_ih, b_hh):
        state, change = h0 - cache["h0"], []
        for t in range(len(x)):
            a = (x[t] - cache["x"][t]) @ cache["W_ih"].T + cache["x"][t] @ (W_ih - cache["W_ih"]).T + b_ih
            a = a + state @ cache["W_hh"].T + before[t] @ (W_hh - cache["W_hh"]).T + b_hh
            state = (1 - cache["Y"][t] ** 2) * a
            change.append(state)
        return np.stack(change), state

    return changes


@test_case(
    name="every gradient against differences along random directions",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def random_directions(rnn_backward):
    rng = np.random.default_rng(6)
    net = gradtools.rnn_inputs(rng)
    cache = {name: net[name] for name in ("x", "h0", "W_ih", "W_hh")}
    cache["Y"] = np.tanh(rng.standard_normal((5, 3, 6)))
    grads = gradtools.call(rnn_backward, "rnn_backward", net["dY"], net["dhT"], cache)
    inputs = {name: cache[name] for name in ("x", "h0", "W_ih", "W_hh")} | {
        "b_ih": np.zeros(6),
        "b_hh": np.zeros(6),
    }
    upstream = (net["dY"], net["dhT"])
    gradtools.check_gradient(
        first_order(cache), grads, inputs, upstream, rng=rng, function="the network", rtol=1e-5
    )

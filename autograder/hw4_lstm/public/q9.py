"""q9: backpropagation through time, by hand and against differences."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q9"

CACHE = {
    "x": np.array([[[1.0]], [[-2.0]]]),
    "h0": np.array([[-1.0]]),
    "c0": np.array([[1.0]]),
    "Y": np.array([[[0.5]], [[0.25]]]),
    "C": np.array([[[np.log(3)]], [[np.log(2)]]]),
    "gates": np.array([[[[0.8], [0.75], [0.6], [0.9]]], [[[0.5], [0.2], [-0.8], [0.6]]]]),
    "W_ih": np.array([[1.0], [1.0], [1.0], [1.0]]),
    "W_hh": np.array([[1.0], [2.0], [-1.0], [0.5]]),
}
UPSTREAM = np.array([[[1.0]], [[0.5]]]), np.array([[0.5]]), np.array([[0.25]])
EXPECTED_STATES = {
    "dH": [[[1.053966461125]], [[1.0]]],
    "dC": [[[0.468285133404]], [[0.634]]],
    "dh0": [[0.018743102131]],
    "dc0": [[0.351213850053]],
    "dx": [[[0.448406408824]], [[0.242763230562]]],
}
EXPECTED_PARAMETERS = {
    "dW_ih": [[0.298555372807], [-0.135082998612], [0.011521988303], [-0.212114414799]],
    "dW_hh": [[-0.108355372807], [-0.032081847232], [-0.182701988303], [-0.003885585201]],
    "db_ih": [-0.081844627193, 0.199246693076, 0.353881988303, 0.219885585201],
    "db_hh": [-0.081844627193, 0.199246693076, 0.353881988303, 0.219885585201],
}


@test_case(name="worked example: states and cells", points=1)
def example_states(lstm_backward):
    grads = gradtools.call(lstm_backward, "lstm_backward", *UPSTREAM, CACHE)
    shapes = {"dH": "(T, N, H)", "dC": "(T, N, H)", "dh0": "(N, H)", "dc0": "(N, H)", "dx": "(T, N, D)"}
    gradtools.same_all(grads, EXPECTED_STATES, "grads", shapes)


@test_case(name="worked example: the parameters", points=1)
def example_parameters(lstm_backward):
    grads = gradtools.call(lstm_backward, "lstm_backward", *UPSTREAM, CACHE)
    shapes = {"dW_ih": "(4H, D)", "dW_hh": "(4H, H)", "db_ih": "(4H,)", "db_hh": "(4H,)"}
    gradtools.same_all(grads, EXPECTED_PARAMETERS, "grads", shapes)


def moved(gates, change):
    """Gates (N, 4, H) after a change (N, 4H) of their pre-activations: it needs no forward pass of yours."""
    change = change.reshape(gates.shape)
    with np.errstate(invalid="ignore"):
        odds = gates / (1 - gates) * np.exp(change)
    candidate = np.tanh(np.arctanh(gates) + change)
    return np.where(np.arange(4)[:, None] == 2, candidate, odds / (1 + odds))


def around(cache):
    """The network near the cache: its answer where its arguments are a little off those in the cache."""
    before = np.concatenate([cache["h0"][None], cache["Y"][:-1]])

    def network(x, h0, c0, W_ih, W_hh, b_ih, b_hh):
        h, c, Y = h0, c0, []
        for t in range(len(x)):
            change = x[t] @ W_ih.T - cache["x"][t] @ cache["W_ih"].T + b_ih + b_hh
            change = change + h @ W_hh.T - before[t] @ cache["W_hh"].T
            now = moved(cache["gates"][t], change)
            c = (now[:, :2] * np.stack([now[:, 2], c], axis=1)).sum(axis=1)
            h = now[:, 3] * np.tanh(c)
            Y.append(h)
        return np.stack(Y), h, c

    return network


def consistent_cache(rng, T=4, N=3, D=2, H=5):
    """A cache whose cells and states follow from its gates, and whose gates are free."""
    gates = rng.uniform(0.1, 0.9, (T, N, 4, H)) * np.where(np.arange(4)[:, None] == 2, -1, 1)
    cache = {"x": rng.standard_normal((T, N, D)), "h0": rng.standard_normal((N, H)), "gates": gates}
    cache |= {"c0": rng.standard_normal((N, H)), "W_ih": rng.standard_normal((4 * H, D))}
    cache["W_hh"] = 0.7 * rng.standard_normal((4 * H, H))
    c, C = cache["c0"], []
    for t in range(T):
        c = (gates[t, :, :2] * np.stack([gates[t, :, 2], c], axis=1)).sum(axis=1)
        C.append(c)
    return cache | {"C": np.stack(C), "Y": gates[:, :, 3] * np.tanh(C)}


@test_case(
    name="every gradient against differences along random directions",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def random_directions(lstm_backward):
    rng = np.random.default_rng(9)
    cache = consistent_cache(rng)
    upstream = rng.standard_normal((4, 3, 5)), rng.standard_normal((3, 5)), rng.standard_normal((3, 5))
    grads = gradtools.call(lstm_backward, "lstm_backward", *upstream, cache)
    inputs = {key: cache[key] for key in ("x", "h0", "c0", "W_ih", "W_hh")}
    inputs |= {"b_ih": np.zeros(20), "b_hh": np.zeros(20)}
    gradtools.check_gradient(around(cache), grads, inputs, upstream, rng=rng, function="the network")

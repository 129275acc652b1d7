"""q6: backpropagation through time for a GRU."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q6"

# One unit and no weights: what comes back to a state comes by the direct path.
STILL = {
    "x": np.array([[[1.0]], [[-1.0]]]),
    "h0": np.array([[0.5]]),
    "Y": np.array([[[0.25]], [[0.625]]]),
    "gates": np.array([[[[0.5], [0.5], [0.0], [0.0]]], [[[0.5], [0.25], [0.75], [0.4]]]]),
    "W_ih": np.zeros((3, 1)),
    "W_hh": np.zeros((3, 1)),
    "reset_after": True,
}


@test_case(name="worked example", points=1)
def example(gru_backward):
    upstream = np.array([[[1.0]], [[2.0]]]), np.array([[2.0]])
    grads = gradtools.call(gru_backward, "gru_backward", *upstream, STILL)
    at_z = [2 * 0.5 * 0.25, 4 * (0.25 - 0.75) * 0.1875]  # by step
    at_n = [2 * 0.5, 4 * 0.75 * 0.4375]
    at_r = [0.0, at_n[1] * 0.4 / 4]
    expected = {"dH": [[[2.0]], [[4.0]]], "dh0": [[1.0]], "dx": np.zeros((2, 1, 1))}
    expected["db_ih"] = [sum(at_r), sum(at_z), sum(at_n)]
    expected["db_hh"] = [sum(at_r), sum(at_z), sum(at_n) / 2]
    expected["dW_ih"] = [[row[0] - row[1]] for row in (at_r, at_z, at_n)]
    expected["dW_hh"] = [[row[0] / 2 + row[1] / 4] for row in (at_r, at_z)] + [[at_n[0] / 4 + at_n[1] / 8]]
    shapes = {"dH": "(T, N, H)", "dh0": "(N, H)", "dx": "(T, N, D)", "dW_ih": "(3H, D)", "dW_hh": "(3H, H)"}
    gradtools.same_all(grads, expected, "grads", shapes | {"db_ih": "(3H,)", "db_hh": "(3H,)"})


def near(cache):
    """The network near the cache: it carries small moves forward and needs no forward pass of yours."""
    before = np.concatenate([cache["h0"][None], cache["Y"][:-1]])
    H = cache["h0"].shape[1]

    def network(x, h0, W_ih, W_hh, b_ih, b_hh):
        h, path = h0, []
        for t in range(len(x)):
            gates = cache["gates"][t].swapaxes(0, 1)
            moved_x = x[t] @ W_ih.T - cache["x"][t] @ cache["W_ih"].T + b_ih
            moved_h = h @ W_hh.T - before[t] @ cache["W_hh"].T + b_hh
            odds = gates[:2] / (1 - gates[:2])
            odds = odds * np.exp((moved_x + moved_h)[:, : 2 * H].reshape(-1, 2, H).swapaxes(0, 1))
            reset, keep = odds / (1 + odds)
            recurrent = gates[3] + moved_h[:, 2 * H :]
            argument = np.arctanh(gates[2]) + moved_x[:, 2 * H :] + reset * recurrent - gates[0] * gates[3]
            h = keep * h - (keep - 1) * np.tanh(argument)
            path.append(h)
        return np.stack(path), h

    return network


@test_case(
    name="every gradient against differences along random directions",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def random_directions(gru_backward):
    rng = np.random.default_rng(6)
    gates = rng.uniform(0.1, 0.9, (4, 3, 4, 5)) * [[1], [1], [-1], [2]]
    cache = {"x": rng.standard_normal((4, 3, 2)), "h0": rng.standard_normal((3, 5)), "gates": gates}
    cache |= {"W_ih": rng.standard_normal((15, 2)), "W_hh": 0.7 * rng.standard_normal((15, 5))}
    h, Y = cache["h0"], []
    for _, keep, candidate, _ in gates.swapaxes(1, 2):  # states that fit the gates
        h = keep * h - (keep - 1) * candidate
        Y.append(h)
    cache["Y"] = np.stack(Y)
    upstream = rng.standard_normal((4, 3, 5)), rng.standard_normal((3, 5))
    grads = gradtools.call(gru_backward, "gru_backward", *upstream, cache | {"reset_after": True})
    inputs = {key: cache[key] for key in ("x", "h0", "W_ih", "W_hh")}
    inputs |= {"b_ih": np.zeros(15), "b_hh": np.zeros(15)}
    gradtools.check_gradient(near(cache), grads, inputs, upstream, rng=rng, function="the network", rtol=1e-5)

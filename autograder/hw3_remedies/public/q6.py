"""q6: layer normalisation, forward and backward."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q6"

X = np.array([[0.0, 2.0, 2.0, 4.0], [2.0, 0.0, 4.0, 2.0]])
GAMMA, BETA = np.array([3.0, 1.0, 2.0, -1.0]), np.array([1.0, 0.0, 0.0, 0.0])
CACHE = {
    "x_hat": np.array([[-1.0, 0.0, 0.0, 1.0], [0.0, -1.0, 1.0, 0.0]]),
    "inv_std": np.array([[0.5], [0.5]]),
    "gamma": GAMMA,
}
DY = np.array([[1.0, 2.0, 0.0, 1.0], [0.0, 4.0, 1.0, 4.0]])


@test_case(name="forward: worked example", points=1)
def forward_example(layernorm_forward):
    got = gradtools.call(layernorm_forward, "layernorm_forward", X, GAMMA, BETA, 2.0)
    gradtools.same_entry(got, 0, [[-2, 0, 0, -1], [1, -1, 2, 0.0]], "y", "(N, H)")
    gradtools.same_all(gradtools.entry(got, 1, "cache"), CACHE, "cache")


@test_case(
    name="backward: worked example, and against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def backward_checks(layernorm_backward):
    grads = gradtools.call(layernorm_backward, "layernorm_backward", DY, CACHE)
    expected = {"dgamma": [-1, -4, 1, 1.0], "dbeta": [1, 6, 1, 5.0]}
    expected |= {"dx": [[0.5, 0.5, -0.5, -0.5], [-0.25, 1.5, 1, -2.25]]}
    gradtools.same_all(grads, expected, "grads", {"dgamma": "(H,)", "dbeta": "(H,)", "dx": "(N, H)"})
    rng = np.random.default_rng(6)
    inputs = {"x": rng.standard_normal((3, 5)), "gamma": rng.standard_normal(5), "beta": np.zeros(5)}
    v = rng.standard_normal((3, 5))

    def by_pairs(x):  # what is left of x, and its spread, from the differences of all pairs of units
        apart = x[:, :, None] - x[:, None, :]
        return apart.mean(axis=2), (0.1 + (apart**2).mean(axis=(1, 2)) / 2)[:, None] ** -0.5

    def normalise(x, gamma, beta):
        rest, scale = by_pairs(x)
        return beta + (rest * scale) * gamma

    rest, scale = by_pairs(inputs["x"])
    cache = {"x_hat": rest * scale, "inv_std": scale, "gamma": inputs["gamma"]}
    grads = gradtools.call(layernorm_backward, "layernorm_backward", v, cache)
    gradtools.check_gradient(normalise, grads, inputs, v, rng=rng, function="layer norm", rtol=1e-5)

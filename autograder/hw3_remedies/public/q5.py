"""q5: batch normalisation, forward and backward."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q5"

X = np.array([[0.0, 2.0], [2.0, 0.0], [2.0, 4.0], [4.0, 2.0]])
GAMMA, BETA = np.array([3.0, -1.0]), np.array([1.0, 0.0])
CACHE = {
    "x_hat": np.array([[-1.0, 0.0], [0.0, -1.0], [0.0, 1.0], [1.0, 0.0]]),
    "inv_std": np.array([0.5, 0.5]),
    "gamma": GAMMA,
}
DY = np.array([[4.0, 0.0], [0.0, 4.0], [0.0, 0.0], [0.0, 4.0]])


@test_case(name="forward: worked example", points=1)
def forward_example(batchnorm_forward):
    got = gradtools.call(batchnorm_forward, "batchnorm_forward", X, GAMMA, BETA, 2.0)
    gradtools.same_entry(got, 0, [[-2, 0], [1, 1], [1, -1], [4, 0.0]], "y", "(N, H)")
    gradtools.same_all(gradtools.entry(got, 1, "cache"), CACHE, "cache")


@test_case(name="backward: worked example", points=1)
def backward_example(batchnorm_backward):
    grads = gradtools.call(batchnorm_backward, "batchnorm_backward", DY, CACHE)
    expected = {"dbeta": [4.0, 8.0], "dgamma": [-4.0, -4.0]}
    expected |= {"dx": [[3, 1], [-1.5, -0.5], [-1.5, 0.5], [0, -1.0]]}
    gradtools.same_all(grads, expected, "grads", {"dbeta": "(H,)", "dgamma": "(H,)", "dx": "(N, H)"})


@test_case(
    name="backward: every gradient against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def central_differences(batchnorm_backward):
    rng = np.random.default_rng(5)
    inputs = {"x": rng.standard_normal((5, 4)), "gamma": rng.standard_normal(4), "beta": np.zeros(4)}
    v = rng.standard_normal((5, 4))

    def by_pairs(x):  # what is left of x, and its spread, from the differences of all pairs of samples
        apart = x[:, None, :] - x[None, :, :]
        return apart.mean(axis=1), (0.1 + (apart**2).mean(axis=(0, 1)) / 2) ** -0.5

    def normalise(x, gamma, beta):
        rest, scale = by_pairs(x)
        return beta + rest * (scale * gamma)

    rest, scale = by_pairs(inputs["x"])
    cache = {"x_hat": rest * scale, "inv_std": scale, "gamma": inputs["gamma"]}
    grads = gradtools.call(batchnorm_backward, "batchnorm_backward", v, cache)
    gradtools.check_gradient(normalise, grads, inputs, v, rng=rng, function="batch norm", rtol=1e-5)

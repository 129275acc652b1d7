"""q7: a residual block, forward and backward."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q7"

X, W = np.array([[1.0, -1.0]]), np.array([[1.0, 2.0], [0.5, -1.0]])
CACHE = {"x": X, "W": W, "slope": np.array([[0.0, 1.0]])}


@test_case(name="forward: worked example", points=1)
def forward_example(residual_forward):
    got = gradtools.call(residual_forward, "residual_forward", X, W, "relu")
    gradtools.same_entry(got, 0, [[1.0, 0.5]], "y", "(N, H)")
    gradtools.same_all(gradtools.entry(got, 1, "cache"), CACHE, "cache")


@test_case(name="backward: worked example", points=1)
def backward_example(residual_backward):
    grads = gradtools.call(residual_backward, "residual_backward", np.array([[1.0, 2.0]]), CACHE)
    expected = {"dx": [[2.0, 0.0]], "dW": [[0.0, 0.0], [2.0, -2.0]]}
    gradtools.same_all(grads, expected, "grads", {"dx": "(N, H)", "dW": "(H, H)"})


@test_case(
    name="backward: both gradients against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def central_differences(residual_backward):
    rng = np.random.default_rng(7)
    inputs = {"x": rng.standard_normal((3, 6)), "W": 0.7 * rng.standard_normal((6, 6))}
    v = rng.standard_normal((3, 6))

    def branch(x, W):
        return np.tanh(np.einsum("ij,nj->ni", W, x))

    cache = {**inputs, "slope": 1 - branch(**inputs) ** 2}
    grads = gradtools.call(residual_backward, "residual_backward", v, cache)
    gradtools.check_gradient(
        lambda x, W: branch(x, W) + x, grads, inputs, v, rng=rng, function="the block", rtol=1e-5
    )

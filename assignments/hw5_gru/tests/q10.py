"""q10: the Jacobian of attention."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q10"


@test_case(name="worked example", points=1)
def example(attention_jacobian):
    X, one = np.log([[1.0], [4.0], [1.0]]), np.eye(1)
    J = gradtools.call(attention_jacobian, "attention_jacobian", X, one, one, one, 1, 0)
    weights = np.array([1.0, np.exp(np.log(4) ** 2), 1.0])
    share = weights / weights.sum()
    gradtools.same(J, [[share[0] * (1 - share[1] * np.log(4) ** 2)]], "J", "(d, d)")


@test_case(
    name="J against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def central_differences(attention_jacobian):
    rng = np.random.default_rng(10)
    X, (WQ, WK, WV) = rng.standard_normal((6, 4)), 0.6 * rng.standard_normal((3, 4, 4))

    def output(x_k):  # of position 2, where position 4 has x_k
        moved = np.where(np.arange(6)[:, None] == 4, x_k, X)
        share = np.exp((moved @ (WK.T @ (WQ @ moved[2]))) / 2)
        return (share / share.sum()) @ (moved @ WV.T)

    J = gradtools.call(attention_jacobian, "attention_jacobian", X, WQ, WK, WV, 2, 4)
    J = gradtools.is_array(J, (4, 4), "J", "(d, d)")
    columns = [(output(X[4] + 1e-5 * e) - output(X[4] - 1e-5 * e)) / 2e-5 for e in np.eye(4)]
    gradtools.same(J, np.transpose(columns), "J", "(d, d)")

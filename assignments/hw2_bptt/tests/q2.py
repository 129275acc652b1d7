"""q2: the Jacobian of many steps, and its norm for every start."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q2"

W_HH = np.array([[0.5, -1.0], [2.0, 0.3]])
STATES = np.array([[[0.0, 0.0]], [[0.6, -0.8]]])
TWO_STEPS = np.array([[[-1.12, -0.512], [0.576, -0.6876]]])


@test_case(name="product: worked example", points=1)
def product_example(jacobian_product):
    P = gradtools.call(jacobian_product, "jacobian_product", STATES, W_HH, 0, 2)
    gradtools.same(P, TWO_STEPS, "P", "(N, H, H)")
    P = gradtools.call(jacobian_product, "jacobian_product", np.repeat(STATES, 3, axis=1), W_HH, 2, 2)
    gradtools.same(P, np.stack([np.eye(2)] * 3), "P for k = t", "(N, H, H)")


@test_case(name="product: v @ P against central differences", points=1)
def product_central_differences(jacobian_product):
    rng = np.random.default_rng(2)
    Y, v = np.tanh(rng.standard_normal((4, 3, 5))), rng.standard_normal((3, 5))
    W_hh, eps = 0.7 * rng.standard_normal((5, 5)), 1e-5
    P = gradtools.call(jacobian_product, "jacobian_product", Y, W_hh, 1, 4)
    P = gradtools.is_array(P, (3, 5, 5), "P", "(N, H, H)")

    def last(h_1):  # steps 2, 3, 4, each with the drive that leads to the given states
        h = h_1
        for j in range(1, 4):
            h = np.tanh(np.arctanh(Y[j]) + (h - Y[j - 1]) @ W_hh.T)
        return h

    moved = [(v * (last(Y[0] + eps * e) - last(Y[0] - eps * e))).sum(axis=1) / (2 * eps) for e in np.eye(5)]
    gradtools.same(np.einsum("ni,nij->nj", v, P), np.stack(moved, axis=1), "v @ P", "(N, H)")


@test_case(name="norms: worked example", points=1)
def norms_example(jacobian_norms):
    norms = gradtools.call(jacobian_norms, "jacobian_norms", STATES, W_HH)
    expected = [[np.linalg.svd(M)[1][0]] for M in (TWO_STEPS[0], [[0.32, -0.64], [0.72, 0.108]], np.eye(2))]
    gradtools.same(norms, expected, "norms", "(T + 1, N)")


@test_case(
    name="form of the answer",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q2_factors):
    gradtools.is_number(q2_factors, "q2_factors")

"""q1: one step's Jacobian, for one sample and for a batch."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q1"

W_HH = np.array([[0.5, -1.0], [2.0, 0.3]])
EXAMPLE = np.array([[0.32, -0.64], [0.72, 0.108]])


@test_case(name="single: worked example", points=1)
def single_example(tanh_jacobian_single):
    J = gradtools.call(tanh_jacobian_single, "tanh_jacobian_single", np.array([0.6, -0.8]), W_HH)
    gradtools.same(J, EXAMPLE, "J", "(H, H)")


@test_case(name="batch: shape", points=1)
def batch_shape(tanh_jacobian):
    h_t = np.linspace(-0.9, 0.8, 18).reshape(3, 6)
    J = gradtools.call(tanh_jacobian, "tanh_jacobian", h_t, np.linspace(-1, 1, 36).reshape(6, 6))
    gradtools.is_array(J, (3, 6, 6), "J", "(N, H, H)")


@test_case(name="batch: worked example", points=1)
def batch_example(tanh_jacobian):
    J = gradtools.call(tanh_jacobian, "tanh_jacobian", np.array([[0.6, -0.8], [0.0, 0.0]]), W_HH)
    gradtools.same(J, np.stack([EXAMPLE, W_HH]), "J", "(N, H, H)")


@test_case(
    name="batch: v @ J against central differences",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def batch_central_differences(tanh_jacobian):
    rng = np.random.default_rng(1)
    h_prev, v = rng.standard_normal((3, 6)), rng.standard_normal((3, 6))
    W_hh, c, eps = 0.7 * rng.standard_normal((6, 6)), rng.standard_normal(6), 1e-5

    def step(h):
        return np.tanh(h @ W_hh.T + c)

    J = gradtools.call(tanh_jacobian, "tanh_jacobian", step(h_prev), W_hh)
    J = gradtools.is_array(J, (3, 6, 6), "J", "(N, H, H)")
    moved = [
        (v * (step(h_prev + eps * e) - step(h_prev - eps * e))).sum(axis=1) / (2 * eps) for e in np.eye(6)
    ]
    gradtools.same(np.einsum("ni,nij->nj", v, J), np.stack(moved, axis=1), "v @ J", "(N, H)")

"""q1, hidden: other numbers, one sample, states near saturation, independence of samples."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q1_hidden"


@test_case(name="single: other numbers", points=1)
def single_values(tanh_jacobian_single):
    rng = gradtools.rng("q1: single: other numbers")
    h_t, W_hh = np.tanh(rng.standard_normal(6)), 0.7 * rng.standard_normal((6, 6))
    J = gradtools.call(tanh_jacobian_single, "tanh_jacobian_single", h_t, W_hh)
    gradtools.same(J, reference.tanh_jacobian_single(h_t, W_hh), "J", "(H, H)")


@test_case(name="batch: other numbers", points=1)
def batch_values(tanh_jacobian):
    rng = gradtools.rng("q1: batch: other numbers")
    h_t, W_hh = np.tanh(rng.standard_normal((3, 6))), 0.7 * rng.standard_normal((6, 6))
    J = gradtools.call(tanh_jacobian, "tanh_jacobian", h_t, W_hh)
    gradtools.same(J, reference.tanh_jacobian(h_t, W_hh), "J", "(N, H, H)")


@test_case(name="batch: one sample, near saturation", points=1)
def batch_saturated(tanh_jacobian):
    rng = gradtools.rng("q1: batch: one sample, near saturation")
    h_t = rng.choice([-1, 1], (1, 6)) * rng.uniform(0.95, 0.999, (1, 6))
    W_hh = 0.7 * rng.standard_normal((6, 6))
    J = gradtools.call(tanh_jacobian, "tanh_jacobian", h_t, W_hh)
    gradtools.same(J, reference.tanh_jacobian(h_t, W_hh), "J", "(N, H, H)")


@test_case(name="batch: samples do not mix", points=1)
def batch_samples_apart(tanh_jacobian):
    rng = gradtools.rng("q1: batch: samples do not mix")
    h_t, W_hh = np.tanh(rng.standard_normal((4, 5))), 0.7 * rng.standard_normal((5, 5))
    changed = h_t.copy()
    changed[0] = np.tanh(rng.standard_normal(5))
    before = gradtools.call(tanh_jacobian, "tanh_jacobian", h_t, W_hh)
    after = gradtools.call(tanh_jacobian, "tanh_jacobian", changed, W_hh)
    before = gradtools.is_array(before, (4, 5, 5), "J", "(N, H, H)")
    after = gradtools.is_array(after, (4, 5, 5), "J", "(N, H, H)")
    gradtools.same(after[1:], before[1:], "J[1:] after only sample 0 changed")
    gradtools.same(after, reference.tanh_jacobian(changed, W_hh), "J", "(N, H, H)")

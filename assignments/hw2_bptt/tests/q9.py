"""q9: the terms of a shared gradient, a step of gradient descent, form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q9"


@test_case(name="terms: worked example", points=1)
def terms_example(weight_grad_by_step):
    dH, Y, h0 = np.array([[[1.72]], [[1.0]]]), np.array([[[0.6]], [[0.8]]]), np.array([[0.5]])
    terms = gradtools.call(weight_grad_by_step, "weight_grad_by_step", dH, Y, h0)
    gradtools.same(terms, [[[0.5504]], [[0.216]]], "terms", "(T, H, H)")
    # Two units and two samples: a row belongs to the unit that receives.
    Y = np.array([[[0.6, -0.8], [0.0, 0.0]]])
    dH, h0 = np.array([[[1.0, 1.0], [2.0, -1.0]]]), np.array([[0.5, -1.0], [1.0, 1.0]])
    terms = gradtools.call(weight_grad_by_step, "weight_grad_by_step", dH, Y, h0)
    gradtools.same(terms, [[[2.32, 1.36], [-0.82, -1.36]]], "terms", "(T, H, H)")


@test_case(name="sgd_step: worked example", points=1)
def sgd_example(sgd_step):
    grads = {"dW_hh": np.array([[0.7664]]), "db_hh": np.array([1.4608]), "dH": np.ones((2, 1, 1))}
    params = {"W_hh": np.array([[2.0]]), "b_hh": np.array([0.5])}
    new = gradtools.call(sgd_step, "sgd_step", params, grads, 0.1)
    gradtools.same_all(new, {"W_hh": [[1.92336]], "b_hh": [0.35392]}, "new")


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q9_old, q9_updated):
    gradtools.is_number(q9_old, "q9_old")
    gradtools.is_choice(q9_updated, "q9_updated", "abcd")

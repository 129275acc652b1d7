"""q2, hidden: products from the middle and from the start, edge sizes, norms."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q2_hidden"


def run(case, T=5, N=3, H=6):
    """States of one run and the recurrent weights: the product needs no more."""
    rng = gradtools.rng(case)
    return np.tanh(rng.standard_normal((T, N, H))), 0.7 * rng.standard_normal((H, H))


@test_case(name="product: between two steps", points=1)
def product_middle(jacobian_product):
    Y, W_hh = run("q2: product: between two steps")
    P = gradtools.call(jacobian_product, "jacobian_product", Y, W_hh, 1, 4)
    gradtools.same(P, reference.jacobian_product(Y, W_hh, 1, 4), "P", "(N, H, H)")


@test_case(name="product: from the initial state", points=1)
def product_whole(jacobian_product):
    Y, W_hh = run("q2: product: from the initial state")
    P = gradtools.call(jacobian_product, "jacobian_product", Y, W_hh, 0, 5)
    gradtools.same(P, reference.jacobian_product(Y, W_hh, 0, 5), "P", "(N, H, H)")


@test_case(name="product: one sample, one step, no step", points=1)
def product_edges(jacobian_product):
    Y, W_hh = run("q2: product: one sample, one step, no step", T=3, N=1)
    for k, t in ((2, 3), (0, 1), (1, 1), (0, 0)):
        P = gradtools.call(jacobian_product, "jacobian_product", Y, W_hh, k, t)
        gradtools.same(P, reference.jacobian_product(Y, W_hh, k, t), "P", "(N, H, H)")


@test_case(name="norms: other numbers", points=1)
def norms_values(jacobian_norms):
    Y, W_hh = run("q2: norms: other numbers")
    norms = gradtools.call(jacobian_norms, "jacobian_norms", Y, W_hh)
    gradtools.same(norms, reference.jacobian_norms(Y, W_hh), "norms", "(T + 1, N)")


@test_case(name="norms: a long vanishing run", points=1)
def norms_long(jacobian_norms):
    Y, W_hh = run("q2: norms: a long vanishing run", T=40, N=2, H=4)
    W_hh = W_hh / 2
    norms = gradtools.call(jacobian_norms, "jacobian_norms", Y, W_hh)
    norms = gradtools.is_array(norms, (41, 2), "norms", "(T + 1, N)")
    expected = reference.jacobian_norms(Y, W_hh)
    gradtools.same(norms / expected, np.ones((41, 2)), "norms, each against its own size", "(T + 1, N)")

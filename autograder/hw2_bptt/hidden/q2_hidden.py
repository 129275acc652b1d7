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


@test_case(name="product: other numbers", points=1)
def product_values(jacobian_product):
    Y, W_hh = run("q2: product: other numbers")
    for k, t in ((1, 4), (0, 5)):
        P = gradtools.call(jacobian_product, "jacobian_product", Y, W_hh, k, t)
        gradtools.same(P, reference.jacobian_product(Y, W_hh, k, t), "P", "(N, H, H)")


@test_case(name="product: one sample, one step, no step", points=1)
def product_edges(jacobian_product):
    Y, W_hh = run("q2: product: one sample, one step, no step", T=3, N=1)
    for k, t in ((2, 3), (0, 1), (1, 1), (0, 0)):
        P = gradtools.call(jacobian_product, "jacobian_product", Y, W_hh, k, t)
        gradtools.same(P, reference.jacobian_product(Y, W_hh, k, t), "P", "(N, H, H)")


@test_case(name="norms: other numbers, and a long vanishing run", points=1)
def norms_values(jacobian_norms):
    Y, W_hh = run("q2: norms: other numbers, and a long vanishing run")
    norms = gradtools.call(jacobian_norms, "jacobian_norms", Y, W_hh)
    gradtools.same(norms, reference.jacobian_norms(Y, W_hh), "norms", "(T + 1, N)")
    Y, W_hh = run("q2: norms: a long vanishing run", T=40, N=2, H=4)
    norms = gradtools.call(jacobian_norms, "jacobian_norms", Y, W_hh / 2)
    norms = gradtools.is_array(norms, (41, 2), "norms", "(T + 1, N)")
    expected = reference.jacobian_norms(Y, W_hh / 2)
    gradtools.same(norms / expected, np.ones((41, 2)), "norms, each against its own size", "(T + 1, N)")


@test_case(name="number of factors", points=1)
def factors(q2_factors):
    count = gradtools.is_number(q2_factors, "q2_factors")
    why = {
        20: "there is one factor for every step between the two states, not one for every state",
        18: "the step that leads to the last state has a factor, too; for neighbours there is one",
        21: "count the steps from 1 to 2, from 2 to 3, …",
    }
    text = f"`q2_factors`: {why.get(count, 'list the factors for two states that lie two steps apart')}."
    if count != reference.q2_factors:
        raise gradtools.Mismatch("q2_factors", "value", text, text)

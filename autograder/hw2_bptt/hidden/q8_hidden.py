"""q8, hidden: other numbers, small norms, one sample."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q8_hidden"


@test_case(name="norms: other numbers", points=1)
def norms_values(hidden_grad_norms):
    dH = gradtools.rng("q8: norms: other numbers").standard_normal((5, 3, 6))
    norms = gradtools.call(hidden_grad_norms, "hidden_grad_norms", dH)
    gradtools.same(norms, reference.hidden_grad_norms(dH), "norms", "(T,)")


@test_case(name="norms: one sample, vanishing", points=1)
def norms_small(hidden_grad_norms):
    rng = gradtools.rng("q8: norms: one sample, vanishing")
    dH = rng.standard_normal((30, 1, 4)) * 0.1 ** np.arange(30, 0, -1)[:, None, None]
    norms = gradtools.call(hidden_grad_norms, "hidden_grad_norms", dH)
    norms = gradtools.is_array(norms, (30,), "norms", "(T,)")
    expected = reference.hidden_grad_norms(dH)
    gradtools.same(norms / expected, np.ones(30), "norms, each against its own size", "(T,)")


@test_case(name="rate: other numbers", points=1)
def rate_values(decay_rate):
    rng = gradtools.rng("q8: rate: other numbers")
    for T in (2, 7, 20):
        norms = np.exp(3 * rng.standard_normal(T))
        rate = gradtools.call(decay_rate, "decay_rate", norms)
        gradtools.same(rate, reference.decay_rate(norms), "rate")

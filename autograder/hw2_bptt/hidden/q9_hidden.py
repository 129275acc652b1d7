"""q9, hidden: other numbers, the share of old steps, what it means."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q9_hidden"


@test_case(name="terms: other numbers", points=1)
def terms_values(weight_grad_by_step):
    rng = gradtools.rng("q9: terms: other numbers")
    for T, N in ((5, 3), (1, 2), (4, 1)):
        net = gradtools.rnn_inputs(rng, T=T, N=N)
        Y = np.tanh(net["dY"][::-1])
        terms = gradtools.call(weight_grad_by_step, "weight_grad_by_step", net["dY"], Y, net["h0"])
        gradtools.same(terms, reference.weight_grad_by_step(net["dY"], Y, net["h0"]), "terms", "(T, H, H)")


@test_case(name="sgd_step: other numbers", points=1)
def sgd_values(sgd_step):
    net = gradtools.rnn_inputs(gradtools.rng("q9: sgd_step: other numbers"))
    params = {name: net[name] for name in ("W_ih", "W_hh", "b_ih", "b_hh")}
    cache = reference.rnn_forward(**gradtools.parameters(net))[2]
    grads = reference.rnn_backward(net["dY"], net["dhT"], cache)
    new = gradtools.call(sgd_step, "sgd_step", params, grads, 0.03)
    gradtools.same_all(new, reference.sgd_step(params, grads, 0.03), "new")


@test_case(name="what the old steps contribute", points=1)
def old(q9_old):
    gradtools.close_number(q9_old, reference.q9_old, "q9_old", rtol=0.01)


UPDATED = {
    "a": "look at the terms of the last ten steps: is the gradient of the matrix zero?",
    "b": "W_ih is shared by all steps as well. Is its gradient made of other steps than that of W_hh?",
    "c": "add up the terms of steps 1 to 40 and compare the sum with the last term.",
}


@test_case(name="are those weights updated", points=1)
def updated(q9_updated):
    gradtools.right_choice(q9_updated, reference.q9_updated, "q9_updated", "abcd", UPDATED)

"""q4, hidden: both recurrences on other numbers, edge sizes, 200 steps, and the measured shares."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q4_hidden"


def relu_run(case, T=5, N=3, D=4, H=6, s=0.8):
    """Arguments of irnn_forward."""
    rng = gradtools.rng(case)
    return rng.standard_normal((T, N, D)), 0.5 * rng.standard_normal((H, D)), s


def tanh_run(case, T=5, N=3, H=6, scale=0.7, inputs=1.0):
    """Arguments of tanh_gradient_norms."""
    rng = gradtools.rng(case)
    W_hh, x = scale * rng.standard_normal((H, H)), inputs * rng.standard_normal((T, N, H))
    return W_hh, x, rng.standard_normal((N, H))


def each_to_its_size(tanh_gradient_norms, args, rtol=1e-5):
    """Every norm against its own size: small ones count as much as large ones."""
    T = len(args[1])
    norms = gradtools.call(tanh_gradient_norms, "tanh_gradient_norms", *args)
    norms = gradtools.is_array(norms, (T + 1,), "norms", "(T + 1,)")
    expected = reference.tanh_gradient_norms(*args)
    label = "norms, each against its own size"
    gradtools.same(norms / expected, np.ones(T + 1), label, "(T + 1,)", rtol=rtol)


@test_case(name="irnn: other numbers", points=1)
def irnn_values(irnn_forward):
    args = relu_run("q4: irnn: other numbers")
    Y = gradtools.call(irnn_forward, "irnn_forward", *args)
    gradtools.same(Y, reference.irnn_forward(*args), "Y", "(T, N, H)")


@test_case(name="irnn: one step, one sample", points=1)
def irnn_edges(irnn_forward):
    for sizes in ({"T": 1}, {"N": 1}, {"T": 1, "N": 1, "D": 2, "H": 3}):
        args = relu_run("q4: irnn: one step, one sample", **sizes)
        Y = gradtools.call(irnn_forward, "irnn_forward", *args)
        gradtools.same(Y, reference.irnn_forward(*args), "Y", "(T, N, H)")


@test_case(name="irnn: 200 steps", points=1)
def irnn_long(irnn_forward):
    args = relu_run("q4: irnn: 200 steps", T=200, s=1.0)
    Y = gradtools.call(irnn_forward, "irnn_forward", *args)
    gradtools.same(Y, reference.irnn_forward(*args), "Y", "(T, N, H)")


@test_case(name="tanh: other numbers", points=1)
def norms_values(tanh_gradient_norms):
    each_to_its_size(tanh_gradient_norms, tanh_run("q4: tanh: other numbers"))


@test_case(name="tanh: one step, one sample", points=1)
def norms_edges(tanh_gradient_norms):
    for sizes in ({"T": 1}, {"N": 1}, {"T": 2, "N": 1, "H": 2}):
        each_to_its_size(tanh_gradient_norms, tanh_run("q4: tanh: one step, one sample", **sizes))


@test_case(name="tanh: 200 steps, and 20,000 weights", points=1)
def norms_long(tanh_gradient_norms):
    case = "q4: tanh: 200 steps, and 20,000 weights"
    W_hh, x, dhT = tanh_run(case, T=200, inputs=0.1)
    each_to_its_size(tanh_gradient_norms, (np.linalg.svd(W_hh)[0], x, dhT), rtol=1e-3)
    each_to_its_size(tanh_gradient_norms, tanh_run(case, H=142, scale=0.08))


@test_case(name="numbers: what a rotation keeps", points=1)
def numbers(q4_silent, q4_small, q4_unit):
    for got, s, label in ((q4_silent, 0, "q4_silent"), (q4_small, 0.1, "q4_small"), (q4_unit, 1, "q4_unit")):
        norms = reference.tanh_gradient_norms(*reference.turning(s))
        gradtools.close_number(got, norms[0] / norms[-1], label, rtol=2e-3)

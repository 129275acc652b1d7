"""q7, hidden: each output for itself, backward on the Reference's cache, one sample, 20,000 weights."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q7_hidden"

SHAPES = {"dx": "(N, H)", "dW": "(H, H)"}
CACHE = {"x": "(N, H)", "W": "(H, H)", "slope": "(N, H)"}


def block(case, act="tanh", N=3, H=6, scale=0.7):
    """Arguments of residual_forward."""
    rng = gradtools.rng(case)
    return rng.standard_normal((N, H)), scale * rng.standard_normal((H, H)), act


def backward(case, **sizes):
    """Arguments of residual_backward: an upstream gradient and the Reference's own cache."""
    args = block(case, **sizes)
    dy = gradtools.rng(case + ", upstream").standard_normal(args[0].shape)
    return dy, reference.residual_forward(*args)[1]


@test_case(name="forward: y", points=1)
def forward_y(residual_forward):
    for act in ("tanh", "relu", "sigmoid"):
        args = block("q7: forward: y", act)
        got = gradtools.call(residual_forward, "residual_forward", *args)
        gradtools.same_entry(got, 0, reference.residual_forward(*args)[0], "y", "(N, H)")


@test_case(name="forward: cache", points=1)
def forward_cache(residual_forward):
    for act in ("relu", "sigmoid"):
        args = block("q7: forward: cache", act)
        got = gradtools.call(residual_forward, "residual_forward", *args)
        expected = reference.residual_forward(*args)[1]
        gradtools.same_all(gradtools.entry(got, 1, "cache"), expected, "cache", CACHE)


@test_case(name="backward: dx", points=1)
def backward_dx(residual_backward):
    args = backward("q7: backward: dx")
    got = gradtools.call(residual_backward, "residual_backward", *args)
    gradtools.same_entry(got, "dx", reference.residual_backward(*args)["dx"], shape="(N, H)")


@test_case(name="backward: dW", points=1)
def backward_dW(residual_backward):
    args = backward("q7: backward: dW")
    got = gradtools.call(residual_backward, "residual_backward", *args)
    gradtools.same_entry(got, "dW", reference.residual_backward(*args)["dW"], shape="(H, H)")


@test_case(name="backward: one sample", points=1)
def one_sample(residual_backward):
    args = backward("q7: backward: one sample", N=1)
    got = gradtools.call(residual_backward, "residual_backward", *args)
    gradtools.same_all(got, reference.residual_backward(*args), "grads", SHAPES)


@test_case(name="backward: 20,000 weights", points=1)
def large(residual_backward):
    args = backward("q7: backward: 20,000 weights", N=7, H=142, scale=0.1)
    got = gradtools.call(residual_backward, "residual_backward", *args)
    gradtools.same_all(got, reference.residual_backward(*args), "grads", SHAPES)

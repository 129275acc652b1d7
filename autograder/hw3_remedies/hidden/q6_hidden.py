"""q6, hidden: each output for itself, backward on the Reference's cache, one sample, and 20,000 inputs."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q6_hidden"

SHAPES = {"dx": "(N, H)", "dgamma": "(H,)", "dbeta": "(H,)"}
CACHE = {"x_hat": "(N, H)", "inv_std": "(N, 1)", "gamma": "(H,)"}


def inputs(case, N=5, H=6):
    """Arguments of layernorm_forward; eps is large enough to be seen."""
    rng = gradtools.rng(case)
    normal = rng.standard_normal
    return 1.5 * normal((N, H)) + normal((1, H)) + normal((N, 1)), normal(H), normal(H), rng.uniform(0.3, 0.8)


def backward(case, **sizes):
    """Arguments of layernorm_backward: an upstream gradient and the Reference's own cache."""
    args = inputs(case, **sizes)
    dy = gradtools.rng(case + ", upstream").standard_normal(args[0].shape)
    return dy, reference.layernorm_forward(*args)[1]


def one_output(layernorm_backward, key):
    """The student's value of one output, and the right one."""
    args = backward(f"q6: backward: {key}")
    got = gradtools.call(layernorm_backward, "layernorm_backward", *args)
    return gradtools.entry(got, key), reference.layernorm_backward(*args)[key]


@test_case(name="forward: y", points=1)
def forward_y(layernorm_forward):
    args = inputs("q6: forward: y")
    got = gradtools.call(layernorm_forward, "layernorm_forward", *args)
    gradtools.same_entry(got, 0, reference.layernorm_forward(*args)[0], "y", "(N, H)")


@test_case(name="forward: cache", points=1)
def forward_cache(layernorm_forward):
    args = inputs("q6: forward: cache")
    got = gradtools.call(layernorm_forward, "layernorm_forward", *args)
    expected = reference.layernorm_forward(*args)[1]
    gradtools.same_all(gradtools.entry(got, 1, "cache"), expected, "cache", CACHE)


@test_case(name="backward: dx", points=1)
def backward_dx(layernorm_backward):
    gradtools.same(*one_output(layernorm_backward, "dx"), "dx", "(N, H)")


@test_case(name="backward: dgamma", points=1)
def backward_dgamma(layernorm_backward):
    gradtools.same(*one_output(layernorm_backward, "dgamma"), "dgamma", "(H,)")


@test_case(name="backward: dbeta", points=1)
def backward_dbeta(layernorm_backward):
    gradtools.same(*one_output(layernorm_backward, "dbeta"), "dbeta", "(H,)")


@test_case(name="both: one sample", points=1)
def one_sample(layernorm_forward, layernorm_backward):
    args = inputs("q6: both: one sample", N=1)
    got = gradtools.call(layernorm_forward, "layernorm_forward", *args)
    gradtools.same_entry(got, 0, reference.layernorm_forward(*args)[0], "y", "(N, H)")
    args = backward("q6: both: one sample", N=1)
    got = gradtools.call(layernorm_backward, "layernorm_backward", *args)
    gradtools.same_all(got, reference.layernorm_backward(*args), "grads", SHAPES)


@test_case(name="backward: 20,000 inputs", points=1)
def large(layernorm_backward):
    args = backward("q6: backward: 20,000 inputs", N=100, H=200)
    got = gradtools.call(layernorm_backward, "layernorm_backward", *args)
    gradtools.same_all(got, reference.layernorm_backward(*args), "grads", SHAPES)

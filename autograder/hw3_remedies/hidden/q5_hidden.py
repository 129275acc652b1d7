"""q5, hidden: each output for itself, backward on the Reference's cache, a batch of one, 20,000 inputs."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q5_hidden"

SHAPES = {"dx": "(N, H)", "dgamma": "(H,)", "dbeta": "(H,)"}
CACHE = {"x_hat": "(N, H)", "inv_std": "(H,)", "gamma": "(H,)"}


def inputs(case, N=5, H=6):
    """Arguments of batchnorm_forward; eps is large enough to be seen."""
    rng = gradtools.rng(case)
    normal = rng.standard_normal
    return 1.5 * normal((N, H)) + normal((1, H)) + normal((N, 1)), normal(H), normal(H), rng.uniform(0.3, 0.8)


def backward(case, **sizes):
    """Arguments of batchnorm_backward: an upstream gradient and the Reference's own cache."""
    args = inputs(case, **sizes)
    dy = gradtools.rng(case + ", upstream").standard_normal(args[0].shape)
    return dy, reference.batchnorm_forward(*args)[1]


def one_output(batchnorm_backward, key):
    """The student's value of one output, and the right one."""
    args = backward(f"q5: backward: {key}")
    got = gradtools.call(batchnorm_backward, "batchnorm_backward", *args)
    return gradtools.entry(got, key), reference.batchnorm_backward(*args)[key]


@test_case(name="forward: y", points=1)
def forward_y(batchnorm_forward):
    args = inputs("q5: forward: y")
    got = gradtools.call(batchnorm_forward, "batchnorm_forward", *args)
    gradtools.same_entry(got, 0, reference.batchnorm_forward(*args)[0], "y", "(N, H)")


@test_case(name="forward: cache", points=1)
def forward_cache(batchnorm_forward):
    args = inputs("q5: forward: cache")
    got = gradtools.call(batchnorm_forward, "batchnorm_forward", *args)
    expected = reference.batchnorm_forward(*args)[1]
    gradtools.same_all(gradtools.entry(got, 1, "cache"), expected, "cache", CACHE)


@test_case(name="backward: dx", points=1)
def backward_dx(batchnorm_backward):
    gradtools.same(*one_output(batchnorm_backward, "dx"), "dx", "(N, H)")


@test_case(name="backward: dgamma", points=1)
def backward_dgamma(batchnorm_backward):
    gradtools.same(*one_output(batchnorm_backward, "dgamma"), "dgamma", "(H,)")


@test_case(name="backward: dbeta", points=1)
def backward_dbeta(batchnorm_backward):
    gradtools.same(*one_output(batchnorm_backward, "dbeta"), "dbeta", "(H,)")


@test_case(name="both: a batch of one", points=1)
def one_sample(batchnorm_forward, batchnorm_backward):
    args = inputs("q5: both: a batch of one", N=1)
    got = gradtools.call(batchnorm_forward, "batchnorm_forward", *args)
    gradtools.same_entry(got, 0, reference.batchnorm_forward(*args)[0], "y", "(N, H)")
    args = backward("q5: both: a batch of one", N=1)
    got = gradtools.call(batchnorm_backward, "batchnorm_backward", *args)
    gradtools.same_all(got, reference.batchnorm_backward(*args), "grads", SHAPES)


@test_case(name="backward: 20,000 inputs", points=1)
def large(batchnorm_backward):
    args = backward("q5: backward: 20,000 inputs", N=200, H=100)
    got = gradtools.call(batchnorm_backward, "batchnorm_backward", *args)
    gradtools.same_all(got, reference.batchnorm_backward(*args), "grads", SHAPES)

"""q6, hidden: each output for itself on the Reference's cache, edge sizes, many steps, many parameters."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q6_hidden"

SHAPES = {"dx": "(T, N, D)", "dh0": "(N, H)", "dW_ih": "(3H, D)", "dW_hh": "(3H, H)"}
SHAPES |= {"db_ih": "(3H,)", "db_hh": "(3H,)", "dH": "(T, N, H)"}


def run(case, after=True, **sizes):
    """Arguments of gru_backward: upstream at every step and at the last state, the Reference's own cache."""
    net = gradtools.gru_inputs(gradtools.rng(case), **sizes)
    cache = reference.gru_forward(**gradtools.parameters(net), reset_after=after)[2]
    return net["dY"], net["dhT"], cache


def one_output(gru_backward, key):
    """The student's value of one output, and the right one."""
    args = run(f"q6: {key}")
    got = gradtools.call(gru_backward, "gru_backward", *args)
    return gradtools.entry(got, key), reference.gru_backward(*args)[key]


@test_case(name="dx", points=1)
def dx(gru_backward):
    gradtools.same(*one_output(gru_backward, "dx"), "dx", "(T, N, D)")


@test_case(name="dh0", points=1)
def dh0(gru_backward):
    gradtools.same(*one_output(gru_backward, "dh0"), "dh0", "(N, H)")


@test_case(name="dW_ih", points=1)
def dW_ih(gru_backward):
    gradtools.same(*one_output(gru_backward, "dW_ih"), "dW_ih", "(3H, D)")


@test_case(name="dW_hh", points=1)
def dW_hh(gru_backward):
    gradtools.same(*one_output(gru_backward, "dW_hh"), "dW_hh", "(3H, H)")


@test_case(name="db_ih", points=1)
def db_ih(gru_backward):
    gradtools.same(*one_output(gru_backward, "db_ih"), "db_ih", "(3H,)")


@test_case(name="db_hh", points=1)
def db_hh(gru_backward):
    gradtools.same(*one_output(gru_backward, "db_hh"), "db_hh", "(3H,)")


@test_case(name="dH", points=1)
def dH(gru_backward):
    gradtools.same(*one_output(gru_backward, "dH"), "dH", "(T, N, H)")


@test_case(name="one step; one sample", points=1)
def edges(gru_backward):
    for sizes in ({"T": 1}, {"N": 1}):
        args = run("q6: one step; one sample", **sizes)
        got = gradtools.call(gru_backward, "gru_backward", *args)
        gradtools.same_all(got, reference.gru_backward(*args), "grads", SHAPES)


@test_case(name="200 steps", points=1)
def many_steps(gru_backward):
    args = run("q6: 200 steps", T=200, scale=0.3)
    got = gradtools.call(gru_backward, "gru_backward", *args)
    gradtools.same_all(got, reference.gru_backward(*args), "grads", SHAPES)


@test_case(name="20,000 parameters", points=1)
def large(gru_backward):
    args = run("q6: 20,000 parameters", T=3, D=40, H=65, scale=0.1)
    got = gradtools.call(gru_backward, "gru_backward", *args)
    gradtools.same_all(got, reference.gru_backward(*args), "grads", SHAPES)


@test_case(name="reset before", points=1)
def before(gru_backward):
    args = run("q6: reset before", after=False)
    got = gradtools.call(gru_backward, "gru_backward", *args)
    gradtools.same_all(got, reference.gru_backward(*args), "grads", SHAPES)

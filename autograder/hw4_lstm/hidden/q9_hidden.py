"""q9, hidden: each output for itself on the Reference's cache, edge sizes, many steps, many parameters."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q9_hidden"

SHAPES = {"dx": "(T, N, D)", "dh0": "(N, H)", "dc0": "(N, H)", "dH": "(T, N, H)", "dC": "(T, N, H)"}
SHAPES |= {"dW_ih": "(4H, D)", "dW_hh": "(4H, H)", "db_ih": "(4H,)", "db_hh": "(4H,)"}


def run(case, **sizes):
    """Arguments of lstm_backward: upstream at every step, more at the end, the Reference's own cache."""
    net = gradtools.lstm_inputs(gradtools.rng(case), **sizes)
    return net["dY"], net["dhT"], net["dcT"], reference.lstm_forward(**gradtools.parameters(net))[3]


def one_output(lstm_backward, key):
    """The student's value of one output, and the right one."""
    args = run(f"q9: {key}")
    got = gradtools.call(lstm_backward, "lstm_backward", *args)
    return gradtools.entry(got, key), reference.lstm_backward(*args)[key]


@test_case(name="dH", points=1)
def dH(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "dH"), "dH", "(T, N, H)")


@test_case(name="dC", points=1)
def dC(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "dC"), "dC", "(T, N, H)")


@test_case(name="dx", points=1)
def dx(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "dx"), "dx", "(T, N, D)")


@test_case(name="dh0", points=1)
def dh0(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "dh0"), "dh0", "(N, H)")


@test_case(name="dc0", points=1)
def dc0(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "dc0"), "dc0", "(N, H)")


@test_case(name="dW_ih", points=1)
def dW_ih(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "dW_ih"), "dW_ih", "(4H, D)")


@test_case(name="dW_hh", points=1)
def dW_hh(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "dW_hh"), "dW_hh", "(4H, H)")


@test_case(name="db_ih", points=1)
def db_ih(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "db_ih"), "db_ih", "(4H,)")


@test_case(name="db_hh", points=1)
def db_hh(lstm_backward):
    gradtools.same(*one_output(lstm_backward, "db_hh"), "db_hh", "(4H,)")


@test_case(name="one step", points=1)
def one_step(lstm_backward):
    args = run("q9: one step", T=1)
    got = gradtools.call(lstm_backward, "lstm_backward", *args)
    gradtools.same_all(got, reference.lstm_backward(*args), "grads", SHAPES)


@test_case(name="one sample", points=1)
def one_sample(lstm_backward):
    args = run("q9: one sample", N=1)
    got = gradtools.call(lstm_backward, "lstm_backward", *args)
    gradtools.same_all(got, reference.lstm_backward(*args), "grads", SHAPES)


@test_case(name="200 steps", points=1)
def many_steps(lstm_backward):
    args = run("q9: 200 steps", T=200, scale=0.3)
    got = gradtools.call(lstm_backward, "lstm_backward", *args)
    gradtools.same_all(got, reference.lstm_backward(*args), "grads", SHAPES)


@test_case(name="20,000 parameters", points=1)
def large(lstm_backward):
    args = run("q9: 20,000 parameters", T=4, D=78, H=40, scale=0.2)
    got = gradtools.call(lstm_backward, "lstm_backward", *args)
    gradtools.same_all(got, reference.lstm_backward(*args), "grads", SHAPES)

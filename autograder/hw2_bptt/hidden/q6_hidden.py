"""q6, hidden: each output for itself on the Reference's cache, edge sizes, many steps, many parameters."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q6_hidden"

SHAPES = {
    "dx": "(T, N, D)",
    "dh0": "(N, H)",
    "dW_ih": "(H, D)",
    "dW_hh": "(H, H)",
    "db_ih": "(H,)",
    "db_hh": "(H,)",
}
SHAPES |= {"dH": "(T, N, H)"}


def run(case, **sizes):
    """Arguments of rnn_backward: upstream at every step and at the last state, the Reference's own cache."""
    net = gradtools.rnn_inputs(gradtools.rng(case), **sizes)
    return net["dY"], net["dhT"], reference.rnn_forward(**gradtools.parameters(net))[2]


def one_output(rnn_backward, key):
    """The student's value of one output, and the right one."""
    args = run(f"q6: {key}")
    got = gradtools.call(rnn_backward, "rnn_backward", *args)
    return gradtools.entry(got, key), reference.rnn_backward(*args)[key]


@test_case(name="dx", points=1)
def dx(rnn_backward):
    gradtools.same(*one_output(rnn_backward, "dx"), "dx", "(T, N, D)")


@test_case(name="dh0", points=1)
def dh0(rnn_backward):
    gradtools.same(*one_output(rnn_backward, "dh0"), "dh0", "(N, H)")


@test_case(name="dW_ih", points=1)
def dW_ih(rnn_backward):
    gradtools.same(*one_output(rnn_backward, "dW_ih"), "dW_ih", "(H, D)")


@test_case(name="dW_hh", points=1)
def dW_hh(rnn_backward):
    gradtools.same(*one_output(rnn_backward, "dW_hh"), "dW_hh", "(H, H)")


@test_case(name="db_ih", points=1)
def db_ih(rnn_backward):
    gradtools.same(*one_output(rnn_backward, "db_ih"), "db_ih", "(H,)")


@test_case(name="db_hh", points=1)
def db_hh(rnn_backward):
    gradtools.same(*one_output(rnn_backward, "db_hh"), "db_hh", "(H,)")


@test_case(name="dH", points=1)
def dH(rnn_backward):
    gradtools.same(*one_output(rnn_backward, "dH"), "dH", "(T, N, H)")


@test_case(name="one step", points=1)
def one_step(rnn_backward):
    args = run("q6: one step", T=1)
    got = gradtools.call(rnn_backward, "rnn_backward", *args)
    gradtools.same_all(got, reference.rnn_backward(*args), "grads", SHAPES)


@test_case(name="one sample", points=1)
def one_sample(rnn_backward):
    args = run("q6: one sample", N=1)
    got = gradtools.call(rnn_backward, "rnn_backward", *args)
    gradtools.same_all(got, reference.rnn_backward(*args), "grads", SHAPES)


@test_case(name="200 steps", points=1)
def many_steps(rnn_backward):
    args = run("q6: 200 steps", T=200, scale=0.3)
    got = gradtools.call(rnn_backward, "rnn_backward", *args)
    gradtools.same_all(got, reference.rnn_backward(*args), "grads", SHAPES)


@test_case(name="20,000 parameters", points=1)
def large(rnn_backward):
    args = run("q6: 20,000 parameters", T=4, D=98, H=100, scale=0.1)
    got = gradtools.call(rnn_backward, "rnn_backward", *args)
    gradtools.same_all(got, reference.rnn_backward(*args), "grads", SHAPES)

"""q5, hidden: each output for itself on the Reference's cache, one sample, and a large step."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q5_hidden"

SHAPES = {
    "dx_t": "(N, D)",
    "dh_prev": "(N, H)",
    "dW_ih": "(H, D)",
    "dW_hh": "(H, H)",
    "db_ih": "(H,)",
    "db_hh": "(H,)",
}


def step(case, **sizes):
    """Arguments of rnn_step_backward: an upstream gradient and the Reference's own cache."""
    net = gradtools.rnn_inputs(gradtools.rng(case), T=1, **sizes)
    forward = net["x"][0], *list(gradtools.parameters(net).values())[1:]
    return net["dhT"], reference.rnn_step_forward(*forward)[1]


def one_output(rnn_step_backward, key):
    """The student's value of one output, and the right one."""
    args = step(f"q5: {key}")
    got = gradtools.call(rnn_step_backward, "rnn_step_backward", *args)
    return gradtools.entry(got, key), reference.rnn_step_backward(*args)[key]


@test_case(name="dx_t", points=1)
def dx_t(rnn_step_backward):
    gradtools.same(*one_output(rnn_step_backward, "dx_t"), "dx_t", "(N, D)")


@test_case(name="dh_prev", points=1)
def dh_prev(rnn_step_backward):
    gradtools.same(*one_output(rnn_step_backward, "dh_prev"), "dh_prev", "(N, H)")


@test_case(name="dW_ih", points=1)
def dW_ih(rnn_step_backward):
    gradtools.same(*one_output(rnn_step_backward, "dW_ih"), "dW_ih", "(H, D)")


@test_case(name="dW_hh", points=1)
def dW_hh(rnn_step_backward):
    gradtools.same(*one_output(rnn_step_backward, "dW_hh"), "dW_hh", "(H, H)")


@test_case(name="db_ih", points=1)
def db_ih(rnn_step_backward):
    gradtools.same(*one_output(rnn_step_backward, "db_ih"), "db_ih", "(H,)")


@test_case(name="db_hh", points=1)
def db_hh(rnn_step_backward):
    gradtools.same(*one_output(rnn_step_backward, "db_hh"), "db_hh", "(H,)")


@test_case(name="one sample", points=1)
def one_sample(rnn_step_backward):
    args = step("q5: one sample", N=1)
    got = gradtools.call(rnn_step_backward, "rnn_step_backward", *args)
    gradtools.same_all(got, reference.rnn_step_backward(*args), "grads", SHAPES)


@test_case(name="20,000 parameters", points=1)
def large(rnn_step_backward):
    args = step("q5: 20,000 parameters", D=98, H=100, scale=0.1)
    got = gradtools.call(rnn_step_backward, "rnn_step_backward", *args)
    gradtools.same_all(got, reference.rnn_step_backward(*args), "grads", SHAPES)

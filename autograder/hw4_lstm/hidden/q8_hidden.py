"""q8, hidden: each output for itself on the Reference's cache, one sample, and a large step."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q8_hidden"

SHAPES = {"dx_t": "(N, D)", "dh_prev": "(N, H)", "dc_prev": "(N, H)", "dc_t": "(N, H)", "dW_ih": "(4H, D)"}
SHAPES |= {"dW_hh": "(4H, H)", "db_ih": "(4H,)", "db_hh": "(4H,)"}


def step(case, **sizes):
    """Arguments of lstm_step_backward: two upstream gradients and the Reference's own cache."""
    net = gradtools.lstm_inputs(gradtools.rng(case), T=1, **sizes)
    arguments = net["x"][0], *list(gradtools.parameters(net).values())[1:]
    return net["dhT"], net["dcT"], reference.lstm_step_forward(*arguments)[2]


def one_output(lstm_step_backward, key):
    """The student's value of one output, and the right one."""
    args = step(f"q8: {key}")
    got = gradtools.call(lstm_step_backward, "lstm_step_backward", *args)
    return gradtools.entry(got, key), reference.lstm_step_backward(*args)[key]


@test_case(name="dc_t", points=1)
def dc_t(lstm_step_backward):
    gradtools.same(*one_output(lstm_step_backward, "dc_t"), "dc_t", "(N, H)")


@test_case(name="dc_prev", points=1)
def dc_prev(lstm_step_backward):
    gradtools.same(*one_output(lstm_step_backward, "dc_prev"), "dc_prev", "(N, H)")


@test_case(name="dh_prev", points=1)
def dh_prev(lstm_step_backward):
    gradtools.same(*one_output(lstm_step_backward, "dh_prev"), "dh_prev", "(N, H)")


@test_case(name="dx_t", points=1)
def dx_t(lstm_step_backward):
    gradtools.same(*one_output(lstm_step_backward, "dx_t"), "dx_t", "(N, D)")


@test_case(name="dW_ih", points=1)
def dW_ih(lstm_step_backward):
    gradtools.same(*one_output(lstm_step_backward, "dW_ih"), "dW_ih", "(4H, D)")


@test_case(name="dW_hh", points=1)
def dW_hh(lstm_step_backward):
    gradtools.same(*one_output(lstm_step_backward, "dW_hh"), "dW_hh", "(4H, H)")


@test_case(name="db_ih and db_hh", points=1)
def biases(lstm_step_backward):
    args = step("q8: db_ih and db_hh")
    got = gradtools.call(lstm_step_backward, "lstm_step_backward", *args)
    for key in ("db_ih", "db_hh"):
        gradtools.same_entry(got, key, reference.lstm_step_backward(*args)[key], key, "(4H,)")


@test_case(name="one sample", points=1)
def one_sample(lstm_step_backward):
    args = step("q8: one sample", N=1)
    got = gradtools.call(lstm_step_backward, "lstm_step_backward", *args)
    gradtools.same_all(got, reference.lstm_step_backward(*args), "grads", SHAPES)


@test_case(name="20,000 parameters", points=1)
def large(lstm_step_backward):
    args = step("q8: 20,000 parameters", D=78, H=40, scale=0.2)
    got = gradtools.call(lstm_step_backward, "lstm_step_backward", *args)
    gradtools.same_all(got, reference.lstm_step_backward(*args), "grads", SHAPES)

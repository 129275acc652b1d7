"""q5, hidden: each output for itself on the Reference's cache, one sample, a large step, the other form."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q5_hidden"

SHAPES = {"dx_t": "(N, D)", "dh_prev": "(N, H)", "dW_ih": "(3H, D)", "dW_hh": "(3H, H)"}
SHAPES |= {"db_ih": "(3H,)", "db_hh": "(3H,)"}


def step(case, after=True, **sizes):
    """Arguments of gru_step_backward: an upstream gradient and the Reference's own cache."""
    net = gradtools.gru_inputs(gradtools.rng(case), T=1, **sizes)
    forward = net["x"][0], *list(gradtools.parameters(net).values())[1:]
    return net["dhT"], reference.gru_step_forward(*forward, after)[1]


def one_output(gru_step_backward, key):
    """The student's value of one output, and the right one."""
    args = step(f"q5: {key}")
    got = gradtools.call(gru_step_backward, "gru_step_backward", *args)
    return gradtools.entry(got, key), reference.gru_step_backward(*args)[key]


@test_case(name="dx_t", points=1)
def dx_t(gru_step_backward):
    gradtools.same(*one_output(gru_step_backward, "dx_t"), "dx_t", "(N, D)")


@test_case(name="dh_prev", points=1)
def dh_prev(gru_step_backward):
    gradtools.same(*one_output(gru_step_backward, "dh_prev"), "dh_prev", "(N, H)")


@test_case(name="dW_ih", points=1)
def dW_ih(gru_step_backward):
    gradtools.same(*one_output(gru_step_backward, "dW_ih"), "dW_ih", "(3H, D)")


@test_case(name="dW_hh", points=1)
def dW_hh(gru_step_backward):
    gradtools.same(*one_output(gru_step_backward, "dW_hh"), "dW_hh", "(3H, H)")


@test_case(name="db_ih", points=1)
def db_ih(gru_step_backward):
    gradtools.same(*one_output(gru_step_backward, "db_ih"), "db_ih", "(3H,)")


@test_case(name="db_hh", points=1)
def db_hh(gru_step_backward):
    gradtools.same(*one_output(gru_step_backward, "db_hh"), "db_hh", "(3H,)")


@test_case(name="one sample", points=1)
def one_sample(gru_step_backward):
    args = step("q5: one sample", N=1)
    got = gradtools.call(gru_step_backward, "gru_step_backward", *args)
    gradtools.same_all(got, reference.gru_step_backward(*args), "grads", SHAPES)


@test_case(name="20,000 parameters", points=1)
def large(gru_step_backward):
    args = step("q5: 20,000 parameters", D=40, H=65, scale=0.1)
    got = gradtools.call(gru_step_backward, "gru_step_backward", *args)
    gradtools.same_all(got, reference.gru_step_backward(*args), "grads", SHAPES)


@test_case(name="reset before: dx_t and dh_prev", points=1)
def before_states(gru_step_backward):
    args = step("q5: reset before: dx_t and dh_prev", after=False)
    got = gradtools.call(gru_step_backward, "gru_step_backward", *args)
    expected = reference.gru_step_backward(*args)
    gradtools.same_all(got, {key: expected[key] for key in ("dx_t", "dh_prev")}, "grads", SHAPES)


@test_case(name="reset before: the parameters", points=1)
def before_parameters(gru_step_backward):
    args = step("q5: reset before: the parameters", after=False)
    got = gradtools.call(gru_step_backward, "gru_step_backward", *args)
    expected = reference.gru_step_backward(*args)
    keys = ("dW_ih", "dW_hh", "db_ih", "db_hh")
    gradtools.same_all(got, {key: expected[key] for key in keys}, "grads", SHAPES)

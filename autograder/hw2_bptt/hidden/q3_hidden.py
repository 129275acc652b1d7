"""q3, hidden: a step and a sequence on other numbers, every output for itself, edge sizes."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q3_hidden"


def network(case, **sizes):
    """Arguments of rnn_forward, in its order."""
    return gradtools.parameters(gradtools.rnn_inputs(gradtools.rng(case), **sizes))


def step_arguments(case):
    """Arguments of rnn_step_forward, in its order."""
    net = network(case)
    return net["x"][0], *list(net.values())[1:]


@test_case(name="step: h_t", points=1)
def step_state(rnn_step_forward):
    args = step_arguments("q3: step: h_t")
    got = gradtools.call(rnn_step_forward, "rnn_step_forward", *args)
    gradtools.same_entry(got, 0, reference.rnn_step_forward(*args)[0], "h_t", "(N, H)")


@test_case(name="step: cache", points=1)
def step_cache(rnn_step_forward):
    args = step_arguments("q3: step: cache")
    got = gradtools.call(rnn_step_forward, "rnn_step_forward", *args)
    gradtools.same_all(gradtools.entry(got, 1, "cache"), reference.rnn_step_forward(*args)[1], "cache")


@test_case(name="sequence: Y and hT", points=1)
def sequence_states(rnn_forward):
    net = network("q3: sequence: Y and hT")
    got = gradtools.call(rnn_forward, "rnn_forward", *net.values())
    gradtools.same_entry(got, 0, reference.rnn_forward(**net)[0], "Y", "(T, N, H)")
    gradtools.same_entry(got, 1, reference.rnn_forward(**net)[1], "hT", "(N, H)")


@test_case(name="sequence: cache", points=1)
def sequence_cache(rnn_forward):
    net = network("q3: sequence: cache")
    got = gradtools.call(rnn_forward, "rnn_forward", *net.values())
    gradtools.same_all(gradtools.entry(got, 2, "cache"), reference.rnn_forward(**net)[2], "cache")


@test_case(name="sequence: one step, one sample", points=1)
def sequence_edges(rnn_forward):
    net = network("q3: sequence: one step, one sample", T=1, N=1)
    got = gradtools.call(rnn_forward, "rnn_forward", *net.values())
    gradtools.same_entry(got, 0, reference.rnn_forward(**net)[0], "Y", "(T, N, H)")
    gradtools.same_entry(got, 1, reference.rnn_forward(**net)[1], "hT", "(N, H)")


@test_case(name="sequence: 200 steps", points=1)
def sequence_long(rnn_forward):
    net = network("q3: sequence: 200 steps", T=200, scale=0.3)
    got = gradtools.call(rnn_forward, "rnn_forward", *net.values())
    gradtools.same_entry(got, 0, reference.rnn_forward(**net)[0], "Y", "(T, N, H)")

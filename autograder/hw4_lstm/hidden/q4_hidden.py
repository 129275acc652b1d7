"""q4, hidden: every output for itself, edge sizes, many steps; the extremes and the history."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q4_hidden"

HISTORY = {
    "a": "one of the three was proposed in a later paper, by other authors.",
    "b": "writing was gated from the beginning; what was missing is what lets a cell be emptied.",
    "d": "it is the other way round: this one was missing at first, and the GRU has no output gate at all.",
}


def network(case, **sizes):
    """Arguments of lstm_forward, in its order."""
    return gradtools.parameters(gradtools.lstm_inputs(gradtools.rng(case), **sizes))


@test_case(name="Y", points=1)
def states(lstm_forward):
    net = network("q4: Y")
    got = gradtools.call(lstm_forward, "lstm_forward", *net.values())
    gradtools.same_entry(got, 0, reference.lstm_forward(**net)[0], "Y", "(T, N, H)")


@test_case(name="hT", points=1)
def last_state(lstm_forward):
    net = network("q4: hT")
    got = gradtools.call(lstm_forward, "lstm_forward", *net.values())
    gradtools.same_entry(got, 1, reference.lstm_forward(**net)[1], "hT", "(N, H)")


@test_case(name="cT", points=1)
def last_cell(lstm_forward):
    net = network("q4: cT")
    got = gradtools.call(lstm_forward, "lstm_forward", *net.values())
    gradtools.same_entry(got, 2, reference.lstm_forward(**net)[2], "cT", "(N, H)")


@test_case(name="cache", points=1)
def whole_cache(lstm_forward):
    net = network("q4: cache")
    got = gradtools.call(lstm_forward, "lstm_forward", *net.values())
    gradtools.same_all(gradtools.entry(got, 3, "cache"), reference.lstm_forward(**net)[3], "cache")


@test_case(name="one step, one sample", points=1)
def edges(lstm_forward):
    net = network("q4: one step, one sample", T=1, N=1)
    got = gradtools.call(lstm_forward, "lstm_forward", *net.values())
    Y, hT, cT, _ = reference.lstm_forward(**net)
    gradtools.same_entry(got, 0, Y, "Y", "(T, N, H)")
    gradtools.same_entry(got, 1, hT, "hT", "(N, H)")
    gradtools.same_entry(got, 2, cT, "cT", "(N, H)")


@test_case(name="200 steps", points=1)
def many_steps(lstm_forward):
    net = network("q4: 200 steps", T=200, scale=0.3)
    got = gradtools.call(lstm_forward, "lstm_forward", *net.values())
    gradtools.same_entry(got, 0, reference.lstm_forward(**net)[0], "Y", "(T, N, H)")


@test_case(name="the forget gate's extremes", points=1)
def extremes(q4_shut_h, q4_open_c, q4_open_slope, q4_deaf_at):
    slopes = 1 - np.tanh(np.arange(1.0, 40.0)) ** 2  # at c = 1, 2, …
    gradtools.close_number(q4_shut_h, np.tanh(np.tanh(1.0)), "q4_shut_h")
    gradtools.close_number(q4_open_c, np.ones(10).sum(), "q4_open_c")
    gradtools.close_number(q4_open_slope, slopes[9], "q4_open_slope", rtol=1e-2)
    gradtools.close_number(q4_deaf_at, 1 + np.argmax(slopes == 0), "q4_deaf_at")


@test_case(name="history", points=1)
def history(q4_history):
    gradtools.right_choice(q4_history, reference.q4_history, "q4_history", "abcd", HISTORY)

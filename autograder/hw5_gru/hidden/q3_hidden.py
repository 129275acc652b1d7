"""q3, hidden: states and cache, of a step and of a sequence, in both forms and at the edges."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q3_hidden"


def network(case, **sizes):
    """Arguments of gru_forward by name."""
    return gradtools.parameters(gradtools.gru_inputs(gradtools.rng(case), **sizes))


def step(case):
    """Arguments of gru_step_forward."""
    net = network(case, T=1)
    return net.pop("x")[0], *net.values()


@test_case(name="step: h_t, either form", points=1)
def step_state(gru_step_forward):
    args = step("q3: step: h_t, either form")
    for after in (True, False):
        got = gradtools.call(gru_step_forward, "gru_step_forward", *args, after)
        expected = reference.gru_step_forward(*args, after)[0]
        gradtools.same_entry(got, 0, expected, f"h_t, reset_after={after}", "(N, H)")


@test_case(name="step: cache", points=1)
def step_cache(gru_step_forward):
    args = step("q3: step: cache")
    for after in (True, False):
        got = gradtools.call(gru_step_forward, "gru_step_forward", *args, after)
        gradtools.same_all(
            gradtools.entry(got, 1, "cache"), reference.gru_step_forward(*args, after)[1], "cache"
        )


@test_case(name="sequence: Y and hT", points=1)
def sequence_states(gru_forward):
    net = network("q3: sequence: Y and hT")
    got = gradtools.call(gru_forward, "gru_forward", *net.values())
    Y, hT, _ = reference.gru_forward(**net)
    gradtools.same_entry(got, 0, Y, "Y", "(T, N, H)")
    gradtools.same_entry(got, 1, hT, "hT", "(N, H)")


@test_case(name="sequence: cache", points=1)
def sequence_cache(gru_forward):
    net = network("q3: sequence: cache")
    got = gradtools.call(gru_forward, "gru_forward", *net.values())
    gradtools.same_all(gradtools.entry(got, 2, "cache"), reference.gru_forward(**net)[2], "cache")


@test_case(name="sequence: reset before", points=1)
def sequence_before(gru_forward):
    net = network("q3: sequence: reset before")
    got = gradtools.call(gru_forward, "gru_forward", *net.values(), False)
    Y, _, cache = reference.gru_forward(**net, reset_after=False)
    gradtools.same_entry(got, 0, Y, "Y with reset_after=False", "(T, N, H)")
    gradtools.same_entry(gradtools.entry(got, 2, "cache"), "reset_after", cache["reset_after"])


@test_case(name="sequence: one step, one sample; 200 steps", points=1)
def sequence_edges(gru_forward):
    for sizes in ({"T": 1, "N": 1}, {"T": 200, "scale": 0.3}):
        net = network("q3: sequence: one step, one sample; 200 steps", **sizes)
        got = gradtools.call(gru_forward, "gru_forward", *net.values())
        Y, hT, _ = reference.gru_forward(**net)
        gradtools.same_entry(got, 0, Y, "Y", "(T, N, H)")
        gradtools.same_entry(got, 1, hT, "hT", "(N, H)")

"""q12, hidden: other numbers and sentences, the numbers of the two pages, long dependencies."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q12_hidden"


TRACE = ("h", "jac", "cum_fwd", "cum_bwd")


@test_case(name="one unit: other numbers", points=1)
def trace_values(trace_1d):
    rng = gradtools.rng("q12: one unit: other numbers")
    for T in (7, 1):
        args = float(rng.uniform(0.5, 1.5)), float(rng.uniform(-0.9, 0.9)), rng.standard_normal(T)
        got = gradtools.call(trace_1d, "trace_1d", *args)
        gradtools.same_all(got, reference.trace_1d(*args), "trace", dict.fromkeys(TRACE, "(T,)"))


@test_case(name="one unit: other activations and input weights", points=1)
def trace_activations(trace_1d):
    rng = gradtools.rng("q12: one unit: other activations and input weights")
    for act in ("sigmoid", "identity", "tanh"):
        args = float(rng.uniform(0.5, 1.5)), float(rng.uniform(-0.9, 0.9)), rng.standard_normal(6)
        w_x = float(rng.uniform(-2, -0.5))
        got = gradtools.call(trace_1d, "trace_1d", *args, w_x, act)
        gradtools.same_all(got, reference.trace_1d(*args, w_x, act), "trace", dict.fromkeys(TRACE, "(T,)"))


@test_case(name="distance: other sentences", points=1)
def distance_values(dependency_distance):
    rng = gradtools.rng("q12: distance: other sentences")
    words = rng.permutation(["dog", "fox", "owl", "hen", "bee", "ant", "cod", "elk"]).tolist()
    text = f"{words[0]}, {words[1]} {words[2]}, {words[3]} {words[1]} {words[4]}, {words[2]} {words[5]}."
    for punctuation in (False, True):
        for a, b in ((words[1], words[2]), (words[0], words[5])):
            args = text, a, b, punctuation
            got = gradtools.call(dependency_distance, "dependency_distance", *args)
            gradtools.same(got, reference.dependency_distance(*args), "steps, between", "(2,)")


@test_case(name="flow: every sentence", points=1)
def flow_values(sentence_flow):
    rng = gradtools.rng("q12: flow: every sentence")
    for number in range(3):
        factor = float(rng.uniform(0.5, 1.2))
        flow = gradtools.call(sentence_flow, "sentence_flow", number, factor)
        gradtools.same(flow, reference.sentence_flow(number, factor), "flow", "(steps,)")


@test_case(name="numbers of the one-unit run", points=1)
def one_unit_numbers(q12_first, q12_tenth, q12_fold, q12_between):
    gradtools.close_number(q12_first, reference.q12_first, "q12_first")
    gradtools.close_number(q12_tenth, reference.q12_tenth, "q12_tenth")
    gradtools.close_number(q12_fold, reference.q12_fold, "q12_fold", rtol=2e-3)
    gradtools.close_number(q12_between, reference.q12_between, "q12_between", rtol=2e-3)


@test_case(name="numbers of the two sentences", points=1)
def sentence_numbers(q12_cats, q12_cat, q12_signals):
    gradtools.same(q12_cats, reference.q12_cats, "q12_cats", "(4,)")
    gradtools.same(q12_cat, reference.q12_cat, "q12_cat", "(4,)")
    gradtools.same(q12_signals, reference.q12_signals, "q12_signals", "(2,)", rtol=0.01)


LONG = {
    "a": "a letter is missing: one task is settled by the first sentence of a whole document.",
    "b": "q is followed by u nearly always, whatever stood before it.",
    "c": "a letter is missing: in one task a word is needed long after it was read, at the end.",
    "d": "a letter is missing: one pattern comes round after 365 steps.",
    "e": "the last reading alone decides there.",
    "f": "a letter is missing: one first word turns all that follows.",
}


@test_case(name="which tasks need long memory", points=1)
def long_memory(q12_long):
    taken = set(gradtools.letters(q12_long, "q12_long", "abcdef"))
    for letter in sorted(taken ^ set(reference.q12_long)):
        text = f"`q12_long`: {LONG[letter]}"
        raise gradtools.Mismatch("q12_long", "value", text, text)

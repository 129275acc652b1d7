"""q12: one unit, one sentence, form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q12"


@test_case(name="one unit: worked example", points=1)
def trace_example(trace_1d):
    got = gradtools.call(trace_1d, "trace_1d", 0.5, 0.0, np.array([np.log(3), -0.4]))
    expected = {"h": [0.8, 0.0], "jac": [0.18, 0.5], "cum_fwd": [0.18, 0.09], "cum_bwd": [0.5, 0.09]}
    gradtools.same_all(got, expected, "trace", dict.fromkeys(expected, "(T,)"))
    got = gradtools.call(trace_1d, "trace_1d", 0.5, 0.0, np.array([np.log(3), -0.4]) / 2, 2.0)
    gradtools.same_all(got, expected, "trace with w_x = 2", dict.fromkeys(expected, "(T,)"))


@test_case(name="distance: short sentences, one with its verb twice", points=1)
def distance_example(dependency_distance):
    for sentence, a, b, punctuation, expected in (
        ("A dog that barks, bites.", "dog", "bites", False, (3, 2)),
        ("He who was late was sorry.", "He", "was", False, (4, 3)),
        ("One, two, three.", "One", "three", False, (2, 1)),
        ("One, two, three.", "One", "three", True, (4, 3)),
    ):
        got = gradtools.call(dependency_distance, "dependency_distance", sentence, a, b, punctuation)
        gradtools.same(got, expected, "steps, between", "(2,)")


@test_case(name="flow: the short sentence", points=1)
def flow_example(sentence_flow):
    flow = gradtools.call(sentence_flow, "sentence_flow", 0, 0.7)
    gradtools.same(flow, [0.7, 0.49, 0.343], "flow", "(steps,)")


def numbers(got, name, count):
    """A list of so many numbers."""
    for position, value in enumerate(gradtools.outputs(got, [f"{name}[{i}]" for i in range(count)], name)):
        gradtools.is_number(value, f"{name}[{position}]")


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q12_first, q12_tenth, q12_fold, q12_between, q12_cats, q12_cat, q12_signals, q12_long):
    gradtools.is_number(q12_first, "q12_first")
    gradtools.is_number(q12_tenth, "q12_tenth")
    gradtools.is_number(q12_fold, "q12_fold")
    gradtools.is_number(q12_between, "q12_between")
    numbers(q12_cats, "q12_cats", 4)
    numbers(q12_cat, "q12_cat", 4)
    numbers(q12_signals, "q12_signals", 2)
    gradtools.letters(q12_long, "q12_long", "abcdef")

"""q6: the bound, its verdict, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q6"

W = np.array([[0.0, 2.0], [0.5, 0.0]])
VERDICTS = ("vanishes", "undecided")


@test_case(name="bound: worked example", points=1)
def bound_example(jacobian_norm_bound):
    for gamma, expected in ((0.25, 0.125), (1.0, 8.0)):
        bound = gradtools.call(jacobian_norm_bound, "jacobian_norm_bound", W, gamma, 3)
        gradtools.same(bound, expected, "bound")


@test_case(name="verdict: worked example, and two matrices more", points=1)
def verdict_example(verdict):
    ones = np.ones((6, 6))
    for M, gamma, expected in (
        (W, 0.25, "vanishes"),
        (W, 1.0, "undecided"),
        (W, 0.5, "undecided"),
        (np.eye(4), 0.6, "vanishes"),
        (0.2 * ones, 1.0, "undecided"),
    ):
        said = gradtools.is_choice(gradtools.call(verdict, "verdict", M, gamma), "verdict", VERDICTS)
        tip = f"compute the factor per step by hand for {M[0, :2]}... and gamma = {gamma}"
        gradtools.holds(said == expected, "verdict", "it is the other of the two", said, tip)


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q6_bound, q6_critical, q6_sigmoid):
    gradtools.is_number(q6_bound, "q6_bound")
    gradtools.is_number(q6_critical, "q6_critical")
    gradtools.is_choice(q6_sigmoid, "q6_sigmoid", "abcd")

"""q1: the size of fresh weights, and the form of the answers."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q1"


@test_case(name="glorot: the bound of fans 1 and 5, and of 300 and 500", points=1)
def glorot_bound(glorot_uniform):
    few = gradtools.call(glorot_uniform, "glorot_uniform", 3, 1, 5)
    few = gradtools.is_array(few, (5, 1), "W", "(fan_out, fan_in)")
    gradtools.holds(abs(few).max() <= 1.00001, "W", "with fans 1 and 5 no entry is beyond 1", abs(few).max())
    many = gradtools.call(glorot_uniform, "glorot_uniform", 3, 300, 500)
    many = gradtools.is_array(many, (500, 300), "W", "(fan_out, fan_in)")
    gradtools.close_number(abs(many).max(), (6 / 800) ** 0.5, "largest entry of W", rtol=0.01)


@test_case(name="he: spread for a fan-in of 8", points=1)
def he_spread(he_normal):
    W = gradtools.call(he_normal, "he_normal", 3, 8, 4000)
    W = gradtools.is_array(W, (4000, 8), "W", "(fan_out, fan_in)")
    gradtools.close_number(W.std(), 0.5, "standard deviation of W", rtol=0.03)


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q1_glorot_std, q1_glorot_bound, q1_he_std, q1_paper):
    gradtools.is_number(q1_glorot_std, "q1_glorot_std")
    gradtools.is_number(q1_glorot_bound, "q1_glorot_bound")
    gradtools.is_number(q1_he_std, "q1_he_std")
    gradtools.is_choice(q1_paper, "q1_paper", "abcd")

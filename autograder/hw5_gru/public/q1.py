"""q1: what a gate costs."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q1"


@test_case(name="savings: worked example", points=1)
def savings_example(gru_savings):
    for biases, expected in (((1, 1), 0.25), ((2, 1), 0.0625), ((0, 0), 0.25)):
        savings = gradtools.call(gru_savings, "gru_savings", 1, 2, *biases)
        gradtools.same(savings, expected, f"savings for {biases[0]} and {biases[1]} biases a row")


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q1_gru, q1_rnn, q1_keras, q1_table):
    gradtools.is_array(q1_gru, (3,), "q1_gru")
    gradtools.is_array(q1_rnn, (2,), "q1_rnn")
    gradtools.is_number(q1_keras, "q1_keras")
    gradtools.letters(q1_table, "q1_table", "RLGN", 9)

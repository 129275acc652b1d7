"""q2, hidden: the numbers, and what a forget gate is."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q2_hidden"

FORGET_GATE = {
    "a": "a weight is learned and then stays; a gate changes with every input, and there are many of it.",
    "c": "what is learned are weights and biases; the gate is computed from them anew at every step.",
    "d": "every unit has rows of its own in the weights, and the state of the step before takes part too.",
}


@test_case(name="two products and their ratio", points=1)
def quoted(q2_rnn, q2_lstm, q2_ratio):
    gradtools.close_number(q2_rnn, 0.9**100, "q2_rnn")
    gradtools.close_number(q2_lstm, 0.99**100, "q2_lstm")
    gradtools.close_number(q2_ratio, 1.1**100, "q2_ratio")


@test_case(name="standing gates", points=1)
def gates(q2_bias_0, q2_bias_1, q2_bias_ln99):
    given = {
        "q2_bias_0": (q2_bias_0, 0.0),
        "q2_bias_1": (q2_bias_1, 1.0),
        "q2_bias_ln99": (q2_bias_ln99, np.log(99)),
    }
    for label, (number, bias) in given.items():
        gradtools.close_number(number, (1 / (1 + np.exp(-bias))) ** 100, label)


@test_case(name="what a forget gate is", points=1)
def forget_gate(q2_forget_gate):
    gradtools.right_choice(q2_forget_gate, reference.q2_forget_gate, "q2_forget_gate", "abcd", FORGET_GATE)

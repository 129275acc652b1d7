"""q2: the form of the numbers and of the choice; whether they are right is checked after handing in."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q2"


@test_case(name="six numbers", points=1)
def numbers(q2_rnn, q2_lstm, q2_ratio, q2_bias_0, q2_bias_1, q2_bias_ln99):
    given = {"q2_rnn": q2_rnn, "q2_lstm": q2_lstm, "q2_ratio": q2_ratio}
    given |= {"q2_bias_0": q2_bias_0, "q2_bias_1": q2_bias_1, "q2_bias_ln99": q2_bias_ln99}
    for label, number in given.items():
        gradtools.is_number(number, label)


@test_case(
    name="one letter",
    points=1,
    success_message="The public checks look at the form only; the answers are checked after you hand in.",
)
def letter(q2_forget_gate):
    gradtools.is_choice(q2_forget_gate, "q2_forget_gate", "abcd")

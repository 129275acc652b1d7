"""q12: the rule of thumb, and the form of the answers."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q12"


@test_case(name="model: worked example", points=1)
def model_example(choose_model):
    for answers, expected in (
        ((True, False, False), "transformer"),
        ((True, False, True), "lstm"),
        ((True, True, True), "gru"),
    ):
        model = gradtools.call(choose_model, "choose_model", 200, *answers)
        gradtools.is_choice(model, "model", ("rnn", "transformer", "gru", "lstm"))
        gradtools.holds(model == expected, "model", f"it is {expected} in the example", model)


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q12_timeline, q12_gaps):
    gradtools.letters(q12_timeline, "q12_timeline", "ABCDEFG", 7)
    gradtools.is_array(q12_gaps, (2,), "q12_gaps")

"""q10: layers and steps with one factor, and the form of the answers."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q10"


@test_case(name="layers: worked examples", points=1)
def layers_example(layer_gradients):
    for args, expected in (((0.5,), [0.0625, 0.125, 0.25, 0.5, 1.0]), ((-2.0, 3), [4.0, -2.0, 1.0])):
        gradtools.same(gradtools.call(layer_gradients, "layer_gradients", *args), expected, "g", "(L,)")


@test_case(name="first slider: worked example", points=1)
def slider_example(simulator):
    gradtools.same(gradtools.call(simulator, "simulator", 2.0), [16.0, 8.0, 4.0, 2.0, 1.0], "g", "(5,)")


@test_case(name="steps: worked example", points=1)
def steps_example(lambda_simulator):
    gradtools.same(
        gradtools.call(lambda_simulator, "lambda_simulator", -2.0, 3), [4.0, -2.0, 1.0], "g", "(T,)"
    )


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q10_hundred, q10_largest):
    gradtools.is_array(q10_hundred, (3,), "q10_hundred", "(3,)")
    gradtools.is_array(q10_largest, (2,), "q10_largest", "(2,)")

"""q11: clipping by the global norm and by value, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q11"


@test_case(name="global norm: worked example", points=1)
def global_example(clip_by_global_norm):
    grads = [np.array([3.0, 4.0]), np.array([12.0])]
    got = gradtools.call(clip_by_global_norm, "clip_by_global_norm", grads, 6.5)
    gradtools.same_entry(got, 1, 13.0, "total")
    clipped = gradtools.outputs(gradtools.entry(got, 0, "clipped"), ("clipped[0]", "clipped[1]"))
    gradtools.same_all(clipped, ([1.5, 2.0], [6.0]), ("clipped[0]", "clipped[1]"))


@test_case(name="by value: worked example", points=1)
def value_example(clip_by_value):
    got = gradtools.call(
        clip_by_value, "clip_by_value", [np.array([3.0, 4.0]), np.array([[-0.5], [-2.0]])], 1
    )
    gradtools.same_all(got, ([1.0, 1.0], [[-0.5], [-1.0]]), ("clipped[0]", "clipped[1]"))


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q11_short_1, q11_short_13, q11_inf, q11_nan, q11_clipping):
    gradtools.is_number(q11_short_1, "q11_short_1")
    gradtools.is_number(q11_short_13, "q11_short_13")
    gradtools.is_number(q11_inf, "q11_inf")
    gradtools.is_number(q11_nan, "q11_nan")
    gradtools.is_choice(q11_clipping, "q11_clipping", "abcd")

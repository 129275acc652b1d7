"""q9: counting factors in float16, and the form of the answers."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q9"


@test_case(name="steps: worked example", points=1)
def steps_example(steps_until):
    for factor, kind, expected in ((2.0, "overflow", 16), (0.5, "underflow", 15)):
        n = gradtools.call(steps_until, "steps_until", factor, "float16", kind)
        gradtools.same(n, expected, f"n until {kind}")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q9_counts, q9_factor):
    gradtools.is_array(q9_counts, (5,), "q9_counts", "(5,)")
    gradtools.is_number(q9_factor, "q9_factor")

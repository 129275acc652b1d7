"""q12: descent on a cliff, and the form of the answers."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q12"


@test_case(name="worked example, unclipped and clipped", points=1)
def example(cliff_descent):
    path = gradtools.call(cliff_descent, "cliff_descent", 1.0, 0.1, 3)
    gradtools.same(path, [1.0, -1.0, 1.0, -1.0], "path", "(steps + 1,)")
    path = gradtools.call(cliff_descent, "cliff_descent", 1.0, 0.1, 3, 1.0)
    gradtools.same(path, [1.0, 0.9, 1.0, 0.9], "path, clipped", "(steps + 1,)")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q12_clip, q12_orthogonal, q12_rate, q12_relu, q12_norm, q12_residual):
    gradtools.is_choice(q12_clip, "q12_clip", "abcdef")
    gradtools.is_choice(q12_orthogonal, "q12_orthogonal", "abcdef")
    gradtools.is_choice(q12_rate, "q12_rate", "abcdef")
    gradtools.is_choice(q12_relu, "q12_relu", "abcdef")
    gradtools.is_choice(q12_norm, "q12_norm", "abcdef")
    gradtools.is_choice(q12_residual, "q12_residual", "abcdef")

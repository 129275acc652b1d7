"""q4: the two sizes of a matrix, and rescaling."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q4"

TURNING = np.array([[0.0, -2.0], [0.5, 0.0]])
TRIANGLE = np.array([[3.0, 0.0], [4.0, -5.0]])


@test_case(name="radius: worked examples", points=1)
def radius_example(spectral_radius):
    for W, expected in ((TURNING, 1.0), (TRIANGLE, 5.0)):
        gradtools.same(gradtools.call(spectral_radius, "spectral_radius", W), expected, "radius")


@test_case(name="norm: worked examples", points=1)
def norm_example(spectral_norm):
    for W, expected in ((TURNING, 2.0), (TRIANGLE, 45**0.5)):
        gradtools.same(gradtools.call(spectral_norm, "spectral_norm", W), expected, "norm")


@test_case(name="with_radius: worked examples", points=1)
def rescaled_example(with_radius):
    for before, rho, after in ((TURNING, 0.5, TURNING / 2), (TRIANGLE, 1.0, TRIANGLE / 5)):
        gradtools.same(gradtools.call(with_radius, "with_radius", before, rho), after, "W", "(H, H)")


@test_case(
    name="answer: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answer_form(q4_modulus):
    gradtools.is_choice(q4_modulus, "q4_modulus", "abcd")

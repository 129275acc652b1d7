"""q2: orthogonal matrices, the scaled identity, and the distance from orthogonal."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q2"


@test_case(name="orthogonal: columns of length gain, at right angles", points=1)
def orthogonal_columns(orthogonal):
    for gain in (1.0, 3.0):
        W = gradtools.call(orthogonal, "orthogonal", 5, 4, gain)
        W = gradtools.is_array(W, (4, 4), "W", "(H, H)")
        gradtools.same(W.T @ W, gain**2 * np.eye(4), "W.T @ W", "(H, H)")


@test_case(name="identity and error: worked example", points=1)
def identity_and_error(scaled_identity, orthogonality_error):
    half = gradtools.call(scaled_identity, "scaled_identity", 2, 0.5)
    gradtools.same(half, [[0.5, 0.0], [0.0, 0.5]], "W", "(H, H)")
    error = gradtools.call(orthogonality_error, "orthogonality_error", np.diag([0.5, 0.5]))
    gradtools.same(error, 1.125**0.5, "error")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q2_radius):
    gradtools.is_array(q2_radius, (3,), "q2_radius", "(3,)")

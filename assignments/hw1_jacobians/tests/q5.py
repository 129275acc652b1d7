"""q5: norms of powers, and a matrix that grows before it dies."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q5"

TURNING = np.array([[0.0, 2.0], [0.5, 0.0]])


@test_case(name="power_norms: worked example", points=1)
def powers_example(power_norms):
    norms = gradtools.call(power_norms, "power_norms", TURNING, 4)
    gradtools.same(norms, [2.0, 1.0, 2.0, 1.0], "norms", "(n,)")


@test_case(name="power_norms: a shrinking turn", points=1)
def powers_turn(power_norms):
    W = 0.9 * np.array([[0.6, -0.8], [0.8, 0.6]])
    norms = gradtools.call(power_norms, "power_norms", W, 3)
    gradtools.same(norms, [0.9, 0.81, 0.729], "norms", "(n,)")


@test_case(
    name="transient_matrix: dies in the end, can stretch",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def transient_dies(transient_matrix):
    W = gradtools.is_array(gradtools.call(transient_matrix, "transient_matrix"), (2, 2), "W", "(2, 2)")
    radius = np.abs(np.linalg.eigvals(W)).max()
    gradtools.holds(radius < 1, "W", "its spectral radius is below 1", radius, "print the eigenvalues")
    norm = np.linalg.norm(W, 2)
    gradtools.holds(norm > 1, "W", "it stretches some vector", norm, "print its spectral norm")

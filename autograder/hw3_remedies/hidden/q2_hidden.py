"""q2, hidden: other sizes and gains, signs by chance, other distances, and the radii."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q2_hidden"

DRAWS = 40
RADII = np.array([1.0, 2**0.5, 3**-0.5])


@test_case(name="orthogonal: other sizes and gains", points=1)
def orthogonal_values(orthogonal):
    rng = gradtools.rng("q2: orthogonal: other sizes and gains")
    for H, gain in ((9, 1.0), (5, rng.uniform(1.2, 3)), (6, rng.uniform(0.2, 0.8))):
        W = gradtools.call(orthogonal, "orthogonal", int(rng.integers(10**6)), H, gain)
        W = gradtools.is_array(W, (H, H), "W", "(H, H)")
        gradtools.same(W.T @ W, gain**2 * np.eye(H), "W.T @ W", "(H, H)")


@test_case(name="orthogonal: one seed one matrix, gain 1 unless told", points=1)
def orthogonal_seeds(orthogonal):
    seed = int(gradtools.rng("q2: orthogonal: one seed one matrix, gain 1 unless told").integers(10**6))
    first, again, other = (
        gradtools.is_array(gradtools.call(orthogonal, "orthogonal", s, 4), (4, 4), "W", "(H, H)")
        for s in (seed, seed, seed + 1)
    )
    gradtools.same(again, first, "W, drawn again", "(H, H)")
    gradtools.same(first.T @ first, np.eye(4), "W.T @ W", "(H, H)")
    gradtools.holds(not np.allclose(first, other), "W", "another seed gives another matrix")


@test_case(name="orthogonal: reflections as often as rotations", points=1)
def orthogonal_signs(orthogonal):
    seed = int(gradtools.rng("q2: orthogonal: reflections as often as rotations").integers(10**6))
    drawn = [gradtools.call(orthogonal, "orthogonal", seed + k, 3) for k in range(DRAWS)]
    drawn = gradtools.is_array(drawn, (DRAWS, 3, 3), "W", "(draws, H, H)")
    upper, turned = (drawn[:, 0, 0] > 0).sum(), (np.linalg.det(drawn) > 0).sum()
    gradtools.holds(0 < upper < DRAWS, "W", "W[0, 0] takes both signs", int(upper), "look at the signs of R")
    gradtools.holds(0 < turned < DRAWS, "W", "the determinant takes both signs", int(turned))


@test_case(name="identity: other numbers", points=1)
def identity_values(scaled_identity):
    s = gradtools.rng("q2: identity: other numbers").uniform(0.2, 0.9)
    for H, factor in ((4, s), (3, -s), (1, 1.0)):
        W = gradtools.call(scaled_identity, "scaled_identity", H, factor)
        gradtools.same(W, factor * np.eye(H), "W", "(H, H)")


@test_case(name="error: other numbers", points=1)
def error_values(orthogonality_error):
    rng = gradtools.rng("q2: error: other numbers")
    for H in (6, 3, 1):
        W = 0.7 * rng.standard_normal((H, H))
        error = gradtools.call(orthogonality_error, "orthogonality_error", W)
        gradtools.same(error, reference.orthogonality_error(W), "error")
    rotation = np.array([[0.6, -0.8], [0.8, 0.6]])
    error = gradtools.call(orthogonality_error, "orthogonality_error", rotation)
    gradtools.same(error, 0.0, "error of a rotation", floor=1.0)


@test_case(name="numbers: three radii", points=1)
def numbers(q2_radius):
    radii = gradtools.is_array(q2_radius, (3,), "q2_radius", "(3,)")
    gradtools.same(radii / RADII, np.ones(3), "q2_radius, each against its own size", "(3,)", rtol=0.07)

"""q4, hidden: complex and negative eigenvalues, norms, rescaling, the choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q4_hidden"

AGAINST = {
    "a": "Work out two steps by hand: (-1.5) times (-1.5). Is the result smaller than 1?",
    "c": "The size is right. What is the sign after one step, and after two?",
    "d": "Signs may cancel, sizes do not: what is the modulus of the factor of two steps together?",
}


def disguised(rng, *blocks):
    """A matrix with these blocks' eigenvalues, 6 x 6, not symmetric, turned: nothing can be read off."""
    W = np.triu(rng.uniform(0.3, 0.9, (6, 6)) * rng.choice([-1, 1], (6, 6)))
    W[np.diag_indices(6)] = rng.uniform(-0.6, 0.6, 6)
    for place, block in blocks:
        W[place : place + len(block), place : place + len(block)] = block
    Q = np.linalg.qr(rng.standard_normal((6, 6)))[0]
    return Q @ W @ Q.T


def complex_largest(rng):
    """Its largest eigenvalues are a complex pair of modulus 1.0 to 1.4, and mostly imaginary."""
    size, angle = rng.uniform(1.0, 1.4), rng.uniform(1.1, 1.4)
    c, s = size * np.cos(angle), size * np.sin(angle)
    return disguised(rng, (2, np.array([[c, -s], [s, c]])))


@test_case(name="radius: complex eigenvalues lead", points=1)
def radius_complex(spectral_radius):
    W = complex_largest(gradtools.rng("q4: radius: complex eigenvalues lead"))
    gradtools.same(
        gradtools.call(spectral_radius, "spectral_radius", W), reference.spectral_radius(W), "radius"
    )


@test_case(name="radius: a negative eigenvalue leads", points=1)
def radius_negative(spectral_radius):
    rng = gradtools.rng("q4: radius: a negative eigenvalue leads")
    W = disguised(rng, (1, np.array([[-rng.uniform(1.2, 1.6)]])), (4, np.array([[rng.uniform(0.7, 1.0)]])))
    gradtools.same(
        gradtools.call(spectral_radius, "spectral_radius", W), reference.spectral_radius(W), "radius"
    )


@test_case(name="radius: a matrix that dies, one unit", points=1)
def radius_zero(spectral_radius):
    rng = gradtools.rng("q4: radius: a matrix that dies, one unit")
    W = np.triu(rng.uniform(1, 2, (5, 5)), 1)
    gradtools.same(gradtools.call(spectral_radius, "spectral_radius", W), 0.0, "radius", floor=1.0)
    W = -rng.uniform(1, 2, (1, 1))
    gradtools.same(gradtools.call(spectral_radius, "spectral_radius", W), -W[0, 0], "radius")


@test_case(name="norm: other numbers", points=1)
def norm_values(spectral_norm):
    W = 0.7 * gradtools.rng("q4: norm: other numbers").standard_normal((6, 6))
    gradtools.same(gradtools.call(spectral_norm, "spectral_norm", W), reference.spectral_norm(W), "norm")


@test_case(name="norm: a turn keeps lengths, one unit", points=1)
def norm_turn(spectral_norm):
    rng = gradtools.rng("q4: norm: a turn keeps lengths, one unit")
    Q = np.linalg.qr(rng.standard_normal((5, 5)))[0]
    gradtools.same(gradtools.call(spectral_norm, "spectral_norm", Q), 1.0, "norm")
    W = -rng.uniform(1, 2, (1, 1))
    gradtools.same(gradtools.call(spectral_norm, "spectral_norm", W), -W[0, 0], "norm")


@test_case(name="with_radius: up and down", points=1)
def rescaled(with_radius):
    rng = gradtools.rng("q4: with_radius: up and down")
    W = complex_largest(rng)
    for rho in (rng.uniform(0.2, 0.8), rng.uniform(1.5, 3)):
        got = gradtools.call(with_radius, "with_radius", W, rho)
        gradtools.same(got, reference.with_radius(W, rho), "W", "(H, H)")


@test_case(name="choice: a negative eigenvalue", points=1)
def choice(q4_modulus):
    gradtools.right_choice(q4_modulus, reference.q4_modulus, "q4_modulus", "abcd", AGAINST)

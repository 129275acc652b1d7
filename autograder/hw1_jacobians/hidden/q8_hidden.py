"""q8, hidden: both constructions, other draws, and the circular law."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q8_hidden"


def radius_of(function, name):
    """Moduli of the entries, and the spectral radius, of a square matrix of 2 to 100 rows."""
    W = gradtools.is_finite(gradtools.call(function, name), "W")
    rows = len(W) if W.ndim else 0
    gradtools.holds(2 <= rows <= 100, "W", "it has from 2 to 100 rows", rows)
    W = gradtools.is_array(W, (rows, rows), "W", "(H, H)")
    return np.abs(W), np.abs(np.linalg.eigvals(W)).max()


@test_case(name="small_entries: large radius", points=1)
def small(small_entries):
    sizes, radius = radius_of(small_entries, "small_entries")
    gradtools.holds(sizes.max() < 1, "small_entries", "every entry has a modulus below 1", sizes.max())
    gradtools.holds(radius > 1, "small_entries", "its spectral radius is above 1", radius)


@test_case(name="big_entries: small radius", points=1)
def big(big_entries):
    sizes, radius = radius_of(big_entries, "big_entries")
    gradtools.holds(sizes.min() > 1, "big_entries", "every entry has a modulus above 1", sizes.min())
    gradtools.holds(radius < 1, "big_entries", "its spectral radius is below 1", radius)


@test_case(name="random_radius: other draws", points=1)
def radius_values(random_radius):
    rng = gradtools.rng("q8: random_radius: other draws")
    for H, trials in ((6, 3), (9, 1)):
        seed, std = int(rng.integers(1, 10**6)), float(rng.uniform(0.2, 0.8))
        radius = gradtools.call(random_radius, "random_radius", seed, H, std, trials)
        gradtools.same(radius, reference.random_radius(seed, H, std, trials), "radius")


@test_case(name="random_radius: the circular law", points=1)
def radius_law(random_radius):
    rng = gradtools.rng("q8: random_radius: the circular law")
    seed, std = int(rng.integers(1, 10**6)), float(rng.uniform(0.01, 0.1))
    radius = gradtools.is_number(gradtools.call(random_radius, "random_radius", seed, 60, std, 6), "radius")
    share = radius / (std * 60**0.5)
    gradtools.holds(0.85 < share < 1.25, "radius", "it is near the law's value", share)
    gradtools.same(radius, reference.random_radius(seed, 60, std, 6), "radius")

"""q8: two constructions, and random matrices of one entry."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q8"


def entries(function, name):
    """Moduli of the entries of what the construction returns, a square matrix of 2 to 100 rows."""
    W = gradtools.is_finite(gradtools.call(function, name), "W")
    rows = len(W) if W.ndim else 0
    gradtools.holds(2 <= rows <= 100, "W", "it has from 2 to 100 rows", rows)
    return np.abs(gradtools.is_array(W, (rows, rows), "W", "(H, H)"))


@test_case(name="small_entries: the entries", points=1)
def small(small_entries):
    sizes = entries(small_entries, "small_entries")
    gradtools.holds(sizes.max() < 1, "small_entries", "every entry has a modulus below 1", sizes.max())
    gradtools.holds(sizes.max() > 0, "small_entries", "some entry is not zero")


@test_case(name="big_entries: the entries", points=1)
def big(big_entries):
    sizes = entries(big_entries, "big_entries")
    gradtools.holds(sizes.min() > 1, "big_entries", "every entry has a modulus above 1", sizes.min())


@test_case(
    name="random_radius: single entries",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def radius_single(random_radius):
    draws = 0.5 * np.random.default_rng(3).standard_normal(4)
    radius = gradtools.call(random_radius, "random_radius", 3, 1, 0.5, 4)
    gradtools.same(radius, np.abs(draws).mean(), "radius")

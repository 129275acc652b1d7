"""q3, hidden: each of the three numbers for itself, one layer, many layers."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q3_hidden"


def layers(case, L=4, H=5):
    """Layers with singular values between 0.5 and 1.5, so that every product is far from rounding."""
    rng = gradtools.rng(case)
    U, _, V = np.linalg.svd(rng.standard_normal((L, H, H)))
    return U * rng.uniform(0.5, 1.5, (L, 1, H)) @ V


def one_number(singular_value_bounds, case, position, label):
    Ws = layers(case)
    got = gradtools.call(singular_value_bounds, "singular_value_bounds", Ws)
    gradtools.same_entry(got, position, reference.singular_value_bounds(Ws)[position], label)


@test_case(name="lower", points=1)
def lower(singular_value_bounds):
    one_number(singular_value_bounds, "q3: lower", 0, "lower")


@test_case(name="upper", points=1)
def upper(singular_value_bounds):
    one_number(singular_value_bounds, "q3: upper", 1, "upper")


@test_case(name="actual", points=1)
def actual(singular_value_bounds):
    one_number(singular_value_bounds, "q3: actual", 2, "actual")


@test_case(name="one layer, and fifty", points=1)
def one_and_fifty(singular_value_bounds):
    for L in (1, 50):
        Ws = layers("q3: one layer, and fifty", L, 3)
        got = gradtools.call(singular_value_bounds, "singular_value_bounds", Ws)
        gradtools.same_all(got, reference.singular_value_bounds(Ws), ("lower", "upper", "actual"))

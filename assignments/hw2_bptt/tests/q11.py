"""q11: shapes of the two constructions."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q11"


def check_form(network, title):
    """W_hh (2, 2), b (2,), h0 (2,), finite, and h0 a state of tanh units."""
    W_hh, b, h0 = gradtools.outputs(network, ["W_hh", "b", "h0"], title)
    gradtools.is_array(W_hh, (2, 2), "W_hh", "(2, 2)")
    gradtools.is_array(b, (2,), "b", "(2,)")
    h0 = gradtools.is_array(h0, (2,), "h0", "(2,)")
    gradtools.holds(np.abs(h0).max() < 1, "h0", "its entries lie between -1 and 1", np.abs(h0).max())


@test_case(name="explode: form", points=1)
def explode_form(explode_with_small_radius):
    network = gradtools.call(explode_with_small_radius, "explode_with_small_radius")
    check_form(network, "explode_with_small_radius")


@test_case(
    name="vanish: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def vanish_form(vanish_with_big_radius):
    network = gradtools.call(vanish_with_big_radius, "vanish_with_big_radius")
    check_form(network, "vanish_with_big_radius")

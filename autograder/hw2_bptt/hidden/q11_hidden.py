"""q11, hidden: the properties of the two constructions; any network that has them is right."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q11_hidden"


ROUNDING = 1e-6  # eigenvalues of a matrix that is not normal are known to half the digits only


def judge(network, title):
    """Spectral radius of W_hh, and the largest singular value of the product of 30 Jacobians."""
    W_hh, b, h0 = gradtools.outputs(network, ["W_hh", "b", "h0"], title)
    W_hh = gradtools.is_array(W_hh, (2, 2), "W_hh", "(2, 2)")
    b = gradtools.is_array(b, (2,), "b", "(2,)")
    h0 = gradtools.is_array(h0, (2,), "h0", "(2,)")
    gradtools.holds(np.abs(h0).max() < 1, "h0", "its entries lie between -1 and 1")
    Y = reference.rnn_forward(np.zeros((30, 1, 2)), h0[None], np.zeros((2, 2)), W_hh, b, np.zeros(2))[0]
    product = gradtools.is_finite(reference.jacobian_product(Y, W_hh, 0, 30)[0], "product of 30 Jacobians")
    return np.abs(np.linalg.eigvals(W_hh)).max(), np.linalg.norm(product, 2)


@test_case(name="explode: radius at most 0.9, norm at least 1e4", points=2)
def explode(explode_with_small_radius):
    network = gradtools.call(explode_with_small_radius, "explode_with_small_radius")
    radius, size = judge(network, "explode_with_small_radius")
    gradtools.holds(radius <= 0.9 + ROUNDING, "W_hh", "its spectral radius is at most the bound", radius)
    gradtools.holds(
        size >= 1e4, "product of 30 Jacobians", "its largest singular value reaches the bound", size
    )


@test_case(name="vanish: radius at least 2, norm at most 1e-10", points=2)
def vanish(vanish_with_big_radius):
    network = gradtools.call(vanish_with_big_radius, "vanish_with_big_radius")
    radius, size = judge(network, "vanish_with_big_radius")
    gradtools.holds(radius >= 2 - ROUNDING, "W_hh", "its spectral radius is at least the bound", radius)
    gradtools.holds(
        size <= 1e-10, "product of 30 Jacobians", "its largest singular value stays below the bound", size
    )

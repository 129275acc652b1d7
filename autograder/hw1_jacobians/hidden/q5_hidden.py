"""q5, hidden: other matrices, the peak, few and many powers, the construction."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q5_hidden"


@test_case(name="power_norms: other numbers", points=1)
def powers_values(power_norms):
    W = 0.4 * gradtools.rng("q5: power_norms: other numbers").standard_normal((6, 6))
    norms = gradtools.call(power_norms, "power_norms", W, 8)
    gradtools.same(norms, reference.power_norms(W, 8), "norms", "(n,)")


@test_case(name="power_norms: growth before decay", points=1)
def powers_peak(power_norms):
    rng = gradtools.rng("q5: power_norms: growth before decay")
    a, b = rng.uniform(0.8, 0.9), rng.uniform(5, 20)
    W = np.array([[a, b], [0, a]])
    norms = gradtools.call(power_norms, "power_norms", W, 60)
    gradtools.same(norms, reference.power_norms(W, 60), "norms", "(n,)")


@test_case(name="power_norms: one unit, no power", points=1)
def powers_edges(power_norms):
    rng = gradtools.rng("q5: power_norms: one unit, no power")
    W = -rng.uniform(0.5, 1.5, (1, 1))
    norms = gradtools.call(power_norms, "power_norms", W, 4)
    gradtools.same(norms, np.abs(W[0, 0]) ** np.arange(1, 5), "norms", "(n,)")
    norms = gradtools.call(power_norms, "power_norms", rng.standard_normal((3, 3)), 0)
    gradtools.is_array(norms, (0,), "norms for n = 0", "(n,)")


@test_case(name="power_norms: 200 powers", points=1)
def powers_many(power_norms):
    W = gradtools.rng("q5: power_norms: 200 powers").standard_normal((10, 10)) / 5
    norms = gradtools.is_array(gradtools.call(power_norms, "power_norms", W, 200), (200,), "norms", "(n,)")
    gradtools.same(
        norms / reference.power_norms(W, 200), np.ones(200), "norms, each against its own size", "(n,)"
    )


@test_case(name="transient_matrix: grows first", points=1)
def transient_grows(transient_matrix):
    W = gradtools.is_array(gradtools.call(transient_matrix, "transient_matrix"), (2, 2), "W", "(2, 2)")
    radius = np.abs(np.linalg.eigvals(W)).max()
    gradtools.holds(radius < 1, "W", "its spectral radius is below 1", radius)
    peak = max(np.linalg.norm(np.linalg.matrix_power(W, n), 2) for n in range(1, 201))
    gradtools.holds(
        peak >= 100 * (1 - 1e-9), "W", "one of its first 200 powers has at least the norm asked for", peak
    )

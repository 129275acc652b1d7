"""q10, hidden: other depths and factors, both sliders, the numbers."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q10_hidden"


@test_case(name="layers: other depths, a negative factor", points=1)
def layers_values(layer_gradients):
    rng = gradtools.rng("q10: layers: other depths, a negative factor")
    for w, L in ((rng.uniform(0.5, 0.9), 8), (-rng.uniform(1.1, 1.5), 4), (rng.uniform(0.5, 2), 1)):
        g = gradtools.call(layer_gradients, "layer_gradients", w, L)
        gradtools.same(g, reference.layer_gradients(w, L), "g", "(L,)")


@test_case(name="first slider: five layers", points=1)
def first_slider(simulator):
    rng = gradtools.rng("q10: first slider: five layers")
    for w in (rng.uniform(0.4, 0.9), rng.uniform(1.1, 2.0)):
        gradtools.same(gradtools.call(simulator, "simulator", w), reference.simulator(w), "g", "(5,)")


@test_case(name="second sliders: shrinking and growing", points=1)
def second_sliders(lambda_simulator):
    rng = gradtools.rng("q10: second sliders: shrinking and growing")
    for lam, T in ((rng.uniform(0.5, 0.95), 12), (rng.uniform(1.05, 1.4), 7), (-rng.uniform(0.5, 0.9), 4)):
        g = gradtools.call(lambda_simulator, "lambda_simulator", lam, T)
        gradtools.same(g, reference.lambda_simulator(lam, T), "g", "(T,)")


@test_case(name="second sliders: 100 steps, and one", points=1)
def long_and_short(lambda_simulator):
    lam = gradtools.rng("q10: second sliders: 100 steps, and one").uniform(0.5, 0.9)
    for T in (100, 1):
        g = gradtools.is_array(
            gradtools.call(lambda_simulator, "lambda_simulator", lam, T), (T,), "g", "(T,)"
        )
        gradtools.same(
            g / reference.lambda_simulator(lam, T), np.ones(T), "g, each entry against its own size", "(T,)"
        )


@test_case(name="numbers: a hundred steps", points=1)
def numbers(q10_hundred, q10_largest):
    hundred = np.array([0.9, 1.0, 1.1]) ** 100
    got = gradtools.is_array(q10_hundred, (3,), "q10_hundred", "(3,)")
    gradtools.same(got / hundred, np.ones(3), "q10_hundred, each against its own size", "(3,)", rtol=1.5e-3)
    got = gradtools.is_array(q10_largest, (2,), "q10_largest", "(2,)")
    gradtools.same(
        got / 0.95 ** np.array([50, 100]),
        np.ones(2),
        "q10_largest, each against its own size",
        "(2,)",
        rtol=1.5e-3,
    )

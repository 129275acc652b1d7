"""q1, hidden: other biases, negative and large ones, other lengths."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q1_hidden"

ROUNDED = 1e-4  # the hundredth power of a float32 gate is off by 1e-5


@test_case(name="retention: other biases", points=1)
def retention_values(retention):
    rng = gradtools.rng("q1: retention: other biases")
    biases = rng.uniform((-3, -2, 0, 1), (-1, 3, 3, 6))  # what is left fits into float32
    for b, T in zip(biases, (1, 7, 30, 100), strict=True):
        share = gradtools.call(retention, "retention", float(b), T)
        gradtools.same(share, reference.retention(b, T), "retention", rtol=ROUNDED)


@test_case(name="half_life: other biases", points=1)
def half_life_values(half_life):
    for b in gradtools.rng("q1: half_life: other biases").uniform(-3, 8, 4):
        steps = gradtools.call(half_life, "half_life", float(b))
        gradtools.same(steps, reference.half_life(b), "half_life")


@test_case(name="bias_for_retention: other shares", points=1)
def bias_values(bias_for_retention):
    rng = gradtools.rng("q1: bias_for_retention: other shares")
    for r, T in zip(rng.uniform(0.05, 0.95, 4), (1, 3, 20, 100), strict=True):
        bias = gradtools.call(bias_for_retention, "bias_for_retention", float(r), T)
        gradtools.same(bias, reference.bias_for_retention(r, T), "bias")


@test_case(name="forget_bias_explorer: other curves", points=1)
def curve_values(forget_bias_explorer):
    rng = gradtools.rng("q1: forget_bias_explorer: other curves")
    for b, T in zip(rng.uniform(-2, 8, 3), (10, 45, 200), strict=True):
        curve = gradtools.call(forget_bias_explorer, "forget_bias_explorer", float(b), T)
        expected = reference.forget_bias_explorer(b, T)
        gradtools.same(curve, expected, "curve", "(T,)", rtol=ROUNDED)

"""q1: what a standing gate leaves, its half-life, the bias for a share, and the whole curve."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q1"

LN3 = np.log(3)  # the gate is 3/4


@test_case(name="retention: worked example", points=1)
def retention_example(retention):
    gradtools.same(gradtools.call(retention, "retention", LN3, 2), 0.5625, "retention(ln 3, 2)")
    gradtools.same(gradtools.call(retention, "retention", LN3, 0), 1.0, "retention after no step")


@test_case(name="half_life: one half at b = 0, three quarters at b = ln 3", points=1)
def half_life_example(half_life):
    gradtools.same(gradtools.call(half_life, "half_life", 0.0), 1.0, "half_life(0)")
    gradtools.same(gradtools.call(half_life, "half_life", LN3), 2.409420839653209, "half_life(ln 3)")


@test_case(name="bias_for_retention: worked example", points=1)
def bias_example(bias_for_retention):
    bias = gradtools.call(bias_for_retention, "bias_for_retention", 0.5625, 2)
    gradtools.same(bias, LN3, "bias for 0.5625 after 2 steps")


@test_case(
    name="forget_bias_explorer: three steps",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def curve_example(forget_bias_explorer):
    curve = gradtools.call(forget_bias_explorer, "forget_bias_explorer", LN3, 3)
    gradtools.same(curve, [0.75, 0.5625, 0.421875], "curve", "(T,)")

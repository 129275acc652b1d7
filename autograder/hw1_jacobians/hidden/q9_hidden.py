"""q9, hidden: other factors and types, a factor near one, the numbers."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q9_hidden"


def counted(steps_until, factor, dtype, kind):
    n = gradtools.call(steps_until, "steps_until", factor, dtype, kind)
    gradtools.same(n, reference.steps_until(factor, dtype, kind), f"n until {kind} in {dtype}")


@test_case(name="overflow: three types", points=1)
def overflow(steps_until):
    rng = gradtools.rng("q9: overflow: three types")
    for dtype in ("float16", "float32", "float64"):
        counted(steps_until, float(rng.uniform(1.3, 4)), dtype, "overflow")


@test_case(name="underflow: three types", points=1)
def underflow(steps_until):
    rng = gradtools.rng("q9: underflow: three types")
    for dtype in ("float16", "float32", "float64"):
        counted(steps_until, float(rng.uniform(0.3, 0.8)), dtype, "underflow")


@test_case(name="factors near one", points=1)
def near_one(steps_until):
    rng = gradtools.rng("q9: factors near one")
    counted(steps_until, float(1.0103 + rng.uniform(0, 3e-4)), "float16", "overflow")
    counted(steps_until, float(0.9883 + rng.uniform(0, 3e-4)), "float16", "underflow")


@test_case(name="numbers: counts", points=1)
def counts(q9_counts):
    gradtools.same(q9_counts, [219, 128, 39, 28, 1751], "q9_counts", "(5,)")


@test_case(name="number: the factor for 36 layers", points=1)
def factor(q9_factor):
    gradtools.close_number(q9_factor, float(np.finfo("float32").max) ** (1 / 36), "q9_factor")

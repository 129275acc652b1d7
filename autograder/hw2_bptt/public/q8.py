"""q8: gradient norms and the rate at which they change."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q8"


@test_case(name="norms: worked example", points=1)
def norms_example(hidden_grad_norms):
    dH = np.array([[[3.0, 4.0], [0.0, 0.0]], [[1.0, 1.0], [1.0, -1.0]]])
    norms = gradtools.call(hidden_grad_norms, "hidden_grad_norms", dH)
    gradtools.same(norms, [5.0, 2.0], "norms", "(T,)")


@test_case(
    name="rate: worked examples",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def rate_example(decay_rate):
    for norms, expected in (([5.0, 2.0], 2.5), ([0.125, 9.0, 7.0, 1.0], 0.5)):
        rate = gradtools.call(decay_rate, "decay_rate", np.array(norms))
        gradtools.same(rate, expected, "rate")

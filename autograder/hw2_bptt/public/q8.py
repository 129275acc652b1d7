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


@test_case(name="rate: worked examples", points=1)
def rate_example(decay_rate):
    for norms, expected in (([5.0, 2.0], 2.5), ([0.125, 9.0, 7.0, 1.0], 0.5)):
        rate = gradtools.call(decay_rate, "decay_rate", np.array(norms))
        gradtools.same(rate, expected, "rate")


@test_case(name="plot: two lines, a logarithmic axis, labels", points=1)
def plot_example(plot_gradient_norms):
    norms = [np.array([0.1, 0.5, 2.0]), np.array([30.0, 20.0, 5.0, 1.0])]
    axes = gradtools.drawn_by(plot_gradient_norms, "plot_gradient_norms", norms, ["shrinks", "grows"])
    gradtools.has_line(axes, [2.0, 0.5, 0.1], "the first norms", [0, 1, 2])
    gradtools.has_line(axes, [1.0, 5.0, 20.0, 30.0], "the second norms", [0, 1, 2, 3])
    gradtools.has_log_axis(axes)
    gradtools.has_labels(axes)


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q8_retain, q8_noise, q8_symptoms):
    gradtools.is_choice(q8_retain, "q8_retain", "abcd")
    gradtools.is_choice(q8_noise, "q8_noise", "abcd")
    gradtools.letters(q8_symptoms, "q8_symptoms", "VEB", 7)

"""q9, hidden: other schemes, the axes, other positions of the sliders, and the choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q9_hidden"

AGAINST = {
    "a": "The size of activations and the size of gradients are two things: look at the first figure again.",
    "b": "A factor 1 + something is not 1. Look at the residual line of your figure.",
    "d": "Which of the lines in your figure end below 1, and which above?",
}


def four_schemes(case):
    """Gradient norms of four schemes, over many orders of magnitude."""
    rng = gradtools.rng(case)
    depths = (6, 6, 9, 4)
    return {f"scheme {k}": np.exp(4 * rng.standard_normal(L + 1)) for k, L in enumerate(depths)}


@test_case(name="plot: four schemes", points=1)
def plot_values(plot_depth):
    norms = four_schemes("q9: plot: four schemes")
    plot = gradtools.drawn_by(plot_depth, "plot_depth", norms)
    for label, values in norms.items():
        gradtools.has_line(plot, values, label, x=np.arange(len(values)))


@test_case(name="plot: logarithmic, and labelled", points=1)
def plot_axes(plot_depth):
    plot = gradtools.drawn_by(plot_depth, "plot_depth", four_schemes("q9: plot: logarithmic, and labelled"))
    gradtools.has_log_axis(plot, "y")
    gradtools.has_labels(plot)


@test_case(name="explorer: other positions of the sliders", points=1)
def explorer_values(depth_explorer):
    rng = gradtools.rng("q9: explorer: other positions of the sliders")
    for act, norm, residual in (
        ("relu", None, False),
        ("tanh", "layer", False),
        ("relu", "layer", True),
        ("sigmoid", None, True),
    ):
        args = (act, rng.uniform(0.6, 1.8), int(rng.integers(3, 9)), norm, residual)
        r = gradtools.call(depth_explorer, "depth_explorer", *args)
        expected = reference.depth_explorer(*args)
        r = gradtools.is_array(r, expected.shape, "r", "(L + 1,)")
        gradtools.same(r / expected, np.ones(len(expected)), "r, each against its own size", rtol=1e-3)


@test_case(name="choice: fifty relu layers", points=1)
def choice(q9_norm):
    gradtools.right_choice(q9_norm, reference.q9_norm, "q9_norm", "abcd", AGAINST)

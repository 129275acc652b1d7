"""q9: a plot of gradient norms by depth, the sliders' function, and the form of the answer."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q9"


@test_case(name="plot: two schemes of different depth", points=1)
def plot_lines(plot_depth):
    norms = {"halves": np.array([0.25, 0.5, 1.0]), "triples": np.array([27.0, 9.0, 3.0, 1.0])}
    plot = gradtools.drawn_by(plot_depth, "plot_depth", norms)
    gradtools.has_line(plot, norms["halves"], "halves", x=[0, 1, 2])
    gradtools.has_line(plot, norms["triples"], "triples", x=[0, 1, 2, 3])


@test_case(name="explorer: one entry a layer, 1 at the loss", points=1)
def explorer_form(depth_explorer):
    r = gradtools.call(depth_explorer, "depth_explorer", "tanh", 1.0, 6, None, False)
    r = gradtools.is_array(r, (7,), "r", "(L + 1,)")
    gradtools.same(r[-1], 1.0, "last entry of r")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q9_norm):
    gradtools.is_choice(q9_norm, "q9_norm", "abcd")

"""q11: the form of the two networks and their first forget gate; the plot of a small example."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q11"

SHAPES = {"W_ih": (4, 1), "W_hh": (4, 1), "b_ih": (4,), "b_hh": (4,)}


@test_case(name="two networks, both open at their first step", points=1)
def first_gate(direct_lies):
    pair = gradtools.outputs(gradtools.call(direct_lies, "direct_lies"), ("explode", "vanish"), "direct_lies")
    for label, net in zip(("explode", "vanish"), pair, strict=True):
        arrays = {key: gradtools.is_array(gradtools.entry(net, key), SHAPES[key], key) for key in SHAPES}
        a_f = (arrays["b_ih"] + arrays["b_hh"])[1]  # zero input, zero state: only the biases are left
        gate = float(0.5 * (1 + np.tanh(0.5 * a_f)))
        gradtools.holds(gate >= 0.99, label, "its forget gate is at least 0.99 at the first step", gate)


@test_case(
    name="plot: a small example",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def small_plot(plot_direct_and_full):
    P = np.array([[[9.0, 9.0], [9.0, -3.0]], [[9.0, 9.0], [9.0, 0.7]], np.eye(2)])
    plot = gradtools.drawn_by(plot_direct_and_full, "plot_direct_and_full", np.array([[0.5], [0.2]]), P)
    gradtools.has_line(plot, [0.1, 0.2, 1.0], "product of the forget gates", x=[2, 1, 0])
    gradtools.has_line(plot, [3.0, 0.7, 1.0], "full derivative", x=[2, 1, 0])
    gradtools.has_log_axis(plot)
    gradtools.has_labels(plot)

"""q8: equal starts, gradient norms of a fresh GRU, the plot, and the form of an answer."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q8"


@test_case(name="init: shapes, bounds and the gate's bias", points=1)
def init_properties(init_cell):
    for kind, blocks in (("rnn", 1), ("lstm", 4), ("gru", 3)):
        net = gradtools.call(init_cell, "init_cell", kind, 3, 16, 2.5, 0)
        shapes = {"W_ih": (blocks * 16, 3), "W_hh": (blocks * 16, 16)}
        shapes |= {"b_ih": (blocks * 16,), "b_hh": (blocks * 16,)}
        found = {}
        for key, shape in shapes.items():
            label = f"{key} of {kind}"
            value = found[key] = gradtools.is_array(gradtools.entry(net, key, label), shape, label)
            rows = np.arange(blocks * 16) // 16 != 1 if key[0] == "b" else slice(None)
            gradtools.holds(np.abs(value[rows]).max() <= 0.25, label, "no draw lies beyond the bounds")
        total = found["b_ih"][16:32] + found["b_hh"][16:32]
        gradtools.same(total, np.full(16 * (blocks > 1), 2.5), "sum of the biases in the second block")


@test_case(name="flow: a GRU that keeps everything, and the last norm", points=1)
def flow_example(gradient_flow):
    norms = gradtools.call(gradient_flow, "gradient_flow", "gru", 6, 9, 2, 40.0, 1)
    gradtools.same(norms, np.full(6, 3.0), "norms with z = 1", "(T,)")
    norms = gradtools.call(gradient_flow, "gradient_flow", "gru", 6, 9, 2, 0.0, 1)
    norms = gradtools.is_array(norms, (6,), "norms", "(T,)")
    gradtools.same(norms[-1], 3.0, "the last norm")


@test_case(name="plot: two lines, a logarithmic axis, labels", points=1)
def plot_example(plot_flow):
    norms = {"GRU": np.array([0.1, 0.5, 2.0]), "LSTM, bias 5": np.array([30.0, 20.0, 5.0, 1.0])}
    axes = gradtools.drawn_by(plot_flow, "plot_flow", norms)
    gradtools.has_line(axes, [2.0, 0.5, 0.1], "the norms of the GRU", [0, 1, 2])
    gradtools.has_line(axes, [1.0, 5.0, 20.0, 30.0], "the norms of the LSTM", [0, 1, 2, 3])
    gradtools.has_log_axis(axes)
    gradtools.has_labels(axes)


@test_case(
    name="form of the answer",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q8_path):
    gradtools.is_choice(q8_path, "q8_path", "abcd")

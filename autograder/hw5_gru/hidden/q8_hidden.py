"""q8, hidden: starts of all three kinds, flows of GRUs, the plot on other numbers, and the shared design."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q8_hidden"

SHAPES = {"W_ih": "(blocks · H, D)", "W_hh": "(blocks · H, H)"}
SHAPES |= {"b_ih": "(blocks · H,)", "b_hh": "(blocks · H,)"}


def check_init(init_cell, kind):
    """All four arrays of two starts."""
    rng = gradtools.rng(f"q8: init: {kind}")
    for seed in rng.integers(0, 1000, 2):
        args = kind, 4, 6, float(rng.uniform(0.5, 3)), int(seed)
        got = gradtools.call(init_cell, "init_cell", *args)
        gradtools.same_all(got, reference.init_cell(*args), f"init_cell for {kind}", SHAPES)


@test_case(name="init: rnn", points=1)
def init_rnn(init_cell):
    check_init(init_cell, "rnn")


@test_case(name="init: lstm", points=1)
def init_lstm(init_cell):
    check_init(init_cell, "lstm")


@test_case(name="init: gru", points=1)
def init_gru(init_cell):
    check_init(init_cell, "gru")


@test_case(name="flow: fresh GRUs", points=1)
def flow_values(gradient_flow):
    rng = gradtools.rng("q8: flow: fresh GRUs")
    for T, H, D in ((9, 6, 4), (1, 5, 3)):
        args = "gru", T, H, D, float(rng.uniform(-1, 2)), int(rng.integers(0, 1000))
        norms = gradtools.call(gradient_flow, "gradient_flow", *args)
        gradtools.same(norms, reference.gradient_flow(*args), "norms", "(T,)")


@test_case(name="plot: other cells", points=1)
def plot_values(plot_flow):
    rng = gradtools.rng("q8: plot: other cells")
    cells = {"RNN": 9, "LSTM, bias 0": 6, "LSTM, bias 1": 6, "LSTM, bias 5": 7, "GRU": 2}
    norms = {label: np.exp(3 * rng.standard_normal(T)) for label, T in cells.items()}
    axes = gradtools.drawn_by(plot_flow, "plot_flow", norms)
    for label, values in norms.items():
        gradtools.has_line(axes, values[::-1], f"line of {label}", np.arange(len(values)))
    gradtools.has_log_axis(axes)
    gradtools.has_labels(axes)


@test_case(name="compare: two biases", points=1)
def compare_values(compare):
    rng = gradtools.rng("q8: compare: two biases")
    for bias in rng.uniform(-1, 4, 2):
        args = "gru", int(rng.integers(5, 20)), float(bias)
        flow = gradtools.call(compare, "compare", *args)
        gradtools.same(flow, reference.compare(*args), "flow", "(T,)")


PATH = "b"
NOT_THE_PATH = {
    "a": "compute one factor of a GRU with z = 0.5, or of x + f(x): is it 1?",
    "c": "look at q7's first term: what stands in front of the old state at every step?",
    "d": "does a path that loses nothing keep a gradient from growing along the other paths?",
}


@test_case(name="the shared design", points=1)
def path(q8_path):
    gradtools.right_choice(q8_path, PATH, "q8_path", "abcd", NOT_THE_PATH)

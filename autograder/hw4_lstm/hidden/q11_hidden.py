"""q11, hidden: both networks are run and their full derivative is measured; the plot on other numbers."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q11_hidden"

T = 20
KEYS = ("W_ih", "W_hh", "b_ih", "b_hh")
SHAPES = {"W_ih": (4, 1), "W_hh": (4, 1), "b_ih": (4,), "b_hh": (4,)}


def measured(direct_lies, position, label):
    """Product of the forget gates and |d c_T / d c_0| of one of the two networks."""
    pair = gradtools.outputs(gradtools.call(direct_lies, "direct_lies"), ("explode", "vanish"), "direct_lies")
    net = {
        key: gradtools.is_array(gradtools.entry(pair[position], key, label), SHAPES[key], key) for key in KEYS
    }
    start = np.zeros((1, 1))
    cache = reference.lstm_forward(np.zeros((T, 1, 1)), start, start, *net.values())[3]
    cells = np.concatenate([[0.0], cache["C"].ravel()])
    P = np.eye(2)
    for t in range(T):
        P = reference.lstm_jacobian(cells[[t]], cells[[t + 1]], cache["gates"][t, 0], net["W_hh"]) @ P
    return float(cache["gates"][:, 0, 1].prod()), float(abs(P[1, 1]))


def gates_and_products(case):
    """Forget gates (T, H) and products (T + 1, 2H, 2H), whose entries may be negative."""
    rng = gradtools.rng(case)
    P = np.exp(2 * rng.standard_normal((8, 6, 6))) * rng.choice([-1.0, 1.0], (8, 6, 6))
    return rng.uniform(0.3, 1, (7, 3)), P


@test_case(name="open gates, and the derivative explodes", points=1)
def explodes(direct_lies):
    direct, full = measured(direct_lies, 0, "explode")
    gradtools.holds(
        direct >= 0.99, "explode", "the product of its forget gates stays as high as asked", direct
    )
    gradtools.holds(full >= 1e4, "explode", "its full derivative over all steps is as large as asked", full)


@test_case(name="open gates, and the derivative vanishes", points=1)
def vanishes(direct_lies):
    direct, full = measured(direct_lies, 1, "vanish")
    gradtools.holds(
        direct >= 0.99, "vanish", "the product of its forget gates stays as high as asked", direct
    )
    gradtools.holds(full <= 1e-4, "vanish", "its full derivative over all steps is as small as asked", full)


@test_case(name="plot: the direct line", points=1)
def direct_line(plot_direct_and_full):
    f, P = gates_and_products("q11: plot: the direct line")
    plot = gradtools.drawn_by(plot_direct_and_full, "plot_direct_and_full", f, P)
    gradtools.has_line(
        plot, reference.cell_path(f)[:, 0], "product of the forget gates", x=np.arange(7, -1, -1)
    )


@test_case(name="plot: the full line", points=1)
def full_line(plot_direct_and_full):
    f, P = gates_and_products("q11: plot: the full line")
    plot = gradtools.drawn_by(plot_direct_and_full, "plot_direct_and_full", f, P)
    gradtools.has_line(plot, np.abs(P[:, 3, 3]), "full derivative", x=np.arange(7, -1, -1))


@test_case(name="plot: logarithmic axis, title and labels", points=1)
def dressed(plot_direct_and_full):
    plot = gradtools.drawn_by(
        plot_direct_and_full, "plot_direct_and_full", *gates_and_products("q11: plot: axes")
    )
    gradtools.has_log_axis(plot)
    gradtools.has_labels(plot)

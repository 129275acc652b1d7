"""A plot is read alike from an Axes and from its description, and each check tells right from wrong."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
from matplotlib import pyplot as plt

from coursekit import gradtools
from coursekit.gradtools import BarData, Mismatch
from coursekit.gradtools.axes import describe_axes

X = np.arange(5)
Y = 0.5**X


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    ax.semilogy(X, Y, "--", marker="o", color="#126bea", label="w = 0.5")
    ax.semilogy(X, 2.0**X)
    ax.bar([3, 1, 2], [0.3, 0.1, 0.2], width=0.5)
    ax.set(title="Powers", xlabel="steps", ylabel="size")
    ax.text(1, 1, "w = 2")
    yield ax
    plt.close(fig)


def failing(check, *args, **kwargs) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        check(*args, **kwargs)
    return caught.value


def test_an_axes_is_read_as_plain_data(ax):
    plot = gradtools.read_axes(ax)

    assert (plot.title, plot.xlabel, plot.ylabel, plot.xscale, plot.yscale) == (
        "Powers",
        "steps",
        "size",
        "linear",
        "log",
    )
    assert plot.lines[0].label == "w = 0.5"
    assert (plot.lines[0].linestyle, plot.lines[0].marker, plot.lines[0].color) == ("--", "o", "#126bea")
    assert plot.lines[0].y.tolist() == Y.tolist()
    assert plot.bars[0] == BarData(x=2.75, width=0.5, height=0.3)
    assert plot.texts == ("w = 2",)


def test_a_description_reads_like_the_axes_itself(ax):
    real, told = gradtools.read_axes(ax), gradtools.read_axes(describe_axes(ax))

    assert repr(real) == repr(told)
    assert gradtools.read_axes(real) is real


def test_a_title_on_the_left_is_a_title():
    fig, ax = plt.subplots()
    ax.set_title("on the left", loc="left")
    title = gradtools.read_axes(ax).title
    plt.close(fig)

    assert title == "on the left"


@pytest.mark.parametrize(
    ("value", "rung"),
    [
        (None, "missing"),
        (..., "missing"),
        ([1], "type"),
        ({}, "type"),
        ({"kind": "figure"}, "type"),
        (3, "type"),
    ],
)
def test_something_else_than_an_axes_is_refused(value, rung):
    assert failing(gradtools.read_axes, value).rung == rung


@pytest.mark.parametrize(
    "lines",
    [
        "text",
        7,
        [3],
        [{}],
        [{"x": X, "y": None}],
        [{"x": X, "y": Y[:3]}],
        [{"x": X, "y": np.array(["a"] * 5)}],
        [{"x": X, "y": Y.astype(object)}],
    ],
)
def test_a_description_that_lies_about_its_form_never_passes_a_check(lines):
    failing(gradtools.has_line, {"kind": "axes", "lines": lines, "title": 5, "bars": [[]]}, Y, "powers")


def test_a_figure_is_not_an_axes(ax):
    assert "return ax" in str(failing(gradtools.read_axes, ax.figure))


def test_the_line_is_found_among_others(ax):
    assert gradtools.has_line(ax, Y, "powers of a half").label == "w = 0.5"
    gradtools.has_line(ax, 2.0**X, "powers of two", x=X)
    gradtools.has_line(describe_axes(ax), Y, "powers of a half", x=X)


def test_with_x_the_order_of_drawing_does_not_matter(ax):
    gradtools.has_line(ax, Y[::-1], "powers", x=X[::-1])

    assert failing(gradtools.has_line, ax, Y[::-1], "powers").rung == "value"
    assert failing(gradtools.has_line, ax, Y, "powers", x=X + 1).rung == "value"
    assert failing(gradtools.has_line, ax, Y[::-1], "powers", x=X).rung == "value"


def test_a_line_that_is_not_there_is_compared_with_the_nearest(ax):
    found = failing(gradtools.has_line, ax, 1.001 * Y, "powers")

    assert str(found).startswith("None of the 2 lines fits. The nearest: `powers` differs")
    assert "got 1, expected 1.001" in str(found)
    assert found.blind == "`powers` is not in the plot as it should be."


def test_a_line_of_another_length_is_named_by_its_length(ax):
    found = failing(gradtools.has_line, ax, np.ones(20), "powers")

    assert found.rung == "count"
    assert "its lines have 5, 5 points; expected a line of 20" in str(found)
    assert "20" not in found.blind


def test_an_empty_plot_has_no_line():
    assert "it has no line" in str(failing(gradtools.has_line, {"kind": "axes"}, Y, "powers"))


def test_nan_in_a_line_is_no_match(ax):
    ax.plot(X, np.where(X == 2, np.nan, 3.0))

    assert failing(gradtools.has_line, ax, np.full(5, 3.0), "threes").rung in ("finite", "value")


def test_bars_are_read_from_left_to_right(ax):
    gradtools.has_bars(ax, [0.1, 0.2, 0.3], "shares")

    assert failing(gradtools.has_bars, ax, [0.3, 0.1, 0.2], "shares").rung == "value"
    assert failing(gradtools.has_bars, ax, [0.1, 0.2], "shares").rung == "count"


def test_axes_must_be_logarithmic_and_labelled_where_asked(ax):
    gradtools.has_log_axis(ax)
    gradtools.has_labels(ax)
    assert failing(gradtools.has_log_axis, ax, "x").rung == "property"
    ax.set_ylabel(" ")

    assert "`ylabel`" in str(failing(gradtools.has_labels, ax))


def test_a_drawing_function_is_called_read_and_its_figure_closed():
    def plot_chain(w, n):
        _, ax = plt.subplots()
        ax.plot(np.arange(n), w ** np.arange(n))
        return ax

    plot = gradtools.drawn_by(plot_chain, "plot_chain", 0.5, 5)

    assert plot.lines[0].y.tolist() == Y.tolist()
    assert not plt.get_fignums()
    assert failing(gradtools.drawn_by, None, "plot_chain").rung == "missing"
    assert failing(gradtools.drawn_by, lambda: 3, "plot_chain").rung == "type"

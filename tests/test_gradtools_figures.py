"""Figures carry the data they were given, and no label lies upon another."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.text import Annotation

from coursekit import gradtools
from coursekit.gradtools import style as style_function
from coursekit.gradtools.end_labels import GAP, spread
from coursekit.gradtools.styling import BLUE, GREEN, GREY, PURPLE, VERMILION, in_lines, rc, shades

REPEATABLE = settings(max_examples=80, derandomize=True, deadline=None, database=None)
K = np.arange(21)


@pytest.fixture(autouse=True)
def closed_figures():
    with mpl.rc_context():
        yield
    plt.close("all")


def labels(ax) -> list[Annotation]:
    return [text for text in ax.texts if isinstance(text, Annotation)]


def overlaps(ax) -> list[tuple[str, str]]:
    """Pairs of labels whose boxes touch, after the layout has been made."""
    ax.figure.draw_without_rendering()
    boxes = [(text.get_text(), text.get_window_extent()) for text in labels(ax)]
    return [(a, b) for (a, box_a), (b, box_b) in combinations(boxes, 2) if box_a.overlaps(box_b)]


def outside(ax) -> list[str]:
    """Labels and titles that do not lie wholly inside the figure."""
    ax.figure.draw_without_rendering()
    page = ax.figure.bbox
    texts = [*labels(ax), ax.xaxis.label, ax.yaxis.label, ax.title, ax._left_title]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]
    return [
        text
        for text, box in boxes
        if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1 or box.y1 > page.y1 + 1
    ]


def powers():
    lines = {f"w = {w:g}": w**K for w in (2, 1.5, 1.1, 0.9, 0.7, 0.5)}
    return gradtools.plot_lines(
        K,
        lines,
        "Each power is a straight line, 12 orders apart after 20 steps",
        "number of factors",
        "w^k",
        colours=gradtools.by_growth(lines),
        bounds={"w = 1": 1.0},
    )


def flows():
    back = np.arange(100)[::-1]
    bases = {
        "RNN": 0.55,
        "LSTM, bias 0": 0.62,
        "LSTM, bias 1": 0.83,
        "LSTM, bias 5": 0.993,
        "GRU, bias 0": 0.625,
    }
    return gradtools.plot_flow(
        {label: base**back for label, base in bases.items()}, "The bias moves 20 orders"
    )


def scales():
    back = np.arange(100)[::-1]
    bases = {0: 1.0, 0.01: 0.997, 0.1: 0.94, 0.5: 0.76, 1: 0.63}
    return gradtools.plot_flow(
        {f"input scale {s:g}": 3 * b**back for s, b in bases.items()},
        "Inputs decide",
        scale=True,
        relative=True,
    )


def same_ends():
    return gradtools.plot_lines(K, {f"line {i}": np.full(21, 5.0) for i in range(9)}, "All alike", "k", "y")


@pytest.mark.parametrize("figure", [powers, flows, scales, same_ends])
def test_no_label_lies_upon_another_and_none_is_cut(figure):
    ax = figure()

    assert overlaps(ax) == []
    assert outside(ax) == []
    assert len(labels(ax)) == len(ax.lines)


@pytest.mark.parametrize("figure", [powers, flows, scales, same_ends])
def test_labels_have_the_colour_of_their_line_and_stand_at_least_five_and_a_half_percent_apart(figure):
    ax = figure()
    heights = sorted(text.xy[1] for text in labels(ax))

    assert min(np.diff(heights)) >= GAP - 1e-12
    assert sorted(text.get_color() for text in labels(ax)) == sorted(line.get_color() for line in ax.lines)
    assert {text.get_fontsize() for text in labels(ax)} == {10}


@REPEATABLE
@given(st.lists(st.floats(0, 1), max_size=12))
def test_spreading_keeps_order_and_distance_and_stays_inside(heights):
    moved = spread(heights, GAP)
    by_height = sorted(range(len(heights)), key=lambda i: heights[i])

    assert all(-1e-9 <= height <= 1 + 1e-9 for height in moved)
    assert all(moved[b] - moved[a] >= GAP - 1e-9 for a, b in pairwise(by_height))


def test_heights_that_are_far_apart_do_not_move():
    assert spread([0.9, 0.1, 0.5], GAP) == pytest.approx([0.9, 0.1, 0.5])


def test_too_many_labels_share_the_axis_evenly():
    assert spread([0.5] * 41, GAP) == pytest.approx(np.linspace(0, 1, 41))
    assert spread([], GAP) == []


def test_lines_hold_the_data_and_end_at_the_border():
    ax = powers()
    plot = gradtools.read_axes(ax)

    gradtools.has_line(plot, 0.9**K, "powers", x=K)
    gradtools.has_log_axis(plot)
    gradtools.has_labels(plot)
    assert ax.get_xlim()[1] == 20
    assert plot.xlabel == "number of factors"


def test_colours_mean_shrinking_growing_and_bounds():
    ax = powers()
    colour = {line.get_label(): line.get_color() for line in ax.lines}

    assert (colour["w = 2"], colour["w = 0.5"], ax.lines[0].get_color()) == (VERMILION, BLUE, GREY)
    assert ax.lines[0].get_linestyle() == "--"
    assert gradtools.by_growth({"still": [2.0, 7.0, 2.0]}) == {"still": GREY}


def test_cells_have_their_own_colour_and_marker():
    look = {line.get_label()[:3]: (line.get_color(), line.get_marker()) for line in flows().lines}

    assert look == {"RNN": (BLUE, "o"), "LST": (GREEN, "s"), "GRU": (PURPLE, "^")}


def test_no_zero_gets_onto_a_log_axis():
    ax = gradtools.plot_lines([0, 1, 2, 3], {"a": [1.0, 0.0, -1.0, 0.1]}, "t", "x", "y")

    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [False, True, True, False]


def test_a_line_of_nothing_gets_no_label():
    ax = gradtools.plot_lines([0, 1], {"gone": [0.0, 0.0], "here": [1.0, 2.0]}, "t", "x", "y")

    assert [text.get_text() for text in labels(ax)] == ["here"]


def test_a_line_may_stop_early_or_run_to_the_left():
    short = gradtools.plot_lines(K, {"short": [1.0, 2.0, 4.0], "long": 2.0**K}, "t", "x", "y")
    falling = gradtools.plot_lines([0.1, 0.01, 0.001], {"error": [3.0, 2.0, 1.0]}, "t", "eps", "y", xlog=True)

    assert short.lines[0].get_xdata().tolist() == [0, 1, 2]
    assert labels(falling)[0].xy[0] == pytest.approx(1.0)


def test_limits_that_were_set_before_are_kept():
    _, ax = plt.subplots()
    ax.set_ylim(1e-6, 1e4)
    gradtools.plot_lines(K, {"a": 0.5**K}, "t", "x", "y", ax=ax)
    fixed = gradtools.plot_lines(K, {"a": 2.0**K}, "t", "x", "y", ylim=(0.1, 10))

    assert ax.get_ylim() == (1e-6, 1e4)
    assert fixed.get_ylim() == (0.1, 10)
    assert labels(fixed)[0].xy[1] <= 1


def test_flow_runs_back_from_the_loss():
    norms = np.array([1.0, 2.0, 4.0, 8.0])  # t = 1 … 4, the loss at the end
    ax = gradtools.plot_flow({"RNN": norms})

    gradtools.has_line(ax, [8, 4, 2, 1], "norms", x=[0, 1, 2, 3])
    assert "3 steps back, the gradient loses 1 orders" in ax.get_title(loc="left")


def test_relative_flow_begins_at_one():
    for line in scales().lines:
        assert line.get_ydata()[0] == 1


def test_terms_are_measured_and_their_share_is_told():
    terms = np.zeros((50, 3, 3))
    terms[-10:] = 1.0
    terms[:40] = 1.0 / 400
    ax = gradtools.plot_terms(terms)

    gradtools.has_bars(ax, [3.0] * 10 + [3 / 400] * 40, "terms")
    assert ax.get_title(loc="left") == "The last 10 steps carry 99.0 % of dW_hh"
    assert ax.texts[0].get_text() == "10 steps back and more: 0.99 %"
    assert outside(ax) == []


def test_terms_may_be_norms_few_or_nothing():
    assert "all of dW_hh" in gradtools.plot_terms([1.0, 2.0]).get_title(loc="left")
    assert "0.0 %" in gradtools.plot_terms(np.zeros(12)).get_title(loc="left")


def test_bars_below_zero_stand_on_a_line():
    ax = gradtools.plot_bars([0, 1], [1.0, -1.0], "t", "x", "y", strong=[True, False])

    assert [bar.get_height() for bar in ax.patches] == [1.0, -1.0]
    assert len(ax.lines) == 1


def test_style_sets_what_the_figures_use():
    style_function()

    assert mpl.rcParams["axes.titlelocation"] == "left"
    assert mpl.rcParams["axes.prop_cycle"].by_key()["color"] == [BLUE, VERMILION, GREEN, PURPLE]
    assert set(rc()) <= set(mpl.rcParams)


def test_a_readers_own_lines_differ_in_grey_and_the_courses_stay_solid():
    """The four colours are equally light, so that a legend needs dashes, too."""
    style_function()
    own = [line for _ in range(4) for line in plt.plot([0, 1])]
    courses = gradtools.plot_lines(K, {"a": 0.5**K, "b": 0.9**K}, "Two", "k", "size")

    assert len({line.get_linestyle() for line in own}) == 4
    on_own_axes = gradtools.plot_lines(
        K, {"a": 0.5**K, "b": 0.9**K}, "Two", "k", "size", ax=plt.subplots()[1]
    )

    assert {line.get_linestyle() for line in [*courses.lines, *on_own_axes.lines]} == {"-"}


def test_figures_look_alike_whatever_the_notebook_has_set():
    mpl.rcParams.update({"axes.titlelocation": "center", "lines.linewidth": 9})
    ax = powers()

    assert ax.get_title(loc="left")
    assert ax.lines[1].get_linewidth() == 2
    assert mpl.rcParams["lines.linewidth"] == 9


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("colour", [BLUE, VERMILION, GREEN, PURPLE, GREY, *shades(5)])
def test_every_colour_can_be_read_on_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.8


def test_shades_are_ordered_and_distinct():
    values = [luminance(colour) for colour in shades(5)]

    assert values == sorted(set(values), reverse=True)
    assert shades(1) == [BLUE]


def test_long_titles_are_broken_between_words():
    assert in_lines("one two three", 8) == "one two\nthree"


def test_gradtools_imports_neither_matplotlib_nor_widgets_nor_coursekit(tmp_path):
    """Beside a notebook it is a top-level package, and a check must not pay for plots that are not drawn."""
    source = gradtools.__path__[0]
    code = (
        f"import sys; sys.path.insert(0, {source.rsplit('/', 1)[0]!r}); import gradtools;"
        "print([m for m in ('matplotlib', 'ipywidgets', 'IPython', 'coursekit') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )

    assert done.stdout.strip() == "[]"

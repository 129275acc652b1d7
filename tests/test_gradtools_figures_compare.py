"""The figures of the comparison carry the data they were given, and no label lies upon another."""

from __future__ import annotations

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.text import Annotation

from coursekit.gradtools import explore, figures_compare
from coursekit.gradtools.styling import BLUE, GREEN, PURPLE

BACK = np.arange(100)
RATES = {"RNN": 0.55, "LSTM, bias 0": 0.62, "LSTM, bias 1": 0.82, "LSTM, bias 5": 0.996}
RATES |= {"GRU, bias 0": 0.63, "GRU, bias 5": 0.993}
FLOWS = {label: rate ** BACK[::-1] for label, rate in RATES.items()}


@pytest.fixture(autouse=True)
def closed_figures():
    with mpl.rc_context():
        yield
    plt.close("all")


def overlaps(ax) -> list[tuple[str, str]]:
    """Pairs of labels whose boxes touch, and labels that leave the figure."""
    ax.figure.draw_without_rendering()
    texts = [text for text in ax.texts if isinstance(text, Annotation)]
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    page = ax.figure.bbox
    lost = [(name, "outside") for name, box in boxes if box.x1 > page.x1 + 1 or box.y1 > page.y1 + 1]
    return lost + [(a, b) for (a, box_a), (b, box_b) in combinations(boxes, 2) if box_a.overlaps(box_b)]


def test_a_kind_that_reaches_a_stub_is_left_out_and_named(capsys):
    def update(kind, T, gate_bias):
        if kind == "lstm":
            raise NotImplementedError("q0: your_earlier_functions")
        return np.ones(T)

    found = figures_compare.available(update, ["gru", "lstm", "rnn"])

    assert found == ["gru", "rnn"]
    assert capsys.readouterr().out == "lstm waits for q0\n"


def test_where_no_kind_is_left_the_stub_itself_speaks():
    def update(*_):
        raise NotImplementedError("q8: compare")

    with pytest.raises(NotImplementedError, match="q8: compare"):
        figures_compare.available(update, ["gru", "rnn"])


def test_another_error_is_not_taken_for_a_stub():
    def update(*_):
        raise ValueError("shapes")

    with pytest.raises(ValueError, match="shapes"):
        figures_compare.available(update, ["gru"])


def test_flows_are_drawn_against_steps_back_in_the_colour_of_their_kind():
    ax = figures_compare.plot_compare(FLOWS)

    assert [line.get_color() for line in ax.lines] == [BLUE, *[GREEN] * 3, *[PURPLE] * 2]
    for line, rate in zip(ax.lines, RATES.values(), strict=True):
        np.testing.assert_allclose(line.get_ydata(), rate**BACK)
    assert len({line.get_linestyle() for line in ax.lines[1:4]}) > 1
    assert ax.get_yscale() == "log"
    assert overlaps(ax) == []


def test_distances_show_a_zero():
    zero, other = np.zeros(30), np.linspace(0.2, 1, 30)

    ax = figures_compare.plot_distances(
        {"tied LSTM, r = 1": zero, "with tanh": 0.5 * other, "live reset": other}
    )

    assert [list(line.get_ydata())[-1] for line in ax.lines] == [0.0, 0.5, 1.0]
    assert ax.get_yscale() == "linear"
    assert overlaps(ax) == []


def test_paths_are_labelled_apart_even_where_they_meet():
    biases = np.arange(-2.0, 7.0)
    direct = 0.9 * (1 / (1 + np.exp(-biases))) ** 50

    ax = figures_compare.plot_paths(biases, direct, np.maximum(direct, 1e-8))

    np.testing.assert_allclose(ax.lines[1].get_ydata(), direct)
    assert {text.get_text() for text in ax.texts} == {"all paths", "direct path"}
    assert overlaps(ax) == []


def test_attention_shows_both_sizes():
    sharp = np.linspace(0, 8, 9)

    ax = figures_compare.plot_attention(sharp, 0.01 * 10.0**-sharp, 0.02 * 10.0 ** (-0.9 * sharp))

    assert {text.get_text() for text in ax.texts} == {"1/n", "all of it", "α W_V alone"}
    assert overlaps(ax) == []


def test_solved_runs_are_counted_by_their_last_loss():
    lost, won = np.full((10, 40), 0.69), np.full((10, 40), 0.69)
    won[:7, -1] = 0.02
    runs = {"30/RNN": won, "30/LSTM, bias 0": lost, "60/RNN": lost, "60/LSTM, bias 0": lost}

    ax = figures_compare.plot_solved(runs, 4)

    assert sorted(bar.get_height() for bar in ax.patches) == [0, 0, 0, 7]
    assert "your guess" in {text.get_text() for text in ax.texts}
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["RNN", "LSTM\nbias 0"]


def test_no_guess_no_mark():
    runs = {"30/LSTM, bias 0": np.ones((10, 2)), "60/LSTM, bias 0": np.ones((10, 2))}

    ax = figures_compare.plot_solved(runs, None)

    assert "your guess" not in {text.get_text() for text in ax.texts}


def test_losses_are_smoothed_over_ten_updates():
    ax = figures_compare.plot_losses(
        {"GRU, bias 0": np.full(60, 0.69), "GRU, bias 2": np.linspace(0.7, 0, 60)}
    )

    slope = next(line for line in ax.lines if line.get_label() == "GRU, bias 2")
    assert slope.get_ydata()[0] == pytest.approx(np.linspace(0.7, 0, 60)[:10].mean())
    assert overlaps(ax) == []


def test_the_widgets_panel_says_what_is_left_at_the_first_step():
    figure = explore(
        lambda kind, T, gate_bias: 0.5 ** np.arange(T)[::-1],
        figures_compare.draw_flow,
        [{"kind": "gru", "T": T, "gate_bias": 0.0} for T in (5, 11)],
        ylim=(1e-24, 1e2),
    )

    assert [text.get_text() for ax in figure.axes for text in ax.texts] == [
        "first step: 6e-02",
        "first step: 1e-03",
    ]

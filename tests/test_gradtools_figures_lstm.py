"""Figures of the LSTM assignment carry the data they were given, and say what was guessed and measured."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
from matplotlib import pyplot as plt

from coursekit.gradtools import figures_lstm
from coursekit.gradtools.styling import BLUE, VERMILION


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def lines(ax) -> dict[str, np.ndarray]:
    """Heights of all lines that have a name."""
    return {line.get_label(): line.get_ydata() for line in ax.lines if not line.get_label().startswith("_")}


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_shares_are_powers_of_the_sigmoid_and_the_guess_stands_beside_the_measurement(capsys):
    ax = figures_lstm.plot_shares(guess=0.3)

    np.testing.assert_allclose(lines(ax)["bias 1"][100], (1 / (1 + np.exp(-1.0))) ** 100, rtol=1e-12)
    np.testing.assert_allclose(lines(ax)["bias 0"], 0.5 ** np.arange(101))
    assert "bias 4.6" in texts(ax)
    assert "you guessed 0.3, measured 2.5e-14" in capsys.readouterr().out


def test_without_a_guess_only_the_measurement_is_told(capsys):
    figures_lstm.plot_shares()

    assert "no guess yet, measured" in capsys.readouterr().out


def test_the_explorer_asks_its_function_for_every_panel():
    asked = []

    def update(b, T):
        asked.append((b, T))
        return np.full(T, 0.9) ** np.arange(1, T + 1)

    figure = figures_lstm.explore_shares(update)

    assert asked == [(1.0, 100), (2.0, 100), (4.6, 100)]
    assert len({ax.get_ylim() for ax in figure.axes}) == 1


@pytest.mark.parametrize(("curve", "said"), [([0.7, 0.4, 0.2], ["half is gone\nafter 2"]), ([0.9, 0.8], [])])
def test_a_curve_is_marked_where_half_is_gone(curve, said):
    _, ax = plt.subplots()
    figures_lstm.draw_share(ax, curve)

    assert texts(ax) == said


def test_a_slope_of_zero_ends_its_line():
    ax = figures_lstm.plot_deafness(
        {"f = 0.5": np.array([0.5, 0.4, 0.3]), "f = 1.0": np.array([0.5, 0.1, 0.0])}
    )

    assert np.isnan(lines(ax)["f = 1.0"][2])
    assert ax.get_yscale() == "log"


def test_the_page_of_the_diary_has_two_entries_and_three_readings_never_at_once():
    value, write, read = figures_lstm.diary_page()[:, 0].T

    assert (write.sum(), read.sum(), (write * read).sum()) == (2, 3, 0)
    assert np.flatnonzero(read)[0] - np.flatnonzero(write)[0] > 20
    assert value.std() > 0.5


def test_the_diary_shows_page_cell_and_state(capsys):
    page = figures_lstm.diary_page()
    T = len(page)
    gates = np.zeros((T, 1, 4, 1))
    gates[:, :, 1] = 1
    C, Y = np.linspace(0, 1, T).reshape(T, 1, 1), np.linspace(0, -1, T).reshape(T, 1, 1)
    axes = figures_lstm.plot_diary(page, gates, C, Y)

    assert axes[1].lines[0].get_ydata().tolist() == C.ravel().tolist()
    assert axes[2].lines[0].get_ydata().tolist() == Y.ravel().tolist()
    assert texts(axes[0]) == ["write"] * 2
    assert texts(axes[2]) == ["read"] * 3
    assert "i 0.0000, f 1.0000, o 0.0000" in capsys.readouterr().out


def test_paths_run_back_from_the_end(capsys):
    path = 0.5 ** np.arange(10, -1, -1)  # in the order of time: the last entry is 1
    ax = figures_lstm.plot_paths({"bias 0": path, "bias 5": np.ones(11)}, guess="half")

    assert lines(ax)["bias 0"].tolist() == path[::-1].tolist()
    standing = ax.lines[0].get_ydata()
    np.testing.assert_allclose(standing, path[::-1])
    assert "over 10 steps at bias 5: you guessed half, measured 1" in capsys.readouterr().out


def test_gradients_are_relative_to_the_end_and_the_title_counts_the_orders(capsys):
    flow = {"bias 0": np.array([3e-6, 3.0]), "bias 1": np.array([2e-2, 2.0]), "bias 5": np.array([5.0, 5.0])}
    ax = figures_lstm.plot_gradients(flow)

    np.testing.assert_allclose(lines(ax)["bias 0"], [1, 1e-6])
    assert ax.get_title(loc="left") == "The forget bias alone moves 6 orders"
    assert "at bias 1: no guess yet, measured 0.01" in capsys.readouterr().out


def test_two_fates_have_two_colours_beside_one_direct_path(capsys):
    f = np.full((2, 1), 0.9)
    grow, shrink = np.zeros((3, 2, 2)), np.zeros((3, 2, 2))
    grow[:, 1, 1], shrink[:, 1, 1] = [-9.0, 3.0, 1.0], [0.01, -0.1, 1.0]
    ax = figures_lstm.plot_lies({"explodes": (f, grow), "vanishes": (f, shrink)}, guess="no")

    drawn = {line.get_label(): line for line in ax.lines}
    assert drawn["explodes"].get_ydata().tolist() == [1.0, 3.0, 9.0]
    assert drawn["vanishes"].get_ydata().tolist() == [1.0, 0.1, 0.01]
    assert (drawn["explodes"].get_color(), drawn["vanishes"].get_color()) == (VERMILION, BLUE)
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [1, 0.9, 0.81])
    assert "smallest full derivative: you guessed no, measured 0.01" in capsys.readouterr().out


@pytest.mark.parametrize("wiring", [None, ..., "x +", 7])
def test_places_of_the_cell_are_numbered_until_there_are_seven_labels(wiring):
    ax = figures_lstm.draw_cell(wiring)

    assert {*"1234567"} <= {*texts(ax)}


def test_seven_labels_take_the_places_of_the_numbers():
    shown = texts(figures_lstm.draw_cell("x + o g f i tanh"))

    assert not {*"1234567"} & {*shown}
    assert shown[-7:] == ["×", "+", "o", "g", "f", "i", "tanh"]

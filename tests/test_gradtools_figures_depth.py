"""Figures of hw3 carry the data they were given, and tell a guess beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex
from matplotlib.text import Annotation

from coursekit.gradtools import figures_depth
from coursekit.gradtools.figures_depth import CONTROLS, EXPLORED, SETTINGS
from coursekit.gradtools.styling import BLUE, GREY, VERMILION

LAYERS = np.arange(51)
GROWS, SHRINKS, STAYS = 1.2 ** LAYERS[::-1], 0.7 ** LAYERS[::-1], np.ones(51)


@pytest.fixture(autouse=True)
def closed_figures() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")


def line(ax: Any, label: str) -> Any:
    return next(found for found in ax.lines if found.get_label() == label)


def overlaps(ax: Any) -> list[tuple[str, str]]:
    """Pairs of labels whose boxes touch, after the layout has been made."""
    ax.figure.draw_without_rendering()
    notes = [text for text in ax.texts if isinstance(text, Annotation) and text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in notes]
    return [(a, b) for (a, box_a), (b, box_b) in combinations(boxes, 2) if box_a.overlaps(box_b)]


def test_schemes_run_back_from_the_loss_in_the_colour_of_their_fate(capsys: Any) -> None:
    ax = figures_depth.schemes({"grows": 3 * GROWS, "shrinks": SHRINKS, "stays": 5 * STAYS}, guess=7)

    np.testing.assert_allclose(line(ax, "grows").get_ydata(), 1.2**LAYERS)
    np.testing.assert_allclose(line(ax, "shrinks").get_ydata(), 0.7**LAYERS)
    assert to_hex(line(ax, "grows").get_color()) == VERMILION
    assert to_hex(line(ax, "shrinks").get_color()) == BLUE
    assert to_hex(line(ax, "stays").get_color()) == GREY
    assert overlaps(ax) == []
    assert capsys.readouterr().out == f"grows: your guess: 7, measured: {1.2**50:.3g}\n"


def test_the_surprise_measures_the_oracle(capsys: Any) -> None:
    ax = figures_depth.surprise({"depth/plain": STAYS, "depth/batch": GROWS})

    np.testing.assert_allclose(line(ax, "batch norm").get_ydata(), 1.2**LAYERS)
    assert "no guess, measured: 9.1e+03" in capsys.readouterr().out


def test_spectra_show_singular_values_and_tell_the_radius() -> None:
    rotation = np.array([[0.0, -1.0], [1.0, 0.0]])
    ax = figures_depth.spectra({"turns": rotation, "shear": np.array([[1.0, 3.0], [0.0, 1.0]])})

    shear = next(found for found in ax.lines if found.get_label().startswith("shear"))
    values = np.linalg.svd([[1.0, 3.0], [0.0, 1.0]], compute_uv=False)
    np.testing.assert_allclose(shear.get_ydata(), values[::-1])
    assert {text.get_text() for text in ax.texts} >= {"turns\nradius 1.00", "shear\nradius 1.00"}
    assert overlaps(ax) == []


def test_rotations_are_relative_to_the_loss(capsys: Any) -> None:
    norms = {s: 4 * np.exp(-s * LAYERS[::-1]) for s in (0, 0.5, 1)}

    ax = figures_depth.rotations(norms, guess=0.1)

    np.testing.assert_allclose(line(ax, "inputs 0.5").get_ydata(), np.exp(-0.5 * LAYERS))
    assert ax.get_yscale() == "log"
    assert f"your guess: 0.1, measured: {np.exp(-50):.3g}" in capsys.readouterr().out


def test_the_cliff_shows_the_clipped_walk_and_names_the_step_into_infinity(capsys: Any) -> None:
    free = np.array([1.2, -966.0, 2e116, -np.inf, np.nan])
    held = np.linspace(1.2, 0.96, 5)

    figure = figures_depth.cliff(free, held, guess=5)

    left, right = figure.axes
    walked = next(found for found in left.lines if found.get_marker() == "o")
    np.testing.assert_allclose(walked.get_xdata(), held)
    assert any("-966" in text.get_text() and "-inf" in text.get_text() for text in right.texts)
    assert "your guess: 5, measured: 3" in capsys.readouterr().out


def test_a_cliff_that_throws_nobody_is_drawn_in_silence(capsys: Any) -> None:
    figures_depth.cliff(np.linspace(1.0, 0.9, 4), np.linspace(1.0, 0.9, 4))

    assert capsys.readouterr().out == ""


def test_drift_starts_at_nothing() -> None:
    ax = figures_depth.drift([0.0, 0.5, 0.9])

    np.testing.assert_allclose(line(ax, "E(W)").get_ydata(), [0.0, 0.5, 0.9])
    assert ax.get_yscale() == "linear"


def test_the_explorer_shows_three_settings_at_fixed_limits() -> None:
    asked: list[dict[str, Any]] = []

    def update(**values: Any) -> Any:
        asked.append(values)
        return GROWS if values["norm"] else STAYS

    figure = figures_depth.explore_depth(update)

    assert asked == list(SETTINGS)
    assert all(ax.get_ylim() == EXPLORED for ax in figure.axes)
    assert [ax.get_title(loc="left") for ax in figure.axes] == [
        "relu, gain 1\nplain",
        "relu, gain 1\nbatch norm",
        "relu, gain 1\nresidual",
    ]
    assert set(CONTROLS) == set(SETTINGS[0])

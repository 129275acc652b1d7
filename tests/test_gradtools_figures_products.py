"""Figures of hw1 carry what the notebook measured, and tell a guess beside what was measured."""

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

from coursekit.gradtools import figures_products
from coursekit.gradtools.figures_products import FACTOR, FACTOR_LIMITS, LAYERS, LAYERS_LIMITS
from coursekit.gradtools.styling import BLUE, GREY, VERMILION


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
    notes = [text for text in ax.texts if text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in notes]
    return [(a, b) for (a, box_a), (b, box_b) in combinations(boxes, 2) if box_a.overlaps(box_b)]


def derivative(name: str, z: Any) -> Any:
    s = 0.5 + 0.5 * np.tanh(z / 2)
    return {"sigmoid": s * (1 - s), "tanh": 1 - np.tanh(z) ** 2, "relu": (z > 0).astype(float)}[name]


def by_norm(W: Any, gamma: float) -> str:
    return "vanishes" if gamma * np.linalg.norm(W, 2) < 1 else "undecided"


def product(Js: Any) -> Any:
    P = np.eye(Js.shape[1])
    for J in Js:
        P = J @ P
    return P


def test_the_surprise_peaks_and_comes_below_one_late(capsys: Any) -> None:
    ax = figures_products.surprise(20)

    norms = line(ax, "norm of Wⁿ").get_ydata()
    assert norms.max() == pytest.approx(38.7, abs=0.05)
    assert norms[61] >= 1 > norms[62]  # powers 62 and 63
    assert overlaps(ax) == []
    assert capsys.readouterr().out == "below 1 from n = 63 · your guess: 20\n"


def test_no_guess_is_said_to_be_none(capsys: Any) -> None:
    figures_products.surprise()

    assert capsys.readouterr().out.endswith("· no guess\n")


def test_chains_start_at_one_in_the_colour_of_their_fate() -> None:
    k = np.arange(1, 21)
    ax = figures_products.chains({w: w**k for w in (0.5, 0.9, 1.0, 1.1, 2.0)})

    np.testing.assert_allclose(line(ax, "w = 0.9").get_ydata(), 0.9 ** np.arange(21))
    assert to_hex(line(ax, "w = 0.5").get_color()) == BLUE
    assert to_hex(line(ax, "w = 1").get_color()) == GREY
    assert to_hex(line(ax, "w = 2").get_color()) == VERMILION
    assert ax.get_yscale() == "log"
    assert "12 orders" in ax.get_title(loc="left")
    assert overlaps(ax) == []


def test_slopes_cross_where_they_are_measured_to_cross(capsys: Any) -> None:
    ax = figures_products.slopes(derivative, 2)

    np.testing.assert_allclose(line(ax, "sigmoid").get_ydata().max(), 0.25)
    assert "1.663" in ax.get_title(loc="left")
    assert overlaps(ax) == []
    assert capsys.readouterr().out == "equal slopes at z = 1.663 · your guess: 2\n"


def test_slopes_that_never_cross_are_drawn_all_the_same() -> None:
    ax = figures_products.slopes(lambda name, z: np.zeros(z.shape))

    assert len(line(ax, "tanh").get_ydata()) == 1601


def test_transient_shows_what_was_handed_in() -> None:
    norms = {f"b = {b}": (b + 1) * 0.9 ** np.arange(1, 81) for b in (0, 10)}
    ax = figures_products.transient(norms, 0.9)

    np.testing.assert_allclose(line(ax, "b = 10").get_ydata(), norms["b = 10"])
    assert overlaps(ax) == []


def test_bound_shades_what_the_verdict_calls_vanishing() -> None:
    ax = figures_products.bound(by_norm)

    (shade,) = ax.patches
    assert shade.get_x() == 0
    assert 0.97 < shade.get_width() < 1
    assert overlaps(ax) == []


def test_bound_holds_both_fates_beyond_one() -> None:
    ax = figures_products.bound(by_norm)

    sigmoid, tanh = ax.lines[1], ax.lines[2]
    np.testing.assert_allclose(sigmoid.get_ydata(), sigmoid.get_xdata())
    assert np.interp(2.0, tanh.get_xdata(), tanh.get_ydata()) == pytest.approx(0.1664, abs=1e-3)


def test_a_verdict_that_never_says_vanishes_shades_nothing() -> None:
    assert list(figures_products.bound(lambda W, gamma: "undecided").patches) == []


def test_real_path_goes_back_from_the_last_factor() -> None:
    Js = np.random.default_rng(3).standard_normal((6, 3, 3)) / 3
    ax = figures_products.real_path(product, Js)

    back = line(ax, "the product").get_ydata()
    assert back[0] == pytest.approx(np.linalg.norm(Js[-1], 2))
    assert back[-1] == pytest.approx(np.linalg.norm(product(Js), 2))
    assert ax.lines[0].get_ydata()[-1] == pytest.approx(np.linalg.norm(Js, 2, axis=(1, 2)).prod())


def test_layers_slider_draws_three_settings() -> None:
    figure = figures_products.layers_slider(lambda w: w ** np.arange(4.0, -1, -1))

    assert len(figure.axes) == len(LAYERS)
    assert all(ax.get_ylim() == LAYERS_LIMITS for ax in figure.axes)
    assert [to_hex(ax.lines[1].get_color()) for ax in figure.axes] == [BLUE, GREY, VERMILION]


def test_factor_runs_back_from_the_loss() -> None:
    figure = figures_products.factor(lambda lam, T: lam ** np.arange(T - 1.0, -1, -1))

    assert len(figure.axes) == len(FACTOR)
    assert all(ax.get_ylim() == FACTOR_LIMITS for ax in figure.axes)
    first = figure.axes[0].lines[1]
    np.testing.assert_allclose(first.get_ydata(), 0.9 ** np.arange(20))
    assert to_hex(first.get_color()) == BLUE


@pytest.mark.parametrize("draw", ["slopes", "bound", "layers_slider", "factor"])
def test_a_stub_is_waited_for_without_an_empty_figure(draw: str) -> None:
    def stub(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("q6: verdict")

    with pytest.raises(NotImplementedError, match="q6: verdict"):
        getattr(figures_products, draw)(stub)
    assert plt.get_fignums() == []


def test_notes_stay_inside_the_figure() -> None:
    ax = figures_products.surprise()
    ax.figure.draw_without_rendering()
    page = ax.figure.bbox

    for text in (text for text in ax.texts if isinstance(text, Annotation)):
        box = text.get_window_extent()
        assert page.x0 - 1 <= box.x0
        assert box.x1 <= page.x1 + 1

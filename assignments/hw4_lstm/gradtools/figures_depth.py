"""Figures of hw3: gradient norms by depth, spectra of a start, rotations under tanh, a cliff, a drift.

Everything drawn is handed in: what the notebook's own functions measured, or arrays of oracle.npz.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .figures_lines import ordered, plot_lines
from .styling import BLUE, GREY, VERMILION, rc, styled
from .widget import explore

Array = NDArray[np.float64]

BACK = "layers back from the loss"
SIZE = "gradient norm / norm at the loss"
MINIMUM = 0.5 ** (1 / 20)  # of (w^20 - 1/2)^2
ABOUT_ONE = 10.0  # within this factor of 1 a line is drawn grey: it neither vanishes nor explodes

SETTINGS = (
    {"act": "relu", "gain": 1.0, "L": 20, "norm": None, "residual": False},
    {"act": "relu", "gain": 1.0, "L": 20, "norm": "batch", "residual": False},
    {"act": "relu", "gain": 1.0, "L": 20, "norm": None, "residual": True},
)
CONTROLS = {
    "act": ["relu", "tanh", "sigmoid", "identity"],
    "gain": (0.5, 2.0, 0.05),
    "L": (5, 50, 1),
    "norm": [None, "batch", "layer"],
    "residual": [False, True],
}
EXPLORED = (1e-6, 1e10)  # limits of y that hold at every position of the sliders that matters


def compare_guess(guess: Any, measured: float, what: str) -> None:
    """Print a guess, if there is one, beside what was measured."""
    said = "no guess" if guess is None else f"your guess: {guess}"
    print(f"{what}: {said}, measured: {measured:.3g}")


def surprise(oracle: Mapping[str, Any], guess: Any = None) -> Any:
    """Gradient norms of 50 relu layers, plain and with batch norm. Returns the Axes.

    oracle   holds "depth/plain" and "depth/batch", both (51,), for layers 0 ... 50
    """
    lines = {"plain": oracle["depth/plain"], "batch norm": oracle["depth/batch"]}
    axes = schemes(lines, title="Batch norm makes a relu gradient grow")
    compare_guess(guess, _ratio(lines["batch norm"]), "factor with batch norm")
    return axes


def schemes(norms: Mapping[str, Any], guess: Any = None, *, title: str = "") -> Any:
    """Relative gradient norms against layers back from the loss, one line a scheme. Returns the Axes.

    norms   name → (L + 1,) for layers 0 ... L, as `gradient_norms` returns them
    guess   beside the scheme that grows most; asked for in the notebook, so printed only without `title`
    Blue shrinks by more than a factor of ten, vermilion grows by more, grey stays within it.
    """
    back = {name: _back(values) for name, values in norms.items()}
    worst = max(back, key=lambda name: back[name][-1])
    axes = plot_lines(
        np.arange(max(values.size for values in back.values())),
        back,
        title or "At the start, some remedies explode",
        BACK,
        SIZE,
        colours={name: _fate(values[-1]) for name, values in back.items()},
        bounds={"": 1.0},
    )
    if not title:
        compare_guess(guess, float(back[worst][-1]), worst)
    return axes


def spectra(matrices: Mapping[str, Any]) -> Any:
    """Singular values of square matrices, the largest first, with the spectral radius in the label.

    matrices   name → (H, H), all of one size. Returns the Axes.
    """
    lines, colours = {}, {}
    for colour, (name, W) in zip((BLUE, GREY, VERMILION), matrices.items(), strict=False):
        radius = float(np.abs(np.linalg.eigvals(W)).max())
        label = f"{name}\nradius {radius:.2f}"
        lines[label] = np.linalg.svd(W, compute_uv=False)[::-1]
        colours[label] = colour
    size = max(values.size for values in lines.values())
    return plot_lines(
        np.arange(1, size + 1),
        lines,
        "Radius 1 does not mean that lengths are kept",
        "singular values, in order",
        "size",
        log=False,
        colours=colours,
        bounds={"": 1.0},
    )


def rotations(norms: Mapping[float, Any], guess: Any = None) -> Any:
    """Gradient norms of a tanh recurrence with a rotation, one line for each size of the inputs.

    norms   standard deviation of the inputs → (T + 1,), in the order of time. Returns the Axes.
    """
    lines = {f"inputs {s:g}": _back(values) for s, values in norms.items()}
    (steps,) = {values.size - 1 for values in lines.values()}
    axes = plot_lines(
        np.arange(steps + 1),
        lines,
        "A rotation keeps the gradient; tanh takes it away",
        "steps back from the loss",
        SIZE,
        colours=ordered(lines),
    )
    compare_guess(guess, _ratio(list(norms.values())[-1]), f"share left after {steps} steps")
    return axes


@styled
def cliff(unclipped: Any, clipped: Any, guess: Any = None) -> Any:
    """The loss (w^20 - 1/2)^2 with a clipped descent on it, and w by step with and without clipping.

    unclipped, clipped   (steps + 1,), as `cliff_descent` returns them. Returns the figure.
    """
    from matplotlib import pyplot

    free, held = np.asarray(unclipped, dtype=float), np.asarray(clipped, dtype=float)
    with pyplot.rc_context({**rc(), "axes.titlesize": 11}):
        figure, (left, right) = pyplot.subplots(1, 2, figsize=(7.2, 3.4))
        _wall(left, held)
        _walks(right, free, held)
    first = np.flatnonzero(~np.isfinite(free))
    if first.size:
        compare_guess(guess, float(first[0]), "first step at which w is not finite")
    return figure


def drift(errors: Any) -> Any:
    """Distance from orthogonal during training, (steps + 1,). Returns the Axes."""
    values = np.asarray(errors, dtype=float)
    return plot_lines(
        np.arange(values.size),
        {"E(W)": values},
        "Orthogonal at the start, and never again",
        "steps of training",
        "distance from orthogonal",
        log=False,
        colours={"E(W)": VERMILION},
    )


def explore_depth(update: Callable[..., Any]) -> Any:
    """`depth_explorer` at three settings, with sliders where ipywidgets is. Returns the static figure."""
    return explore(update, draw_depth, SETTINGS, CONTROLS, ylim=EXPLORED, title=_setting)


def draw_depth(ax: Any, norms: Any) -> None:
    """One panel: relative norms (L + 1,) against layers back from the loss, in the colour of their fate."""
    back = _back(norms)
    ax.axhline(1.0, color=GREY, linestyle="--", linewidth=1.4)
    ax.plot(np.arange(back.size), back, color=_fate(float(back[-1])))
    ax.set(yscale="log", xlabel=BACK, ylabel=SIZE)
    ax.xaxis.get_major_locator().set_params(integer=True)


def _setting(values: Mapping[str, Any]) -> str:
    extras = [f"{values['norm']} norm"] if values["norm"] else []
    extras += ["residual"] if values["residual"] else []
    return f"{values['act']}, gain {values['gain']:g}\n{', '.join(extras) or 'plain'}"


def _wall(ax: Any, path: Array) -> None:
    w = np.linspace(0.7, 1.21, 400)
    ax.plot(w, _loss(w), color=GREY)
    ax.plot(path, _loss(path), "o", color=BLUE, markersize=4)
    ax.set(title="The wall, and a clipped walk", xlabel="w", ylabel="loss", yscale="log", ylim=(1e-5, 1e4))


def _walks(ax: Any, free: Array, held: Array) -> None:
    ax.set(title="Unclipped, w leaves float64", xlabel="step", ylabel="w", ylim=(0.88, 1.24))
    ax.axhline(MINIMUM, color=GREY, linestyle="--", linewidth=1.4)
    ax.plot(held, color=BLUE)
    ax.plot(free[:2], color=VERMILION)
    numbers = [f"{value:.3g}" for value in free[1 : 1 + np.isfinite(free).sum()]]
    _note(ax, (0.2, 0.9), "unclipped: " + numbers[0] + ",\n" + ", ".join(numbers[1:]), VERMILION)
    _note(ax, (0.4, 0.5), "clipped at 1", BLUE)
    ax.annotate(
        "minimum",
        (held.size - 1, MINIMUM),
        xytext=(0, -6),
        textcoords="offset points",
        color=GREY,
        fontsize=10,
        ha="right",
        va="top",
    )


def _note(ax: Any, place: Sequence[float], text: str, colour: str) -> None:
    ax.annotate(text, place, xycoords="axes fraction", color=colour, fontsize=10, va="center")


def _loss(w: Array) -> Array:
    loss: Array = (w**20 - 0.5) ** 2
    return loss


def _back(values: Any) -> Array:
    """Norms in the order from the loss back, relative to the loss."""
    norms = np.asarray(values, dtype=float)
    back: Array = norms[::-1] / norms[-1]
    return back


def _ratio(values: Any) -> float:
    return float(_back(values)[-1])


def _fate(end: float) -> str:
    return BLUE if end < 1 / ABOUT_ONE else VERMILION if end > ABOUT_ONE else GREY

"""Figures of hw1: powers of numbers and matrices, slopes, bounds and what they decide, two experiments.

What is drawn comes from the notebook's own functions, or is computed from the few numbers named here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .figures_lines import by_growth, ordered, plot_lines
from .styling import BLUE, GREY, VERMILION, in_lines, new_axes, styled
from .widget import explore

Array = NDArray[np.float64]

POWER = "power n"
BACK = "steps back from the loss"
SIZE = "what is left of 1"
SURPRISE = np.array([[0.9, 10.0], [0.0, 0.9]])  # radius 0.9, far from normal
LAST_POWER = 80
REST = 400  # iterations of a scalar recurrence: near the critical weight it comes to rest slowly

LAYERS = ({"w": 0.5}, {"w": 1.0}, {"w": 2.0})
LAYERS_CONTROLS = {"w": (0.25, 2.0, 0.05)}
LAYERS_LIMITS = (2e-3, 50.0)  # 0.25^4 and 2^4 with a margin
FACTOR = ({"lam": 0.9, "T": 20}, {"lam": 0.9, "T": 100}, {"lam": 1.1, "T": 100})
FACTOR_CONTROLS = {"lam": (0.5, 1.5, 0.01), "T": (5, 100, 1)}
FACTOR_LIMITS = (1e-7, 1e7)


def surprise(guess: Any = None) -> Any:
    """Norms of the powers of a matrix of radius 0.9, which first grow; prints a guess beside the last rise.

    guess   the power from which on the norm stays below 1. Returns the Axes.
    """
    powers = np.arange(1, LAST_POWER + 1)
    norms = np.array([np.linalg.norm(np.linalg.matrix_power(SURPRISE, n), 2) for n in powers])
    below = 1 + int(powers[norms >= 1].max())
    peak = int(norms.argmax())
    axes = plot_lines(
        powers,
        {"norm of Wⁿ": norms},
        f"All eigenvalues are 0.9, yet the norm reaches {norms[peak]:.1f}",
        POWER,
        "size",
        bounds={"0.9ⁿ": 0.9**powers, "1": 1.0},
    )
    _note(axes, (powers[peak], norms[peak]), f"n = {powers[peak]}", (-6, -12))
    axes.plot([powers[peak], below], [norms[peak], norms[below - 1]], "o", color=BLUE)
    _note(axes, (below, norms[below - 1]), f"below 1 from n = {below}", (-4, -16), "right")
    _beside(guess, below, "below 1 from n =")
    return axes


def chains(left: Mapping[float, Any]) -> Any:
    """w^k on a logarithmic axis, k = 0 … n, one line for each factor. Returns the Axes.

    left   w → (n,), what is left after 1 … n steps; the 1 before the first step is added here
    """
    lines = {f"w = {w:g}": np.concatenate([[1.0], np.asarray(rest, dtype=float)]) for w, rest in left.items()}
    steps = max(values.size for values in lines.values())
    low, high = min(v[-1] for v in lines.values()), max(v[-1] for v in lines.values())
    return plot_lines(
        np.arange(steps),
        lines,
        f"Straight lines, {np.log10(high / low):.0f} orders of magnitude apart",
        "steps back",
        SIZE,
        colours=by_growth(lines),
    )


def slopes(derivative: Callable[[str, Array], Any], guess: Any = None) -> Any:
    """Slopes of tanh, sigmoid and relu on [-4, 4], and where the first two cross. Returns the Axes.

    derivative   derivative(name, z) → slopes of z's shape
    guess        a z > 0 at which tanh and sigmoid have the same slope
    """
    z = np.linspace(-4, 4, 1601)  # 0 is one of them
    lines = {name: np.asarray(derivative(name, z), dtype=float) for name in ("relu", "tanh", "sigmoid")}
    ahead = z[(z > 0) & (lines["tanh"] > lines["sigmoid"])]
    cross = _crossing(derivative, float(ahead.max())) if ahead.size else float("nan")
    axes = plot_lines(
        z,
        lines,
        f"tanh beats sigmoid only for |z| < {cross:.3f}",
        "z",
        "slope",
        log=False,
        colours={"tanh": BLUE, "sigmoid": VERMILION, "relu": GREY},
    )
    for side in (-cross, cross):
        axes.axvline(side, color=GREY, linestyle="--", linewidth=1.4)
    _beside(guess, cross, "equal slopes at z =")
    return axes


def transient(norms: Mapping[str, Any], radius: float) -> Any:
    """Norms of powers of matrices that share one spectral radius, with radius^n. Returns the Axes.

    norms   label → (n,), the norms of the powers 1 … n; labels are settings of one knob, in their order
    """
    powers = np.arange(1, max(len(values) for values in norms.values()) + 1)
    return plot_lines(
        powers,
        norms,
        f"One radius, {radius:g}, and {len(norms)} ways down",
        POWER,
        "norm of Wⁿ",
        colours=ordered(norms),
        bounds={"1": 1.0},
    )


@styled
def bound(verdict: Callable[[Array, float], str]) -> Any:
    """Factor per step of two scalar recurrences at rest, against the bound. Returns the Axes.

    verdict   verdict(W, gamma) → "vanishes" or "undecided"; shades the part that it calls vanishing
    tanh has weight w and no bias; sigmoid has weight 4 w and bias -2 w, so that it rests at 1/2.
    """
    weights = np.linspace(0.02, 3, 150)
    certain = [w for w in weights if verdict(np.array([[w]]), 1.0) == "vanishes"]
    axes = new_axes()
    if certain:
        axes.axvspan(0, max(certain), color=BLUE, alpha=0.1, linewidth=0)
    axes.axhline(1, color=GREY, linestyle="--", linewidth=1.4)
    axes.plot(weights, weights, color=VERMILION)
    axes.plot(weights, [_tanh_factor(w) for w in weights], color=BLUE)
    axes.set(
        title=in_lines("A bound above 1 decides nothing"),
        xlabel="bound for one step, γ · norm of W",
        ylabel="factor per step at rest",
        xlim=(0, 3),
        ylim=(0, 3),
    )
    for place, text, colour in (
        ((0.06, 2.75), "vanishes", GREY),
        ((1.06, 2.75), "undecided", GREY),
        ((2.05, 1.72), "sigmoid, at rest at ½:\non the bound", VERMILION),
        ((1.7, 0.5), "tanh: saturates", BLUE),
    ):
        axes.text(*place, text, color=colour, fontsize=10, va="center")
    return axes


def real_path(path_product: Callable[[Array], Any], Js: Any) -> Any:
    """Norm of the product of the last k Jacobians, k = 1 … n, and what the factors' norms allow.

    path_product   path_product(Js (k, S, S)) → (S, S), the first factor first
    Js             (n, S, S). Returns the Axes.
    """
    Js = np.asarray(Js, dtype=float)
    back = np.arange(1, len(Js) + 1)
    truth = np.array([np.linalg.norm(path_product(Js[len(Js) - k :]), 2) for k in back])
    allowed = np.cumprod(np.linalg.norm(Js, 2, axis=(1, 2))[::-1])
    orders = np.log10(allowed[-1] / truth[-1])
    return plot_lines(
        back,
        {"the product": truth},
        f"After {len(Js)} real steps the bound is {orders:.0f} orders too high",
        BACK,
        "norm",
        colours=[BLUE],
        bounds={"product of\nthe norms": allowed},
    )


def layers_slider(simulator: Callable[..., Any]) -> Any:
    """`simulator(w)` at three settings, and a slider where ipywidgets is. Returns the static figure."""
    return explore(simulator, draw_layers, LAYERS, LAYERS_CONTROLS, ylim=LAYERS_LIMITS)


def factor(lambda_simulator: Callable[..., Any]) -> Any:
    """`lambda_simulator(lam, T)` at three settings, and two sliders. Returns the static figure."""
    return explore(lambda_simulator, draw_steps, FACTOR, FACTOR_CONTROLS, ylim=FACTOR_LIMITS, title=_setting)


def draw_layers(ax: Any, gradients: Any) -> None:
    """One panel: the gradient (L,) at each layer."""
    values = np.asarray(gradients, dtype=float)
    layers = np.arange(1, values.size + 1)
    ax.axhline(1, color=GREY, linestyle="--", linewidth=1.4)
    ax.plot(layers, values, "o-", color=_fate(values))
    ax.set(yscale="log", xlabel="layer, the last one is at the loss", ylabel="gradient", xticks=layers)


def draw_steps(ax: Any, gradients: Any) -> None:
    """One panel: the gradient (T,), in the order of time, against steps back."""
    values = np.asarray(gradients, dtype=float)
    ax.axhline(1, color=GREY, linestyle="--", linewidth=1.4)
    ax.plot(np.arange(values.size), values[::-1], color=_fate(values))
    ax.set(yscale="log", xlabel=BACK, ylabel="gradient")
    ax.xaxis.get_major_locator().set_params(integer=True)


def _setting(values: Mapping[str, Any]) -> str:
    return f"λ = {values['lam']:g}, T = {values['T']}"


def _fate(values: Array) -> str:
    """Blue where the gradient is smaller at the far end, vermilion where it is larger."""
    far, near = values[0], values[-1]
    return GREY if np.isclose(far, near) else BLUE if far < near else VERMILION


def _crossing(derivative: Callable[[str, Array], Any], start: float) -> float:
    """Where tanh' - sigmoid' changes its sign, to 1e-6, beginning 0.005 to the left of it or less."""
    low, high = start, start + 0.01
    while high - low > 1e-6:
        middle = np.array([(low + high) / 2])
        gap = np.asarray(derivative("tanh", middle)) - np.asarray(derivative("sigmoid", middle))
        low, high = (float(middle[0]), high) if gap[0] > 0 else (low, float(middle[0]))
    return (low + high) / 2


def _tanh_factor(w: float) -> float:
    """w (1 - h²) where h = tanh(w h) has come to rest."""
    h = 0.5
    for _ in range(REST):
        h = float(np.tanh(w * h))
    return w * (1 - h**2)


def _note(ax: Any, point: tuple[Any, Any], text: str, offset: tuple[int, int], side: str = "left") -> None:
    ax.annotate(
        text, point, xytext=offset, textcoords="offset points", color=BLUE, fontsize=10, ha=side, va="center"
    )


def _beside(guess: Any, measured: float, what: str) -> None:
    """Print what was measured, and a guess if there is one."""
    said = "no guess" if guess is None else f"your guess: {guess}"
    print(f"{what} {measured:.4g} · {said}")

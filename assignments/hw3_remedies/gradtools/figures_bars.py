"""Who contributes how much: one bar for each step."""

from __future__ import annotations

from typing import Any

import numpy as np

from .styling import BLUE, GREY, VERMILION, in_lines, new_axes, styled


@styled
def plot_bars(
    x: Any, heights: Any, title: str, xlabel: str, ylabel: str, *, strong: Any = None, ax: Any = None
) -> Any:
    """One bar of width 0.8 at each `x`. Returns the Axes.

    x, heights   (n,)
    strong       truth values (n,): these bars are blue, the others grey; all are blue when left out
    """
    axes = new_axes() if ax is None else ax
    heights = np.asarray(heights, dtype=float)
    chosen = np.ones(heights.shape, bool) if strong is None else np.asarray(strong, dtype=bool)
    axes.bar(x, heights, width=0.8, color=[BLUE if c else GREY for c in chosen])
    axes.set(title=in_lines(title), xlabel=xlabel, ylabel=ylabel)
    if np.any(heights < 0):
        axes.axhline(0, color=GREY, linewidth=0.8)
    return axes


@styled
def plot_terms(terms: Any, recent: int = 10, title: str = "", *, name: str = "dW_hh", ax: Any = None) -> Any:
    """The size of each step's term of a shared weight's gradient, against steps back from the loss.

    terms    (T, H, H), the term of each step in the order of time, or their norms (T,)
    recent   how many of the latest steps to set off; their share of the summed norms is written in the figure
    """
    terms = np.asarray(terms, dtype=float)
    sizes = np.sqrt((terms**2).sum(axis=tuple(range(1, terms.ndim)))) if terms.ndim > 1 else np.abs(terms)
    back = sizes[::-1]
    total = float(back.sum())
    share = 100 * float(back[:recent].sum()) / total if total else 0.0
    percent = f"{share:.1f} %" if share < 99.95 else f"{share:.6g} %" if share < 100 else "all"
    steps = np.arange(back.size)
    axes = plot_bars(
        steps,
        back,
        title or f"The last {recent} steps carry {percent} of {name}",
        "steps back from the loss",
        "norm of each step's term",
        strong=steps < recent,
        ax=ax,
    )
    axes.set_xlim(-0.6, max(back.size - 0.4, 0.6))
    if recent < back.size:
        axes.axvline(recent - 0.5, color=VERMILION, linestyle="--", linewidth=1.4)
        axes.annotate(
            f"{recent} steps back and more: {100 - share:.2g} %",
            xy=(recent - 0.5, 0.6),
            xycoords=("data", "axes fraction"),
            xytext=(8, 0),
            textcoords="offset points",
            color=VERMILION,
            fontsize=10,
            va="center",
        )
    return axes

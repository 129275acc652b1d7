"""How large the gradient is, against the number of steps back from the loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .figures_lines import by_growth, ordered, plot_lines
from .styling import kind_of


def plot_flow(
    norms: Mapping[str, Any],
    title: str = "",
    *,
    scale: bool = False,
    relative: bool = False,
    ylim: tuple[float, float] | None = None,
    ax: Any = None,
) -> Any:
    """Norm of dL/dh_t against steps back from the loss. Returns the Axes.

    norms      label → (T,), in the order of time t = 1 … T, as backward makes them; T may differ
    title      the finding; made from the line when left out, where there is one only
    scale      the lines are settings of one knob: draw them in shades, light first
    relative   divide each line by its norm at the loss, so that all begin at 1
    Lines whose labels begin with RNN, LSTM or GRU have their own colours; others are blue where the gradient
    shrinks on its way back and vermilion where it grows.
    """
    back = {label: np.asarray(values, dtype=float)[::-1] for label, values in norms.items()}
    if relative:
        back = {label: values / values[0] for label, values in back.items()}
    longest = max((values.size for values in back.values()), default=0)
    cells = all(kind_of(label) for label in back)
    colours = ordered(back) if scale else None if cells else by_growth(back)
    return plot_lines(
        np.arange(longest),
        back,
        title or _finding(back),
        "steps back from the loss",
        "gradient norm / norm at the loss" if relative else "gradient norm",
        colours=colours,
        ylim=ylim,
        ax=ax,
    )


def _finding(back: Mapping[str, Any]) -> str:
    if len(back) != 1:
        return "Gradient norm on its way back"
    (values,) = back.values()
    with np.errstate(all="ignore"):
        decades = float(np.log10(values[-1] / values[0])) if values[0] > 0 else float("nan")
    if not np.isfinite(decades):
        return "Gradient norm on its way back"
    way = "loses" if decades < 0 else "gains"
    return f"{len(values) - 1} steps back, the gradient {way} {abs(decades):.0f} orders of magnitude"

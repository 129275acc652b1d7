"""Lines on a logarithmic axis, labelled at their ends: the form of most figures of the course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .end_labels import label_ends
from .styling import BLUE, COLOURS, GREY, MARKERS, VERMILION, in_lines, kind_of, new_axes, shades, styled


@styled
def plot_lines(
    x: Any,
    lines: Mapping[str, Any],
    title: str,
    xlabel: str,
    ylabel: str,
    *,
    log: bool = True,
    xlog: bool = False,
    colours: Mapping[str, str] | Sequence[str] | None = None,
    bounds: Mapping[str, Any] | None = None,
    ylim: tuple[float, float] | None = None,
    ax: Any = None,
) -> Any:
    """Draw each of `lines` over `x`, and write its name beside its end. Returns the Axes.

    x         (n,) for all lines; lines may be shorter
    lines     label → heights (m,), m <= n; on a log axis zeros and negative entries are left out
    title     the finding, in words
    colours   by label or in order; labels that begin with RNN, LSTM or GRU have their own
    bounds    label → a number or heights (n,), drawn grey and dashed
    ax        where to draw; a new figure when left out
    """
    axes = new_axes() if ax is None else ax
    x = np.asarray(x, dtype=float)
    axes.set(title=in_lines(title), xlabel=xlabel, ylabel=ylabel, yscale="log" if log else "linear")
    axes.set_xscale("log" if xlog else "linear")
    drawn: dict[Any, str] = {}
    for label, heights in (bounds or {}).items():
        (line,) = axes.plot(
            x, np.broadcast_to(_shown(heights, log), x.shape), "--", color=GREY, linewidth=1.4
        )
        drawn[line] = label
    chosen = _colours(list(lines), colours)
    for label, heights in lines.items():
        values = _shown(heights, log)
        (line,) = axes.plot(x[: values.size], values, label=label, **_look(label, chosen[label], x.size))
        drawn[line] = label
    _limits(axes, x, [line.get_ydata() for line in drawn], log, xlog, ylim)
    label_ends(axes, drawn)
    return axes


def by_growth(lines: Mapping[str, Any]) -> dict[str, str]:
    """A colour for each line: blue where it ends lower than it began, vermilion where higher, else grey."""
    chosen = {}
    for label, heights in lines.items():
        first, last = np.asarray(heights, dtype=float)[[0, -1]]
        chosen[label] = GREY if np.isclose(first, last) else BLUE if last < first else VERMILION
    return chosen


def ordered(lines: Mapping[str, Any], colour: str = BLUE) -> dict[str, str]:
    """Shades of one colour, for lines that are settings of one knob in their order."""
    return dict(zip(lines, shades(len(lines), colour), strict=True))


def _shown(heights: Any, log: bool) -> NDArray[np.float64]:
    """A log axis has no place for zeros and negative numbers; a gap says so, a made-up floor would lie."""
    values = np.asarray(heights, dtype=float)
    good = np.isfinite(values) & (values > 0 if log else True)
    return np.where(good, values, np.nan)


def _colours(labels: list[str], colours: Mapping[str, str] | Sequence[str] | None) -> dict[str, str]:
    if isinstance(colours, Mapping):
        return {label: colours.get(label, BLUE) for label in labels}
    cycle = list(colours) if colours else [BLUE, VERMILION, *list(COLOURS.values())[1:]]
    own = {label: COLOURS[kind_of(label)] for label in labels if kind_of(label) and not colours}
    return {label: own.get(label, cycle[i % len(cycle)]) for i, label in enumerate(labels)}


def _look(label: str, colour: str, points: int) -> dict[str, Any]:
    """Solid, in its colour, and for a kind of cell its marker at about eight places."""
    look = {"color": colour, "linestyle": "-"}  # said, since a notebook's own axes go through dashes
    kind = kind_of(label)
    if not kind:
        return look
    return look | {"marker": MARKERS[kind], "markersize": 5, "markevery": max(points // 8, 1)}


def _limits(
    axes: Any,
    x: NDArray[np.float64],
    heights: list[Any],
    log: bool,
    xlog: bool,
    ylim: tuple[float, float] | None,
) -> None:
    """Lines end at the right border, where their labels are; y gets a margin of 4 % unless it was set."""
    if x.size > 1 and x.min() < x.max():
        low, high = float(x.min()), float(x.max())
        axes.set_xlim(low if xlog else low - 0.01 * (high - low), high)
    if np.all(x == np.round(x)) and not xlog:
        axes.xaxis.get_major_locator().set_params(integer=True)
    if ylim is not None:
        axes.set_ylim(*ylim)
    if not axes.get_autoscaley_on():
        return
    values = np.concatenate([np.ravel(h) for h in heights]) if heights else np.zeros(0)
    values = values[np.isfinite(values)]
    if not values.size or values.min() == values.max():
        return
    low, high = np.log10([values.min(), values.max()]) if log else (values.min(), values.max())
    pad = 0.04 * (high - low)
    limits = (float(low - pad), float(high + pad))
    axes.set_ylim(*(10.0 ** np.array(limits) if log else limits))

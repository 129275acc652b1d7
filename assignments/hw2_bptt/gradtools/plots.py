"""Checks of a plot: the line is there, the bars are there, the axis is logarithmic, all is labelled.

Every check takes an Axes, its description, or the `AxesData` of `read_axes`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .axes import AxesData, LineData, is_axes, read_axes
from .calling import call
from .compare import RTOL, same
from .mismatch import Mismatch
from .words import listed


def has_line(axes: Any, y: Any, name: str, x: Any = None, rtol: float = RTOL) -> LineData:
    """Some line of the plot goes through these points. Returns that line.

    y      expected heights (n,); x their places (n,), where they matter: then the order of drawing does not
    name   what the line shows, for messages

    Raises Mismatch: "count" when there is no line or none of n points, "value" when none fits; the message
    compares with the nearest.
    """
    plot = read_axes(axes)
    want_y = np.asarray(y, dtype=float)
    order = slice(None) if x is None else np.argsort(np.asarray(x, dtype=float), kind="stable")
    want_x = None if x is None else np.asarray(x, dtype=float)[order]
    near: list[tuple[float, Mismatch]] = []
    for line in _of_length(plot, want_y.size, name):
        own = slice(None) if x is None else np.argsort(line.x, kind="stable")
        try:
            if want_x is not None:
                same(line.x[own], want_x, f"{name}, x", rtol=rtol)
            same(line.y[own], want_y[order], name, rtol=rtol)
        except Mismatch as found:
            near.append((_distance(line.y[own], want_y[order]), found))
        else:
            return line
    raise _no_line(min(near, key=lambda pair: pair[0])[1], len(plot.lines))


def has_bars(axes: Any, heights: Any, name: str, rtol: float = RTOL) -> None:
    """The bars, from left to right, have these heights (n,). Raises Mismatch (count, value)."""
    bars = sorted(read_axes(axes).bars, key=lambda bar: bar.x + bar.width / 2)
    want = np.asarray(heights, dtype=float)
    if len(bars) != want.size:
        text = f"`{name}`: the plot has {len(bars)} bars; expected {want.size}. Try: one call of `ax.bar`."
        raise Mismatch(name, "count", text, text)
    same([bar.height for bar in bars], want, name, rtol=rtol)


def has_log_axis(axes: Any, which: str = "y") -> None:
    """That axis is logarithmic. Raises Mismatch, rung "property"."""
    plot = read_axes(axes)
    scale = plot.yscale if which == "y" else plot.xscale
    if scale != "log":
        tip = f"Try: `ax.set_{which}scale('log')`."
        text = f"The {which} axis of the plot is not logarithmic; expected it to be. {tip}"
        raise Mismatch(f"{which} axis", "property", text, text)


def has_labels(axes: Any) -> None:
    """Title and both axes have a text. Raises Mismatch, rung "property"."""
    plot = read_axes(axes)
    bare = [part for part in ("title", "xlabel", "ylabel") if not getattr(plot, part).strip()]
    if bare:
        text = f"The plot has no {listed(bare)}; expected a text for each. Try: `ax.set_{bare[0]}(...)`."
        raise Mismatch("labels", "property", text, text)


def drawn_by(draw: Callable[..., Any], name: str, *args: Any) -> AxesData:
    """Call a student's drawing function, read the Axes that it returns, and close the figure.

    Raises Mismatch as `call` and `read_axes` do, and whatever the function raises.
    """
    axes = call(draw, name, *args)
    try:
        return read_axes(axes, name)
    finally:
        if is_axes(axes):  # else a notebook would show the figure again below the check
            from matplotlib import pyplot

            pyplot.close(axes.figure)


def _of_length(plot: AxesData, points: int, name: str) -> list[LineData]:
    fitting = [line for line in plot.lines if line.y.size == points]
    if not fitting:
        sizes = ", ".join(str(line.y.size) for line in plot.lines[:8])
        have = f"its lines have {sizes} points" if plot.lines else "it has no line"
        text = f"`{name}` is not in the plot: {have}; expected a line of {points}. Try: plot all of it."
        blind = f"`{name}` is not in the plot: no line has as many points."
        raise Mismatch(name, "count", text, blind)
    return fitting


def _distance(a: Any, b: Any) -> float:
    """How far off, for choosing the line to speak about; on the scale of decades where all is positive."""
    with np.errstate(all="ignore"):
        if np.all(a > 0) and np.all(b > 0):
            a, b = np.log(a), np.log(b)
        far = float(np.abs(a - b).max()) if a.size else 0.0
    return far if np.isfinite(far) else np.inf


def _no_line(near: Mismatch, lines: int) -> Mismatch:
    head = f"None of the {lines} lines fits. The nearest: " if lines > 1 else ""
    blind = f"`{near.output}` is not in the plot as it should be."
    return Mismatch(near.output, near.rung, head + near.message, blind)

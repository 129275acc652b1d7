"""Reading a student's plot: the same plain record from a matplotlib Axes and from its description.

In the notebook a case meets the Axes itself; in the judge it meets the worker's description of one. Both
come from students, so both are read as data: nothing in a description is taken for granted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from .cast import float_array, needs_value
from .mismatch import Mismatch
from .words import kind

T = TypeVar("T")

MAX_ITEMS = 10_000  # lines, bars or texts of one plot


@dataclass(frozen=True, slots=True)
class LineData:
    """One line: its points in data units, both (n,), and how it is drawn."""

    label: str
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    linestyle: str = "-"
    marker: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class BarData:
    """One bar in data units: its left edge, width and signed height."""

    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class AxesData:
    """What a plot shows. Scales are matplotlib's names, such as "linear" and "log"."""

    title: str = ""
    xlabel: str = ""
    ylabel: str = ""
    xscale: str = "linear"
    yscale: str = "linear"
    lines: tuple[LineData, ...] = ()
    bars: tuple[BarData, ...] = ()
    texts: tuple[str, ...] = ()


def read_axes(axes: Any, name: str = "plot") -> AxesData:
    """The plot as plain data: from an Axes, from its description, or from data read before.

    Raises Mismatch: "missing" for None and `...`, "type" for anything else and for points without numbers.
    """
    needs_value(axes, name)
    if type(axes) is AxesData:
        return axes
    if type(axes) is dict and _text(axes.get("kind")) == "axes":
        return _read(axes, name)
    if is_axes(axes):
        return _read(describe_axes(axes), name)
    text = f"`{name}`: got {kind(axes)}; expected the Axes that was drawn on. Try: end with `return ax`."
    raise Mismatch(name, "type", text, text)


def is_axes(value: Any) -> bool:
    """A matplotlib Axes? Asked without importing matplotlib: where no plot was drawn it may not be there."""
    module = sys.modules.get("matplotlib.axes")
    return module is not None and issubclass(type(value), module.Axes)


def describe_axes(axes: Any) -> dict[str, Any]:
    """A matplotlib Axes as a dict of plain values, the form in which it also leaves the sandbox."""
    from matplotlib.colors import to_hex
    from matplotlib.patches import Rectangle

    return {
        "kind": "axes",
        "title": axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right"),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "xscale": axes.get_xscale(),
        "yscale": axes.get_yscale(),
        "lines": [
            {
                "label": str(line.get_label()),
                "x": np.asarray(line.get_xdata(orig=False)),
                "y": np.asarray(line.get_ydata(orig=False)),
                "linestyle": str(line.get_linestyle()),
                "marker": str(line.get_marker()),
                "color": to_hex(line.get_color()),
            }
            for line in axes.lines
        ],
        "bars": [
            {"x": float(bar.get_x()), "width": float(bar.get_width()), "height": float(bar.get_height())}
            for bar in axes.patches
            if isinstance(bar, Rectangle)
        ],
        "texts": [text.get_text() for text in axes.texts],
    }


def _read(raw: dict[str, Any], name: str) -> AxesData:
    words = {key: _text(raw.get(key)) for key in ("title", "xlabel", "ylabel", "xscale", "yscale")}
    return AxesData(
        **words,
        lines=_each(raw.get("lines"), lambda item: _line(item, name)),
        bars=_each(raw.get("bars"), lambda item: _bar(item, name)),
        texts=_each(raw.get("texts"), _text),
    )


def _line(raw: Any, name: str) -> LineData:
    item = _dict(raw)
    x, y = (_points(item.get(key), f"{key} of a line of {name}") for key in ("x", "y"))
    if x.shape != y.shape:
        text = f"`{name}`: a line has other numbers of x and y."
        raise Mismatch(name, "shape", text, text)
    return LineData(
        _text(item.get("label")),
        x,
        y,
        _text(item.get("linestyle")),
        _text(item.get("marker")),
        _text(item.get("color")),
    )


def _bar(raw: Any, name: str) -> BarData:
    item = _dict(raw)
    sizes = (float_array(item.get(key), f"{key} of a bar of {name}") for key in ("x", "width", "height"))
    return BarData(*(float(size) if size.ndim == 0 else float("nan") for size in sizes))


def _points(raw: Any, name: str) -> NDArray[np.float64]:
    """One axis of a line, (n,); a gap in the line is nan."""
    return float_array(raw, name, bool_ok=True).ravel()


def _text(raw: Any) -> str:
    return raw if type(raw) is str else ""


def _dict(raw: Any) -> dict[str, Any]:
    return raw if type(raw) is dict else {}


def _each(raw: Any, read: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(read(item) for item in raw[:MAX_ITEMS]) if type(raw) in (list, tuple) else ()

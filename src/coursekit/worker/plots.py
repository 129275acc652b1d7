"""What becomes of plots: figures are closed when nobody looks any more, axes are told as plain data."""

from __future__ import annotations

import sys
from typing import Any

_MAX_ARTISTS = 500  # lines, bars or texts of one axes


def close() -> None:
    """Forget all open figures, as a notebook does after each cell."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    try:
        if pyplot is not None and pyplot.get_fignums():
            pyplot.close("all")
    except BaseException:
        return  # a pyplot that the student broke is theirs


def is_axes(value: Any) -> bool:
    """Whether this is a matplotlib Axes."""
    axes = sys.modules.get("matplotlib.axes")
    return axes is not None and issubclass(type(value), axes.Axes)


def describe(ax: Any) -> dict[str, Any]:
    """The axes as plain data; lines with x and y as drawn, colours as `#rrggbb`."""
    return {
        "kind": "axes",
        # the first that is there: the course's own style sets titles to the left
        "title": ax.get_title() or ax.get_title(loc="left") or ax.get_title(loc="right"),
        "xlabel": ax.get_xlabel(),
        "ylabel": ax.get_ylabel(),
        "xscale": ax.get_xscale(),
        "yscale": ax.get_yscale(),
        "lines": [_line(line) for line in ax.get_lines()[:_MAX_ARTISTS]],
        "bars": _bars(ax)[:_MAX_ARTISTS],
        "texts": [text.get_text() for text in ax.texts[:_MAX_ARTISTS]],
    }


def _line(line: Any) -> dict[str, Any]:
    from matplotlib.colors import to_hex

    return {
        "label": str(line.get_label()),
        "x": line.get_xdata(orig=False),
        "y": line.get_ydata(orig=False),
        "linestyle": str(line.get_linestyle()),
        "marker": str(line.get_marker()),
        "color": to_hex(line.get_color()),
    }


def _bars(ax: Any) -> list[dict[str, float]]:
    from matplotlib.patches import Rectangle

    return [
        {"x": float(bar.get_x()), "width": float(bar.get_width()), "height": float(bar.get_height())}
        for bar in ax.patches
        if isinstance(bar, Rectangle)
    ]

"""A plot of the Reference as the plain description in which a student's arrives, so that the two compare."""

from __future__ import annotations

import sys
from typing import Any

from coursekit.judge.modules import gradtools

# How a line looks is the student's own; what it shows is compared.
_STYLE = ("color", "linestyle", "marker")


def without_style(value: Any) -> Any:
    """`value`, an Axes turned into its description, and a description stripped of colours and dashes.

    Closes the figure of an Axes: a catalogue's worth of open figures would fill the memory.
    """
    axes = gradtools().axes
    if axes.is_axes(value):
        from matplotlib import pyplot

        description = axes.describe_axes(value)
        pyplot.close(value.figure)
        return without_style(description)
    if isinstance(value, dict) and value.get("kind") == "axes" and isinstance(value.get("lines"), list):
        lines = [
            {key: item for key, item in line.items() if key not in _STYLE} if isinstance(line, dict) else line
            for line in value["lines"]
        ]
        return {**value, "lines": lines}
    return value


def close_figures() -> None:
    """Forgets every open figure: of a function that raised, nobody has the Axes to close it by."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and pyplot.get_fignums():
        pyplot.close("all")

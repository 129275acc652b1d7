"""How the course's figures look: one set of rcParams, four colours with fixed meaning, three markers.

Measured: each colour has a contrast of at least 4.8:1 on white and 3:1 on #1e1e1e, so that it serves for
lines and for their labels. Green and purple can look alike, hence the markers.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

BLUE = "#126bea"  # a tanh RNN; what shrinks
VERMILION = "#bf4415"  # what explodes; what is wrong
GREEN = "#057c55"  # an LSTM
PURPLE = "#a94388"  # a GRU
GREY = "#6b6b6b"  # dashed: 1, or a bound

TITLE_WIDTH = 52  # characters of a bold 12-point title above axes that leave room for labels on both sides

COLOURS = {"rnn": BLUE, "lstm": GREEN, "gru": PURPLE}
MARKERS = {"rnn": "o", "lstm": "s", "gru": "^"}


def rc() -> dict[Any, Any]:
    """The rcParams of every figure."""
    from cycler import cycler

    return {
        "figure.figsize": (6.4, 3.6),
        "figure.dpi": 120,
        "figure.facecolor": "white",
        "figure.constrained_layout.use": True,
        "font.size": 11,
        "axes.titlesize": 12,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 10,
        "xtick.labelsize": 10,
        "ytick.labelsize": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": "#dddddd",
        "grid.linewidth": 0.6,
        "lines.linewidth": 2,
        "axes.prop_cycle": cycler(color=[BLUE, VERMILION, GREEN, PURPLE]),
    }


def style() -> None:
    """Make every figure from here on look like the course's. Needs matplotlib.

    A reader's own lines also differ in their dashes: in grey the four colours are one, and a legend over
    them says nothing. The course's own figures write names at the ends of lines instead.
    """
    import matplotlib
    from cycler import cycler
    from matplotlib import pyplot

    # The backend is chosen at the first figure, and with it that a notebook shows figures at all. Were that
    # inside a `rc_context`, the end of it would undo the choice: only the first figure would be seen.
    pyplot.switch_backend(matplotlib.get_backend())
    looks = rc()
    looks["axes.prop_cycle"] += cycler(linestyle=["-", "--", "-.", ":"])
    pyplot.rcParams.update(looks)


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the course's style whatever the notebook has set: some parameters are read while drawing."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
        from matplotlib import pyplot

        with pyplot.rc_context(rc()):
            return draw(*args, **kwargs)

    return drawn


def new_axes() -> Any:
    """The Axes of a new figure."""
    from matplotlib import pyplot

    return pyplot.subplots()[1]


def in_lines(title: str, width: int = TITLE_WIDTH) -> str:
    """A title broken between words where one line would run out of the figure."""
    return "\n".join(textwrap.wrap(title, width))


def kind_of(label: str) -> str:
    """ "rnn", "lstm" or "gru" where the label begins with one of them, else nothing."""
    head = label.lower()
    return next((kind for kind in COLOURS if head.startswith(kind)), "")


def shades(count: int, colour: str = BLUE) -> list[str]:
    """`count` shades of one colour, from its own to near black, for settings that have an order."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    mixed = []
    for step in range(count):
        light = 1 - 0.8 * step / max(count - 1, 1)
        mixed.append(f"#{round(red * light):02x}{round(green * light):02x}{round(blue * light):02x}")
    return mixed

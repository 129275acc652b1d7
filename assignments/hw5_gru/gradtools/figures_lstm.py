"""Figures of the LSTM assignment: shares that a gate leaves, the cell, the diary, direct and full derivative.

They draw what the notebook's own functions have computed; none of them runs an LSTM.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .figures_lines import ordered, plot_lines
from .styling import BLUE, GREEN, GREY, VERMILION, new_axes, rc, styled
from .widget import explore

Array = NDArray[np.float64]

BIASES = (0.0, 1.0, 2.0, 4.6)
STEPS_BACK = "steps back from the end"


def tell(guess: Any, measured: float, what: str) -> None:
    """Print a guess beside what was measured; nothing is judged."""
    said = "no guess yet" if guess is None else f"you guessed {guess}"
    print(f"{what}: {said}, measured {measured:.2g}")


def plot_shares(T: int = 100, guess: Any = None) -> Any:
    """Share of a memory that a standing gate leaves, for four forget biases, over T steps. Returns the Axes.

    guess   the share at bias 1 after T steps, printed beside the true one
    """
    steps = np.arange(T + 1)
    shares = {f"bias {b:g}": np.power(1 + np.exp(-b), -steps) for b in BIASES}
    tell(guess, float(shares["bias 1"][-1]), f"share left after {T} steps at bias 1")
    return plot_lines(
        steps,
        shares,
        "A bias of 1 does not remember",
        "steps",
        "share that is left",
        colours=ordered(shares, GREEN),
        bounds={"0.9 a step": 0.9**steps},
    )


def explore_shares(update: Callable[..., Any]) -> Any:
    """Three settings of `update(b, T)` → (T,) side by side, then sliders. Returns the static figure."""
    return explore(
        update,
        draw_share,
        [{"b": 1.0, "T": 100}, {"b": 2.0, "T": 100}, {"b": 4.6, "T": 100}],
        {"b": (-2.0, 8.0, 0.1), "T": (10, 200, 10)},
        ylim=(1e-16, 3.0),
        title=lambda values: f"bias {values['b']:g}, {values['T']} steps",
    )


def draw_share(ax: Any, curve: Any) -> None:
    """One curve of shares after 1, 2, … steps on a log axis, with the step at which half is gone."""
    curve = np.asarray(curve, dtype=float)
    steps = np.arange(1, curve.size + 1)
    ax.plot(steps, np.where(curve > 0, curve, np.nan), color=GREEN)
    ax.set(yscale="log", xlabel="steps", ylabel="share that is left", xlim=(0, curve.size))
    gone = np.flatnonzero(curve <= 0.5)
    if gone.size:
        ax.axvline(steps[gone[0]], color=GREY, linestyle="--", linewidth=1.4)
        note = f"half is gone\nafter {steps[gone[0]]}"
        right = steps[gone[0]] > 0.6 * curve.size
        ax.annotate(
            note,
            xy=(steps[gone[0]], 0.04),
            xycoords=("data", "axes fraction"),
            xytext=(-5 if right else 5, 0),
            textcoords="offset points",
            ha="right" if right else "left",
            color=GREY,
            fontsize=9,
        )


def plot_deafness(slopes: Mapping[str, Any]) -> Any:
    """Slope of the read-out after 1, 2, … steps, one line for each forget gate. Returns the Axes.

    slopes   label → (T,); where float64 says 0 the line ends
    """
    steps = np.arange(1, max(len(values) for values in slopes.values()) + 1)
    return plot_lines(
        steps,
        slopes,
        "A gate that never shuts lets the read-out go deaf",
        "steps, each writing a 1",
        "slope of the read-out",
        colours=ordered(slopes, GREEN),
    )


def diary_page() -> Array:
    """A page for the diary, (T, 1, 3): value, write, read. Two entries in noise, three readings."""
    page = np.zeros((60, 1, 3))
    page[:, 0, 0] = np.random.default_rng(5).standard_normal(len(page))
    page[[2, 30], 0, 0] = 1.2, -0.7
    page[[2, 30], 0, 1] = 1
    page[[23, 42, 57], 0, 2] = 1
    return page


@styled
def plot_diary(page: Any, gates: Any, C: Any, Y: Any) -> Any:
    """What rushed past, what the cell held, and what was shown. Returns the three Axes.

    page (T, 1, 3), gates (T, 1, 4, 1), C (T, 1, 1), Y (T, 1, 1), as the notebook's own forward gives them
    """
    from matplotlib import pyplot

    value, write, read = np.asarray(page, dtype=float)[:, 0].T
    steps = np.arange(1, value.size + 1)
    _, axes = pyplot.subplots(3, 1, figsize=(6.4, 5.0), sharex=True, height_ratios=(1.2, 1, 1))
    axes[0].plot(steps, value, ".", color=GREY, markersize=5)
    axes[0].plot(steps[write > 0], value[write > 0], "s", color=GREEN, markersize=8)
    axes[0].set(ylabel="value", ylim=(-3, 4), title="The cell holds its entry while noise rushes past")
    axes[1].step(steps, np.asarray(C)[:, 0, 0], where="post", color=GREEN)
    axes[1].set(ylabel="cell c", ylim=(-1.1, 1.1))
    axes[2].plot(steps, np.asarray(Y)[:, 0, 0], color=GREEN)
    axes[2].set(ylabel="state h", ylim=(-1.1, 1.1), xlabel="step")
    for ax in axes:
        for step in steps[read > 0]:
            ax.axvline(step, color=GREY, linestyle="--", linewidth=1.0, zorder=0)
    for step in steps[write > 0]:
        axes[0].text(step, 3.3, "write", color=GREEN, fontsize=10, ha="center", va="center")
    for step in steps[read > 0]:
        axes[2].text(step - 0.7, -0.8, "read", color=GREY, fontsize=10, ha="right", va="center")
    idle = np.asarray(gates)[:, 0, :, 0][write + read == 0].mean(axis=0)
    print(f"gates while nothing is flagged: i {idle[0]:.4f}, f {idle[1]:.4f}, o {idle[3]:.4f}")
    return axes


@styled
def plot_paths(paths: Mapping[str, Any], guess: Any = None) -> Any:
    """Products of forget gates of fresh networks, from t to the end, against steps back. Returns the Axes.

    paths   "bias 0" and so on → (T + 1,), the share that arrives from step t = 0 … T; a standing gate of
            that bias is drawn beside it, dashed
    guess   the share at the last of the biases, over all steps
    """
    back = {label: np.asarray(values, dtype=float)[::-1] for label, values in paths.items()}
    last = list(back)[-1]
    steps = np.arange(back[last].size)
    tell(guess, float(back[last][-1]), f"share of the median unit over {steps[-1]} steps at {last}")
    ax = new_axes()
    for label in back:
        ax.plot(
            steps, np.power(1 + np.exp(-float(label.split()[-1])), -steps), "--", color=GREY, linewidth=1.2
        )
    ax = plot_lines(
        steps,
        back,
        "A fresh network forgets as its standing gate would",
        STEPS_BACK,
        "product of forget gates, median",
        colours=ordered(back, GREEN),
        ax=ax,
    )
    ax.text(0.03, 0.05, "dashed: a gate that stands still", color=GREY, fontsize=10, transform=ax.transAxes)
    return ax


def plot_gradients(flow: Mapping[str, Any], guess: Any = None) -> Any:
    """Norm of dL/dh_t relative to the one at the end, against steps back. Returns the Axes.

    flow    "bias 0" and so on → (T,), in the order of time, from the smallest bias to the largest
    guess   the share that is left at bias 1
    """
    back = {label: np.asarray(values, dtype=float)[::-1] for label, values in flow.items()}
    back = {label: values / values[0] for label, values in back.items()}
    ends = [float(values[-1]) for values in back.values()]
    if "bias 1" in back:
        tell(guess, float(back["bias 1"][-1]), "share of the gradient that is left at bias 1")
    orders = np.log10(ends[-1] / ends[0]) if min(ends) > 0 else np.inf
    return plot_lines(
        np.arange(len(next(iter(back.values())))),
        back,
        f"The forget bias alone moves {orders:.0f} orders",
        STEPS_BACK,
        "gradient norm / norm at the end",
        colours=ordered(back, GREEN),
    )


def plot_lies(measured: Mapping[str, tuple[Any, Any]], guess: Any = None) -> Any:
    """The full derivative of two one-unit networks beside the direct path they share. Returns the Axes.

    measured   name → (f (T, 1), P (T + 1, 2, 2)), P[t] = d (h_T, c_T) / d (h_t, c_t)
    guess      anything; printed beside the smallest full derivative
    """
    full = {name: np.abs(np.asarray(P)[::-1, 1, 1]) for name, (_, P) in measured.items()}
    gates = [np.asarray(f, dtype=float)[::-1, 0] for f, _ in measured.values()]
    direct = np.min([np.append(1.0, np.cumprod(f)) for f in gates], axis=0)
    tell(guess, min(float(values[-1]) for values in full.values()), "smallest full derivative")
    colours = {name: VERMILION if values[-1] > values[0] else BLUE for name, values in full.items()}
    return plot_lines(
        np.arange(direct.size),
        full,
        f"All forget gates open ({direct[-1]:.3f} in all), two fates",
        STEPS_BACK,
        "derivative of the last cell",
        colours=colours,
        bounds={"direct path": direct},
    )


PLACES = {
    1: (2.0, 3.0),
    2: (5.0, 3.0),
    3: (2.0, 2.1),
    4: (4.0, 1.75),
    5: (6.0, 1.75),
    6: (9.4, 2.3),
    7: (8.0, 1.5),
}
BOXES = {2.0: "σ", 4.0: "σ", 6.0: "tanh", 8.0: "σ"}


def draw_cell(wiring: Any = None) -> Any:
    """The way through one LSTM step with seven places, numbered or labelled by `wiring`. Returns the Axes.

    wiring   a text of seven labels with blanks between them; anything else leaves the numbers
    """
    from matplotlib import pyplot

    labels = wiring.split() if type(wiring) is str and len(wiring.split()) == 7 else list("1234567")
    with pyplot.rc_context({**rc(), "axes.grid": False}):
        _, ax = pyplot.subplots(figsize=(6.4, 3.4))
        ax.set(xlim=(-0.9, 11.3), ylim=(-0.55, 3.5))
        ax.set_aspect("equal")
        ax.set_axis_off()
        ax.set_title("One step: which label belongs where?")
    _wires(ax)
    for x, text in BOXES.items():
        style = {"boxstyle": "square,pad=0.45", "facecolor": "white", "edgecolor": GREY}
        ax.text(x, 0.75, text, ha="center", va="center", fontsize=11, bbox=style)
    for x, y in ((5.0, 1.75), (9.4, 1.5)):
        _knot(ax, x, y, "×", GREY, "white")
    for (x, y), label in zip(PLACES.values(), labels, strict=True):
        _knot(ax, x, y, label.replace("x", "×"), GREEN, "#e3f2ec")
    return ax


def _wires(ax: Any) -> None:
    """The cell along the top, what is known along the bottom, and the ways between them."""
    ax.plot((-0.3, 10.6), (3, 3), color=GREEN, linewidth=3, zorder=1)  # the cell
    ways: list[tuple[tuple[float, float], ...]] = [
        ((9.4, 3), (9.4, 0.35), (10.6, 0.35)),  # what is shown
        ((2, 1), (2, 3)),
        ((4, 1), (4, 1.75), (5, 1.75), (5, 3)),
        ((6, 1), (6, 1.75), (5, 1.75)),
        ((8, 1), (8, 1.5), (9.4, 1.5)),
        ((-0.3, -0.1), (8, -0.1), (8, 0.5)),  # what every block reads
        *(((x, -0.1), (x, 0.5)) for x in (2, 4, 6)),
    ]
    for way in ways:
        ax.plot(*zip(*way, strict=True), color=GREY, linewidth=1.4, zorder=1)
    ax.plot(10.6, 3, ">", color=GREEN, markersize=7, zorder=2)
    ax.plot(10.6, 0.35, ">", color=GREY, markersize=7, zorder=2)
    for x, y, text, side in (
        (-0.4, 3, "$c_{t-1}$", "right"),
        (10.8, 3, "$c_t$", "left"),
        (10.8, 0.35, "$h_t$", "left"),
        (-0.2, -0.42, "$h_{t-1}, x_t$", "left"),
    ):
        ax.text(x, y, text, ha=side, va="center", fontsize=12)


def _knot(ax: Any, x: float, y: float, text: str, edge: str, face: str) -> None:
    style = {
        "boxstyle": "circle,pad=0.25" if len(text) < 3 else "round,pad=0.3",
        "facecolor": face,
        "edgecolor": edge,
    }
    ax.text(x, y, text, ha="center", va="center", fontsize=11, bbox=style, zorder=3)

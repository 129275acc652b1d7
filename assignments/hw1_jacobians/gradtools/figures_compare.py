"""Figures of the comparison: a GRU beside its relatives, three cells' gradients, attention, a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .end_labels import label_ends
from .figures_lines import plot_lines
from .styling import (
    BLUE,
    COLOURS,
    GREEN,
    GREY,
    MARKERS,
    PURPLE,
    VERMILION,
    in_lines,
    kind_of,
    new_axes,
    styled,
)

SOLVED = 0.1  # mean loss of the last updates below which a run has learned its bit; guessing costs 0.693
DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)))  # settings of one kind of cell, the last drawn solid


def available(update: Callable[..., Any], kinds: Sequence[str]) -> list[str]:
    """The kinds for which `update(kind, 10, 0.0)` reaches no stub: what a slider can offer.

    Prints what the others wait for. Raises the stub's NotImplementedError where no kind is left; any other
    exception goes through.
    """
    found: list[str] = []
    stub: NotImplementedError | None = None
    for kind in kinds:
        try:
            update(kind, 10, 0.0)
        except NotImplementedError as reached:
            stub = reached
            print(f"{kind} waits for {str(reached).partition(':')[0]}")
        else:
            found.append(kind)
    if not found and stub is not None:
        raise stub
    return found


def plot_distances(distances: Mapping[str, Any], *, ax: Any = None) -> Any:
    """How far two sets of states lie apart, step by step. Returns the Axes.

    distances   label → (T,), the largest difference at steps 1 … T; the first is the pair said to be equal
    """
    steps = np.arange(1, 1 + max(np.size(values) for values in distances.values()))
    return plot_lines(
        steps,
        distances,
        "A tied LSTM is a GRU only without reset and tanh",
        "step",
        "largest difference of the states",
        log=False,
        colours=[PURPLE, VERMILION, "#7a2c0e"],
        ax=ax,
    )


@styled
def plot_paths(biases: Any, direct: Any, full: Any, *, ax: Any = None) -> Any:
    """What crosses a GRU's steps by the direct path alone, and by all paths, against the update gate's bias.

    biases, direct, full   (n,); direct: product of update gates; full: 2-norm of the product of Jacobians
    """
    axes = new_axes() if ax is None else ax
    look = {"color": PURPLE, "marker": MARKERS["gru"], "markersize": 5}
    (whole,) = axes.plot(biases, full, **look)
    (alone,) = axes.plot(biases, direct, "--", color=GREY)
    axes.set(
        title=in_lines("The direct path counts only where the bias is high"),
        xlabel="bias of the update gate",
        ylabel="left over 50 steps",
        yscale="log",
        xlim=(float(np.min(biases)) - 0.2, float(np.max(biases))),
    )
    label_ends(axes, {whole: "all paths", alone: "direct path"})
    return axes


@styled
def plot_compare(flows: Mapping[str, Any], *, ax: Any = None) -> Any:
    """Relative gradient norms of several cells against steps back from the loss. Returns the Axes.

    flows   "LSTM, bias 1" → (T,), in the order of time; of one kind the last setting is drawn solid
    """
    axes = new_axes() if ax is None else ax
    drawn = {}
    for label, values in flows.items():
        kind = kind_of(label)
        alike = [other for other in flows if kind_of(other) == kind]
        back = np.asarray(values, dtype=float)[::-1]
        (line,) = axes.plot(
            np.arange(back.size),
            back,
            linestyle=DASHES[(len(alike) - 1 - alike.index(label)) % len(DASHES)],
            color=COLOURS.get(kind, GREY),
            marker=MARKERS.get(kind, ""),
            markersize=5,
            markevery=(alike.index(label) * 4, max(back.size // 8, 1)),
        )
        drawn[line] = label
    longest = max((np.size(values) for values in flows.values()), default=2)
    axes.set(
        title=in_lines("The bias of a gate decides, not the name of the cell"),
        xlabel="steps back from the loss",
        ylabel="gradient norm / norm at the loss",
        yscale="log",
        xlim=(-0.01 * longest, longest - 1),
    )
    label_ends(axes, drawn)
    return axes


def draw_flow(ax: Any, flow: Any) -> None:
    """One panel of the widget: a relative flow (T,), in the order of time, with where it ends in words."""
    back = np.asarray(flow, dtype=float)[::-1]
    ax.plot(np.arange(back.size), back, color=BLUE)
    ax.axhline(1, color=GREY, linestyle="--", linewidth=1)
    ax.set(yscale="log", xlabel="steps back", ylabel="relative norm", xlim=(0, back.size - 1))
    ax.xaxis.get_major_locator().set_params(integer=True)
    with np.errstate(all="ignore"):
        text = f"first step: {back[-1]:.0e}"
    ax.text(0.04, 0.05, text, transform=ax.transAxes, color=BLUE, fontsize=10)


def plot_attention(sharpness: Any, value: Any, whole: Any, *, ax: Any = None) -> Any:
    """Sizes of attention's Jacobian and of its value term alone, against how sharp the scores are.

    sharpness, value, whole   (n,)
    """
    return plot_lines(
        sharpness,
        {"all of it": whole, "α W_V alone": value},
        "The sharper the scores, the more their term counts",
        "factor on the scores",
        "norm of ∂o/∂x, median position",
        colours=[BLUE, VERMILION],
        bounds={"1/n": 1 / 100},
        ax=ax,
    )


@styled
def plot_solved(runs: Mapping[str, Any], guess: Any = None, *, ax: Any = None) -> Any:
    """How many runs learned the bit: for each setting a bar for each length. Returns the Axes.

    runs    "30/LSTM, bias 0" → (seeds, losses): length and setting, the losses of every run
    guess   the reader's number for the LSTM with bias 0 at the first length; a mark where it is given
    """
    axes = new_axes() if ax is None else ax
    lengths = list(dict.fromkeys(name.partition("/")[0] for name in runs))
    settings = list(dict.fromkeys(name.partition("/")[2] for name in runs))
    width = 0.8 / len(lengths)
    for place, length in enumerate(lengths):
        for spot, setting in enumerate(settings):
            losses = np.asarray(runs[f"{length}/{setting}"], dtype=float)
            solved = int((losses[:, -1] < SOLVED).sum())
            x = spot + (place - (len(lengths) - 1) / 2) * width
            colour = COLOURS.get(kind_of(setting), GREY)
            axes.bar(
                x, solved, width=0.92 * width, color=colour, alpha=1 - 0.5 * place / max(len(lengths) - 1, 1)
            )
            axes.text(x, solved + 0.15, f"{solved}", ha="center", va="bottom", color=colour, fontsize=10)
    if type(guess) in (int, float) and "LSTM, bias 0" in settings:
        axes.plot(
            settings.index("LSTM, bias 0") - width / 2, guess, "x", color=VERMILION, markersize=9, mew=2
        )
        axes.text(
            settings.index("LSTM, bias 0") + 0.1,
            guess,
            "your guess",
            color=VERMILION,
            fontsize=10,
            va="center",
        )
    axes.set_xticks(range(len(settings)), [setting.replace(", ", "\n") for setting in settings])
    axes.grid(axis="x", visible=False)
    axes.set(
        title=in_lines("An open gate learns it; a half-open one does worse than no gate"),
        ylabel=f"runs of {len(next(iter(runs.values())))} that learned the bit",
        xlabel=f"left bars: {lengths[0]} steps to remember, right bars: {lengths[-1]}",
        ylim=(0, 11.5),
    )
    return axes


def plot_losses(losses: Mapping[str, Any], *, ax: Any = None) -> Any:
    """Loss against updates, a line for each run, smoothed over ten updates. Returns the Axes.

    losses   label → (steps,)
    """
    smooth = {label: np.convolve(values, np.full(10, 0.1), "valid") for label, values in losses.items()}
    longest = max(values.size for values in smooth.values())
    colours = dict(zip(smooth, [PURPLE, "#5a2449", GREEN, BLUE], strict=False))
    return plot_lines(
        np.arange(longest) + 10,
        smooth,
        "The same cell, the same task, another start",
        "updates",
        "loss, mean of 10 updates",
        log=False,
        colours=colours,
        bounds={"guessing": float(np.log(2))},
        ax=ax,
    )

"""Labels at the ends of lines instead of a legend: in the line's colour, and never one upon another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

GAP = 0.055  # smallest distance of two labels, as a share of the axis
TEXT = 13.5  # points that a line of 10-point text takes, accents and descenders included
OFFSET = 6  # points between a line's end and its label


def label_ends(ax: Any, labels: Mapping[Any, str]) -> list[Any]:
    """Write each text beside the rightmost point of its line. Returns the annotations in the order given.

    labels   Line2D → text; set the limits of the axes before, later changes do not move the labels

    Labels are at least 5.5 % of the axis apart, more where the axis is short; a line that leaves the axes is
    labelled at the border. A line without a visible point gets no label.
    """
    ends = [(line, text, _end(ax, line)) for line, text in labels.items() if text]
    placed = [(line, text, end) for line, text, end in ends if end is not None]
    heights = spread([end[1] for _, _, end in placed], _gap(ax))
    return [
        ax.annotate(
            text,
            xy=(end[0], height),
            xycoords="axes fraction",
            xytext=(OFFSET, 0),
            textcoords="offset points",
            color=line.get_color(),
            fontsize=10,
            va="center",
            ha="left",
            annotation_clip=False,
        )
        for (line, text, end), height in zip(placed, heights, strict=True)
    ]


def spread(heights: Sequence[float], gap: float, low: float = 0.0, high: float = 1.0) -> list[float]:
    """Heights moved as little as needed to be `gap` apart and within [low, high], in the given order.

    Where they do not fit, they share [low, high] evenly. The smallest sum of squared moves is an isotonic
    regression (pool adjacent violators; Barlow et al., Statistical Inference under Order Restrictions, 1972).
    """
    count = len(heights)
    if count == 0:
        return []
    gap = min(gap, (high - low) / max(count - 1, 1))
    order = sorted(range(count), key=lambda i: heights[i])
    pools: list[list[float]] = []  # [sum, number] of heights that move together
    for rank, index in enumerate(order):
        pools.append([heights[index] - rank * gap, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, number = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += number
    top = max(high - (count - 1) * gap, low)
    levels = [min(max(total / n, low), top) for total, n in pools for _ in range(int(n))]
    moved = [0.0] * count
    for rank, index in enumerate(order):
        moved[index] = levels[rank] + rank * gap
    return moved


def _end(ax: Any, line: Any) -> tuple[float, float] | None:
    """A line's rightmost visible point in shares of the axes, its height cut to the axes."""
    points = np.column_stack([line.get_xdata(orig=False), line.get_ydata(orig=False)]).astype(float)
    with np.errstate(all="ignore"):
        shown = (ax.transScale + ax.transLimits).transform(points)
    shown = shown[np.isfinite(points).all(axis=1) & np.isfinite(shown).all(axis=1)]
    if not len(shown):
        return None
    x, y = shown[shown[:, 0].argmax()]
    return float(x), float(np.clip(y, 0.0, 1.0))


def _gap(ax: Any) -> float:
    figure = ax.get_figure(root=True)
    height: float = ax.get_position().height * figure.get_size_inches()[1] * 72  # points
    return max(GAP, TEXT / height)

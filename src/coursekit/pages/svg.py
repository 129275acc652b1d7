"""Small drawings as inline SVG. Widths are in percent and heights in pixels, so that text keeps its size."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup, escape

LEFT, WIDE = 3.0, 94.0  # percent: where the axis begins, and how long it is
BINS = 41  # columns of dots that still have room on a narrow screen
NARROW = 300.0  # pixels of the axis there
STACK = 170.0  # pixels for the highest column
STEPS = (
    11.0,
    9.0,
    7.5,
    6.0,
    5.0,
    4.0,
    3.4,
    2.8,
    2.4,
    2.0,
    1.6,
    1.2,
)  # pixels from dot to dot, the first that fits


def element(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """An SVG element, everything escaped; `class_` and `text_anchor` become `class` and `text-anchor`."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items()
    )
    return Markup(f"<{name}{pairs}>{Markup('').join(children)}</{name}>")  # all parts are escaped


def dot_plot(scores: Sequence[int], possible: int, median: float, label: str) -> Markup:
    """One dot a student over an axis of points, the median dashed. `label` says it in words.

    Where many students share a column, its dots stand several abreast.
    """
    size = max(1, math.ceil((possible + 1) / BINS))  # points a column
    columns = Counter(score // size for score in scores)
    step, abreast = _spacing(max(columns.values(), default=0), NARROW * size / (possible + 1))
    base = step * math.ceil(max(columns.values(), default=0) / abreast) + 30
    dots = [
        element(
            "circle",
            cx=_x(size * (column + (n % abreast + 0.5) / abreast) - 0.5, possible),
            cy=f"{base - 4 - step * (n // abreast + 0.5):.1f}",
            r=f"{min(3.6, 0.46 * step):.1f}",
        )
        for column, count in sorted(columns.items())
        for n in range(count)
    ]
    return element(
        "svg",
        element("line", x1=_x(median, possible), x2=_x(median, possible), y1=18, y2=base, class_="median"),
        _text(_x(median, possible), 12, f"median {median:g}", "note", _anchor(median / (possible or 1))),
        element("g", *dots, class_="dots wide" if step == STEPS[0] else "dots"),
        _axis(possible, base),
        role="img",
        aria_label=label,
        class_="plot",
        width="100%",
        height=f"{base + 24:.0f}",
    )


def _spacing(highest: int, room: float) -> tuple[float, int]:
    """(pixels from dot to dot, dots abreast) so that `highest` dots fit into a column `room` pixels wide."""
    for step in STEPS:
        abreast = max(1, int(room / step))
        if step * math.ceil(highest / abreast) <= STACK:
            break
    return step, abreast


def strip(questions: Sequence[tuple[str, int, int, int]], label: str) -> Markup:
    """A bar of questions, (id, earned, possible, withheld), as wide as their points."""
    total = sum(possible for _, _, possible, _ in questions) or 1
    parts, start = [_patterns()], 0.0
    for id, earned, possible, withheld in questions:
        if possible:
            parts += _segment(id, start, 100 * possible / total, earned / possible, withheld / possible)
        start += 100 * possible / total
    return element("svg", *parts, role="img", aria_label=label, class_="strip", width="100%", height=40)


def bar(share: float) -> Markup:
    """A horizontal bar of `share` (0 to 1) of the room; the number stands beside it."""
    filled = element("rect", width=f"{100 * share:.1f}%", height="100%", rx=1)
    return element("svg", filled, class_="bar", width="100%", height=10, aria_hidden="true")


def _segment(id: str, start: float, width: float, earned: float, withheld: float) -> list[Markup]:
    lost = 1 - earned - withheld
    pieces, x = [], start
    for share, kind in ((earned, "earned"), (lost, "lost"), (withheld, "waits")):
        if share > 0:
            pieces.append(
                element("rect", x=f"{x:.2f}%", y=0, width=f"{width * share:.2f}%", height=20, class_=kind)
            )
        x += width * share
    if start:
        pieces.append(element("rect", x=f"{start:.2f}%", y=0, width=2, height=20, class_="gap"))
    return [*pieces, _text(f"{start + width / 2:.2f}%", 36, id, "tick")]


def _patterns() -> Markup:
    """Stripes for lost, dots for waiting: told apart without colour."""
    line = element("path", d="M-1,7 l8,-8 M-1,1 l2,-2 M5,7 l2,-2", class_="stripe")
    stripes = element("pattern", element("rect", width=6, height=6, class_="ground"), line, **_tile("lost"))
    dot = element("circle", cx=3, cy=3, r=1.2, class_="dot")
    dots = element("pattern", element("rect", width=6, height=6, class_="ground"), dot, **_tile("waits"))
    return element("defs", stripes, dots)


def _tile(id: str) -> dict[str, object]:
    return {"id": id, "width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}


def _axis(possible: int, y: float) -> Markup:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**9) if possible / size <= 8)
    ticks = [*range(0, possible - step // 2, step), possible] if possible else [0]
    texts = [_text(_x(tick, possible), y + 18, str(tick), "tick") for tick in ticks]
    line = element("line", x1=f"{LEFT - 1}%", x2=f"{LEFT + WIDE + 1}%", y1=y, y2=y, class_="axis")
    return element("g", line, *texts)


def _x(points: float, possible: int) -> str:
    return f"{LEFT + WIDE * points / (possible or 1):.2f}%"


def _anchor(share: float) -> str:
    """Which end of a label stands at its place, so that it stays inside on a narrow screen."""
    return "start" if share < 0.15 else "end" if share > 0.85 else "middle"


def _text(x: str, y: float, text: str, kind: str, anchor: str = "middle") -> Markup:
    return element("text", text, x=x, y=f"{y:g}", text_anchor=anchor, class_=kind)

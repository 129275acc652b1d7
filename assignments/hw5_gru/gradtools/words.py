"""How messages put things: plain text, safe to show in a page, however strange the answer is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

CUT = 60  # characters of a student's own text that a message repeats
LARGE = 999  # an axis longer than this is "large": a shape is no place to pass a message through

# Otter puts messages into a page without escaping them, and an entity would look odd in a terminal.
_LOOKALIKE = str.maketrans({"<": "‹", ">": "›", "&": "＆"})

_WORDS: dict[type, str] = {
    type(None): "None",
    type(...): "`...`",
    bool: "a truth value",
    int: "a whole number",
    float: "a number",
    complex: "a complex number",
    str: "a text",
    bytes: "bytes",
    list: "a list",
    tuple: "a tuple",
    dict: "a dict",
    set: "a set",
    np.ndarray: "an array",
    type(len): "a function",
    type(lambda: None): "a function",
    type: "a class",
}


def clean(text: str, cut: int = CUT) -> str:
    """`text` in one line, without markup or control characters, at most `cut` characters long."""
    kept = "".join(c if c.isprintable() else "·" for c in text[: cut + 1]).translate(_LOOKALIKE)
    return kept if len(text) <= cut else kept[:cut] + "…"


def class_name(value: Any) -> str:
    """The name of a value's class, read so that no code of that class runs."""
    return clean(str(type.__dict__["__name__"].__get__(type(value))))


def plain_class(value: Any) -> bool:
    """Its class has no metaclass of its own, whose `__hash__` and `__eq__` a look-up would run."""
    return type(type(value)) is type


def kind(value: Any) -> str:
    """What sort of thing it is, in words from a closed list, so that no student's name gets into it."""
    if plain_class(value) and type(value) in _WORDS:
        return _WORDS[type(value)]
    if issubclass(type(value), np.number):
        return "a number"
    return "an object of another kind"


def number(value: Any) -> str:
    """A number in four digits."""
    value = complex(value)
    return f"{value.real:.4g}" if value.imag == 0 else f"{value:.4g}"


def shape_text(shape: Sequence[int]) -> str:
    """`(3, 6, 6)`; long axes and many axes are not spelt out."""
    if len(shape) > 6:
        return f"({len(shape)} axes)"
    inner = ", ".join(str(n) if n <= LARGE else "large" for n in shape)
    return f"({inner},)" if len(shape) == 1 else f"({inner})"


def lettered(shape: Sequence[int], letters: str = "") -> str:
    """`(N, H, H) = (3, 6, 6)`, or the numbers alone where no letters are given."""
    plain = shape_text(shape) if len(shape) else "a single number"
    return f"{letters} = {plain}" if letters and len(shape) else plain


def place(index: Sequence[Any]) -> str:
    """` at [2, 0]`, or nothing for a single number."""
    return f" at [{', '.join(str(int(i)) for i in index)}]" if len(index) else ""


def listed(names: Sequence[str]) -> str:
    """`a`, `b` and `c`."""
    ticked = [f"`{name}`" for name in names]
    return " and ".join(ticked) if len(ticked) < 3 else ", ".join(ticked[:-1]) + " and " + ticked[-1]

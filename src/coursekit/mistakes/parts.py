"""A function's result in parts, and what each part's axes mean, as the function's own docstring says.

Docstrings of masters name outputs and shapes in one way: `Returns (h_t, c_t, gates): h_t (N, H)`,
`W_ih (4H, D)`, "each shaped like its forward twin"; so no second table has to be kept beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

Path = tuple[str | int, ...]

# `dhT, dcT (N, H)`: names, then one shape for all of them.
_SHAPED = re.compile(r"((?:\w+, )*\w+) \(([^()]*)\)")
_RETURNS = re.compile(r"Returns (?:new arrays )?\(([^()]*)\)")
_RETURNS_ONE = re.compile(r"Returns (\w+) \(")
_LETTERS = re.compile(r"\d*[A-Za-z]\w*(?: \+ 1)?|\d+")
# Axes along which one entry is made from the one before.
_ORDERED = re.compile(r"(?:T|L|n|steps)(?: \+ 1)?")
_BLOCKS = {"3H": "rzn", "4H": "ifgo"}


@dataclass(frozen=True, slots=True)
class Axes:
    """The letters of one array's axes, `("T", "N", "H")` or `("4H", "D")`; of an axis of gates, which."""

    letters: tuple[str, ...]
    gates: str = ""

    @property
    def time(self) -> int | None:
        """The axis along which one entry follows from the one before, if it is known."""
        return next((axis for axis, name in enumerate(self.letters) if _ORDERED.fullmatch(name)), None)

    @property
    def blocks(self) -> tuple[int, str] | None:
        """The axis that holds gates, whole or in blocks of rows, and the gates' letters in their order."""
        for axis, name in enumerate(self.letters):
            if name in _BLOCKS:
                return axis, _BLOCKS[name]
            if name == "4" and self.gates:
                return axis, self.gates
        return None


class Layout:
    """What a function's docstring says of its arguments and of what it returns."""

    def __init__(self, function: Callable[..., Any]) -> None:
        doc = " ".join((function.__doc__ or "").split())
        self._axes: dict[str, tuple[str, ...]] = {}
        for names, shape in _SHAPED.findall(doc):
            letters = _letters(shape)
            if letters:
                self._axes.update(dict.fromkeys(names.split(", "), letters))
        tuple_like, one = _RETURNS.search(doc), _RETURNS_ONE.search(doc)
        self._outputs = tuple_like[1].split(", ") if tuple_like else []
        self._root = one[1] if one and one[1] in self._axes else ""
        if tuple_like and _letters(tuple_like[1]):
            self._axes["Returns"] = _letters(tuple_like[1])
        self._gates = "rznu" if "r, z, n" in doc else "ifgo" if "i, f, g, o" in doc else ""

    def label(self, path: Path) -> str:
        """What the part is called: `dW_hh`, `h_t`, `cache["Y"]`; empty for a result that has no name."""
        if not path:
            return self._root
        words = [self._name(part) if depth == 0 else f"[{part!r}]" for depth, part in enumerate(path)]
        return "".join(words).replace("'", '"')

    def axes(self, path: Path, ndim: int) -> Axes:
        """The part's axes; unknown ones are empty."""
        name = str(path[-1]) if path and isinstance(path[-1], str) else self.label(path)
        letters = self._axes.get(name or "Returns") or self._axes.get(name.removeprefix("d"), ())
        if len(letters) != ndim:
            return Axes(("",) * ndim)
        return Axes(letters, self._gates if name == "gates" else "")

    def sizes(self, arguments: dict[str, Any]) -> dict[str, int]:
        """What the single letters stand for in one call, by its arguments and what dicts among them hold."""
        found: dict[str, int] = {}
        for name, value in _flat(arguments):
            if isinstance(value, np.ndarray) and len(self._axes.get(name, ())) == value.ndim:
                for letter, length in zip(self._axes[name], value.shape, strict=True):
                    if re.fullmatch("[A-Z]", letter):
                        found.setdefault(letter, length)
        return found

    def _name(self, part: str | int) -> str:
        if isinstance(part, str):
            return part
        return self._outputs[part].strip() if part < len(self._outputs) else f"output {part + 1}"


def parts(value: Any) -> dict[Path, np.ndarray[Any, Any]]:
    """Every numeric part of a plain result by its path; a plot has none."""
    return dict(_parts(value, ()))


def part(value: Any, path: Path) -> np.ndarray[Any, Any] | None:
    """The numeric part at `path`, or None where the value has none there."""
    for step in path:
        inside = (
            isinstance(value, dict) and step in value
            if isinstance(step, str)
            else isinstance(value, list | tuple) and len(value) > step
        )
        if not inside:
            return None
        value = value[step]
    return numbers(value)


def numbers(value: Any) -> np.ndarray[Any, Any] | None:
    """A number, an array of numbers, or a list that makes one; None for everything else."""
    if isinstance(value, int | float | complex | np.number | np.ndarray) or (
        isinstance(value, list | tuple) and value
    ):
        try:
            array = np.asarray(value)
        except (ValueError, OverflowError):  # ragged: a structure, not an array
            return None
        return array if array.dtype.kind in "biufc" else None
    return None


def _parts(value: Any, path: Path) -> Iterator[tuple[Path, np.ndarray[Any, Any]]]:
    if isinstance(value, dict):
        for key, item in value.items() if value.get("kind") != "axes" else ():
            yield from _parts(item, (*path, key))
        return
    if isinstance(value, tuple):  # outputs, however alike their shapes
        for index, item in enumerate(value):
            yield from _parts(item, (*path, index))
        return
    array = numbers(value)
    if array is not None:
        yield path, array
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _parts(item, (*path, index))


def _letters(shape: str) -> tuple[str, ...]:
    words = [word.strip() for word in shape.split(",") if word.strip()]
    return tuple(words) if words and all(_LETTERS.fullmatch(word) for word in words) else ()


def _flat(arguments: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in arguments.items():
        yield name, value
        if isinstance(value, dict):
            yield from ((str(key), item) for key, item in value.items())

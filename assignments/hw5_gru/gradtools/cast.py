"""From whatever a student returned to a plain numeric array, running none of their code on the way.

In a plain Otter run answers arrive raw. So classes are read with `type`, never with `isinstance` (an
object may lie about `__class__`); array subclasses are reduced to their own numbers without `__array__`;
lists are walked with the built-in iterators; and anything that is not a built-in or numpy number is
refused. A lone truth value is not a number; truth values *inside* an array or list count as 0 and 1,
because a mask such as `z > 0` multiplies as the slope of ReLU does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .mismatch import Mismatch
from .words import class_name, kind, plain_class

MAX_DEPTH = 16  # lists in lists; a list that holds itself ends here
MAX_ITEMS = 5_000_000  # numbers in nested lists; far above any answer of this course

_SCALARS = frozenset(
    {bool, int, float, complex, *(np.dtype(c).type for c in "?" + np.typecodes["AllInteger"])}
)
_FLOATS = frozenset(np.dtype(c).type for c in np.typecodes["AllFloat"])
NUMBERS = _SCALARS | _FLOATS


class Refused(Exception):
    """Why a value is not a numeric array, in words, and what to try."""

    def __init__(self, got: str, tip: str, blind: str = "") -> None:
        super().__init__(got, tip)
        self.got, self.tip, self.blind = got, tip, blind or got


def plain_array(value: Any, name: str, complex_ok: bool = False, bool_ok: bool = False) -> NDArray[Any]:
    """`value` as a plain array of its own shape and numeric dtype; not yet cast, perhaps not copied.

    Raises Mismatch, rung "missing" for None and `...`, rung "type" for anything that is not numeric,
    for complex numbers unless `complex_ok`, and for a lone truth value unless `bool_ok`.
    """
    needs_value(value, name)
    try:
        array = _numeric(value)
        if array.dtype.kind == "c" and not complex_ok:
            raise Refused("complex numbers", "take the real part or the modulus where the result is real")
        if array.dtype.kind == "b" and array.ndim == 0 and not bool_ok:
            raise Refused("a truth value", "return the number itself, not the result of a comparison")
    except Refused as no:
        head, tail = f"`{name}`: got ", f"; expected numbers. Try: {no.tip}."
        raise Mismatch(name, "type", head + no.got + tail, head + no.blind + tail) from None
    return array


def float_array(value: Any, name: str, complex_ok: bool = False, bool_ok: bool = False) -> NDArray[Any]:
    """`value` as a fresh float64 or complex128 array, where its shape has not been looked at.

    Strides of zero make any size, and the copy is that large: more than MAX_ITEMS entries are refused.
    Raises Mismatch (rungs missing, type, shape).
    """
    array = plain_array(value, name, complex_ok, bool_ok)
    if array.size > MAX_ITEMS:
        text = f"`{name}` has millions of entries. Try: return an array of the shape asked for."
        raise Mismatch(name, "shape", text, text)
    return to_float(array, complex_ok)


def needs_value(value: Any, name: str) -> None:
    """Raises Mismatch, rung "missing", for None and for `...`."""
    if value is None or value is ...:
        tip = "look for a path that ends without `return`" if value is None else "replace the `...`"
        text = f"`{name}` is {kind(value)}; expected an answer. Try: {tip}."
        raise Mismatch(name, "missing", text, text)


def to_float(array: NDArray[Any], complex_ok: bool = False) -> NDArray[Any]:
    """A fresh float64 array (complex128 where the input is complex and that is allowed)."""
    wide = np.complex128 if complex_ok and array.dtype.kind == "c" else np.float64
    with np.errstate(all="ignore"):
        return np.array(array, dtype=wide, subok=False)


def items(value: Any) -> Iterable[Any] | None:
    """The items of a list or tuple (or of a subclass, by the built-in iterator), else None."""
    if issubclass(type(value), list):
        return list.__iter__(value)
    if issubclass(type(value), tuple):
        return tuple.__iter__(value)
    return None


def _numeric(value: Any) -> NDArray[Any]:
    if issubclass(type(value), np.ndarray):
        return _base(value)
    nested = _unpack(value, MAX_DEPTH, [MAX_ITEMS])
    try:
        with np.errstate(all="ignore"):
            array = np.array(nested)
    except (ValueError, OverflowError):  # rows of different lengths
        array = np.array(None)
    if array.dtype.kind not in "biufc":
        raise Refused("a list whose rows differ in length", "give every row the same number of entries")
    return array


def _base(value: Any) -> NDArray[Any]:
    """An array's own numbers, whatever its class overrides."""
    if issubclass(type(value), np.ma.MaskedArray):
        raise Refused("a masked array", "fill the masked entries and return a plain array")
    base: NDArray[Any] = np.ndarray.view(value, np.ndarray)
    if base.dtype.kind not in "biufc":
        raise Refused(
            "an array that does not hold numbers (its dtype is no numeric one)", "build it from numbers"
        )
    return base


def _unpack(value: Any, depth: int, budget: list[int]) -> Any:
    """Nested built-in lists of numbers and plain arrays, of bounded depth and size."""
    if plain_class(value) and type(value) in NUMBERS:
        _spend(budget, 1)
        return _machine(value) if type(value) is int else value
    if issubclass(type(value), np.ndarray):
        base = _base(value)
        _spend(budget, base.size)
        return base
    inside = items(value)
    if inside is None:
        name = class_name(value)
        raise Refused(f"{kind(value)} (`{name}`)", "return a numpy array", blind=kind(value))
    if depth == 0:
        raise Refused("lists nested without end", "return a numpy array")
    _spend(budget, 1)
    return [_unpack(item, depth - 1, budget) for item in inside]


def _machine(value: int) -> int | float:
    """A whole number that numpy can hold: as int64 where it fits, since whole numbers compare exactly."""
    try:
        return value if -(2**63) <= value < 2**63 else float(value)
    except OverflowError:
        raise Refused("a whole number too large for float64", "work in float64 throughout") from None


def _spend(budget: list[int], count: int) -> None:
    budget[0] -= count
    if budget[0] < 0:
        raise Refused("a list of millions of entries", "return an array of the shape asked for")

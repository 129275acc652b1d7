"""The ladder: returned at all, number of outputs, an array, its shape, finite, its values.

Each rung has its own message, and the first that fails ends the check. Values agree where

    max|got - expected| / max|expected| <= 1e-5          per array

(CONVENTIONS: the smallest real mistake moves this by 3.9e-3, a float32 implementation by 2e-6).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cast import float_array, plain_array, to_float
from .mismatch import Mismatch
from .patterns import advice, shape_advice
from .words import lettered, number, place, shape_text

RTOL = 1e-5

# The floor of the denominator is this low because small is not noise in this course: a gradient of
# 1e-20 is an answer, and zeros are a wrong one. Below the smallest normal number float64 loses digits.
FLOOR = float(np.finfo(np.float64).tiny)

# Where *every* expected entry is zero there is no scale. Another order of summation may leave some
# 1e-16 there, so the scale is set to 1e-7, that is |got| <= 1e-12.
ZERO_SCALE = 1e-7

# Neighbouring whole numbers are one apart, so where whole numbers are expected 1e-3 is the most that
# is forgiven, however large they are.
WHOLE = 1e-3

# Whole numbers from here on have neighbours that float64 cannot tell from them.
INEXACT = 2**53

# The modulus of a complex number may overflow; with an infinite scale everything would be near.
LARGEST = float(np.finfo(np.float64).max)


def same(
    got: Any, expected: Any, name: str, shape: str = "", rtol: float = RTOL, *, floor: float = FLOOR
) -> None:
    """`got` equals `expected`: the whole ladder for one array or number.

    got        what the student returned: array, number, nested list or tuple; any numeric dtype
    expected   numbers of the right shape; inf and nan in it must be met exactly
    shape      the letters of the shape, such as "(N, H, H)"; for messages only
    rtol       largest |got - expected| as a share of the largest finite |expected|
    floor      smallest denominator; raise it where `expected` is itself only rounding noise around zero

    Raises Mismatch (rungs missing, type, shape, finite, value). An `expected` that is not numeric, or
    holds whole numbers from 2**53 on, raises TypeError: that is a fault of the case.
    """
    want = _expected(expected, name)
    real = want.dtype.kind != "c"
    array = plain_array(got, name, complex_ok=not real, bool_ok=want.dtype.kind == "b")
    _check_shape(array.shape, want.shape, name, shape)
    whole = want.dtype.kind in "biu"
    array, want = to_float(array, not real), to_float(want, not real)
    _check_finite(array, want, name)
    _check_values(array, want, name, rtol, floor, whole)


def has_shape(got: Any, shape: Sequence[int], name: str, letters: str = "") -> NDArray[np.float64]:
    """`got` is numeric and has that shape. Returns it as a float64 array; it may hold inf and nan.

    Raises Mismatch (rungs missing, type, shape).
    """
    array = plain_array(got, name)
    _check_shape(array.shape, tuple(shape), name, letters)
    return to_float(array)


def is_finite(got: Any, name: str) -> NDArray[np.float64]:
    """`got` is numeric and finite everywhere. Returns it as a float64 array.

    Raises Mismatch (rungs missing, type, finite).
    """
    array = float_array(got, name)
    _check_finite(array, np.zeros(array.shape), name)
    return array


def is_array(got: Any, shape: Sequence[int], name: str, letters: str = "") -> NDArray[np.float64]:
    """`got` is numeric, of that shape and finite: what a property is then computed from.

    Returns a float64 array of its own. Raises Mismatch (rungs missing, type, shape, finite).
    """
    return is_finite(has_shape(got, shape, name, letters), name)


def holds(condition: Any, name: str, claim: str, got: Any = None, tip: str = "") -> None:
    """A property of an answer, in words: `holds(rho < 1, "W", "its spectral radius is below 1", rho)`.

    condition   a truth value that the case computed from plain arrays (see `is_array`)
    claim       completes "expected that …"; holds no number that comes from inputs or answers
    got         a number or short text for the public message
    Raises Mismatch, rung "property".
    """
    if condition is True or (type(condition) is np.bool_ and bool(condition)):
        return
    tail = f" Try: {tip}." if tip else ""
    blind = f"`{name}`: expected that {claim}; it is not so.{tail}"
    shown = number(got) if type(got) in (int, float, np.float64) else got
    message = f"`{name}`: got {shown}; expected that {claim}.{tail}" if got is not None else blind
    raise Mismatch(name, "property", message, blind)


def _expected(expected: Any, name: str) -> NDArray[Any]:
    """The case's own numbers; a fault in them must not look like a student's."""
    try:
        want = plain_array(expected, name, complex_ok=True, bool_ok=True)
    except Mismatch as fault:
        raise TypeError(f"the expected value of {name!r} is not numeric: {fault}") from None
    if want.dtype.kind in "iu" and want.size and (want.max() >= INEXACT or want.min() <= -INEXACT):
        raise TypeError(
            f"the expected value of {name!r} holds whole numbers too large to compare: use floats"
        )
    return want


def _check_shape(got: tuple[int, ...], want: tuple[int, ...], name: str, letters: str) -> None:
    if got == want:
        return
    have = f"has shape {shape_text(got)}" if got else "is a single number"
    text = f"`{name}` {have}; expected {lettered(want, letters)}. Try: {shape_advice(got, want)}."
    raise Mismatch(name, "shape", text, text)


def _check_finite(got: NDArray[Any], want: NDArray[Any], name: str) -> None:
    """Finite where the expected value is; elsewhere the same inf or nan."""
    finite = np.isfinite(got)
    if finite.all() and np.isfinite(want).all():
        return
    bad = np.isfinite(want) & ~finite
    if bad.any():
        where = place(np.argwhere(bad)[0])
        message = (
            f"`{name}` holds nan or inf: {int(bad.sum())} of {bad.size} entries, the first{where}; expected "
            "finite numbers. Try: print each intermediate array, and look for the first that is not finite."
        )
        blind = f"`{name}` holds nan or inf; expected finite numbers."
        raise Mismatch(name, "finite", message, blind)
    special = ~np.isfinite(want)
    bad = special & ~(_alike(got.real, want.real) & _alike(got.imag, want.imag))
    if bad.any():
        index = np.argwhere(bad)[0]
        seen, asked = got[tuple(index)], want[tuple(index)]
        message = f"`{name}`{place(index)} is {number(seen)}; expected {number(asked)}."
        blind = f"`{name}` should hold inf or nan where the true value is not finite, and of the right sign."
        raise Mismatch(name, "finite", message, blind)


def _alike(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.bool_]:
    both: NDArray[np.bool_] = (a == b) | (np.isnan(a) & np.isnan(b))
    return both


def _check_values(
    got: NDArray[Any], want: NDArray[Any], name: str, rtol: float, floor: float, whole: bool
) -> None:
    finite = np.isfinite(want)
    if not finite.any():
        return
    with np.errstate(all="ignore"):  # finite numbers may still overflow in the difference
        error = np.where(finite, np.abs(got - want), 0.0)
        peak = min(float(np.abs(want[finite]).max()), LARGEST)
    scale = max(peak or ZERO_SCALE, floor)
    allowed = min(rtol * scale, WHOLE) if whole else rtol * scale
    worst = np.unravel_index(int(error.argmax()), error.shape)
    if error[worst] <= allowed:
        return
    seen, asked = number(got[worst]), number(want[worst])
    tip = advice(got, want, allowed)
    if want.ndim == 0:
        message = f"`{name}` is {seen}; expected {asked}. Try: {tip}."
    else:
        off = int((error > allowed).sum())
        share = f"off by {error[worst] / scale:.2g} of the largest entry"
        message = (
            f"`{name}` differs from the reference in {off} of {error.size} entries, most{place(worst)}: "
            f"got {seen}, expected {asked} ({share}). Try: {tip}."
        )
    blind = f"`{name}` has the right shape, but its values differ from the reference."
    raise Mismatch(name, "value", message, blind)

"""What to try: a word of advice from how a wrong array is related to the right one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def shape_advice(got: tuple[int, ...], want: tuple[int, ...]) -> str:
    """What to try when the shape is wrong."""
    if not want:
        return "return the number itself, not an array that holds it"
    if not got:
        return "return one entry for each, not their sum"
    if len(got) == len(want) and sorted(got) == sorted(want):
        return "the axes are there in another order; move them, never reshape them"
    if got == want[1:]:
        return "the first axis is missing"
    if got[1:] == want or got == (1, *want):
        return "there is one axis too many in front"
    if len(got) > len(want) and tuple(n for n in got if n != 1) == want:
        return "drop the axes of length 1"
    return "write the shape of every array beside the line that makes it"


def advice(got: NDArray[Any], want: NDArray[Any], allowed: float) -> str:
    """What to try when only the values are wrong; both arrays have one shape.

    A relation is only mentioned where it holds for the whole array within `allowed`.
    """
    with np.errstate(all="ignore"):
        if want.size > 1 and not np.any(got):
            return "every entry is zero: is the array ever written to"
        if _close(-got, want, allowed):
            return "the sign is turned"
        if _square(want) and _close(np.swapaxes(got, -1, -2), want, allowed):
            return "this is the transpose of what was expected"
        if want.ndim > 1 and _close(got[::-1], want, allowed):
            return "the first axis runs in the wrong direction"
        factor = _factor(got, want, allowed)
    if factor:
        return f"every entry is {factor:.4g} times what was expected: a sum, a mean or a factor too many"
    if want.ndim == 0:
        return "work it out once by hand for a small example"
    if _square(want):
        return "work out that entry by hand; a wrong `.T` on a square matrix never raises an error"
    return "work out that entry by hand, and compare with what your lines do"


def _close(a: NDArray[Any], b: NDArray[Any], allowed: float) -> bool:
    return bool(np.all((np.abs(a - b) <= allowed) | (a == b)))


def _square(array: NDArray[Any]) -> bool:
    return array.ndim >= 2 and array.shape[-1] == array.shape[-2] > 1


def _factor(got: NDArray[Any], want: NDArray[Any], allowed: float) -> float:
    """The constant c with got = c * want, or 0 where there is none."""
    if want.size < 2 or want.dtype.kind == "c" or not np.isfinite(want).all():
        return 0.0
    top = np.unravel_index(int(np.abs(want).argmax()), want.shape)
    factor = float(got[top] / want[top]) if want[top] else 0.0
    usable = np.isfinite(factor) and factor != 0
    return factor if usable and _close(got / factor, want, allowed) else 0.0

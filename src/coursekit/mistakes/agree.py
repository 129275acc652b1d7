"""Whether two results are the same to a tolerance, leaf by leaf: how a mistake is recognised."""

from __future__ import annotations

from typing import Any

import numpy as np

from coursekit.wire import Handle

# A named mistake must reproduce the student's numbers to rounding error: CONVENTIONS' smallest real mistake
# moves them by 4e-3, so nothing else comes this near.
NAMED = 1e-9
# Follow-through asks what every case asks of a value.
FOLLOWED = 1e-5
# Below this an array counts as zero; keeps the quotient finite.
FLOOR = 1e-30


def agree(got: Any, expected: Any, tolerance: float) -> bool:
    """Whether `got` equals `expected`: structure, shapes, max|got - expected| <= tolerance·max|expected|.

    Lists, tuples and arrays of numbers are one thing; a dict may hold more keys than expected. An opaque
    handle agrees with nothing.
    """
    if isinstance(got, Handle) or isinstance(expected, Handle):
        return False
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(
            key in got and agree(got[key], value, tolerance) for key, value in expected.items()
        )
    if isinstance(expected, list | tuple) and not _numeric(expected):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(expected)
            and all(agree(g, e, tolerance) for g, e in zip(got, expected, strict=True))
        )
    if _numeric(expected):
        return _numeric(got) and _close(np.asarray(got), np.asarray(expected), tolerance)
    return type(got) is type(expected) and bool(got == expected)


def _numeric(value: Any) -> bool:
    if isinstance(value, bool | int | float | complex | np.number | np.bool_):
        return True
    if isinstance(value, list | tuple):
        try:
            value = np.asarray(value)
        except (ValueError, OverflowError):  # ragged: a structure, not an array
            return False
    return isinstance(value, np.ndarray) and value.dtype.kind in "biufc"


def _close(got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any], tolerance: float) -> bool:
    if got.shape != expected.shape:
        return False
    if not expected.size:
        return True
    kind = np.complex128 if "c" in (got.dtype.kind, expected.dtype.kind) else np.float64
    got, expected = got.astype(kind), expected.astype(kind)
    finite = np.isfinite(expected)
    if not np.array_equal(np.isfinite(got), finite) or not np.array_equal(
        got[~finite], expected[~finite], equal_nan=True
    ):
        return False
    if not finite.any():
        return True
    with np.errstate(over="ignore"):
        error = np.abs(got[finite] - expected[finite]).max()
        return bool(error <= tolerance * max(np.abs(expected[finite]).max(), FLOOR))

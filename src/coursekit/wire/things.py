"""What stands for a thing that cannot travel, and the tags and dtypes that can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Handle:
    """An opaque thing that stays in the worker: it can be passed back, never looked into."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class FunctionRef:
    """As an argument: the student's own function of that name."""

    name: str


# One byte before each value. Fixed sizes and counts follow as little-endian integers.
NONE, ELLIPSIS, TRUE, FALSE = b"N", b"E", b"T", b"F"
INT, BIG, FLOAT, COMPLEX = b"i", b"I", b"f", b"c"
STR, BYTES, ARRAY, SCALAR = b"s", b"b", b"a", b"x"
LIST, TUPLE, DICT = b"l", b"t", b"d"
HANDLE, FUNCTION = b"h", b"r"

# The closed list of dtypes; a dtype's number on the wire is its place here.
DTYPES: tuple[np.dtype[Any], ...] = tuple(
    np.dtype(code)
    for code in (
        "?",
        "i1",
        "<i2",
        "<i4",
        "<i8",
        "u1",
        "<u2",
        "<u4",
        "<u8",
        "<f2",
        "<f4",
        "<f8",
        "<c8",
        "<c16",
    )
)
DTYPE_NUMBERS = {dtype.str: number for number, dtype in enumerate(DTYPES)}
BOOL_NUMBER = 0

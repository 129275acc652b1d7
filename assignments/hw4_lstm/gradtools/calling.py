"""Calling a student's function: a missing one is named, and nothing is shared between two calls."""

from __future__ import annotations

from typing import Any

import numpy as np

from .mismatch import Mismatch
from .words import kind

MAX_DEPTH = 8
MAX_BYTES = 2**28  # a larger array is passed on as it is: one with zero strides may claim any size


def call(function: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """`function(*args, **kwargs)`, with copies of its own of every argument.

    Many correct solutions overwrite their arguments or empty the cache, and some hand out one and the
    same buffer twice: so arguments go in, and the result comes back, as copies (arrays, lists, tuples and
    dicts; anything else as it is). A function with an attribute `hands_over_copies` (the grader's
    stand-in for one) does that itself.

    Raises Mismatch, rung "missing" when the notebook has no function of that name, rung "type" when the
    name stands for something that cannot be called; and whatever the function raises.
    """
    if function is None or function is ...:
        text = (
            f"`{name}` is not defined; expected a function. Try: run its cell, and look at how it is spelt."
        )
        raise Mismatch(name, "missing", text, text)
    if not callable(function):
        text = f"`{name}` is {kind(function)}; expected a function. Try: is the name used again further down?"
        raise Mismatch(name, "type", text, text)
    if getattr(function, "hands_over_copies", False) is True:
        return function(*args, **kwargs)
    result = function(*(fresh(a) for a in args), **{key: fresh(a) for key, a in kwargs.items()})
    return fresh(result)


def fresh(value: Any, depth: int = MAX_DEPTH) -> Any:
    """A copy of plain arrays, lists, tuples and dicts, down to `depth`; anything else is passed on."""
    if type(value) is np.ndarray:
        plain = value.nbytes <= MAX_BYTES and value.dtype.kind in "biufc"
        return value.copy(order="K") if plain else value
    if depth == 0:
        return value
    if type(value) is list:
        return [fresh(item, depth - 1) for item in value]
    if type(value) is tuple:
        return tuple(fresh(item, depth - 1) for item in value)
    if type(value) is dict:
        return {key: fresh(item, depth - 1) for key, item in value.items()}
    return value

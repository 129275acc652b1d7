"""Answers of our own functions, kept from one submission to the next while their inputs stay the same.

An audit asks the same calls of hundreds of notebooks; a class's submissions each have calls of their own, and
what was kept for the last one is of no use to the next.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import numpy as np

MOST_NUMBERS = 4_000_000  # in all answers that are kept; 32 MB


class Memo:
    """What was asked → the answer; the least used are dropped first."""

    def __init__(self, most: int = MOST_NUMBERS) -> None:
        self.repeats = False  # whether the last two submissions had the same inputs
        self._most = most
        self._key = b""
        self._kept: OrderedDict[object, tuple[Any, int]] = OrderedDict()
        self._size = 0

    def start(self, key: bytes) -> None:
        """Inputs are drawn from this key from now on: with another one than before, all is dropped."""
        self.repeats = key == self._key
        if not self.repeats:
            self._key = key
            self._kept.clear()
            self._size = 0

    def get(self, key: object) -> Any:
        """What was kept under that key, or None."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def keep(self, key: object, answer: Any, size: int) -> None:
        """Keep an answer of so many numbers, which nobody may change; others may have to go."""
        self._kept[key] = answer, size
        self._size += size
        while self._size > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self._size -= gone


def content(function: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bytes:
    """What tells a call from every other one.

    Pickled and never read back.
    """
    told: Any = (function, args, sorted(kwargs.items()))
    return hashlib.blake2b(pickle.dumps(told, protocol=5), digest_size=16).digest()


def size(value: Any) -> int:
    """How many numbers and texts a value holds: a measure of what a call costs."""
    if isinstance(value, dict):
        return sum(size(item) for item in value.values())
    if isinstance(value, list | tuple):
        return sum(size(item) for item in value)
    return value.size if isinstance(value, np.ndarray) else 1

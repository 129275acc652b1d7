"""Answers of our own functions, kept from one submission to the next while their inputs stay the same.

An audit asks the same calls of hundreds of notebooks; a class's submissions each have calls of their own, and
what was kept for the last one is of no use to the next.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from typing import Any

from coursekit.judge.proxy import Call
from coursekit.wire import Raised, Returned

MOST_NUMBERS = 4_000_000  # in all answers that are kept; 32 MB


class Memo:
    """Version of a function and content of a call → the answer; the least used are dropped first."""

    def __init__(self, most: int = MOST_NUMBERS) -> None:
        self._most = most
        self._key = b""
        self._kept: OrderedDict[object, tuple[Returned | Raised, int]] = OrderedDict()
        self._size = 0

    def start(self, key: bytes) -> None:
        """Inputs are drawn from this key from now on: with another one than before, all is dropped."""
        if key != self._key:
            self._key = key
            self._kept.clear()
            self._size = 0

    def get(self, key: object) -> Returned | Raised | None:
        """What was kept under that key."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def keep(self, key: object, answer: Returned | Raised, size: int) -> None:
        """Keep an answer of so many numbers; others may have to go."""
        self._kept[key] = answer, size
        self._size += size
        while self._size > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self._size -= gone


def content(call: Call) -> bytes:
    """What tells a call from every other one: its arguments, not its answer.

    Pickled and never read back.
    """
    told: Any = (call.function, call.args, sorted(call.kwargs.items()))
    return hashlib.blake2b(pickle.dumps(told, protocol=5), digest_size=16).digest()

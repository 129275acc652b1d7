"""What one submission may still use: seconds of waiting for its workers, and new workers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from coursekit.model import Limits


class Budget:
    """Counts only the time that we wait for student code, so that a slow judge costs nobody anything."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._spent = 0.0
        self._restarts = limits.restarts

    @property
    def left(self) -> float:
        """Seconds."""
        return max(0.0, self._limits.total_seconds - self._spent)

    def restart(self) -> bool:
        """Take one restart; False if there is none, or no time for it."""
        if self._restarts <= 0 or self.left <= 0:
            return False
        self._restarts -= 1
        return True

    @contextmanager
    def running(self, seconds: float) -> Iterator[float]:
        """Time that counts; gives the deadline: in `seconds`, or when the total is used up."""
        began = time.monotonic()
        try:
            yield began + min(seconds, self.left)
        finally:
            self._spent += time.monotonic() - began

    def exceeded(self, seconds: float) -> float:
        """Which limit a wait of at most `seconds` has just met: that one, or the total."""
        return seconds if self.left > 0 else self._limits.total_seconds

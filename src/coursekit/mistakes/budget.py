"""How much work one submission's diagnosis may be: a number of replays, and processor time as last resort.

A mistake put into our own function can make a loop endless or a cost quadratic, and a student's arguments
can do the same; diagnosis must end all the same. What counts first is the number of replays, which is the
same on every machine; the clock stops only what would not end.
"""

from __future__ import annotations

import gc
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

# A submission that every mistake and pair is tried on takes a few thousand.
REPLAYS = 30_000
# Processor time. Replays take milliseconds; only an endless one gets here.
ONE_SECONDS = 2.0
ALL_SECONDS = 20.0
# Timers of the kernel count in ticks of a few milliseconds, and one that is set to nothing never rings.
LEAST_SECONDS = 0.01
# The alarm rings again: an exception raised inside a destructor is printed and lost.
AGAIN_SECONDS = 0.05


class _Alarm(BaseException):
    """Time is over. No Exception, so that nothing that is replayed swallows it."""


class Budget:
    """What is left for one submission. Counts every replay; times it where the platform can."""

    def __init__(
        self,
        replays: int | None = None,
        one_seconds: float | None = None,
        all_seconds: float | None = None,
    ) -> None:
        self._replays = REPLAYS if replays is None else replays
        self._one_seconds = ONE_SECONDS if one_seconds is None else one_seconds
        self._seconds = ALL_SECONDS if all_seconds is None else all_seconds
        self._armed = False

    @property
    def spent(self) -> bool:
        """Whether nothing is run any more."""
        return self._replays <= 0 or self._seconds < LEAST_SECONDS

    def run(self, work: Callable[[], T]) -> T | None:
        """What `work` returns, or None where it takes too long or nothing is left. Raises what `work` raises.

        Times only in the main thread of a platform that has interval timers; elsewhere the number of
        replays alone bounds the work.
        """
        if self.spent:
            return None
        self._replays -= 1
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            return work()
        return self._timed(work)

    def _timed(self, work: Callable[[], T]) -> T | None:
        before, started = signal.signal(signal.SIGPROF, self._ring), time.process_time()
        collecting = gc.isenabled()
        gc.disable()  # an exception raised in a callback of the collector would be printed and lost
        try:
            try:
                self._armed = True
                signal.setitimer(signal.ITIMER_PROF, min(self._one_seconds, self._seconds), AGAIN_SECONDS)
                return work()
            finally:
                self._armed = False  # the next ring, if this line is interrupted, is long after the last one
        except _Alarm:
            return None
        finally:
            self._armed = False
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
            if collecting:
                gc.enable()
            self._seconds -= time.process_time() - started

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._armed:
            raise _Alarm

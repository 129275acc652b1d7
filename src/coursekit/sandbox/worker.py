"""The judge's end of one worker: send a request, take the reply to it and to nothing else, or bury it."""

from __future__ import annotations

import os
import secrets
import signal

from coursekit.sandbox.zygote import Zygote, ZygoteLost
from coursekit.wire import frames
from coursekit.wire.errors import WireError
from coursekit.wire.frames import Frame
from coursekit.wire.messages import Parts

_GRACE_SECONDS = 2.0  # between a closed connection and the end of the process that closed it


class Worker:
    """One forked worker. After `bury` it is gone, and so is everything it started."""

    def __init__(self, zygote: Zygote, cpu_seconds: int) -> None:
        """Raises ZygoteLost, OurFault."""
        self._zygote = zygote
        self._cpu_seconds = cpu_seconds
        self._child = zygote.fork()
        self._request = 0
        self.cpu_seconds = 0.0  # used, known once it is buried

    def send(self, kind: int, parts: Parts, deadline: float) -> None:
        """A request with a number that nobody could foresee. Raises WireError."""
        self._request = secrets.randbits(64)
        frames.send(self._child.connection.fileno(), kind, self._request, *parts, deadline)

    def receive(self, deadline: float) -> Frame:
        """The next reply to the last request. Raises WireError for anything else."""
        frame = frames.receive(self._child.connection.fileno(), deadline)
        if frame.id != self._request:
            raise WireError("a reply to a question that was not asked")
        return frame

    def bury(self, ended: bool = False) -> str:
        """Kill it if need be, and say in one sentence how it ended; `ended`: it hung up by itself.

        Raises ZygoteLost.
        """
        alone = ended and self._zygote.ended(self._child, _GRACE_SECONDS)
        try:
            if not alone:
                self._zygote.kill(self._child)
        finally:
            status, self.cpu_seconds = self._zygote.reap(self._child)
        return self._reason(status, alone)

    def _reason(self, status: int, alone: bool) -> str:
        if not alone and self._child.pidfd >= 0:
            return "the process closed its connection and was killed"
        if os.WIFEXITED(status):
            return f"the process ended by itself with exit code {os.WEXITSTATUS(status)}"
        number = os.WTERMSIG(status)
        if number == signal.SIGKILL and self.cpu_seconds > self._cpu_seconds - 1:
            return f"the process used up its {self._cpu_seconds} seconds of processor time"
        name = signal.Signals(number).name if number in list(signal.Signals) else f"signal {number}"
        why = ", as happens when memory runs out" if number == signal.SIGKILL else ""
        return f"the process was killed by {name} ({signal.strsignal(number)}){why}"


__all__ = ["Worker", "ZygoteLost"]

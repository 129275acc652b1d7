"""A warm sandbox: opens submissions one after another, each in a worker of its own."""

from __future__ import annotations

import weakref
from types import TracebackType
from typing import Self

from coursekit.errors import OurFault
from coursekit.model import Isolation, Limits
from coursekit.sandbox import scratch
from coursekit.sandbox.detect import detect
from coursekit.sandbox.session import Session
from coursekit.sandbox.work import Work
from coursekit.sandbox.worker import Worker
from coursekit.sandbox.zygote import Zygote, ZygoteLost


class Sandbox:
    """One zygote. Not for use from several threads at once; several sessions may be open."""

    def __init__(self, isolation: Isolation | None = None, *, warm: bool = True) -> None:
        """Starts to warm up; the best level that works here, if none is given. Raises OurFault.

        Without `warm` it starts in a tenth of the time, and each submission loads matplotlib by itself.
        """
        self.isolation = isolation or detect()
        self._warm = warm
        self._sessions: weakref.WeakSet[Session] = weakref.WeakSet()
        self._start()

    def open(self, work: Work, limits: Limits) -> Session:
        """Runs the cells of one submission. Raises BadInput for one too large to hand over, OurFault."""
        session = Session(self, work, limits)
        self._sessions.add(session)
        return session

    def worker(self, cpu_seconds: int) -> tuple[Worker, str]:
        """A new worker and its folder (empty at level `namespaces`). Raises OurFault."""
        for last_try in (False, True):
            try:
                worker = Worker(self._zygote, cpu_seconds)
            except ZygoteLost as error:
                if last_try:
                    raise OurFault(f"the sandbox died twice: {error}") from None
                self._end()
                self._start()
            else:
                return worker, self._zygote.folder()
        raise AssertionError

    def clear(self, folder: str) -> None:
        """Remove a worker's folder."""
        if folder:
            scratch.remove(folder)

    def close(self) -> None:
        """Ends all sessions; leaves no process and no folder behind."""
        for session in list(self._sessions):
            session.close()
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        self._zygote = Zygote(self.isolation, self._warm)
        self._end = weakref.finalize(self, self._zygote.close)  # at the interpreter's end at the latest

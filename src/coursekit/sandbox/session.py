"""One submission under way: its cells have run, its functions can be called, its worker can be made again."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import asdict
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from coursekit.errors import BadInput, OurFault
from coursekit.model import CellNote, Isolation, Limits
from coursekit.sandbox.budget import Budget
from coursekit.sandbox.work import Work, safe_files, with_bytecode
from coursekit.sandbox.worker import Worker
from coursekit.sandbox.zygote import ZygoteLost
from coursekit.wire import (
    Crashed,
    Malformed,
    Raised,
    Reply,
    Returned,
    TimedOut,
    TooLarge,
    WireError,
    encode,
    messages,
)
from coursekit.wire.errors import Ended, Late
from coursekit.wire.messages import Parts

if TYPE_CHECKING:
    from coursekit.sandbox.sandbox import Sandbox

_FENCE_SECONDS = 30.0  # to fence a worker in, before any student code runs
Failure = TimedOut | Crashed | Malformed


class Session:
    """Implements the judge's Caller. What student code does is data; only our own faults are raised."""

    def __init__(self, sandbox: Sandbox, work: Work, limits: Limits) -> None:
        """Runs the cells. Raises BadInput for a submission too large to hand over, OurFault."""
        files, self.remarks = safe_files(work, limits.file_mb << 20)
        self._sandbox = sandbox
        self._limits = limits
        self._budget = Budget(limits)
        # Prose and empty cells keep their numbers, and are neither run nor told about.
        self._cells = [number for number, cell in enumerate(work.cells, 1) if cell.strip()]
        self._start: dict[str, Any] = {
            "cells": {
                number: work.cells[number - 1].encode("utf-8", "backslashreplace") for number in self._cells
            },
            "support": with_bytecode(work.support),
            "files": files,
            "limits": asdict(limits),
        }
        self._worker: Worker | None = None
        self._folder = ""
        self._failure: Failure = Crashed("the worker has not been started")
        self._names: dict[str, str] = {}
        self._read: dict[str, Returned] = {}
        self._notes: dict[int, CellNote] = {}
        self._fatal: dict[int, CellNote] = {}  # cells that ended a worker; the next one leaves them out
        self.cpu_seconds = 0.0  # of all workers so far, as far as they have ended
        self._begin()

    @property
    def cell_notes(self) -> tuple[CellNote, ...]:
        """The cells that failed, in order."""
        return tuple(note for _, note in sorted((self._notes | self._fatal).items()))

    @property
    def alive(self) -> bool:
        """Whether the worker can still answer."""
        return self._worker is not None

    def names(self) -> Mapping[str, str]:
        """Public names after the cells have run: name → "function", "value" or "opaque"."""
        return self._names

    def get(self, name: str) -> Reply:
        """The value of a variable, as it was when it was first asked for: no later call changes an answer."""
        if name not in self._read:
            reply = self._ask(messages.GET, encode(name))
            if not isinstance(reply, Returned):
                return reply
            self._read[name] = reply
        return self._read[name]

    def call(self, function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Reply:
        """Calls a function with copies of the arguments. Raises NotPlain for one that is not plain."""
        try:
            parts = messages.call(function, args, kwargs)
        except TooLarge as error:
            return Raised("ValueError", f"the arguments are too large to hand over: {error}")
        return self._ask(messages.CALL, parts)

    def revive(self) -> bool:
        """Makes the worker again after it died; False when no restarts or no time are left."""
        return self.alive or (self._budget.restart() and self._begin())

    def close(self) -> None:
        """End the worker and remove what it wrote. Nothing is asked of it any more."""
        if self._worker is not None:
            self._failure = Crashed("the session is closed")
            with contextlib.suppress(OurFault):  # an end is an end
                self._bury()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, kind: int, parts: Parts) -> Reply:
        if self._worker is None:
            return self._failure
        seconds = self._limits.call_seconds
        try:
            with self._budget.running(seconds) as deadline:
                self._worker.send(kind, parts, deadline)
                return messages.read_reply(self._worker.receive(deadline))
        except WireError as error:
            return self._fail(error, seconds)
        except BaseException:
            self._bury()
            raise

    def _begin(self) -> bool:
        """A new worker that runs the cells, again without those that ended one."""
        while True:
            running = self._run_cells()
            if running is None:
                return True
            if running:
                self._fatal[running] = CellNote(running, _sentence(self._failure))
            if not running or not self._budget.restart():
                return False

    def _run_cells(self) -> int | None:
        """None if all went well, else the number of the cell that ended the worker, 0 if none did."""
        self._spawn()
        cells = [number for number in self._cells if number not in self._fatal]
        running, seconds = 0, self._limits.cell_seconds
        try:
            with self._budget.running(seconds) as deadline:
                for running in cells:
                    note = messages.read_cell(self._reply(messages.CELL, deadline))
                    if note is not None:
                        self._notes[running] = CellNote(running, *note)
                self._names = messages.read_names(self._reply(messages.READY, deadline))
        except WireError as error:
            self._fail(error, seconds)
            return running
        except BaseException:
            self._bury()
            raise
        return None

    def _spawn(self) -> None:
        """A worker that is fenced in and about to run the cells. Raises BadInput, OurFault."""
        self._notes, self._read = {}, {}
        self._worker, self._folder = self._sandbox.worker(self._limits.cpu_seconds)
        try:
            parts = encode(self._start | {"folder": self._folder, "skip": list(self._fatal)})
            deadline = time.monotonic() + _FENCE_SECONDS  # our own time, not the student's
            self._worker.send(messages.START, parts, deadline)
            frame = self._worker.receive(deadline)
            problem = "" if frame.kind == messages.LOCKED else messages.read_fault(frame)
        except TooLarge as error:
            self._bury()
            raise BadInput(f"the notebook and its files are too large to be graded: {error}") from None
        except WireError as error:
            problem = f"{error}; {self._bury(ended=isinstance(error, Ended))}"
        except BaseException:
            self._bury()
            raise
        if problem:
            self.close()
            raise OurFault(f"a worker could not be fenced in: {problem}")

    def _reply(self, kind: int, deadline: float) -> Any:
        assert self._worker is not None
        frame = self._worker.receive(deadline)
        if frame.kind != kind:
            raise WireError(f"a message of kind {frame.kind} where {kind} belongs")
        return frame

    def _fail(self, error: WireError, seconds: float) -> Failure:
        """The worker is gone; why, as data."""
        ending = self._bury(ended=isinstance(error, Ended))
        if isinstance(error, Late):
            self._failure = TimedOut(self._budget.exceeded(seconds))
        elif isinstance(error, Ended):
            self._failure = Crashed(ending)
        else:
            self._failure = Malformed(f"the process sent something that is no answer: {error}")
        return self._failure

    def _bury(self, ended: bool = False) -> str:
        worker, self._worker = self._worker, None
        assert worker is not None
        try:
            reason = worker.bury(ended)
            self.cpu_seconds += worker.cpu_seconds
        except ZygoteLost:
            if self._sandbox.isolation is Isolation.NAMESPACES:
                # Nothing in there can reach the zygote: whatever this was, it was not the student.
                raise OurFault("the sandbox ended while it was running a submission") from None
            reason = "the process was killed together with the sandbox around it"
        self._sandbox.clear(self._folder)
        return reason


def _sentence(failure: Failure) -> str:
    if isinstance(failure, TimedOut):
        return f"the cell was stopped: the cells did not end within {failure.seconds:g} seconds"
    return f"the cell was left out: {failure.reason}"

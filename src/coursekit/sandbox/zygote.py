"""The judge's hold on one zygote process: start it, have it fork, kill and reap children, end it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import tempfile
from dataclasses import dataclass

from coursekit.errors import OurFault
from coursekit.model import Isolation
from coursekit.sandbox.command import command
from coursekit.sandbox.scratch import Scratch
from coursekit.wire.control import REPLY, REQUEST

_WARM_SECONDS = 120.0  # a cold disk, a slow font scan
_REPLY_SECONDS = 60.0  # a fork, or the end of a killed process that held much memory


class ZygoteLost(Exception):
    """The zygote died or does not answer."""


@dataclass(frozen=True, slots=True)
class Child:
    """A forked worker: its pid in the zygote's eyes, a pidfd (-1 where there is none), our socket."""

    pid: int
    pidfd: int
    connection: socket.socket


class Zygote:
    """One running zygote. Warms up in its own time: only the first fork waits for it."""

    def __init__(self, isolation: Isolation, warm: bool = True) -> None:
        """Raises OurFault where the level cannot even be tried."""
        self.isolation = isolation
        self._ready = False
        self._control, theirs = socket.socketpair()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed in close()
        # At `namespaces` it has a file system of its own instead.
        self._scratch = Scratch() if isolation is not Isolation.NAMESPACES else None
        try:
            start = command(isolation, theirs.fileno(), self._scratch.path if self._scratch else "", warm)
            if self._scratch:
                self._scratch.give_to(start.uid)
            self._process = subprocess.Popen(
                start.argv,
                env=start.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the judge
            )
        except BaseException:
            self._control.close()
            self._remove()
            raise
        finally:
            theirs.close()

    def wait(self) -> None:
        """Until it is warm. Raises OurFault with its own words where it fails."""
        if self._ready:
            return
        try:
            self._receive(b"+", _WARM_SECONDS)
        except ZygoteLost:
            self._errors.seek(0)
            lines = self._errors.read().decode(errors="replace").strip().splitlines()
            reason = lines[-1] if lines else "no reason given"
            raise OurFault(f"the sandbox cannot start at level {self.isolation.value}: {reason}") from None
        self._ready = True

    def fork(self) -> Child:
        """A new worker. Raises ZygoteLost, OurFault."""
        self.wait()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                self._send(b"S", 0, [theirs.fileno()])
            pid, _, _, fds = self._receive(b"s", _REPLY_SECONDS)
        except BaseException:
            ours.close()
            raise
        ours.setblocking(False)
        return Child(pid, fds[0] if fds else -1, ours)

    def kill(self, child: Child) -> None:
        """Kill it and, by its namespace, all that it started. Raises ZygoteLost."""
        if child.pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)
        else:
            self._send(b"K", child.pid)
            self._receive(b"k", _REPLY_SECONDS)

    def ended(self, child: Child, seconds: float) -> bool:
        """Whether it has ended, or does within that time."""
        if child.pidfd < 0:
            return False
        poll = select.poll()
        poll.register(child.pidfd, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def reap(self, child: Child) -> tuple[int, float]:
        """The wait status and CPU seconds of a child that has ended or was killed. Raises ZygoteLost."""
        try:
            self._send(b"R", child.pid)
            _, status, seconds, _ = self._receive(b"r", _REPLY_SECONDS)
            return status, seconds
        finally:
            child.connection.close()
            if child.pidfd >= 0:
                os.close(child.pidfd)

    def close(self) -> None:
        """End it with all its children, and remove its folder."""
        with contextlib.suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        self._control.close()
        try:
            self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._remove()

    def folder(self) -> str:
        """A new folder for one worker; empty at level `namespaces`."""
        return self._scratch.folder() if self._scratch else ""

    def _remove(self) -> None:
        self._errors.close()
        if self._scratch:
            self._scratch.remove()

    def _send(self, kind: bytes, pid: int, fds: list[int] | None = None) -> None:
        try:
            socket.send_fds(self._control, [REQUEST.pack(kind, pid)], fds or [])
        except OSError as error:
            raise ZygoteLost(str(error)) from None

    def _receive(self, kind: bytes, seconds: float) -> tuple[int, int, float, list[int]]:
        self._control.settimeout(seconds)
        try:
            message, fds, _, _ = socket.recv_fds(self._control, REPLY.size, 1)
        except OSError as error:  # TimeoutError is one
            raise ZygoteLost(str(error)) from None
        if len(message) != REPLY.size or message[:1] != kind:
            raise ZygoteLost("it broke its protocol" if message else "it ended")
        _, pid, status, used = REPLY.unpack(message)
        return pid, status, used, fds

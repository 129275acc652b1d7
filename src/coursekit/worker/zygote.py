"""The zygote: a warm interpreter that forks a child per submission, reaps it, and runs no student code.

What it and the judge say to each other: `coursekit/wire/control.py`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
from collections.abc import Sequence

from coursekit.wire.control import REPLY, REQUEST
from coursekit.worker import drop, levels, serve, warm


def become_zygote(engine: str, sites: Sequence[str], settings: Sequence[str]) -> None:
    """Serve until the judge goes away. `settings` are those of `__main__.py`."""
    try:
        zygote = _start(engine, sites, *settings)
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}")
    zygote.serve()


def _start(
    engine: str, sites: Sequence[str], level: str, control: str, uid: str, keep_fsuid: str, warmed: str
) -> Zygote:
    drop.to_user(int(uid), keep_fsuid == "1")
    if level == "namespaces":
        drop.into_own_namespaces()
    plan = levels.prepare(level, sites)
    if warmed == "1":
        warm.up()
    sys.path.remove(engine)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = socket.socket(fileno=int(control))
    connection.sendall(REPLY.pack(b"+", os.getpid(), 0, 0.0))
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.close(null)
    warm.freeze()
    return Zygote(connection, plan)


class Zygote:
    """Serves one judge."""

    def __init__(self, control: socket.socket, plan: levels.Plan) -> None:
        self._control = control
        self._plan = plan
        self._base = levels.address_space()
        self._children: set[int] = set()

    def serve(self) -> None:
        """Until the judge closes its end; then end, with all children."""
        while True:
            kind, pid, fds = self._request()
            if kind == b"S" and fds:
                self._spawn(fds[0])
            elif kind == b"K" and pid in self._children:
                os.kill(pid, signal.SIGKILL)
                self._reply(b"k", pid)
            elif kind == b"R" and pid in self._children:
                self._reap(pid)
            else:
                self._end()

    def _request(self) -> tuple[bytes, int, list[int]]:
        with contextlib.suppress(ConnectionResetError):
            request, fds, _, _ = socket.recv_fds(self._control, REQUEST.size, 1)
            if len(request) == REQUEST.size:
                kind, pid = REQUEST.unpack(request)
                return kind, pid, fds
        return b"", 0, []

    def _reply(self, kind: bytes, pid: int, status: int = 0, seconds: float = 0.0) -> None:
        self._control.sendall(REPLY.pack(kind, pid, status, seconds))

    def _spawn(self, worker: int) -> None:
        pid = self._plan.fork()
        if pid == 0:
            serve.run(worker, self._plan, self._base)
        self._children.add(pid)
        os.close(worker)
        try:
            pidfd = os.pidfd_open(pid)  # race-free: a child is not gone for good before we reap it
        except (AttributeError, OSError):  # macOS and old kernels
            self._reply(b"s", pid)
            return
        socket.send_fds(self._control, [REPLY.pack(b"s", pid, 0, 0.0)], [pidfd])
        os.close(pidfd)

    def _reap(self, pid: int) -> None:
        _, status, usage = os.wait4(pid, 0)
        self._children.discard(pid)
        self._plan.sweep(self._children)
        self._reply(b"r", pid, status, usage.ru_utime + usage.ru_stime)

    def _end(self) -> None:
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self._plan.sweep(set())
        os._exit(0)

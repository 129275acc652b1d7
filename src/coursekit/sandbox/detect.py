"""Which isolation level works on this machine: each is really tried, from the strongest down."""

from __future__ import annotations

import functools
import time

from coursekit.errors import OurFault
from coursekit.model import Isolation, Limits
from coursekit.sandbox.zygote import Zygote, ZygoteLost
from coursekit.wire import WireError, encode, frames, messages

_SECONDS = 30.0


def detect() -> Isolation:
    """The best level that really works here. Raises OurFault where not even a process can be started."""
    for isolation in Isolation:
        if not why_not(isolation):
            return isolation
    raise OurFault(f"no worker can be started here: {why_not(Isolation.PROCESS)}")


@functools.cache
def why_not(isolation: Isolation) -> str:
    """Empty if a worker at that level runs here, else the reason why not in one sentence."""
    try:
        zygote = Zygote(isolation, warm=False)
    except (OSError, OurFault) as error:
        return str(error)
    try:
        return _try(zygote)
    except (OSError, OurFault, WireError, ZygoteLost) as error:
        return str(error)
    finally:
        zygote.close()


def _try(zygote: Zygote) -> str:
    """Fence in a worker that has no cells to run."""
    from dataclasses import asdict

    child = zygote.fork()
    start = {"cells": [], "support": {"a": b"a"}, "files": {}, "limits": asdict(Limits()), "skip": []}
    parts = encode(start | {"folder": zygote.folder()})
    deadline = time.monotonic() + _SECONDS
    try:
        frames.send(child.connection.fileno(), messages.START, 0, *parts, deadline)
        frame = frames.receive(child.connection.fileno(), deadline)
        return "" if frame.kind == messages.LOCKED else messages.read_fault(frame)
    finally:
        zygote.kill(child)
        zygote.reap(child)

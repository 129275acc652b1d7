"""One frame on a stream: a fixed header, a structure, raw buffers; every length is checked first.

    magic "ck1\\0" | kind u8 | 3 spare | request id u64 | structure length u32 | buffers length u32

Both ends work on plain descriptors. A deadline is a `time.monotonic()` moment and needs a descriptor that
does not block; without one, reads and writes wait for ever.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct

from coursekit.wire import limits
from coursekit.wire.errors import Ended, Late, WireError

MAGIC = b"ck1\0"
_HEADER = Struct("<4sB3xQII")
_MAX_VECTORS = 256  # buffers handed to one writev; the kernel's own limit is 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as it came: `structure` and `buffers` are not yet looked into."""

    kind: int
    id: int
    structure: bytes
    buffers: memoryview


def send(
    fd: int,
    kind: int,
    id: int,
    structure: bytes,
    buffers: Sequence[bytes] = (),
    deadline: float | None = None,
) -> None:
    """Write one frame. Raises Late at the deadline, Ended if nobody reads any more."""
    size = sum(map(len, buffers))
    header = _HEADER.pack(MAGIC, kind, id, len(structure), size)
    pending = [memoryview(part) for part in (header + structure, *buffers) if part]
    while pending:
        try:
            written = os.writev(fd, pending[:_MAX_VECTORS])
        except BlockingIOError:
            _wait(fd, select.POLLOUT, deadline)
            continue
        except (BrokenPipeError, ConnectionResetError):
            raise Ended("the other end closed the connection") from None
        while pending and written >= len(pending[0]):
            written -= len(pending.pop(0))
        if written:
            pending[0] = pending[0][written:]


def receive(fd: int, deadline: float | None = None) -> Frame:
    """Read one frame. Raises Late at the deadline, Ended at the end of the stream, WireError for nonsense."""
    header = bytearray(_HEADER.size)
    if deadline is not None:
        _wait(fd, select.POLLIN, deadline)
    _fill(fd, memoryview(header), deadline)
    magic, kind, id, structure_size, buffers_size = _HEADER.unpack(header)
    if magic != MAGIC:
        raise WireError("a frame does not begin like one")
    if structure_size > limits.MAX_STRUCTURE or buffers_size > limits.MAX_BUFFERS:
        raise WireError(f"a frame of {structure_size} + {buffers_size} bytes")
    body = memoryview(bytearray(structure_size + buffers_size))
    _fill(fd, body, deadline)
    return Frame(kind, id, bytes(body[:structure_size]), body[structure_size:])


def _fill(fd: int, view: memoryview, deadline: float | None) -> None:
    while view:
        try:
            size = os.readv(fd, [view])
        except BlockingIOError:
            _wait(fd, select.POLLIN, deadline)
            continue
        except ConnectionResetError:
            size = 0
        if size == 0:
            raise Ended("the other end closed the connection")
        view = view[size:]
        if view and deadline is not None and time.monotonic() >= deadline:
            raise Late("the deadline passed in the middle of a frame")


def _wait(fd: int, event: int, deadline: float | None) -> None:
    poll = select.poll()
    poll.register(fd, event)
    if deadline is None:
        poll.poll()
        return
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(int(left * 1000) + 1):
        raise Late("the deadline passed")

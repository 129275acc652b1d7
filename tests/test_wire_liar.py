"""A worker that breaks the protocol, at the worst moment and with the right answers: no point, no waiting.

Behind the real session and the real judge stands a thread in the worker's place. It knows the Reference, so
that whatever of its lies were believed would earn points.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import smallcourse

from coursekit.judge.judge import Judge
from coursekit.model import Isolation, Limits, Status
from coursekit.sandbox.session import Session
from coursekit.sandbox.work import Work
from coursekit.sandbox.worker import Worker
from coursekit.sandbox.zygote import Child
from coursekit.wire import decode, encode, frames, limits, messages
from coursekit.wire.errors import WireError
from coursekit.wire.frames import Frame

CALL_SECONDS, TOTAL_SECONDS, RESTARTS = 0.3, 2.0, 3
LIMITS = Limits(call_seconds=CALL_SECONDS, cell_seconds=0.5, total_seconds=TOTAL_SECONDS, restarts=RESTARTS)
WORK = Work(("one", "two"))
NAMES = {"slope": "function", "jacobian": "function", "limit": "value"}
HEADER = frames._HEADER

NAMESPACE: dict[str, Any] = {}
exec(compile(smallcourse.REFERENCE, "<reference>", "exec"), NAMESPACE)  # noqa: S102 - our own text


def right(frame: Frame) -> messages.Parts:
    """The parts of the right answer to a GET or CALL."""
    if frame.kind == messages.GET:
        value = NAMESPACE[decode(frame.structure, frame.buffers)]
    else:
        call = messages.Call(frame, resolve=lambda thing: thing)
        value = NAMESPACE[call.function](*call.args, **call.kwargs)
    return messages.returned(value, (), lambda thing: thing)


def raw(kind: int, id: int, parts: messages.Parts) -> bytes:
    structure, buffers = parts
    size = sum(map(len, buffers))
    return HEADER.pack(frames.MAGIC, kind, id, len(structure), size) + structure + b"".join(buffers)


def reply(frame: Frame, parts: messages.Parts | None = None, id: int | None = None) -> bytes:
    """A well-formed answer to that request."""
    own = frame.id if id is None else id
    return raw(messages.RETURNED, own, right(frame) if parts is None else parts)


class Liar:
    """A worker: honest until the cells have run, unless `starts` is not, then it answers with a lie."""

    def __init__(self, lie: Callable[..., None], starts: Callable[..., None] | None = None) -> None:
        self._lie = lie
        self._starts = starts or honest_start
        self.before: list[Frame] = []

    def serve(self, connection: socket.socket) -> None:
        """Until the judge hangs up."""
        with connection, contextlib.suppress(OSError, WireError):
            start = frames.receive(connection.fileno())
            connection.sendall(raw(messages.LOCKED, start.id, (b"", [])))
            self._starts(connection, start)
            while True:
                frame = frames.receive(connection.fileno())
                self._lie(self, connection, frame)
                self.before.append(frame)


def honest_start(connection: socket.socket, start: Frame) -> None:
    for _ in WORK.cells:
        connection.sendall(raw(messages.CELL, start.id, encode(None)))
    connection.sendall(raw(messages.READY, start.id, encode(NAMES)))


class FakeZygote:
    """In a zygote's place: every fork is a thread that lies."""

    def __init__(self, liar: Liar) -> None:
        self._liar = liar
        self.threads: list[threading.Thread] = []
        self.theirs: list[socket.socket] = []

    def fork(self) -> Child:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        thread = threading.Thread(target=self._liar.serve, args=(theirs,), daemon=True)
        thread.start()
        self.threads.append(thread)
        self.theirs.append(theirs)
        return Child(len(self.threads), -1, ours)

    def kill(self, child: Child) -> None:
        with contextlib.suppress(OSError):
            child.connection.shutdown(socket.SHUT_RDWR)

    def ended(self, child: Child, seconds: float) -> bool:
        return False

    def reap(self, child: Child) -> tuple[int, float]:
        child.connection.close()
        return 9, 0.0


class FakeSandbox:
    """What a session needs of a sandbox."""

    isolation = Isolation.NAMESPACES

    def __init__(self, liar: Liar) -> None:
        self.zygote = FakeZygote(liar)

    def worker(self, cpu_seconds: int) -> tuple[Worker, str]:
        return Worker(self.zygote, cpu_seconds), ""  # type: ignore[arg-type]

    def clear(self, folder: str) -> None:
        assert folder == ""


def judged(liar: Liar):
    """The verdicts on all cases, and how long it took."""
    sandbox, began = FakeSandbox(liar), time.monotonic()
    judge = Judge(smallcourse.ASSIGNMENT, smallcourse.MATERIALS.case_files, smallcourse.MATERIALS.reference)
    with Session(sandbox, WORK, LIMITS) as session:  # type: ignore[arg-type]
        verdicts = judge.run(session, b"key")
    seconds = time.monotonic() - began
    for thread in sandbox.zygote.threads:
        thread.join(5)
        assert not thread.is_alive()
    assert len(sandbox.zygote.threads) <= 1 + RESTARTS
    return verdicts, seconds


def truth(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    connection.sendall(reply(frame))


def late(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    time.sleep(CALL_SECONDS + 0.1)
    connection.sendall(reply(frame))


def never(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    connection.recv(1)


def wrong_then_right(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    """Twice: the second is meant for the next question."""
    nothing = messages.returned(0.0, (), lambda thing: thing)
    connection.sendall(reply(frame, nothing) + reply(frame) * 3)


def last_ones(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    """The number of the question before."""
    connection.sendall(reply(frame, id=liar.before[-1].id if liar.before else 0))


def next_ones(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    connection.sendall(reply(frame, id=(frame.id + 1) % 2**64))


def all_ids(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    """Many numbers at once, in the hope that one is right."""
    connection.sendall(b"".join(reply(frame, id=(frame.id + off) % 2**64) for off in (1, 2, 3, 4, 5)))


def half(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    whole = reply(frame)
    connection.sendall(whole[: len(whole) // 2])
    connection.recv(1)


def half_and_gone(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    whole = reply(frame)
    connection.sendall(whole[:-1])
    connection.shutdown(socket.SHUT_RDWR)


def drop_by_drop(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    for byte in reply(frame):
        connection.sendall(bytes([byte]))
        time.sleep(0.02)


def claims_too_much(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    connection.sendall(HEADER.pack(frames.MAGIC, messages.RETURNED, frame.id, 2**32 - 1, 2**32 - 1))
    connection.sendall(reply(frame))


def claims_the_most(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    sizes = limits.MAX_STRUCTURE, limits.MAX_BUFFERS
    connection.sendall(HEADER.pack(frames.MAGIC, messages.RETURNED, frame.id, *sizes) + reply(frame))
    connection.recv(1)


def floods(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    sizes = limits.MAX_STRUCTURE, limits.MAX_BUFFERS
    connection.sendall(HEADER.pack(frames.MAGIC, messages.RETURNED, frame.id, *sizes))
    while True:
        connection.sendall(bytes(1 << 20))


def huge_count(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    connection.sendall(raw(messages.RETURNED, frame.id, (b"l" + b"\xff" * 4, [])))


def huge_array(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    shape = (2**40).to_bytes(8, "little")
    connection.sendall(raw(messages.RETURNED, frame.id, (b"a\x0b\x01" + shape + b"t\0\0\0\0", [])))


def more_than_one(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    structure, buffers = right(frame)
    connection.sendall(raw(messages.RETURNED, frame.id, (structure + b"N", buffers)))


def more_bytes(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    structure, buffers = right(frame)
    connection.sendall(raw(messages.RETURNED, frame.id, (structure, [*buffers, b"more"])))


def another_kind(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    for kind in (messages.LOCKED, messages.READY, messages.CELL, messages.FAULT, messages.CALL, 0, 255):
        connection.sendall(raw(kind, frame.id, right(frame)))


def another_magic(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    connection.sendall(b"ck2\0" + reply(frame)[4:])


def a_function(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    """What only the judge may send, in the hope that it stands for our own function."""
    structure = b"rs\x05\0\0\0slope" + b"t\0\0\0\0"
    connection.sendall(raw(messages.RETURNED, frame.id, (structure, [])))


def the_question(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    """Sends back what came."""
    connection.sendall(raw(frame.kind, frame.id, (frame.structure, [bytes(frame.buffers)])))


def reads_nothing(liar: Liar, connection: socket.socket, frame: Frame) -> None:
    """Answers, and never takes in the next question."""
    connection.sendall(reply(frame, messages.returned(0.0, (), lambda thing: thing)))
    threading.Event().wait(TOTAL_SECONDS + 1)


LIES = {
    lie.__name__: lie
    for lie in (
        late,
        never,
        wrong_then_right,
        last_ones,
        next_ones,
        all_ids,
        half,
        half_and_gone,
        drop_by_drop,
        claims_too_much,
        claims_the_most,
        floods,
        huge_count,
        huge_array,
        more_than_one,
        more_bytes,
        another_kind,
        another_magic,
        a_function,
        the_question,
        reads_nothing,
    )
}


def no_cells(connection: socket.socket, start: Frame) -> None:
    """Ready at once, and once more: with every cell left out the first would be in order."""
    connection.sendall(raw(messages.READY, start.id, encode(NAMES)) * 2)


def too_many_cells(connection: socket.socket, start: Frame) -> None:
    for _ in range(1000):
        connection.sendall(raw(messages.CELL, start.id, encode(None)))


def endless_cells(connection: socket.socket, start: Frame) -> None:
    while True:
        connection.sendall(raw(messages.CELL, start.id, encode(("x" * 2000, "y"))))


def strange_names(connection: socket.socket, start: Frame) -> None:
    for _ in WORK.cells:
        connection.sendall(raw(messages.CELL, start.id, encode(None)))
    connection.sendall(raw(messages.READY, start.id, encode({"__class__.__init__": "function"})))


def ready_at_last(connection: socket.socket, start: Frame) -> None:
    time.sleep(0.8)
    honest_start(connection, start)


def another_start(connection: socket.socket, start: Frame) -> None:
    for _ in WORK.cells:
        connection.sendall(raw(messages.CELL, start.id + 1, encode(None)))
    connection.sendall(raw(messages.READY, start.id + 1, encode(NAMES)))


def says_locked_again(connection: socket.socket, start: Frame) -> None:
    connection.sendall(raw(messages.LOCKED, start.id, (b"", [])) * 100)
    honest_start(connection, start)


STARTS = {
    start.__name__: start
    for start in (
        no_cells,
        too_many_cells,
        endless_cells,
        strange_names,
        ready_at_last,
        another_start,
        says_locked_again,
    )
}


def test_the_thread_in_the_workers_place_could_earn_everything():
    """Else no lie could fail to."""
    verdicts, _ = judged(Liar(truth))

    assert {Status.PASSED} == {one.status for one in verdicts}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_earns_nothing_and_blocks_nobody(name):
    before = len(os.listdir("/proc/self/fd"))

    verdicts, seconds = judged(Liar(LIES[name]))

    assert [] == [one.case.key for one in verdicts if one.status is Status.PASSED]
    assert Status.BROKEN not in {one.status for one in verdicts}
    assert seconds < TOTAL_SECONDS + 5
    assert all(one.rationale.isprintable() or "\n" in one.rationale for one in verdicts)
    assert before >= len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize("name", STARTS)
def test_a_lie_about_the_cells_earns_nothing_and_blocks_nobody(name):
    verdicts, seconds = judged(Liar(truth, STARTS[name]))

    assert [] == [one.case.key for one in verdicts if one.status is Status.PASSED]
    assert seconds < TOTAL_SECONDS + 5


def test_what_was_answered_before_a_lie_stays_answered():
    """The first answer is right and in order; the lie comes with the second."""

    def first_right(liar: Liar, connection: socket.socket, frame: Frame) -> None:
        (next_ones if liar.before else truth)(liar, connection, frame)

    verdicts, _ = judged(Liar(first_right))

    assert [Status.PASSED] == [one.status for one in verdicts][:1]
    assert 1 == sum(one.status is Status.PASSED for one in verdicts)


def test_arrays_of_an_answer_are_the_judges_own():
    """A liar that goes on writing into what it sent changes nothing: the bytes were copied."""
    frame = Frame(messages.RETURNED, 1, *_parts_of(np.arange(3.0)))

    value = messages.read_reply(frame).value  # type: ignore[union-attr]

    assert value.flags.owndata or value.base.flags.owndata
    assert not np.shares_memory(value, np.frombuffer(frame.buffers, "u1"))


def _parts_of(value: Any) -> tuple[bytes, memoryview]:
    structure, buffers = messages.returned(value, (), lambda thing: thing)
    return structure, memoryview(b"".join(buffers))

"""A frame comes whole, in time and within bounds, or not at all."""

import os
import socket
import threading
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.wire import FunctionRef, Handle, Raised, Returned, WireError, encode, frames, limits, messages
from coursekit.wire.errors import Ended, Late
from coursekit.wire.frames import Frame


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield ours, theirs


def soon(seconds=5.0):
    return time.monotonic() + seconds


def test_a_frame_arrives(pair):
    ours, theirs = pair
    structure, buffers = encode([np.arange(5), b"abc"])

    frames.send(theirs.fileno(), 3, 2**63, structure, buffers)
    frame = frames.receive(ours.fileno(), soon())

    assert (frame.kind, frame.id, frame.structure) == (3, 2**63, structure)
    assert bytes(frame.buffers) == b"".join(buffers)


def test_a_large_frame_of_many_buffers_arrives_through_a_small_socket(pair):
    ours, theirs = pair
    structure, buffers = encode([np.full(1000, number, "f8") for number in range(1000)])
    sender = threading.Thread(target=frames.send, args=(theirs.fileno(), 1, 1, structure, buffers))

    sender.start()
    frame = frames.receive(ours.fileno(), soon(30))
    sender.join()

    assert bytes(frame.buffers) == b"".join(buffers)


def test_nothing_at_all_is_late(pair):
    ours, _ = pair

    with pytest.raises(Late):
        frames.receive(ours.fileno(), soon(0.02))


def test_half_a_frame_is_late(pair):
    ours, theirs = pair
    theirs.send(b"ck1\0")

    with pytest.raises(Late):
        frames.receive(ours.fileno(), soon(0.02))


def test_a_frame_that_trickles_in_is_late(pair):
    ours, theirs = pair
    header = frames._HEADER.pack(frames.MAGIC, 1, 1, 1_000_000, 0)
    stop = threading.Event()

    def trickle():
        theirs.send(header)
        while not stop.wait(0.001):
            theirs.send(b"N")

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        with pytest.raises(Late):
            frames.receive(ours.fileno(), soon(0.1))
    finally:
        stop.set()
        thread.join()


def test_sending_to_somebody_who_does_not_read_is_late(pair):
    ours, _ = pair

    with pytest.raises(Late):
        frames.send(ours.fileno(), 1, 1, bytes(8 << 20), deadline=soon(0.05))


@pytest.mark.parametrize("sent", [b"", b"ck1\0"], ids=["nothing", "half a header"])
def test_the_end_of_the_stream_is_told(pair, sent):
    ours, theirs = pair
    theirs.send(sent)
    theirs.close()

    with pytest.raises(Ended):
        frames.receive(ours.fileno(), soon())


def test_sending_to_nobody_is_told(pair):
    ours, theirs = pair
    theirs.close()

    with pytest.raises(Ended):
        frames.send(ours.fileno(), 1, 1, b"N", deadline=soon())


@pytest.mark.parametrize(
    "sizes", [(limits.MAX_STRUCTURE + 1, 0), (0, limits.MAX_BUFFERS + 1), (2**32 - 1, 2**32 - 1)], ids=str
)
def test_a_frame_that_claims_too_much_is_refused_before_anything_is_allocated(pair, sizes):
    ours, theirs = pair
    theirs.send(frames._HEADER.pack(frames.MAGIC, 1, 1, *sizes))
    tracemalloc.start()
    try:
        with pytest.raises(WireError, match="bytes"):
            frames.receive(ours.fileno(), soon())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 1_000_000


@given(st.binary(min_size=24, max_size=200))
def test_any_bytes_are_a_frame_or_a_wire_error(junk):
    reading, writing = os.pipe()
    try:
        os.write(writing, junk)
        os.close(writing)
        with pytest.raises(WireError):
            frames.receive(reading)
    finally:
        os.close(reading)


def frame_of(kind, *values):
    parts = [encode(value) for value in values]
    structure = b"".join(structure for structure, _ in parts)
    return Frame(kind, 1, structure, memoryview(b"".join(b"".join(buffers) for _, buffers in parts)))


def test_a_call_is_read_as_it_was_written():
    structure, buffers = messages.call("f", (np.ones(2), FunctionRef("g")), {"x": [np.zeros(1)]})
    frame = Frame(messages.CALL, 1, structure, memoryview(b"".join(buffers)))

    call = messages.Call(frame, resolve=lambda thing: thing)

    assert call.function == "f"
    assert call.args[1] == FunctionRef("g")
    assert [label for label, _, _ in call.arrays] == [0, "x"]
    assert all(array.tobytes() == raw for _, array, raw in call.arrays)


def test_replies_are_read_as_they_were_written():
    structure, buffers = messages.returned(1.5, ("x",), lambda thing: Handle(1, "thing"))
    assert messages.read_reply(
        Frame(messages.RETURNED, 1, structure, memoryview(b"".join(buffers)))
    ) == Returned(1.5, ("x",))

    structure, buffers = messages.raised(Raised("ValueError", "no", ("cell 1, line 1: f()",)))
    assert messages.read_reply(Frame(messages.RAISED, 1, structure, memoryview(b""))) == Raised(
        "ValueError", "no", ("cell 1, line 1: f()",)
    )


def test_what_a_worker_says_is_cut_and_escaped_once_more():
    reply = messages.read_reply(frame_of(messages.RAISED, "T" * 999, "\x1b" + "m" * 9999, ("\n" * 999,)))

    assert len(reply.type) == 80
    assert reply.message.startswith("\\x1bmmm")
    assert len(reply.message) == 2000
    assert len(reply.lines[0]) == 300


@pytest.mark.parametrize(
    "frame",
    [
        frame_of(messages.RETURNED, 1),
        frame_of(messages.RETURNED, 1, [1]),
        frame_of(messages.RETURNED, 1, (1,)),
        frame_of(messages.RETURNED, 1, (), 3),
        frame_of(messages.RETURNED, 1, ("x",) * 1000),
        frame_of(messages.RETURNED, 1, (np.ones(3),)),
        frame_of(messages.RAISED, 1, "m", ()),
        frame_of(messages.RAISED, "T", None, ()),
        frame_of(messages.RAISED, "T", "m", "lines"),
        frame_of(messages.READY, 1, ()),
        frame_of(99, 1, ()),
    ],
)
def test_a_reply_of_another_form_is_refused(frame):
    with pytest.raises(WireError):
        messages.read_reply(frame)


@pytest.mark.parametrize(
    "value",
    [
        1,
        {1: "value"},
        {"not a name": "value"},
        {"x": "something"},
        {"x": np.ones(3)},
        {"x" * 300: "value"},
        {"x": 1},
    ],
    ids=str,
)
def test_names_of_another_form_are_refused(value):
    with pytest.raises(WireError):
        messages.read_names(frame_of(messages.READY, value))


@pytest.mark.parametrize("value", [1, ("a",), ("a", 1), ["a", "b"], ("a", "b", "c")], ids=str)
def test_a_cell_note_of_another_form_is_refused(value):
    with pytest.raises(WireError):
        messages.read_cell(frame_of(messages.CELL, value))

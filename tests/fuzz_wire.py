"""Damaged frames without end against the judge's end of the wire: `python tests/fuzz_wire.py --frames 1000`.

Real frames, as a worker sends them, are damaged by a seeded mutator and come in through a pipe: the frame
reader, then the reading of replies, names, cell notes and faults. Each must end in a plain value or in
WireError, at once, and within the caps; the process has too little memory for any allocation beyond them.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from struct import pack_into
from typing import Any

import numpy as np

from coursekit.wire import FunctionRef, Handle, Raised, Returned, WireError, encode, frames, limits, messages
from coursekit.wire.things import DTYPES

HEADER = frames._HEADER
BATCH = 1000  # frames between two looks at the clock and the memory
HANG_SECONDS = 20  # for a batch: a frame takes microseconds
SLOWEST_SECONDS = 1.0  # of processor time for one frame: that of a busy machine's clock says little
# What one frame may cost: itself, its copies in arrays, and the values made of its structure.
ROOM = 4 * (limits.MAX_STRUCTURE + limits.MAX_BUFFERS) + (64 << 20)

PLAIN = (type(None), type(...), bool, int, float, complex, str, bytes)
SCALARS = {dtype.type for dtype in DTYPES}
READERS = (messages.read_reply, messages.read_names, messages.read_cell, messages.read_fault)
KINDS = (
    messages.LOCKED,
    messages.FAULT,
    messages.CELL,
    messages.READY,
    messages.RETURNED,
    messages.RAISED,
)
SPOTS = (0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF, *b"NETFiIfcsbaxltdhr")
NUMBERS = (0, 1, 255, 4096, 2**16, limits.MAX_ITEMS, limits.MAX_TEXT, 2**31, 2**32 - 1, 2**63, 2**64 - 1)


def values() -> list[Any]:
    """Answers such as the course's functions give, and one of every kind that the wire knows."""
    rng = np.random.default_rng(0)
    states, jacobians = rng.standard_normal((5, 3, 6)), rng.standard_normal((3, 6, 6))
    cache = {"x": states, "h0": states[0], "Y": states, "W_hh": jacobians[0]}
    axes = {
        "kind": "axes",
        "title": "Norms",
        "yscale": "log",
        "lines": [{"label": "r", "x": np.arange(5), "y": np.ones(5)}],
        "bars": [],
    }
    return [
        None,
        ...,
        True,
        -1,
        2**200,
        0.5,
        1j,
        "größer",
        b"bytes",
        states,
        jacobians,
        (states, states[-1], cache),
        {"dW_hh": jacobians[0], "db": np.zeros(6, "f4")},
        axes,
        [[0.5, 1.5], (2, [3])],
        {(1, "a"): 1, 2: {"b": [None]}},
        Handle(2**60, "a Cell"),
        [np.float32(1), np.int8(2), np.bool_(True), np.complex64(1)],
        np.zeros((0, 3)),
        np.array(1.0),
        *(np.ones(3, dtype) for dtype in DTYPES),
        [[[[[[[[1]]]]]]]],
        list(range(300)),
    ]


def corpus() -> list[bytes]:
    """Whole frames as a worker sends them; and two that only the judge does."""

    def stand_in(value: Any) -> Handle:
        return Handle(7, "a thing")

    parts = [
        (messages.RETURNED, messages.returned(value, ("x", "argument 2"), stand_in)) for value in values()
    ]
    error = Raised("ValueError", "shapes (3,) and (6,) not aligned", ("cell 7, line 3: return h @ W",))
    parts += [(messages.RAISED, messages.raised(error)), (messages.LOCKED, (b"", []))]
    names = {"tanh_jacobian": "function", "Y": "value", "plt": "opaque"}
    notes = [None, ("NameError: name 'x' is not defined", "cell 3, line 1: x")]
    parts += [(messages.READY, encode(names)), *((messages.CELL, encode(note)) for note in notes)]
    parts += [(messages.FAULT, encode("OSError: no")), (messages.CALL, messages.call("f", (1,), {"k": 2.0}))]
    parts += [(messages.RETURNED, encode(FunctionRef("f")))]
    return [whole(kind, structure, b"".join(buffers)) for kind, (structure, buffers) in parts]


def whole(kind: int, structure: bytes, buffers: bytes, id: int = 1) -> bytes:
    """A frame's bytes."""
    return HEADER.pack(frames.MAGIC, kind, id, len(structure), len(buffers)) + structure + buffers


class Mutator:
    """Damages frames, the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._corpus = corpus()

    def frame(self) -> bytes:
        """The next damaged frame; mostly with a header that fits it, since else nothing else is read."""
        dice = self._dice
        raw = bytearray(dice.choice(self._corpus))
        for _ in range(dice.choice((1, 1, 1, 1, 2, 5))):
            dice.choice(STEPS)(self, raw)
        if dice.random() < 0.8 and len(raw) >= HEADER.size:
            self._mend(raw)
        return bytes(raw)

    def _mend(self, raw: bytearray) -> None:
        """A header whose sizes are true and whose kind is one that the judge reads."""
        size = len(raw) - HEADER.size
        old = int.from_bytes(raw[16:20], "little")
        structure = min(old, size) if self._dice.random() < 0.8 else self._dice.randint(0, size)
        kind = raw[4] if raw[4] in KINDS else self._dice.choice(KINDS)
        HEADER.pack_into(raw, 0, frames.MAGIC, kind, 1, structure, size - structure)

    def _somewhere(self, raw: bytearray, room: int = 1) -> int:
        return self._dice.randint(0, max(0, len(raw) - room))

    def flip(self, raw: bytearray) -> None:
        """One bit."""
        if raw:
            raw[self._dice.randrange(len(raw))] ^= 1 << self._dice.randrange(8)

    def set(self, raw: bytearray) -> None:
        """One byte, to a tag or to a bound."""
        if raw:
            raw[self._dice.randrange(len(raw))] = self._dice.choice(SPOTS)

    def count(self, raw: bytearray) -> None:
        """A count or a length of 4 or 8 bytes."""
        form, size = self._dice.choice((("<I", 4), ("<Q", 8)))
        if len(raw) >= size:
            number = self._dice.choice(NUMBERS) % (1 << (8 * size))
            pack_into(form, raw, self._somewhere(raw, size), number)

    def cut(self, raw: bytearray) -> None:
        """The end."""
        del raw[self._somewhere(raw) :]

    def drop(self, raw: bytearray) -> None:
        """Some bytes in the middle."""
        at = self._somewhere(raw)
        del raw[at : at + self._dice.choice((1, 2, 4, 8, 24))]

    def repeat(self, raw: bytearray) -> None:
        """Some bytes again, once or often."""
        at = self._somewhere(raw)
        piece = raw[at : at + self._dice.choice((1, 5, 9, 40))]
        raw[at:at] = piece * self._dice.choice((1, 1, 2, 30))

    def splice(self, raw: bytearray) -> None:
        """The front of one and the end of another."""
        other = self._dice.choice(self._corpus)
        raw[self._somewhere(raw) :] = other[self._somewhere(bytearray(other)) :]

    def noise(self, raw: bytearray) -> None:
        """Bytes of no meaning."""
        at = self._somewhere(raw)
        raw[at:at] = self._dice.randbytes(self._dice.choice((1, 4, 16)))

    def nest(self, raw: bytearray) -> None:
        """Containers around what comes."""
        at = min(HEADER.size, len(raw))
        raw[at:at] = self._dice.choice((b"l\1\0\0\0", b"t\1\0\0\0")) * self._dice.choice((1, 31, 33, 500))


STEPS = (
    Mutator.flip,
    Mutator.flip,
    Mutator.set,
    Mutator.set,
    Mutator.count,
    Mutator.count,
    Mutator.cut,
    Mutator.drop,
    Mutator.repeat,
    Mutator.splice,
    Mutator.noise,
    Mutator.nest,
)


def is_plain(value: Any) -> bool:
    """Of the closed list of types exactly, all the way down."""
    kind = type(value)
    if kind in PLAIN or kind in SCALARS:
        return True
    if kind is np.ndarray:
        return value.dtype in DTYPES and value.flags.c_contiguous and value.flags.writeable
    if kind in (list, tuple):
        return all(map(is_plain, value))
    if kind is dict:
        return all(is_plain(key) and is_plain(member) for key, member in value.items())
    if kind is Handle:
        return type(value.id) is int and type(value.text) is str
    if kind is Returned:
        return is_plain(value.value) and is_plain(value.mutated)
    return kind is Raised and all(map(is_plain, (value.type, value.message, value.lines)))


def read(raw: bytes) -> tuple[int, int]:
    """Takes one frame in as the judge does: how many readings gave a value, how many WireError."""
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        os.write(writing, raw)
        os.close(writing)
        try:
            frame = frames.receive(reading, deadline=time.monotonic() + HANG_SECONDS)
        except WireError:
            return 0, 1
    finally:
        os.close(reading)
    taken = 0
    for reader in READERS:
        try:
            value = reader(frame)
        except WireError:
            continue
        taken += 1
        assert is_plain(value), f"{reader.__name__} gave a {type(value).__name__}"
    return taken, len(READERS) - taken


@dataclass
class Tally:
    """What came of the frames."""

    frames: int = 0
    values: int = 0
    errors: int = 0
    slowest: float = 0.0
    seconds: float = 0.0


def fuzz(count: int, seed: int) -> Tally:
    """Reads so many damaged frames. Whatever is not as promised is raised, with the frame in hexadecimal."""
    mutator, tally, began = Mutator(seed), Tally(), time.monotonic()
    before = signal.signal(signal.SIGALRM, _hangs)
    try:
        while tally.frames < count:
            signal.alarm(HANG_SECONDS)
            for _ in range(min(BATCH, count - tally.frames)):
                raw = mutator.frame()
                started = time.process_time()
                try:
                    taken, refused = read(raw)
                except BaseException as error:
                    error.add_note(f"seed {seed}, frame {tally.frames}: {raw.hex()}")
                    raise
                tally.slowest = max(tally.slowest, time.process_time() - started)
                tally.frames, tally.values = tally.frames + 1, tally.values + taken
                tally.errors += refused
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    tally.seconds = time.monotonic() - began
    assert tally.slowest < SLOWEST_SECONDS, f"one frame took {tally.slowest:.1f} s"
    return tally


def _hangs(*_: object) -> None:
    raise AssertionError(f"{BATCH} frames take more than {HANG_SECONDS} s")


def with_little_memory() -> None:
    """From here on an allocation beyond the caps is a MemoryError. Linux only."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main() -> None:
    """The long run of `make fuzz`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"{options.frames:,} frames, seed {options.seed}, room for {ROOM >> 20} MiB", flush=True)
    with_little_memory()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally = fuzz(options.frames, options.seed)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{tally.frames:,} frames in {tally.seconds:.0f} s: {tally.frames / tally.seconds:,.0f} a second; "
        f"{tally.values:,} readings gave a plain value, {tally.errors:,} a WireError; "
        f"slowest {1e3 * tally.slowest:.1f} ms; memory grew by {grown:.0f} MiB"
    )
    sys.exit(0)


if __name__ == "__main__":
    main()

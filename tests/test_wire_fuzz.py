"""A shorter run of `make fuzz`, and that it would find what it looks for."""

import subprocess
import sys
from pathlib import Path

import fuzz_wire
import pytest

from coursekit.wire import decoding

FRAMES = 20_000


def test_damaged_frames_end_in_a_plain_value_or_in_a_wire_error():
    """In a process that has no memory for more than the caps; `make fuzz` takes another seed each time."""
    command = [sys.executable, fuzz_wire.__file__, "--frames", str(FRAMES), "--seed", "20261001"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stderr[-3000:]
    assert f"{FRAMES:,} frames in" in done.stdout


def test_both_kinds_of_end_are_met_often():
    """A mutator that destroys every header would reach nothing."""
    tally = fuzz_wire.fuzz(3000, seed=7)

    assert tally.values > 300
    assert tally.errors > 3000


def test_every_frame_of_the_corpus_is_read_by_some_reader():
    judges_alone = 3  # LOCKED holds nothing, CALL is the judge's own, a function reference never comes back

    read = [fuzz_wire.read(raw)[0] for raw in fuzz_wire.corpus()]

    assert judges_alone == sum(not taken for taken in read)


def test_the_same_seed_gives_the_same_frames():
    one, other = fuzz_wire.Mutator(3), fuzz_wire.Mutator(3)

    assert [one.frame() for _ in range(200)] == [other.frame() for _ in range(200)]


def test_a_crash_is_found_with_its_frame(monkeypatch):
    def careless(self):
        raise IndexError("out of range")

    monkeypatch.setitem(decoding._READERS, ord("a"), careless)

    with pytest.raises(IndexError) as caught:
        fuzz_wire.fuzz(3000, seed=7)
    assert "seed 7, frame" in caught.value.__notes__[0]


def test_a_thing_that_is_not_plain_is_found(monkeypatch):
    monkeypatch.setitem(decoding._READERS, ord("i"), lambda self: self._take(8) and {1, 2})

    with pytest.raises(AssertionError, match="gave a"):
        fuzz_wire.fuzz(3000, seed=7)


def test_an_allocation_beyond_the_caps_is_found():
    """A reader that believes a frame's own sizes has no room for them."""
    script = (
        "import fuzz_wire\nfrom coursekit.wire import limits\n"
        "limits.MAX_STRUCTURE = limits.MAX_BUFFERS = 2**32\nfuzz_wire.with_little_memory()\n"
        "fuzz_wire.fuzz(5000, 1)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode != 0
    assert "MemoryError" in done.stderr

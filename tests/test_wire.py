"""The wire carries plain values as they are, and nothing that comes in can hurt whoever reads it."""

import contextlib
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coursekit.wire import (
    FunctionRef,
    Handle,
    NotPlain,
    TooLarge,
    WireError,
    clean,
    decode,
    encode,
    limits,
    things,
)


def there(value, unknown=None):
    """The value as it arrives."""
    structure, buffers = encode(value, unknown)
    return decode(structure, b"".join(buffers))


def same(a, b):
    """Equal in type, too; nan equals nan."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, dict):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a.items(), b.items(), strict=True))
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b or (a != a and b != b)


SCALARS = (
    st.none()
    | st.just(...)
    | st.booleans()
    | st.integers(-(2**4000), 2**4000)
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.binary()
)
SHAPES = arrays.array_shapes(min_dims=0, min_side=0, max_side=4)
ARRAYS = arrays.arrays(st.sampled_from(things.DTYPES), SHAPES)
KEYS = st.text("abé") | st.integers() | st.tuples(st.integers(), st.text("ab"))
VALUES = st.recursive(
    SCALARS | ARRAYS | arrays.from_dtype(np.dtype("f4")),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(KEYS, inner),
    max_leaves=20,
)


@given(VALUES)
def test_a_plain_value_arrives_as_it_was(value):
    assert same(there(value), value)


@pytest.mark.parametrize("dtype", things.DTYPES, ids=str)
def test_numpy_scalars_keep_their_dtype(dtype):
    value = np.ones(1, dtype)[0]

    assert type(there(value)) is type(value)
    assert there(value) == value


def test_arrays_arrive_as_writable_copies_in_c_order():
    value = np.arange(12.0).reshape(3, 4).T[::2]

    got = there([value])[0]

    assert got.flags.writeable
    assert got.flags.c_contiguous
    assert got.flags.aligned
    np.testing.assert_array_equal(got, value)


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (np.arange(3, dtype=">f8"), "<f8"),
        (np.arange(3, dtype=">i4"), "<i4"),
        (np.arange(3, dtype=np.longdouble), "<f8"),
        (np.arange(3, dtype=np.clongdouble), "<c16"),
        (np.longdouble(2), "<f8"),
        (np.arange(3, dtype=np.longlong), "<i8"),
    ],
    ids=str,
)
def test_other_byte_orders_and_precisions_become_the_nearest_on_the_list(value, dtype):
    got = there(value)

    assert got.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(np.asarray(got), np.asarray(value))


def test_handles_and_function_references_pass():
    structure, buffers = encode([Handle(7, "a Cell"), FunctionRef("f")])

    with pytest.raises(WireError):
        decode(structure, b"".join(buffers))
    assert decode(structure, b"".join(buffers), resolve=lambda thing: thing) == [
        Handle(7, "a Cell"),
        FunctionRef("f"),
    ]


class Liar(np.ndarray):
    shape = property(lambda self: (10**9,))
    dtype = property(lambda self: 1 / 0)

    def __array_finalize__(self, other):
        assert other is None

    def __len__(self):
        raise RuntimeError("called")

    __iter__ = tobytes = view = __array__ = __len__


class Words(str):
    def encode(self, *_):
        raise RuntimeError("called")

    __str__ = __len__ = __eq__ = encode
    __hash__ = str.__hash__


class Numbers(int):
    def __index__(self):
        raise RuntimeError("called")

    to_bytes = bit_length = __int__ = __index__


class Items(list):
    def __iter__(self):
        raise RuntimeError("called")

    __len__ = __getitem__ = __iter__


class Mapping(dict):
    def items(self):
        raise RuntimeError("called")

    __iter__ = __len__ = keys = items


def test_subclasses_are_sent_as_what_they_hold_and_their_methods_are_not_called():
    liar = np.ndarray.__new__(Liar, (2,), "f8", np.array([1.0, 2.0]).tobytes())

    assert same(there(liar), np.array([1.0, 2.0]))
    assert same(there(Words("é")), "é")
    assert same(there(Numbers(2**70)), 2**70)
    assert same(there(Items([1])), [1])
    assert same(there(Mapping(a=1)), {"a": 1})


class Opaque:
    pass


@pytest.mark.parametrize(
    "value",
    [
        Opaque(),
        {1, 2},
        np.array([1, None]),
        np.zeros(2, "i4,f4"),
        np.array(["a"]),
        np.zeros(2, "M8[s]"),
        {frozenset(): 1},
        {tuple(range(20)): 1},
        lambda: 1,
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_needs_a_stand_in(value):
    with pytest.raises(NotPlain):
        encode([value])

    assert there([value], unknown=lambda thing: Handle(1, "thing")) == [Handle(1, "thing")]


def test_what_holds_itself_needs_a_stand_in():
    ring = [1]
    ring.append(ring)
    table = {}
    table["table"] = (table,)

    with pytest.raises(NotPlain):
        encode(ring)
    with pytest.raises(NotPlain):
        encode(table)
    assert there(ring, unknown=lambda thing: Handle(1, "ring")) == [1, Handle(1, "ring")]


def test_the_same_thing_twice_is_no_ring():
    row = [1.0]

    assert there([row, row]) == [[1.0], [1.0]]


def test_deep_nesting_ends_in_a_stand_in():
    value = 1
    for _ in range(5000):
        value = [value]

    got = there(value, unknown=lambda thing: Handle(1, "deep"))

    for _ in range(limits.MAX_DEPTH):
        (got,) = got
    assert got == Handle(1, "deep")


@pytest.mark.parametrize(
    "value",
    [
        np.broadcast_to(np.float64(0), (10**9,)),
        [0] * (limits.MAX_ITEMS + 1),
        "0" * (limits.MAX_TEXT + 1),
        1 << (limits.MAX_INT_BYTES * 8),
        dict.fromkeys(range(limits.MAX_KEYS + 1)),
        bytes(limits.MAX_BUFFERS + 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_beyond_the_caps_is_not_sent(value):
    with pytest.raises(TooLarge):
        encode(value)


def test_lone_surrogates_never_arrive():
    assert there("\ud800") == "\\ud800"


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_bytes_are_a_value_or_a_wire_error(structure, buffers):
    with contextlib.suppress(WireError):
        decode(structure, buffers)


@given(VALUES, st.data())
def test_damaged_values_are_a_value_or_a_wire_error(value, data):
    structure, buffers = encode(value)
    damaged = bytearray(structure)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))

    for candidate in (bytes(damaged), bytes(damaged[:cut])):
        with contextlib.suppress(WireError):
            decode(candidate, b"".join(buffers))


def u32(number):
    return number.to_bytes(4, "little")


def u64(number):
    return number.to_bytes(8, "little")


FLOAT64 = bytes([things.DTYPE_NUMBERS["<f8"]])
LIES = {
    "a list of four billion": b"l" + u32(2**32 - 1),
    "a dict of two billion": b"d" + u32(2**31),
    "a string longer than the frame": b"s" + u32(2**31) + b"abc",
    "bytes that are not there": b"b" + u32(2**32 - 1),
    "an array of 10^9": b"a" + FLOAT64 + b"\x01" + u64(10**9),
    "an array whose size overflows": b"a" + FLOAT64 + b"\x02" + u64(2**63) + u64(2),
    "an empty array with an endless axis": b"a" + FLOAT64 + b"\x02" + u64(0) + u64(2**62),
    "an array of 200 dimensions": b"a" + FLOAT64 + b"\xc8" + u64(1) * 200,
    "an unknown dtype": b"a\xff\x00",
    "an unknown tag": b"\x80",
    "an int of 60 kB": b"I\xff\xff" + bytes(65535),
    "bad UTF-8": b"s" + u32(1) + b"\xff",
    "an encoded surrogate": b"s" + u32(3) + b"\xed\xa0\x80",
    "a bool of 2": b"x\x00\x02",
    "a list as a key": b"d" + u32(1) + b"l" + u32(0) + b"N",
    "an array as a key": b"d" + u32(1) + b"a" + FLOAT64 + b"\x01" + u64(0) + b"N",
    "a long tuple as a key": b"d" + u32(1) + b"t" + u32(9) + b"N" * 9 + b"N",
    "nesting without end": (b"l" + u32(1)) * 100_000 + b"N",
    "a handle without text": b"h" + u64(1) + b"N",
    "two values": b"NN",
    "nothing": b"",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_found_before_anything_is_allocated(lie):
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(LIES[lie], b"")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 4_000_000


def test_more_values_or_keys_than_the_caps_are_refused():
    many = b"l" + u32(limits.MAX_ITEMS) + b"N" * limits.MAX_ITEMS
    keys = b"".join(b"i" + u64(number) + b"N" for number in range(limits.MAX_KEYS + 1))

    with pytest.raises(WireError, match="values"):
        decode(many, b"")
    with pytest.raises(WireError, match="keys"):
        decode(b"d" + u32(limits.MAX_KEYS + 1) + keys, b"")


def test_keys_made_to_collide_cost_little():
    prime = 2**61 - 1
    colliding = {prime * number: None for number in range(1, limits.MAX_KEYS + 1)}
    assert len({hash(key) for key in colliding}) == 1

    assert there(colliding) == colliding


def test_unread_buffers_are_an_error():
    with pytest.raises(WireError):
        decode(b"N", b"more")


def test_clean_cuts_and_escapes():
    assert clean("a\x1b[31mb\n\u202e\u2028\ud800é€", 100) == "a\\x1b[31mb\\n\\u202e\\u2028\\ud800é€"
    assert clean("x" * 50, 10) == "x" * 9 + "…"
    assert len(clean("\x00" * 50, 10)) == 10
    assert clean("short", 10) == "short"

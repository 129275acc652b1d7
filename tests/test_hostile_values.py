"""No comparison passes what is not equal to the reference, however strange the value.

The measure is independent of numpy: entries are walked in Python and compared as exact fractions.
"""

from __future__ import annotations

import math
import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.lib.stride_tricks import as_strided

from coursekit import gradtools
from coursekit.gradtools import Mismatch

MANY = settings(max_examples=400, derandomize=True, deadline=None, database=None)

RTOL = Fraction(1, 10**5)
ZERO_SCALE = Fraction(1, 10**7)
FLOOR = Fraction(float(np.finfo(np.float64).tiny))
ROUNDING = 1 + Fraction(1, 10**12)  # of the tolerance itself, which is a float


# The measure


def entries(value: Any) -> tuple[tuple[int, ...], list[Any]]:
    """The shape and the numbers that a value really holds; ValueError for what is no array of numbers."""
    if issubclass(type(value), np.ndarray):
        plain = np.ndarray.view(value, np.ndarray)
        if plain.dtype.kind not in "biufc" or issubclass(type(value), np.ma.MaskedArray):
            raise ValueError("no numbers")
        if plain.size > 10**6:
            raise ValueError("more numbers than any that is asked for")
        return plain.shape, [plain[index] for index in np.ndindex(plain.shape)]
    if issubclass(type(value), (list, tuple)):
        walk = list.__iter__ if issubclass(type(value), list) else tuple.__iter__
        inside = [entries(item) for item in walk(value)]
        shapes = {shape for shape, _ in inside}
        if len(shapes) > 1:
            raise ValueError("ragged")
        first = shapes.pop() if shapes else ()
        return (len(inside), *first), [number for _, numbers in inside for number in numbers]
    if type(value) in (bool, int, float, complex) or isinstance(value, (np.number, np.bool_)):
        return (), [value]
    raise ValueError("no number")


def parts(number: Any) -> list[Any]:
    """Real and imaginary part: a Fraction, or "nan", "inf", "-inf"."""
    if isinstance(number, (complex, np.complexfloating)):
        return [*parts(number.real)[:1], *parts(number.imag)[:1]]
    if isinstance(number, (bool, int, np.integer, np.bool_)):
        return [Fraction(int(number)), Fraction(0)]
    if number != number:
        return ["nan", Fraction(0)]
    if number in (math.inf, -math.inf):
        return ["inf" if number > 0 else "-inf", Fraction(0)]
    return [Fraction(*number.as_integer_ratio()), Fraction(0)]


def finite(pair: list[Any]) -> bool:
    return not any(isinstance(part, str) for part in pair)


def size(pair: list[Any]) -> Fraction:
    """The square of the modulus."""
    return pair[0] ** 2 + pair[1] ** 2


def equal(got: Any, want: Any) -> bool:
    """Whether CONVENTIONS call them equal."""
    try:
        shape, numbers = entries(got)
    except (ValueError, RecursionError):
        return False
    asked_shape, asked = entries(want)
    if shape != asked_shape:
        return False
    if asked and all(isinstance(n, (bool, np.bool_)) for n in asked):
        return [bool(n) for n in asked] == [n == 1 for n in numbers] and all(n in (0, 1) for n in numbers)
    pairs = [(parts(g), parts(w)) for g, w in zip(numbers, asked, strict=True)]
    peak = max((size(w) for _, w in pairs if finite(w)), default=Fraction(0))
    allowed = (RTOL * ROUNDING) ** 2 * max(peak or ZERO_SCALE**2, FLOOR**2)
    if asked and all(isinstance(n, (int, np.integer)) for n in asked):
        allowed = min(allowed, Fraction(1, 10**6) * ROUNDING)
    for g, w in pairs:
        if finite(w):
            if not finite(g) or size([g[0] - w[0], g[1] - w[1]]) > allowed:
                return False
        elif g != w:
            return False
    return True


def passes(check: Any, *arguments: Any) -> bool:
    """Whether a check lets it through; nothing but Mismatch may come out of it."""
    try:
        check(*arguments)
    except Mismatch:
        return False
    return True


def test_the_measure_measures():
    """A measure that calls everything equal, or nothing, would prove nothing."""
    want = np.array([1.0, np.inf, np.nan])

    assert equal([1, math.inf, math.nan], want)
    assert equal(np.float32([1, np.inf, np.nan]), want)
    assert equal([1 + 9e-6, np.inf, np.nan], want)
    for wrong in ([1 + 2e-5, np.inf, np.nan], [1, -np.inf, np.nan], [1, np.inf, 0], [1, np.inf], "1", None):
        assert not equal(wrong, want)
    assert equal(2**60, 2**60)
    assert not equal(2**60 + 1, 2**60)
    assert not equal(1 + 1j, 1)


# An explicit table


class Lying(np.ndarray):
    """Says of itself what one wants to hear."""

    def __array_finalize__(self, other):
        if other is not None:
            raise RuntimeError("no code of a student's class may run")

    def _agree(self, *_, **__):
        return np.array([1.0, 2.0])

    __array__ = __array_ufunc__ = __array_function__ = __sub__ = __rsub__ = astype = copy = view = _agree
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: np.ones(2, bool)  # type: ignore
    __hash__ = None  # type: ignore[assignment]
    __len__ = lambda self: 2  # noqa: E731
    all = any = lambda self, *_, **__: True
    max = min = sum = mean = lambda self, *_, **__: 0.0
    shape = property(lambda self: (2,))
    size = property(lambda self: 2)
    ndim = property(lambda self: 1)
    dtype = property(lambda self: np.dtype(float))


def lying(*numbers: float) -> Lying:
    return np.ndarray.__new__(Lying, (len(numbers),), float, np.array(numbers, float).tobytes())


class AlwaysEqual(float):
    """A nan that equals all, is near all, and is below every tolerance."""

    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = lambda self, other: True
    __ne__ = lambda self, other: False  # noqa: E731
    __sub__ = __rsub__ = __abs__ = lambda self, *_: 0.0
    __hash__ = float.__hash__
    __float__ = lambda self: 1.0  # noqa: E731


class Two(int):
    def __index__(self):
        return 2

    __int__ = __index__
    __eq__ = lambda self, other: True  # noqa: E731
    __hash__ = int.__hash__


class Record(dict):
    """A dict whose look-ups find the right thing."""

    def __getitem__(self, key):
        return np.array([1.0, 2.0])

    get = __missing__ = __getitem__
    __contains__ = lambda self, key: True  # noqa: E731
    items = lambda self: [("out", np.array([1.0, 2.0]))]  # noqa: E731
    keys = lambda self: ["out"]  # noqa: E731


WANT = np.array([1.0, 2.0])
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)
HUGE = np.broadcast_to(np.float64(1), (10**6, 10**6))
STRIDED = as_strided(np.array([1.0, 2.0, 9.0]), shape=(2,), strides=(0,))

WRONG: dict[str, Any] = {
    "a nan that compares false": [math.nan, 2.0],
    "nan alone": np.full(2, np.nan),
    "a nan of another sign and payload": np.array([0xFFF8DEADBEEF0001, 0x4000000000000000], "u8").view("f8"),
    "a nan that equals all": [AlwaysEqual("nan"), AlwaysEqual(2)],
    "infinities": np.full(2, np.inf),
    "both infinities": np.array([-np.inf, np.inf]),
    "largest numbers": np.full(2, np.finfo(float).max),
    "smallest numbers": np.full(2, 5e-324),
    "negative zeros": np.full(2, -0.0),
    "complex of the right real part": WANT + 1j,
    "complex without an imaginary part": WANT + 0j,
    "complex nan": np.array([complex(1, np.nan), 2]),
    "objects": WANT.astype(object),
    "objects that agree": np.array([AlwaysEqual(1), AlwaysEqual(2)], object),
    "texts": np.array(["1.0", "2.0"]),
    "bytes": np.array([b"1.0", b"2.0"]),
    "dates": np.array([1, 2], "M8[s]"),
    "durations": np.array([1, 2], "m8[s]"),
    "a structure": np.array([(1.0,), (2.0,)], [("x", float)]),
    "a sub-array type": np.zeros(1, np.dtype((np.float64, (2,)))),
    "void": np.zeros(2, "V8"),
    "nothing": np.zeros(0),
    "nothing twice": np.zeros((2, 0)),
    "zero-dimensional": np.array(1.0),
    "a zero-dimensional object": np.array(WANT, object)[()],
    "a zero-dimensional array that holds a list": np.array(None),
    "one axis too many": WANT[None],
    "as many axes as there may be": WANT.reshape((1,) * 40 + (2,)),
    "endless axes of stride zero": HUGE,
    "stride zero": STRIDED,
    "negative strides": WANT[::-1],
    "masked": np.ma.array(WANT, mask=[True, False]),
    "masked all over": np.ma.masked_all(2),
    "masked without a mask": np.ma.array(WANT),
    "the masked constant": np.ma.masked,
    "a subclass that lies": lying(7.0, 7.0),
    "a subclass that lies about its length": lying(1.0, 2.0, 3.0),
    "a record array": np.rec.array([(1.0, 2.0)], [("x", float), ("y", float)]),
    "a matrix": WANT[None].view(np.matrix),
    "ints beyond 64 bits": [2**64 + 1, 2**64 + 2],
    "ints beyond float64": [10**400, 2],
    "an int subclass that lies": [1, Two(7)],
    "unsigned, wrapped around": np.array([-1, 2]).astype("u8"),
    "half precision that has overflowed": np.array([np.inf, 2], "f2"),
    "truth values": np.array([True, True]),
    "a lone truth value": True,
    "a text": "12",
    "a range": range(1, 3),
    "a set": {1.0, 2.0},
    "a dict": {0: 1.0, 1: 2.0},
    "a generator": (x for x in (1.0, 2.0)),
    "a memoryview": memoryview(WANT),
    "a bytearray": bytearray(b"\x01\x02"),
    "a function": lambda: WANT,
    "a type": np.ndarray,
    "a module": np,
    "an iterator of arrays": iter([WANT]),
    "nested without end": ENDLESS,
    "rows of different lengths": [[1.0], [2.0, 3.0]],
    "an array in a list too deep": [[WANT]],
    "not implemented": NotImplemented,
    "a tuple of one": (WANT, WANT),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_equal_never_passes(name):
    assert not equal(WRONG[name], WANT) or name == "complex without an imaginary part"
    assert not passes(gradtools.same, WRONG[name], WANT, "out")
    assert not passes(gradtools.same_entry, {"out": WRONG[name]}, "out", WANT)
    assert not passes(gradtools.same_entry, (WRONG[name],), 0, WANT)
    assert not passes(gradtools.same_all, {"out": WRONG[name]}, {"out": WANT})
    assert not passes(gradtools.same_all, (WANT, WRONG[name]), (WANT, WANT), ["a", "b"])


@pytest.mark.parametrize("name", WRONG)
def test_no_scalar_of_that_kind_passes_for_a_number(name):
    value = WRONG[name]
    if name == "zero-dimensional":
        value = np.array(np.nan)

    assert not passes(gradtools.close_number, value, 2.5, "x")
    assert not passes(gradtools.close_number, [value], 2.5, "x")
    assert not passes(gradtools.same, value, 2.5, "x")
    assert not passes(gradtools.is_choice, value, "x", "abcd")
    assert not passes(gradtools.right_choice, value, "b", "x", "abcd")


@pytest.mark.parametrize("name", WRONG)
def test_no_plot_of_such_points_passes(name):
    line = {"label": "", "x": WANT, "y": WRONG[name], "linestyle": "-", "marker": "", "color": "#000000"}
    sideways = line | {"x": WRONG[name], "y": WANT}
    bars = [{"x": 0.0, "width": 1.0, "height": WRONG[name]}, {"x": 1.0, "width": 1.0, "height": 2.0}]
    for plot in (
        {"kind": "axes", "lines": [line]},
        {"kind": "axes", "lines": WRONG[name]},
        {"kind": WRONG[name], "lines": [line | {"y": WANT}]},
        WRONG[name],
    ):
        assert not passes(gradtools.has_line, plot, WANT * 1.5, "line")
    if name not in (
        "one axis too many",
        "as many axes as there may be",
        "a matrix",
        "an array in a list too deep",
    ):
        assert not passes(gradtools.has_line, {"kind": "axes", "lines": [line]}, WANT, "line")
        assert not passes(gradtools.has_line, {"kind": "axes", "lines": [sideways]}, WANT, "line", WANT)
    assert not passes(gradtools.has_bars, {"kind": "axes", "bars": bars}, [2.5, 2.0], "bars")
    assert not passes(gradtools.has_log_axis, {"kind": "axes", "yscale": WRONG[name]})
    assert not passes(gradtools.has_labels, {"kind": "axes", "title": WRONG[name]})


@pytest.mark.parametrize("name", WRONG)
def test_no_gradient_of_that_kind_passes(name):
    """The gradient of a sum of squares at [1, 2] is [2, 4]: none of the table's values is."""

    inputs = {"x": WANT.copy()}
    for grads in (WRONG[name], {"dx": WRONG[name]}, {"x": WRONG[name]}):
        assert not passes(gradtools.check_gradient, lambda x: x * x, grads, inputs, np.ones(2))


def test_the_right_gradient_passes():
    gradtools.check_gradient(lambda x: x * x, 2 * WANT, {"x": WANT.copy()}, np.ones(2))


@pytest.mark.parametrize("name", WRONG)
def test_no_forward_of_that_kind_passes(name):
    """Nor does a forward function that returns such things make any gradient right but zeros."""
    inputs = {"x": WANT.copy()}

    assert not passes(gradtools.check_gradient, lambda x: WRONG[name], np.ones(2), inputs, np.ones(2))


@pytest.mark.parametrize("lookalike", [Record(), Record(out=np.zeros(2)), {}, [], (), {1: WANT}, None, "out"])
def test_a_dict_is_read_by_what_it_holds(lookalike):
    assert not passes(gradtools.same_entry, lookalike, "out", WANT)
    assert not passes(gradtools.same_all, lookalike, {"out": WANT})


def test_complex_numbers_near_overflow_have_a_finite_scale():
    want = np.array([complex(1.7e308, 1.7e308), 1.0])

    assert passes(gradtools.same, want.copy(), want, "out")
    assert not passes(gradtools.same, np.zeros(2, complex), want, "out")


@pytest.mark.parametrize("want", [2**53, -(2**53), np.array([2**63 + 1], "u8"), [1, 2**62]])
def test_whole_numbers_that_float64_cannot_tell_apart_are_a_fault_of_the_case(want):
    """Else 2**60 + 1 would pass for 2**60."""
    with pytest.raises(TypeError, match="too large to compare"):
        gradtools.same(want, want, "out")

    assert passes(gradtools.same, 2**53 - 1, 2**53 - 1, "out")
    for wrong in (2**53, 2**53 + 1, 2**53 - 2, float(2**53), 2**64, -(2**53)):
        assert not passes(gradtools.same, wrong, 2**53 - 1, "out")


def test_an_array_of_any_size_is_refused_before_it_is_copied():
    for check in (gradtools.is_finite, lambda value, name: gradtools.is_array(value, (2,), name)):
        assert not passes(check, HUGE, "out")


# Anything near the truth

SPECIAL = st.sampled_from(
    [
        0.0,
        -0.0,
        1.0,
        -1.0,
        math.inf,
        -math.inf,
        math.nan,
        5e-324,
        1e-310,
        1e-20,
        1e-7,
        2.0**53,
        1e300,
        1.7e308,
    ]
)
NUMBERS = SPECIAL | st.floats(-1e6, 1e6)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
WANTS = st.one_of(
    hnp.arrays(np.float64, SHAPES, elements=NUMBERS),
    hnp.arrays(np.complex128, SHAPES, elements=st.builds(complex, NUMBERS, NUMBERS)),
    hnp.arrays(np.int64, SHAPES, elements=st.integers(1 - 2**53, 2**53 - 1) | st.integers(-3, 3)),
    hnp.arrays(np.uint64, SHAPES, elements=st.integers(0, 2**53 - 1)),
    hnp.arrays(np.bool_, SHAPES),
)
DTYPES = [*"?bhilqBHILQefdgFDGO", "S8", "U8", "M8[s]", "m8[s]"]


def _poke(array: np.ndarray, at: int, number: Any) -> np.ndarray:
    changed = array.copy()
    if changed.size:
        with np.errstate(all="ignore"):
            changed.flat[at % changed.size] = np.asarray(number).astype(changed.dtype)
    return changed


@st.composite
def near(draw: Any) -> tuple[Any, np.ndarray]:
    """An expected array, and something that was made from it by a few strange steps."""
    want = draw(WANTS)
    got: Any = want.copy()
    for step in draw(st.lists(st.integers(0, 9), max_size=3)):
        if not isinstance(got, np.ndarray):
            break
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", np.exceptions.ComplexWarning)
            if step == 0:
                got = _poke(got, draw(st.integers(0, 50)), draw(NUMBERS)) if got.dtype.kind in "fdiu" else got
            elif step == 1:
                share = draw(st.sampled_from([1e-16, 1e-9, 9e-6, 2e-5, -1e-3]))
                got = got + share * got if got.dtype.kind in "fc" else got
            elif step == 2:
                try:
                    got = got.astype(draw(st.sampled_from(DTYPES)))
                except (TypeError, ValueError, OverflowError):
                    continue
            elif step == 3:
                got = got.T if draw(st.booleans()) else got.reshape(-1)
            elif step == 4:
                got = np.broadcast_to(got, (2, *got.shape))
            elif step == 5 and got.dtype.kind in "fc":
                got = np.ma.array(got, mask=draw(st.booleans()))
            elif step == 6:
                got = np.ndarray.view(np.ascontiguousarray(got), type("Own", (np.ndarray,), {}))
            elif step == 7 and got.ndim:
                got = got[::-1]
            elif step == 8:
                got = got.tolist()
            elif step == 9 and got.dtype.kind in "iu":
                got = [int(number) + 2 ** draw(st.sampled_from([0, 32, 64, 1100])) for number in got.ravel()]
    return got, want


@MANY
@given(near())
def test_what_passes_is_equal(pair):
    got, want = pair
    if passes(gradtools.same, got, want, "out"):
        assert equal(got, want)


@MANY
@given(near())
def test_what_is_equal_passes_where_it_is_a_plain_array(pair):
    """Else a comparison that refuses everything would do."""
    got, want = pair
    if type(got) is np.ndarray and got.dtype == want.dtype and equal(got, want):
        assert passes(gradtools.same, got, want, "out")

"""The ladder must name what is wrong, and must never pass what is not equal to the reference."""

from __future__ import annotations

import copy
import re
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from coursekit import gradtools
from coursekit.gradtools import Mismatch

REPEATABLE = settings(max_examples=60, derandomize=True, deadline=None, database=None)

WANT = np.array([[1.5, -2.0, 0.25], [3.0, 0.0, -1.0]])


def rung(got: Any, expected: Any = WANT, **options: Any) -> str:
    """The rung that fails, or "passed"."""
    try:
        gradtools.same(got, expected, "out", **options)
    except Mismatch as found:
        return found.rung
    return "passed"


def mismatch(got: Any, expected: Any = WANT, **options: Any) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        gradtools.same(got, expected, "out", **options)
    return caught.value


@pytest.mark.parametrize(
    "right",
    [
        WANT,
        WANT.astype(np.float32),
        WANT.astype(np.longdouble),
        np.asfortranarray(WANT),
        WANT[::-1][::-1],
        WANT.tolist(),
        tuple(map(tuple, WANT.tolist())),
        [WANT[0], WANT[1]],
        [[np.float32(1.5), -2, np.float64(0.25)], [np.int8(3), 0, -1]],
        WANT * (1 + 9e-6),
        WANT.view(type("Kind", (np.ndarray,), {})),
    ],
)
def test_every_numeric_form_of_the_right_values_passes(right):
    assert rung(right) == "passed"


@pytest.mark.parametrize("right", [3, 3.0, np.float32(3), np.int64(3), np.array(3.0), np.array(3)])
def test_a_single_number_passes_in_every_form(right):
    assert rung(right, 3.0) == "passed"


def test_whole_arrays_and_masks_pass_where_their_values_are_right():
    assert rung(np.array([1, 0]), np.array([1.0, 0.0])) == "passed"
    assert rung(np.array([2.0, -1.0]) > 0, np.array([1.0, 0.0])) == "passed"
    assert rung([True, 0.0], [1.0, 0.0]) == "passed"


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (None, "missing"),
        (..., "missing"),
        ("1.5", "type"),
        (b"12", "type"),
        ({"out": WANT}, "type"),
        ({1.5, 2.0}, "type"),
        (lambda: WANT, "type"),
        (range(3), "type"),
        (WANT.astype(object), "type"),
        (WANT.astype(str), "type"),
        (WANT.astype(complex), "type"),
        (WANT.astype("M8[s]"), "type"),
        (np.zeros(2, dtype=[("a", float)]), "type"),
        (np.ma.array(WANT, mask=WANT == 0), "type"),
        ([[1.5, None, 0.25], [3.0, 0.0, -1.0]], "type"),
        ([[1.5, -2.0], [3.0]], "type"),
        ([[10**400, -2.0, 0.25], [3.0, 0.0, -1.0]], "type"),
        (1.5, "shape"),
        (WANT.T, "shape"),
        (WANT[None], "shape"),
        (WANT[0], "shape"),
        (WANT.ravel(), "shape"),
        (np.zeros((2, 0)), "shape"),
        ([], "shape"),
        (np.broadcast_to(np.float64(0), (10**6, 10**6)), "shape"),
        (np.where(WANT == 0, np.nan, WANT), "finite"),
        (np.where(WANT == 0, np.inf, WANT), "finite"),
        (-WANT, "value"),
        (WANT + 4e-5 * (WANT == 0), "value"),
        (WANT * (1 + 2e-5), "value"),
        (np.zeros((2, 3)), "value"),
        (np.full((2, 3), 1e308), "value"),
    ],
)
def test_the_first_rung_that_fails_is_named(wrong, where):
    assert rung(wrong) == where


def test_a_list_that_holds_itself_is_refused():
    endless: list[Any] = []
    endless.append(endless)

    assert rung(endless) == "type"


def test_lists_of_arrays_that_claim_any_size_are_refused_before_they_are_built():
    assert rung([np.broadcast_to(np.float64(0), (10**5, 10**5))] * 3) == "type"


class Liar(np.ndarray):
    """An array that agrees with everything."""

    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __sub__(self, other):
        return np.zeros(self.shape)

    __rsub__ = __sub__

    def __array__(self, *args, **kwargs):
        return WANT

    def __array_ufunc__(self, *args, **kwargs):
        return WANT

    def __array_function__(self, *args, **kwargs):
        return WANT

    def __array_finalize__(self, other):
        if other is not None:
            raise RuntimeError("no code of a student's class may run")

    shape = property(lambda self: (2, 3))
    dtype = property(lambda self: np.dtype(float))


class Pretender:
    """No array, but says so."""

    __class__ = np.ndarray  # type: ignore[assignment]
    shape, dtype, ndim = (2, 3), np.dtype(float), 2

    def __array__(self, *args, **kwargs):
        return WANT

    def __eq__(self, other):
        return True

    def __repr__(self):
        raise RuntimeError("no code of a student's class may run")


class AnyClass(type):
    """A metaclass whose classes claim to be `float`."""

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(float)


class Chameleon(metaclass=AnyClass):
    """An object that turns into the right numbers when it is converted."""

    def __array__(self, *args, **kwargs):
        return WANT

    def __float__(self):
        return 1.0


class Nan(float):
    """A nan that is equal to all."""

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

    def __float__(self):
        return 1.0

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__


class Row(list):
    """A list that shows other items than it holds."""

    def __iter__(self):
        return iter([1.5, -2.0, 0.25])

    def __len__(self):
        return 3


def liar() -> Liar:
    plain = np.full((2, 3), 7.0)
    return np.ndarray.__new__(Liar, (2, 3), float, plain.data)


@pytest.mark.parametrize(
    ("evil", "expected", "where"),
    [
        (liar(), WANT, "value"),
        (Pretender(), WANT, "type"),
        (Chameleon(), WANT, "type"),
        (Chameleon(), 1.0, "type"),
        ([Chameleon()], [1.0], "type"),
        (Nan("nan"), 1.0, "type"),
        ([Nan("nan")], [1.0], "type"),
        ([Row([7.0, 7.0, 7.0]), WANT[1]], WANT, "value"),
    ],
)
def test_objects_that_lie_are_judged_by_what_they_hold(evil, expected, where):
    assert rung(evil, expected) == where


def test_a_lone_truth_value_is_not_a_number():
    assert rung(True, 1.0) == "type"
    assert rung(np.True_, 1.0) == "type"
    assert rung(np.array(True), 1.0) == "type"
    assert rung(True, True) == "passed"
    assert rung(False, True) == "value"


def test_infinities_and_nans_must_be_met_exactly_where_they_are_expected():
    want = np.array([np.inf, -np.inf, np.nan, 2.0])

    assert rung(want.copy(), want) == "passed"
    for other in (
        [-np.inf, -np.inf, np.nan, 2.0],
        [np.inf, -np.inf, 2.0, 2.0],
        [np.nan, -np.inf, np.nan, 2.0],
    ):
        assert rung(other, want) == "finite"
    assert rung([np.inf, -np.inf, np.nan, 2.1], want) == "value"
    assert rung([1e308, -np.inf, np.nan, 2.0], want) == "finite"


def test_complex_results_are_compared_as_such_where_they_are_expected():
    want = np.array([1 + 2j, 3.0])

    assert rung(np.array([1 + 2j, 3]), want) == "passed"
    assert rung(np.array([1 - 2j, 3]), want) == "value"
    assert rung(np.array([1.0, 3.0]), want) == "value"
    assert rung(np.array([complex(1, np.nan), 3]), want) == "finite"


def test_small_is_not_noise():
    assert rung(np.zeros(3), np.full(3, 1e-20)) == "value"
    assert rung(np.full(3, 1.001e-200), np.full(3, 1e-200)) == "value"
    assert rung(np.zeros(3), np.full(3, 1e-20), floor=1.0) == "passed"


def test_where_all_is_zero_only_rounding_is_forgiven():
    assert rung(np.full(3, 1e-15), np.zeros(3)) == "passed"
    assert rung(np.full(3, 1e-11), np.zeros(3)) == "value"


def test_whole_numbers_are_exact_however_large():
    assert rung(1_576_961, 1_576_960) == "value"
    assert rung(1_576_960.0, 1_576_960) == "passed"
    assert rung(np.eye(3) * (1 + 1e-9), np.eye(3, dtype=int)) == "passed"


def test_nothing_is_compared_in_an_empty_array_but_its_shape():
    assert rung([], np.zeros(0)) == "passed"
    assert rung(np.zeros((0, 3)), np.zeros((0, 4))) == "shape"
    assert rung(0.0, np.zeros(0)) == "shape"


def test_an_expected_value_that_is_no_number_is_a_fault_of_the_case():
    with pytest.raises(TypeError, match="expected value of 'out'"):
        gradtools.same(1.0, None, "out")


def test_numpy_set_to_raise_changes_no_verdict():
    with np.errstate(all="raise"):
        assert rung(np.full(2, 1e308), np.array([-1e308, 1.0])) == "value"
        assert rung(np.array([np.nan, 1.0]), np.array([1.0, 1.0])) == "finite"
        assert rung(np.full(2, 1e-310), np.array([1e-310, 1e-310])) == "passed"


def test_arguments_are_left_as_they_were():
    got, want = WANT * 2, WANT.copy()
    rung(got, want)

    assert np.array_equal(got, WANT * 2)
    assert np.array_equal(want, WANT)


finite = st.floats(-1e6, 1e6, allow_subnormal=False)


@REPEATABLE
@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=finite))
def test_an_array_equals_itself_in_every_form(array):
    assert rung(array.copy(), array) == "passed"
    assert rung(array.tolist(), array) == "passed"


@REPEATABLE
@given(
    hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=finite),
    st.integers(0, 10**6),
    st.sampled_from([1e-4, -1e-3, 0.5, 1e9]),
)
def test_one_entry_off_by_more_than_the_tolerance_fails(array, at, share):
    wrong = array.copy()
    wrong.flat[at % array.size] += share * (np.abs(array).max() or 1.0)

    assert rung(wrong, array) == "value"


ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**400), 10**400),
        st.floats(),
        st.complex_numbers(),
        st.text(max_size=5),
        st.binary(max_size=5),
        hnp.arrays(hnp.scalar_dtypes(), hnp.array_shapes(max_dims=2, max_side=3)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)


@REPEATABLE
@given(ANYTHING)
def test_any_value_gets_a_verdict_and_a_message_of_one_safe_line(value):
    """Only Mismatch may come out, and what passes is numerically what was asked for."""
    want = np.array([0.5, -0.25])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            gradtools.same(value, want, "out")
        except Mismatch as found:
            for text in (str(found), found.blind):
                assert text.isprintable()
                assert not set("<>&") & set(text)
        else:
            assert np.allclose(np.array(value, dtype=float), want)


def test_a_message_says_name_got_expected_and_what_to_try():
    shape = mismatch(np.zeros((3, 6)), np.zeros((3, 6, 6)), shape="(N, H, H)")
    value = mismatch(WANT + np.eye(2, 3))

    assert str(shape).startswith("`out` has shape (3, 6); expected (N, H, H) = (3, 6, 6). Try: ")
    assert "most at [0, 0]: got 2.5, expected 1.5 (off by 0.33 of the largest entry). Try: " in str(value)
    assert value.output == "out"


@pytest.mark.parametrize(
    "wrong",
    [None, "x", WANT[0], np.where(WANT == 0, np.nan, WANT), WANT * 2, -WANT, WANT[::-1], np.zeros((2, 3))],
)
def test_the_blind_message_holds_no_number_but_those_of_shapes(wrong):
    blind = re.sub(r"\([\d, ]+\)", "", mismatch(wrong).blind)

    assert not re.search(r"\d", blind)


def test_a_shape_is_no_place_to_pass_numbers_through():
    assert "(large, large)" in mismatch(np.broadcast_to(np.float64(0), (31415926, 27182818))).blind
    assert "(9 axes)" in mismatch(np.zeros((1, 2, 3, 1, 2, 3, 1, 2, 3))).blind


def test_a_class_name_appears_cleaned_in_public_and_never_blind():
    found = mismatch(type("<img src=x>\x1b[31m" + "7" * 99, (), {})())

    assert "‹img src=x›·[31m" in str(found)
    assert len(str(found)) < 200
    assert "img" not in found.blind
    assert "7" not in found.blind


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        (lambda a: -a, "the sign is turned"),
        (lambda a: np.swapaxes(a, 0, 1), "transpose"),
        (lambda a: a / 4, "every entry is 0.25 times"),
        (lambda a: a[::-1], "wrong direction"),
        (lambda a: 0 * a, "every entry is zero"),
        (lambda a: a + 1, "a wrong `.T` on a square matrix"),
    ],
)
def test_the_advice_fits_the_slip(wrong, advice):
    square = np.random.default_rng(1).standard_normal((4, 4))

    assert advice in str(mismatch(wrong(square), square))


@pytest.mark.parametrize(
    ("got", "want", "advice"),
    [
        ((3, 2), (2, 3), "another order"),
        ((3,), (2, 3), "first axis is missing"),
        ((1, 2, 3), (2, 3), "too many in front"),
        ((2, 3, 1), (2, 3), "length 1"),
        ((), (2, 3), "not their sum"),
        ((1,), (), "the number itself"),
        ((5, 5), (2, 3), "beside the line"),
    ],
)
def test_the_advice_fits_the_shape(got, want, advice):
    assert advice in str(mismatch(np.zeros(got), np.zeros(want)))


def test_a_mismatch_survives_a_copy():
    found = mismatch(-WANT)

    for twin in (copy.copy(found), copy.deepcopy(found)):
        assert (str(twin), twin.rung, twin.blind, twin.output) == (
            str(found),
            found.rung,
            found.blind,
            found.output,
        )


def test_a_rung_must_be_one_of_the_ladder():
    with pytest.raises(ValueError, match="expected one of missing"):
        Mismatch("out", "colour", "message", "blind")


def test_form_checks_return_plain_float64_arrays_of_their_own():
    given_array = np.ones((2, 3), dtype=np.float32)
    for checked in (
        gradtools.has_shape(given_array, (2, 3), "out", "(N, H)"),
        gradtools.is_finite(given_array, "out"),
        gradtools.is_array(given_array.view(Liar.__mro__[1]), (2, 3), "out"),
    ):
        assert type(checked) is np.ndarray
        assert checked.dtype == np.float64
        assert not np.shares_memory(checked, given_array)


def test_form_checks_stop_at_their_rung():
    with pytest.raises(Mismatch, match=r"expected \(N, H\) = \(2, 3\)"):
        gradtools.has_shape(np.zeros(3), (2, 3), "out", "(N, H)")
    with pytest.raises(Mismatch, match="nan or inf"):
        gradtools.is_array([1.0, np.nan], (2,), "out")
    assert np.isnan(gradtools.has_shape([1.0, np.nan], (2,), "out")[1])


def test_a_property_holds_or_is_named():
    gradtools.holds(True, "W", "its radius is below 1")
    gradtools.holds(np.bool_(True), "W", "its radius is below 1")
    with pytest.raises(Mismatch) as caught:
        gradtools.holds(False, "W", "its radius is below 1", 1.25, "make the diagonal smaller")

    assert str(caught.value) == (
        "`W`: got 1.25; expected that its radius is below 1. Try: make the diagonal smaller."
    )
    assert caught.value.blind == (
        "`W`: expected that its radius is below 1; it is not so. Try: make the diagonal smaller."
    )
    assert caught.value.rung == "property"


@pytest.mark.parametrize("evil", [1, "yes", [0], Pretender(), np.array([True]), None])
def test_a_property_holds_only_by_a_plain_truth_value(evil):
    with pytest.raises(Mismatch):
        gradtools.holds(evil, "W", "it is so")

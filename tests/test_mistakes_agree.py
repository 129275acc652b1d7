"""Agreement is strict: nothing that differs is ever called the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.mistakes.agree import FOLLOWED, NAMED, agree
from coursekit.wire import Handle

NAN, INF = float("nan"), float("inf")

SAME = [
    (np.array([1.0, 2.0]), np.array([1.0, 2.0])),
    ([1.0, 2.0], np.array([1.0, 2.0])),
    ((np.ones(2), {"a": 1.0, "extra": 5}), (np.ones(2), {"a": 1.0})),
    (np.array([NAN, INF, 1.0]), np.array([NAN, INF, 1.0])),
    (np.zeros((0, 3)), np.zeros((0, 3))),
    ("b", "b"),
    (None, None),
    (np.float32(0.5), 0.5),
]
DIFFERENT = [
    (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-6])),
    (np.array([1.0]), np.array([[1.0]])),
    (np.array([NAN]), np.array([1.0])),
    (np.array([1.0]), np.array([NAN])),
    (np.array([INF]), np.array([-INF])),
    ({"a": 1.0}, {"a": 1.0, "b": 2.0}),
    ((np.ones(2),), (np.ones(2), np.ones(3))),
    ("a", "b"),
    (None, 0.0),
    (Handle(1, "x"), Handle(1, "x")),
    (np.array([1.0 + 1e-3j]), np.array([1.0])),
    (np.zeros(3), np.full(3, 1e-40)[:2]),
]


@pytest.mark.parametrize(("got", "expected"), SAME)
def test_same(got, expected):
    assert agree(got, expected, NAMED)


@pytest.mark.parametrize(("got", "expected"), DIFFERENT)
def test_different(got, expected):
    assert not agree(got, expected, NAMED)


def test_float32_agrees_for_follow_through_but_names_nothing():
    exact = np.linspace(0.1, 1, 7)

    assert agree(exact.astype(np.float32), exact, FOLLOWED)
    assert not agree(exact.astype(np.float32), exact, NAMED)


@given(st.floats(1e-6, 1e-1), st.integers(0, 5))
def test_any_single_entry_that_moves_is_seen(step, index):
    expected = np.linspace(-1, 1, 6)
    got = expected.copy()
    got[index] += step

    assert not agree(got, expected, NAMED)

"""A form is said only where it is literally true of every call, and differs from what is right."""

import numpy as np
import pytest

from coursekit.mistakes.forms import GENERIC, Pair, form_of
from coursekit.mistakes.parts import Axes

RNG = np.random.default_rng(5)
SIZES = [{"T": 5, "N": 3, "H": 6, "D": 4}, {"T": 4, "N": 2, "H": 3, "D": 7}]
SEQUENCE = Axes(("T", "N", "H"))
WEIGHTS = Axes(("4H", "D"))
SQUARE = Axes(("H", "H"))


def arrays(axes):
    """Two calls' right arrays of these axes."""
    lengths = [{**sizes, "4H": 4 * sizes["H"]} for sizes in SIZES]
    return [RNG.standard_normal([length[name] for name in axes.letters]) for length in lengths]


def permuted(array):
    i, f, g, o = np.split(array, 4)
    return np.concatenate([f, i, o, g])


def spoilt(array):
    """Right before the third step, NaN from there on."""
    return np.concatenate([array[:2], np.full_like(array[2:], np.nan)])


FORMS = [
    ("zeros", WEIGHTS, lambda a, s: 0 * a),
    ("nan", SEQUENCE, lambda a, s: spoilt(a)),
    ("nan", SEQUENCE, lambda a, s: spoilt(a)[::-1]),
    ("sign", WEIGHTS, lambda a, s: -a),
    ("transposed", SQUARE, lambda a, s: a.T),
    ("transposed", WEIGHTS, lambda a, s: a.T),
    ("transposed", SEQUENCE, lambda a, s: a.swapaxes(0, 1)),
    ("gates", WEIGHTS, lambda a, s: permuted(a)),
    ("reversed", SEQUENCE, lambda a, s: a[::-1]),
    ("shape", SEQUENCE, lambda a, s: a.reshape(len(a), -1)),
    ("mean-batch", WEIGHTS, lambda a, s: a / s["N"]),
    ("mean-time", WEIGHTS, lambda a, s: a / s["T"]),
    ("factor", WEIGHTS, lambda a, s: 2 * a),
    ("factor", WEIGHTS, lambda a, s: a / 2),
    ("factor", SQUARE, lambda a, s: a * s["N"]),
    ("factor", SQUARE, lambda a, s: a / (s["N"] * s["T"])),
    ("half-precision", WEIGHTS, lambda a, s: a.astype(np.float16)),
]


def pairs(axes, change):
    return [Pair(change(a, sizes), a, axes, sizes) for a, sizes in zip(arrays(axes), SIZES, strict=True)]


@pytest.mark.parametrize(("id", "axes", "change"), FORMS)
def test_a_form_is_recognised(id, axes, change):
    assert f"generic:{id}" == form_of(pairs(axes, change))


@pytest.mark.parametrize(("id", "axes", "change"), FORMS)
def test_one_call_that_is_otherwise_wrong_is_enough_to_be_silent(id, axes, change):
    first, second = pairs(axes, change)
    odd = Pair(second.right + 0.1 * RNG.standard_normal(second.right.shape), second.right, axes, second.sizes)

    assert "" == form_of([first, odd])


@pytest.mark.parametrize(("id", "axes", "change"), [row for row in FORMS if row[0] not in ("nan", "zeros")])
def test_a_form_holds_to_rounding_error_only(id, axes, change):
    def nearly(a, sizes):
        changed = np.array(change(a, sizes), dtype=float)
        changed.flat[0] += 1e-6
        return changed

    assert "" == form_of(pairs(axes, nearly))


def test_what_is_right_has_no_form():
    symmetric = np.eye(3)

    assert "" == form_of([Pair(symmetric.T, symmetric, SQUARE)])
    assert "" == form_of([Pair(np.zeros(3), np.zeros(3), Axes(("",)))])
    assert "" == form_of([])


def test_where_the_batch_is_as_long_as_the_sequence_the_factor_is_not_given_a_meaning():
    right = RNG.standard_normal((4, 3))
    pair = Pair(right / 3, right, Axes(("4", "3")), {"N": 3, "T": 3})

    assert "generic:factor" == form_of([pair])


def test_one_number_is_no_multiple():
    assert "" == form_of([Pair(np.array(26), np.array(13), Axes(()), {"N": 3})])


def test_float32_is_no_form():
    right = RNG.standard_normal((4, 3))

    assert "" == form_of([Pair(right.astype(np.float32), right, SQUARE)])


def test_no_hint_shows_a_number_or_an_answer():
    for form in GENERIC.values():
        assert form.hint.endswith((".", "?"))
        assert not any(character.isdigit() and character != "0" for character in form.hint)

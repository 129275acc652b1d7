"""Calls share nothing, draws can be replayed, and a cell waits for its stub and for nothing else."""

from __future__ import annotations

import re

import numpy as np
import pytest

from coursekit import gradtools
from coursekit.gradtools import Mismatch


def test_the_table_of_the_package_names_everything_that_is_public():
    named = set(re.findall(r"`(\w+)`", gradtools.__doc__))

    assert named == set(gradtools.__all__)


@pytest.fixture
def key():
    """Sets the key, and puts the empty one back."""
    yield gradtools.use_key
    gradtools.use_key(b"")


def test_a_call_hands_over_arguments_and_hands_back_the_result():
    assert gradtools.call(lambda a, *, b: a - b, "f", 5, b=3) == 2


@pytest.mark.parametrize(
    ("function", "rung"), [(None, "missing"), (..., "missing"), (3.0, "type"), (np.ones(2), "type")]
)
def test_what_is_no_function_is_named(function, rung):
    with pytest.raises(Mismatch, match="`tanh_jacobian`") as caught:
        gradtools.call(function, "tanh_jacobian", 1)

    assert caught.value.rung == rung


def test_a_stub_is_heard():
    def stub():
        raise NotImplementedError("q3: tanh_jacobian")

    with pytest.raises(NotImplementedError, match="q3: tanh_jacobian"):
        gradtools.call(stub, "tanh_jacobian")


def test_a_function_may_overwrite_what_it_was_given():
    def spoils(array, cache, rows):
        array *= 0
        cache["h"] *= 0
        cache.pop("h")
        rows[0][:] = -1

    array, cache, rows = np.ones(3), {"h": np.ones(2)}, [np.ones(2)]
    gradtools.call(spoils, "spoils", array, cache, rows)

    assert array.tolist() == [1, 1, 1]
    assert cache["h"].tolist() == [1, 1]
    assert rows[0].tolist() == [1, 1]


def test_a_function_may_use_one_buffer_twice():
    buffer = np.zeros(2)

    def fills(value):
        buffer[:] = value
        return buffer, {"h": buffer}

    first = gradtools.call(fills, "fills", 1.0)
    gradtools.call(fills, "fills", 2.0)

    assert first[0].tolist() == [1, 1]
    assert first[1]["h"].tolist() == [1, 1]


def test_what_cannot_be_copied_plainly_is_passed_on():
    thing, words = object(), np.array(["a"])
    endless = np.broadcast_to(np.float64(0), (10**6, 10**6))
    nested: list = []
    nested.append(nested)

    assert gradtools.call(lambda *a: list(a), "f", thing, words, endless)[0] is thing
    assert gradtools.call(lambda a: a, "f", endless) is endless
    gradtools.call(lambda a: None, "f", nested)


def test_a_case_meets_the_same_numbers_again():
    assert gradtools.rng("q3: values").random() == gradtools.rng("q3: values").random()
    assert gradtools.rng("q3: values").random() != gradtools.rng("q3: shape").random()


def test_numbers_do_not_change_from_version_to_version():
    """Frozen: another law of seeding would make every recorded grade unrepeatable."""
    assert gradtools.rng("q3: values").integers(0, 10**9, 3).tolist() == [499176427, 164847864, 78453457]


def test_the_key_changes_every_number(key):
    without = gradtools.rng("q3: values").random()
    key(b"secret")
    first = gradtools.rng("q3: values").random()
    key(b"another")

    assert len({without, first, gradtools.rng("q3: values").random()}) == 3


@pytest.mark.parametrize(
    ("make", "rows", "names"),
    [
        (gradtools.rnn_inputs, 6, "x h0 W_ih W_hh b_ih b_hh dY dhT"),
        (gradtools.gru_inputs, 18, "x h0 W_ih W_hh b_ih b_hh dY dhT"),
        (gradtools.lstm_inputs, 24, "x h0 c0 W_ih W_hh b_ih b_hh dY dhT dcT"),
    ],
)
def test_strong_inputs_have_every_property_that_tells_right_from_wrong(make, rows, names):
    p = make(gradtools.rng("strong"))

    assert list(p) == names.split()
    assert (p["x"].shape, p["dY"].shape, p["h0"].shape, p["dhT"].shape) == (
        (5, 3, 4),
        (5, 3, 6),
        (3, 6),
        (3, 6),
    )
    assert (p["W_ih"].shape, p["W_hh"].shape, p["b_ih"].shape, p["b_hh"].shape) == (
        (rows, 4),
        (rows, 6),
        (rows,),
        (rows,),
    )
    assert all(np.abs(value).min() > 0 for value in p.values())
    assert not np.allclose(p["b_ih"], p["b_hh"])
    assert not np.allclose(p["W_hh"][:6], p["W_hh"][:6].T)
    assert 0.4 < p["W_hh"].std() < 1.0


def test_the_arguments_of_forward_are_the_inputs_without_the_upstream():
    p = gradtools.lstm_inputs(gradtools.rng("a"), T=1, N=1, D=2, H=3)

    assert list(gradtools.parameters(p)) == ["x", "h0", "c0", "W_ih", "W_hh", "b_ih", "b_hh"]
    assert p["dcT"].shape == (1, 3)


def test_a_cell_waits_for_its_stub(capsys):
    with gradtools.waits():
        raise NotImplementedError("q3: tanh_jacobian")

    assert capsys.readouterr().out == "waits for q3\n"


@pytest.mark.parametrize(
    "error", [NotImplementedError("later"), NotImplementedError(), ValueError("q3: tanh_jacobian")]
)
def test_a_cell_waits_for_nothing_else(error):
    with pytest.raises(type(error)), gradtools.waits():
        raise error


def test_a_cell_that_need_not_wait_says_nothing(capsys):
    with gradtools.waits():
        pass

    assert capsys.readouterr().out == ""

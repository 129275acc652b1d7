"""Several outputs, single numbers and choices: each is graded by itself, and told apart by name."""

from __future__ import annotations

import numpy as np
import pytest

from coursekit import gradtools
from coursekit.gradtools import Mismatch

A, B = np.arange(6.0).reshape(2, 3), np.array([1.0, -2.0])


def failing(check, *args, **kwargs) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        check(*args, **kwargs)
    return caught.value


def test_a_dict_passes_whole_and_may_hold_more():
    gradtools.same_all({"B": B, "A": A, "extra": None}, {"A": A, "B": B}, "grads", {"A": "(N, H)"})


def test_a_tuple_or_list_passes_by_position():
    gradtools.same_all((A, B), (A, B), ("Y", "hT"))
    gradtools.same_all([A, B], (A, B), ("Y", "hT"), ("(N, H)", "(H,)"))


def test_the_first_wrong_output_is_named_and_those_that_are_right():
    found = failing(gradtools.same_all, (A, -B, A.T), (A, B, A), ("Y", "hT", "cT"), ("(N, H)",) * 3)

    assert (found.output, found.rung) == ("hT", "value")
    assert str(found).endswith("Right already: `Y`.")
    assert found.blind.endswith("Right already: `Y`.")


@pytest.mark.parametrize(
    ("got", "rung"),
    [
        (None, "missing"),
        (A, "count"),
        ((A,), "count"),
        ((A, B, B), "count"),
        ((A, None), "missing"),
        ({"Y": A}, "count"),
    ],
)
def test_a_tuple_of_another_length_is_a_wrong_number_of_outputs(got, rung):
    assert failing(gradtools.same_all, got, (A, B), ("Y", "hT")).rung == rung


def test_a_missing_key_is_named_with_the_nearest_that_is_there():
    found = failing(gradtools.same_all, {"dW_hx": A}, {"dW_hh": A}, "grads")

    assert (found.output, found.rung) == ("grads", "missing")
    assert "lacks `dW_hh`" in str(found)
    assert "is `dW_hx` meant?" in str(found)
    assert "dW_hx" not in found.blind


def test_something_else_than_a_dict_is_refused_by_kind():
    found = failing(gradtools.same_all, [A], {"dW_hh": A}, "grads")

    assert found.rung == "type"
    assert "a list came back; expected a dict" in str(found)


def test_one_entry_is_graded_whatever_the_others_are():
    gradtools.same_entry({"f": A, "i": "nonsense"}, "f", A)
    gradtools.same_entry((None, A), 1, A, "hT")
    assert failing(gradtools.same_entry, {"f": -A}, "f", A).output == "f"
    assert failing(gradtools.same_entry, (A, -A), 1, A).output == "output 2"


@pytest.mark.parametrize(
    ("got", "key", "rung"),
    [
        ({"i": A}, "f", "missing"),
        ({"f": None}, "f", "missing"),
        (None, "f", "missing"),
        (A, "f", "type"),
        ((A,), 1, "missing"),
        (A, 0, "type"),
        ({0: A}, 0, "type"),
    ],
)
def test_an_absent_entry_has_its_own_message(got, key, rung):
    found = failing(gradtools.same_entry, got, key, A, "gate")

    assert (found.output, found.rung) == ("gate", rung)


class EveryKey(dict):
    """A dict that claims to hold the right answer under any key."""

    def __getitem__(self, key):
        return A

    def get(self, key, default=None):
        return A

    def items(self):
        return [("f", A)]

    def __contains__(self, key):
        return True


class AnyText(str):
    """A key that is equal to every other."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("f")


def test_a_dict_that_lies_is_read_by_what_it_holds():
    assert failing(gradtools.same_entry, EveryKey(), "f", A).rung == "missing"
    assert failing(gradtools.same_entry, EveryKey(f=-A), "f", A).rung == "value"
    assert failing(gradtools.same_entry, {AnyText("g"): A}, "f", A).rung == "missing"
    assert failing(gradtools.same_all, EveryKey(), {"f": A}).rung == "missing"


def test_keys_of_a_student_do_not_bring_markup_into_a_page():
    found = failing(gradtools.entry, {"<script>": 1, "a\nb": 2}, "dW_hh")

    assert "‹script›" in str(found)
    assert "a·b" in str(found)
    assert "script" not in found.blind


def test_outputs_hands_back_the_members():
    assert gradtools.outputs([1, 2], ("Y", "cache"), "rnn_forward") == [1, 2]
    assert gradtools.outputs(5, ("J",)) == [5]
    assert "`rnn_forward` gives 3 outputs; expected 2 outputs: `Y` and `cache`" in str(
        failing(gradtools.outputs, (1, 2, 3), ("Y", "cache"), "rnn_forward")
    )


@pytest.mark.parametrize("right", [0.0057, np.float32(0.0057), np.array(0.0057)])
def test_a_number_is_taken_in_every_form(right):
    assert gradtools.is_number(right, "q1_share") == pytest.approx(0.0057)
    gradtools.close_number(right, 0.0057001, "q1_share")


@pytest.mark.parametrize(
    ("wrong", "rung"),
    [
        (..., "missing"),
        (None, "missing"),
        ("0.0057", "type"),
        (0.0057 + 0j, "type"),
        (True, "type"),
        ([0.0057], "shape"),
        (np.array([0.0057]), "shape"),
        (float("nan"), "finite"),
        (float("inf"), "finite"),
    ],
)
def test_what_is_no_number_is_refused(wrong, rung):
    assert failing(gradtools.is_number, wrong, "q1_share").rung == rung
    assert failing(gradtools.close_number, wrong, 0.0057, "q1_share").rung == rung


def test_a_number_is_close_within_its_tolerance():
    gradtools.close_number(0.00573, 0.005726, "q1_share")
    assert failing(gradtools.close_number, 0.00515, 0.005726, "q1_share").rung == "value"
    assert failing(gradtools.close_number, 100.5, 100.0, "q1_steps").rung == "value"
    gradtools.close_number(100.5, 100.0, "q1_steps", rtol=0.01)


def test_a_blind_number_message_does_not_tell_the_number():
    found = failing(gradtools.close_number, 0.25, 0.75, "share")

    assert "0.25" in str(found)
    assert "0.75" in str(found)
    assert "25" not in found.blind
    assert "75" not in found.blind


def test_a_choice_is_read_kindly():
    assert gradtools.is_choice(" B\n", "q1_choice", "abcd") == "b"
    assert gradtools.is_choice("Vanishes", "q1_word", ("vanishes", "explodes")) == "vanishes"


@pytest.mark.parametrize(
    ("wrong", "rung"),
    [
        (..., "missing"),
        (None, "missing"),
        (2, "type"),
        (["b"], "type"),
        ("e", "form"),
        ("", "form"),
        ("ab", "form"),
    ],
)
def test_a_choice_is_one_of_the_options(wrong, rung):
    found = failing(gradtools.is_choice, wrong, "q1_choice", "abcd")

    assert found.rung == rung
    assert failing(gradtools.right_choice, wrong, "b", "q1_choice", "abcd").rung == rung


def test_a_wrong_choice_does_not_name_the_right_one():
    gradtools.right_choice("B", "b", "q1_choice", "abcd")
    found = failing(gradtools.right_choice, "c", "b", "q1_choice", "abcd")

    assert found.rung == "value"
    assert '"b"' not in str(found) + found.blind


def test_a_wrong_choice_says_what_is_wrong_about_it():
    why = {"a": "is it negative?", "c": "print it."}
    gradtools.right_choice(" B", "b", "q1_choice", "abcd", why)
    found = failing(gradtools.right_choice, "A", "b", "q1_choice", "abcd", why)
    other = failing(gradtools.right_choice, "d", "b", "q1_choice", "abcd", why)

    assert (found.rung, str(found), found.blind) == ("value", *["`q1_choice` is a: is it negative?"] * 2)
    assert "not the right one" in str(other)


@pytest.mark.parametrize(
    ("answer", "options", "why"),
    [
        ("b", "abcd", {"b": "no."}),
        ("b", "abcd", {"e": "no."}),
        ("e", "abcd", {}),
        ("bc", "abcd", None),
        ("vanish", ("vanishes", "undecided"), None),
    ],
)
def test_reasons_that_contradict_the_answer_are_the_cases_fault(answer, options, why):
    for got in ("a", "b", answer, ...):
        with pytest.raises(ValueError, match="do not fit its options"):
            gradtools.right_choice(got, answer, "q1_choice", options, why)


def test_a_choice_that_is_equal_to_everything_is_refused():
    assert failing(gradtools.right_choice, AnyText("z"), "b", "q1_choice", "abcd").rung == "type"


def test_letters_come_back_as_the_options_are_written():
    assert ["V", "E", "B"] == gradtools.letters(" ve, b\n", "q8_symptoms", "VEB", 3)
    assert ["a"] == gradtools.letters("A", "q12_long", "abc")


@pytest.mark.parametrize(
    ("got", "rung"),
    [(..., "missing"), (None, "missing"), (3, "type"), (["V"], "type"), ("VE", "property"), ("VEX", "form")],
)
def test_letters_that_are_none_are_refused(got, rung):
    assert rung == failing(gradtools.letters, got, "q8_symptoms", "VEB", 3).rung


def test_no_letter_at_all_is_refused():
    assert "property" == failing(gradtools.letters, " , ", "q12_long", "abc").rung

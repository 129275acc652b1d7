"""What a student is told of a wrong function that no name fits."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit.judge.proxy import Call
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.noticing import notice
from coursekit.mistakes.replay import Replayer
from coursekit.wire import Raised, Returned

REFERENCE = '''
import numpy as np


def backward(dY, W_hh):
    """Backward through a sequence.

    dY (T, N, H): gradient at every state.  W_hh (4H, H).
    Returns a dict with keys dH (T, N, H), dW_hh and db_hh (4H,), shaped like their forward twins.
    """
    T, N, H = dY.shape
    dH = np.cumsum(dY[::-1], axis=0)[::-1]
    dW_hh = np.tile(np.einsum("tni,tnj->ij", dH, dY), (4, 1)) + W_hh
    return {"dH": dH, "dW_hh": dW_hh, "db_hh": dW_hh.sum(axis=1)}


def cell(x_t, reset_after=True):
    """Returns (h_t, gates): h_t (N, H); gates (N, 4, H) in the order i, f, g, o."""
    gates = np.stack([x_t, 2 * x_t, 3 * x_t, 4 * x_t], axis=1)
    return (np.sin(x_t) if reset_after else np.cos(x_t)), gates


def cell_backward(dh_t, cache):
    """Returns dx_t (N, H)."""
    x_t = cache["x_t"]
    return dh_t * (np.cos(x_t) if cache["reset_after"] else -np.sin(x_t))


def shares(n):
    """Returns (n,): the share after 1, 2, ..., n steps."""
    return 0.5 ** np.arange(1, n + 1)
'''
CATALOGUE = Catalogue(REFERENCE, ())
RNG = np.random.default_rng(0)
SHAPES = [(5, 3, 6), (4, 2, 3)]


def noticed(function, calls, change):
    """The notice where the student's results are the right ones, changed."""
    recorded = []
    for args in calls:
        value = CATALOGUE.names()[function](*args)
        changed = change(value)
        recorded.append(
            Call(function, args, {}, changed if isinstance(changed, Raised) else Returned(changed))
        )
    return notice(Replayer(CATALOGUE), function, recorded, ())


def backward(change, shapes=SHAPES):
    calls = [(RNG.standard_normal((T, N, H)), RNG.standard_normal((4 * H, H))) for T, N, H in shapes]
    return noticed("backward", calls, change)


def without(array, *indices):
    """A copy, wrong at these indices."""
    changed = np.array(array)
    changed[list(indices)] += 1.0
    return changed


def test_a_form_of_one_output_names_that_output():
    found = backward(lambda value: {**value, "dW_hh": -value["dW_hh"]})

    assert "generic:sign" == found.id
    assert found.hint.startswith("`dW_hh` of `backward`: ")


def test_two_outputs_of_one_form_share_a_sentence():
    found = backward(lambda value: {**value, "dH": -value["dH"], "dW_hh": -value["dW_hh"]})

    assert "generic:sign" == found.id
    assert found.hint.startswith("`dH` and `dW_hh` of `backward`: ")
    assert 1 == found.hint.count(":")


def test_two_forms_are_told_both():
    found = backward(lambda value: {**value, "dH": value["dH"][::-1], "db_hh": 0 * value["db_hh"]})

    assert "generic:reversed+generic:zeros" == found.id


def test_a_form_that_explains_only_a_part_is_no_name():
    found = backward(lambda value: {**value, "dH": -value["dH"], "db_hh": value["db_hh"] + 1})

    assert "" == found.id
    assert "`dH` of `backward`: the right numbers with the wrong sign." in found.hint
    assert "`dW_hh` is right, `dH` and `db_hh` are not" in found.hint


def test_wrong_gates_are_named():
    def change(value):
        H = len(value["db_hh"]) // 4
        return {**value, "dW_hh": without(value["dW_hh"], *range(H, 2 * H))}

    assert "`dW_hh` is wrong only in the part of f." in backward(change).hint


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((0, 1), "`dH` is right after t = 1, and wrong from there back to the start."),
        ((2, 3, 4), "`dH` is right before t = 2, and wrong from there on."),
        ((2,), "`dH` is wrong at t = 2 only."),
        ((1, 2), "`dH` is wrong from t = 1 to 2 only."),
        ((0, 2), "`dH` is right at some steps and wrong at others."),
        ((0, 1, 2, 3, 4), "`dH` is wrong at every step."),
    ],
)
def test_wrong_steps_are_named(steps, said):
    found = backward(lambda value: {**value, "dH": without(value["dH"], *steps)}, [(5, 3, 6)])

    assert said in found.hint


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        ((1, 2), "`h_t` is right for the first sample only."),
        ((0, 1), "`h_t` is right for some samples, not for all."),
        ((0, 1, 2), ""),
    ],
)
def test_wrong_samples_are_named(samples, said):
    found = noticed(
        "cell", [(RNG.standard_normal((3, 6)),)], lambda value: (without(value[0], *samples), value[1])
    )

    assert f"`cell`: `gates` is right, `h_t` is not. {said}".strip() == found.hint


def test_right_steps_and_wrong_sums_point_to_the_accumulation():
    found = backward(lambda value: {**value, "dW_hh": value["dW_hh"] + 1, "db_hh": value["db_hh"] + 1})

    assert "look at how their shares are added up" in found.hint


def test_right_sequences_of_one_step_point_to_what_is_handed_on():
    def change(value):
        return value if len(value["dH"]) == 1 else {key: array + 1 for key, array in value.items()}

    found = backward(change, [(1, 3, 6), (5, 3, 6)])

    assert "A sequence of one step comes out right" in found.hint


def test_where_every_output_is_wrong_they_have_something_in_common():
    assert "No output is right" in backward(lambda value: {key: a + 1 for key, a in value.items()}).hint


def test_numbers_that_are_not_finite_from_one_step_on_are_told_with_the_step():
    def change(value):
        spoilt = np.array(value["dH"])
        spoilt[:-2] = np.nan
        return {**value, "dH": spoilt}

    found = backward(change)

    assert "generic:nan" == found.id
    assert found.hint.startswith("`dH` of `backward`, where the last 2 steps are finite: ")


def test_outputs_of_a_tuple_have_their_names():
    found = noticed(
        "cell", [(RNG.standard_normal((3, 6)),)], lambda value: (value[0], value[1][:, [1, 0, 2, 3]])
    )

    assert "generic:gates" == found.id
    assert found.hint.startswith("`gates` of `cell`: ")


def test_the_other_form_of_a_cell_is_recognised():
    calls = [(RNG.standard_normal((3, 6)),), (RNG.standard_normal((1, 2)), False)]
    flipped = iter(
        [CATALOGUE.names()["cell"](calls[0][0], False), CATALOGUE.names()["cell"](calls[1][0], True)]
    )

    assert "generic:other-reset" == noticed("cell", calls, lambda value: next(flipped)).id


def test_one_form_for_everything_is_the_other_form_where_it_is_not_asked_for():
    calls = [(RNG.standard_normal((3, 6)),), (RNG.standard_normal((1, 2)), False)]
    paper = iter([CATALOGUE.names()["cell"](x_t[0], False) for x_t in calls])

    assert "generic:other-reset" == noticed("cell", calls, lambda value: next(paper)).id


def test_the_other_form_is_recognised_by_its_cache():
    x_t, dh_t = RNG.standard_normal((2, 3, 6))
    calls = [(dh_t, {"x_t": x_t, "reset_after": True})]
    flipped = CATALOGUE.names()["cell_backward"](dh_t, {"x_t": x_t, "reset_after": False})

    assert "generic:other-reset" == noticed("cell_backward", calls, lambda value: flipped).id


def test_a_result_without_a_name_goes_by_its_function():
    found = noticed("shares", [(5,)], lambda value: without(value, 3, 4))

    assert "`shares`: The result is right before entry 3, and wrong from there on." == found.hint


def test_single_steps_of_single_numbers_show_no_value():
    found = noticed("shares", [(5,), (3,)], lambda value: -value)

    assert "generic:sign" == found.id
    assert not any(character.isdigit() for character in found.hint)


def test_what_raised_once_has_no_form():
    answers = iter([lambda value: -value, lambda value: Raised("ValueError", "no")])

    assert "" == noticed("shares", [(5,), (3,)], lambda value: next(answers)(value)).id


def test_float32_counts_as_right():
    found = backward(
        lambda value: {
            "dH": value["dH"].astype(np.float32),
            "dW_hh": -value["dW_hh"],
            "db_hh": value["db_hh"],
        }
    )

    assert "generic:sign" == found.id


@pytest.mark.parametrize("answer", [None, "no", {}, {"dH": "text"}, [1, [2, 3]], {"dH": {"x": 1}}])
def test_an_answer_of_another_kind_says_nothing(answer):
    assert backward(lambda value: answer) is None


def test_plots_say_nothing():
    assert noticed("shares", [(5,)], lambda value: {"kind": "axes", "lines": []}) is None


def filled(kind, shape, fill):
    """An array of one value, or of what that value becomes."""
    with np.errstate(invalid="ignore"):
        return np.full(shape, fill).astype(kind)


PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=3),
    st.builds(
        filled,
        st.sampled_from(["?", "i1", "u8", "f2", "f4", "f8", "c16"]),
        st.sampled_from([(), (0,), (24,), (24, 6), (6, 24), (5, 3, 6), (3, 5, 6)]),
        st.sampled_from([0.0, 1.0, -2.0, float("nan"), float("inf")]),
    ),
)
ANSWERS = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(st.sampled_from(["dH", "dW_hh", "db_hh", 7]), inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=60)
@given(ANSWERS)
def test_no_answer_whatever_stops_the_judge(answer):
    """And nothing of it gets into the hint but what the Reference's own outputs are called."""
    with warnings.catch_warnings(action="ignore"):  # as `explain` does
        found = backward(lambda value: answer, [(5, 3, 6)])

    assert found is None or set(found.hint.split("`")[1::2]) <= {"backward", "dH", "dW_hh", "db_hh"}

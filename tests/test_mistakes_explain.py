"""Mistakes are named by what they compute, and follow through where they should."""

import pytest
from local_caller import LocalCaller
from smallcourse import ASSIGNMENT, MATERIALS, MISTAKES, REFERENCE

from coursekit.judge.judge import Judge
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.explain import explain
from coursekit.mistakes.substitute import apply_mistake, apply_mistakes
from coursekit.model import score_of

BY_ID = {one.id: one for one in MISTAKES}


@pytest.fixture(scope="module")
def judge():
    return Judge(ASSIGNMENT, MATERIALS.case_files, REFERENCE)


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue(REFERENCE, MISTAKES)


@pytest.fixture
def outcomes(judge, catalogue):
    def of(source):
        judged = judge.run(LocalCaller(source), b"key")
        return {outcome.case.name: outcome for outcome in explain(catalogue, ASSIGNMENT, judged)}

    return of


@pytest.mark.parametrize("id", BY_ID)
def test_every_mistake_is_named(outcomes, id):
    found = outcomes(apply_mistake(REFERENCE, BY_ID[id]))

    assert id in {outcome.mistake for outcome in found.values()}
    assert BY_ID[id].hint in {outcome.hint for outcome in found.values()}


@pytest.mark.parametrize("id", ["S1", "S2"])
def test_a_mistake_costs_its_own_question_only(outcomes, id):
    found = outcomes(apply_mistake(REFERENCE, BY_ID[id]))

    assert 0 == found["slope of fresh states"].points
    assert 4 == found["jacobian of fresh states"].points
    assert found["jacobian of fresh states"].followed
    assert "slope" in found["jacobian of fresh states"].remark


def test_a_later_functions_own_mistake_is_found_behind_an_earlier_one(outcomes):
    found = outcomes(apply_mistakes(REFERENCE, [BY_ID["S1"], BY_ID["J1"]]))

    assert "S1" == found["slope of fresh states"].mistake
    assert "J1" == found["jacobian of fresh states"].mistake
    assert 0 == found["jacobian of fresh states"].points


def test_a_pair_in_one_function_is_named(outcomes):
    pair = REFERENCE.replace("slope(h)[:, None] * W_hh", "slope(h)[None, :] * W_hh.T")

    assert "J1+J2" == outcomes(pair)["jacobian of fresh states"].mistake


def test_an_earlier_function_made_anew_inside_a_later_one_needs_no_follow_through(outcomes):
    source = apply_mistake(REFERENCE, BY_ID["S1"]).replace("slope(h)[:, None]", "(1 - h**2)[:, None]")

    found = outcomes(source)

    assert "passed" == found["jacobian of fresh states"].status.value


def test_an_unknown_error_gets_no_name(outcomes):
    found = outcomes(REFERENCE.replace("1 - h**2", "1 - h**4"))

    assert {""} == {outcome.mistake for outcome in found.values()}


def test_zeros_earn_nothing_further_on(outcomes):
    found = outcomes(REFERENCE.replace("1 - h**2", "0 * h"))

    assert 2 == score_of(list(found.values())).earned  # the limit alone


def test_a_right_answer_is_never_given_a_mistake(outcomes):
    assert {""} == {outcome.mistake for outcome in outcomes(REFERENCE).values()}


def test_the_catalogue_knows_what_calls_what(catalogue):
    assert frozenset({"slope"}) == catalogue.reaches("jacobian")
    assert frozenset() == catalogue.reaches("slope")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("h", "h"),
        ("W_hh2", "W_hh2"),
        ("argument 2", "argument 2"),
        ("a[[0.25, 0.5]]", "one without a name"),
        ("a1234567", "a#"),
        ("a" * 41, "one without a name"),
    ],
)
def test_a_changed_argument_is_told_by_its_name_and_not_by_what_a_student_calls_it(judge, name, told):
    judged = judge.run(LocalCaller(REFERENCE), b"key")
    for one in judged:
        one.record.mutated.add(name)

    public, hidden = explain(Catalogue(REFERENCE, MISTAKES), ASSIGNMENT, judged)[:2]

    assert f"changes its arguments in place ({told}); costs no points" == hidden.remark
    assert name in public.remark

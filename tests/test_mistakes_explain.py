"""Mistakes are named by what they compute, and follow through where they should."""

import pytest
from local_caller import LocalCaller
from smallcourse import ASSIGNMENT, MATERIALS, MISTAKES, REFERENCE, mistake

from coursekit.judge.judge import Judge
from coursekit.mistakes import budget
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.explain import explain
from coursekit.mistakes.substitute import apply_mistake, apply_mistakes
from coursekit.model import Status, WrongAnswer, score_of

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


def explained(judge, source, mistakes):
    """Outcomes by case name, with another table."""
    judged = judge.run(LocalCaller(source), b"key")
    return {one.case.name: one for one in explain(Catalogue(REFERENCE, mistakes), ASSIGNMENT, judged)}


ZERO = mistake("S0", "slope", "1 - h**2", "0 * h")


def test_two_mistakes_that_make_zeros_together_are_no_name_for_zeros(judge):
    """One of them alone is not zero, nor is the other."""
    pair = (
        mistake("P1", "jacobian", "slope(h)[:, None]", "np.triu(slope(h)[:, None] + 0 * W_hh, 1)"),
        mistake("P2", "jacobian", "* W_hh", "* np.tril(W_hh)"),
    )
    zeros = REFERENCE.replace("slope(h)[:, None] * W_hh", "0 * W_hh")
    found = explained(judge, zeros, pair)["jacobian of fresh states"]

    assert "generic:zeros" == found.mistake
    assert 0 == found.points


def test_a_pair_of_which_one_makes_zeros_anyway_is_no_name_either(judge):
    pair = (mistake("P1", "slope", "1 - h", "0 - 0 * h"), mistake("P2", "slope", "**2", "**4"))
    found = explained(judge, REFERENCE.replace("1 - h**2", "0 - 0 * h**4"), pair)

    assert "P1" == found["slope of fresh states"].mistake  # the single one comes first


def test_a_single_mistake_whose_meaning_is_zero_is_named_but_nothing_follows_from_it(judge):
    found = explained(judge, REFERENCE.replace("1 - h**2", "0 * h"), (ZERO,))

    assert "S0" == found["slope of fresh states"].mistake
    assert not found["jacobian of fresh states"].followed
    assert 2 == score_of(list(found.values())).earned  # the limit alone


def test_a_form_never_follows_through(judge):
    found = explained(judge, REFERENCE.replace("1 - h**2", "h**2 - 1"), ())

    assert "generic:sign" == found["slope of fresh states"].mistake
    assert 0 == found["jacobian of fresh states"].points


def test_the_table_comes_before_forms(judge):
    negative = mistake("S9", "slope", "1 - h**2", "h**2 - 1")
    found = explained(judge, REFERENCE.replace("1 - h**2", "h**2 - 1"), (negative,))

    assert "S9" == found["slope of fresh states"].mistake


def test_behind_a_function_that_is_wrong_in_an_unknown_way_nothing_is_named(judge):
    """A jacobian that is wrong only through slope may look like one with a mistake of its own."""
    look_alike = mistake("J9", "jacobian", "slope(h)[:, None]", "(1 - h**4)[:, None]")
    found = explained(judge, REFERENCE.replace("1 - h**2", "1 - h**4"), (look_alike,))[
        "jacobian of fresh states"
    ]

    assert "" == found.mistake
    assert "mend `slope` first" in found.hint


def test_a_mistake_that_never_ends_is_given_up(judge, monkeypatch):
    monkeypatch.setattr(budget, "ONE_SECONDS", 0.05)
    endless = mistake("S8", "slope", "    return 1 - h**2", "    while True:\n        pass")
    square = mistake("S7", "slope", "1 - h**2", "h**2")
    found = explained(judge, REFERENCE.replace("1 - h**2", "h**2"), (endless, square))

    assert "S7" == found["slope of fresh states"].mistake


def test_when_the_budget_is_spent_diagnosis_is_silent(judge, monkeypatch):
    monkeypatch.setattr(budget, "REPLAYS", 3)
    found = explained(judge, REFERENCE.replace("1 - h**2", "h**2"), MISTAKES)

    assert {""} == {one.mistake for one in found.values()}


def test_an_exception_of_the_same_type_alone_is_no_evidence(judge):
    one = mistake("J8", "jacobian", "[:, None] * W_hh", "[:, None] @ W_hh")
    other = REFERENCE.replace("slope(h)[:, None] * W_hh", 'np.ones(2) * int("no")')

    assert "" == explained(judge, other, (one,))["jacobian of fresh states"].mistake


ANSWERS = (
    WrongAnswer("half", "limit", "limit * 2", "doubled", "How often does it count?"),
    WrongAnswer("near", "limit", "limit + 1e-4", "rounded up", "Look at the fourth digit."),
)


def told_of_limit(value):
    """What is said of the case that reads `limit` when a student holds that value."""
    catalogue = Catalogue(REFERENCE, (), ANSWERS)
    judge = Judge(ASSIGNMENT, MATERIALS.case_files, REFERENCE)
    judged = judge.run(LocalCaller(REFERENCE.replace("limit = 0.25", f"limit = {value}")), b"key")
    [outcome] = [one for one in explain(catalogue, ASSIGNMENT, judged) if one.status is not Status.PASSED]
    return outcome.mistake, outcome.hint


def test_a_wrong_answer_is_named_as_precisely_as_it_is_typed():
    assert ("half", "How often does it count?") == told_of_limit("0.5001")


def test_an_unknown_wrong_answer_is_not_named():
    assert ("", "") == told_of_limit("0.75")


def test_near_the_right_value_a_wrong_one_is_named_only_if_it_is_that():
    known = Catalogue(REFERENCE, (), ANSWERS).answers

    assert ["near"] == [one.id for one in known.named({"limit": 0.2501})]
    assert () == known.named({"limit": 0.25012})
    assert () == known.named({"limit": 0.25})


def test_points_that_follow_do_not_hang_on_how_long_naming_took(judge, monkeypatch):
    """With just so many replays as name the mistake, none would be left."""
    enough = next(n for n in range(1, 40) if "S1" in names_with(judge, monkeypatch, n))
    monkeypatch.setattr(budget, "REPLAYS", enough)
    found = explained(judge, apply_mistake(REFERENCE, BY_ID["S1"]), MISTAKES)

    assert found["jacobian of fresh states"].followed


def names_with(judge, monkeypatch, replays):
    """The ids that are named with so many replays."""
    monkeypatch.setattr(budget, "REPLAYS", replays)
    return {one.mistake for one in explained(judge, apply_mistake(REFERENCE, BY_ID["S1"]), MISTAKES).values()}


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

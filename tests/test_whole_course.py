"""The whole course through both engines: who earns what, who is named, and the same verdicts as Otter's."""

import ast
from dataclasses import replace

import pytest
from whole import BY_ALL_CASES, ROOT, graded, materials, otter_verdicts, trials

from coursekit.audit.findings import findings
from coursekit.audit.table import blocks
from coursekit.course import Course
from coursekit.judge.judge import Judge
from coursekit.model import State, Status

SLUGS = Course(ROOT).slugs()


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param


def of_kind(slug, kind):
    return [one for one in graded(slug).values() if one.variant.kind == kind]


def test_the_reference_earns_all_points(slug):
    [one] = of_kind(slug, "reference")

    assert materials(slug).assignment.possible == one.run.score.earned
    assert () == one.run.cell_notes


def test_the_untouched_release_earns_nothing(slug):
    [one] = of_kind(slug, "stub")

    assert 0 == one.run.score.earned
    assert () == one.run.cell_notes
    assert {Status.MISSING} == {outcome.status for outcome in one.run.outcomes}


def test_every_accepted_variant_earns_all_points(slug):
    lost = {
        one.variant.id: [(o.case.key, o.rationale) for o in one.run.outcomes if o.status is not Status.PASSED]
        for one in of_kind(slug, "accepted")
        if one.run.score.earned != one.run.score.possible
    }

    assert {} == lost


def test_nothing_is_broken_and_everything_is_graded(slug):
    odd = [
        (name, one.run.reason)
        for name, one in graded(slug).items()
        if one.run.state is not State.GRADED
        or any(outcome.status is Status.BROKEN for outcome in one.run.outcomes)
    ]

    assert [] == odd


def test_every_mistake_and_wrong_answer_loses_points_in_its_own_question_only(slug):
    wrong = []
    for one in (*of_kind(slug, "mistake"), *of_kind(slug, "answer")):
        own = one.variant.question
        lost = {o.case.question for o in one.run.outcomes if o.points < o.case.points}
        if lost != {own}:
            wrong.append((one.variant.id, own, lost))

    assert [] == wrong


def test_every_mistake_and_wrong_answer_is_named(slug):
    unnamed = [
        one.variant.id
        for one in (*of_kind(slug, "mistake"), *of_kind(slug, "answer"))
        if {outcome.mistake for outcome in one.run.outcomes} - {""} != {one.variant.id}
    ]

    assert [] == unnamed


def test_the_audit_finds_nothing(slug):
    assert [] == findings(materials(slug).assignment, trials(slug))


def test_without_an_essential_case_the_audit_finds_something(slug):
    assignment = materials(slug).assignment
    essential = [c for b in blocks(assignment, trials(slug)) for c in b.columns if c.role == "essential"]

    for column in essential:
        left = [without(trial, column.case) for trial in trials(slug)]

        found = findings(without_case(assignment, column.case), left)

        assert [sentence for sentence in found if column.alone[0] in sentence], column.case.key
    assert len(essential) >= 5


def test_no_mistake_is_caught_by_a_case_that_it_cannot_reach():
    of = materials(BY_ALL_CASES)
    judge = Judge(of.assignment, of.case_files, of.reference)
    reached = {
        name: {bound.case.key for bound in judge.cases if judge.reaches(bound, name)}
        for name in {mistake.function for mistake in of.mistakes}
    }

    for one in of_kind(BY_ALL_CASES, "mistake"):
        failed = {key for key, passed in one.verdicts.items() if not passed}
        assert failed <= reached[one.variant.function], one.variant.id


def without(trial, case):
    """The trial as if that case did not exist."""
    outcomes = tuple(outcome for outcome in trial.run.outcomes if outcome.case != case)
    return replace(trial, run=replace(trial.run, outcomes=outcomes))


def without_case(assignment, case):
    """The assignment as if that case did not exist."""
    return replace(
        assignment,
        questions=tuple(
            replace(q, cases=tuple(c for c in q.cases if c != case)) for q in assignment.questions
        ),
    )


def test_the_same_verdicts_as_otters_own_classes(slug):
    different = {}
    for name, one in graded(slug).items():
        expected = otter_verdicts(slug, one)
        if one.verdicts != expected:
            different[name] = [key for key in expected if expected[key] != one.verdicts.get(key)]

    assert {} == different


def test_feedback_on_hidden_cases_holds_no_number_of_theirs(slug):
    """Shapes may be told, the student's own line, what a case says of a wrong choice; else no decimal."""
    told = []
    texts = {
        node.value
        for file in materials(slug).case_files
        for node in ast.walk(ast.parse(file.text))
        if isinstance(node, ast.Constant)
    }
    for name, one in graded(slug).items():
        for outcome in one.run.outcomes:
            ours = outcome.rationale.split(" — cell ")[0]
            said = ours.partition(": ")[2]
            fixed = said in texts
            if outcome.case.hidden and not fixed and any(f".{digit}" in ours for digit in "0123456789"):
                told.append((name, outcome.case.key, ours))

    assert [] == told

"""The whole course through both engines: who earns what, who is named, and the same verdicts as Otter's."""

import pytest
from whole import ROOT, graded, materials, otter_verdicts

from coursekit.course import Course
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
    possible = materials(slug).assignment.possible

    lost = {
        one.variant.id: [(o.case.key, o.rationale) for o in one.run.outcomes if o.status is not Status.PASSED]
        for one in of_kind(slug, "accepted")
        if one.run.score.earned != possible
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


def test_every_mistake_loses_points_in_its_own_question_only(slug):
    assignment = materials(slug).assignment
    wrong = []
    for one in of_kind(slug, "mistake"):
        [own] = [q.id for q in assignment.questions if one.variant.function in q.functions]
        lost = {o.case.question for o in one.run.outcomes if o.points < o.case.points}
        if lost != {own}:
            wrong.append((one.variant.id, own, lost))

    assert [] == wrong


def test_every_mistake_is_named(slug):
    unnamed = [
        one.variant.id
        for one in of_kind(slug, "mistake")
        if {outcome.mistake for outcome in one.run.outcomes} - {""} != {one.variant.id}
    ]

    assert [] == unnamed


def test_the_same_verdicts_as_otters_own_classes(slug):
    different = {}
    for name, one in graded(slug).items():
        expected = otter_verdicts(slug, one)
        if one.verdicts != expected:
            different[name] = [key for key in expected if expected[key] != one.verdicts.get(key)]

    assert {} == different


def test_feedback_on_hidden_cases_holds_no_number_of_theirs(slug):
    """Shapes may be told, and the student's own line; a decimal may not."""
    told = []
    for name, one in graded(slug).items():
        for outcome in one.run.outcomes:
            ours = outcome.rationale.split(" — cell ")[0]
            if outcome.case.hidden and any(f".{digit}" in ours for digit in "0123456789"):
                told.append((name, outcome.case.key, ours))

    assert [] == told

"""The audit's table and its findings on made-up grades, and its page."""

from dataclasses import replace

import pytest

from coursekit.audit.findings import findings
from coursekit.audit.table import blocks
from coursekit.audit.trial import Trial
from coursekit.model import (
    Assignment,
    Case,
    CellNote,
    Isolation,
    Outcome,
    Question,
    Run,
    State,
    Status,
    Submission,
)
from coursekit.pages.audit import audit_page

SEEN, FRESH, LONG = (
    Case("q1", name, 1, hidden)
    for name, hidden in [("worked example", False), ("fresh", True), ("long", True)]
)
OTHER = Case("q2", "other", 2, True)
ASSIGNMENT = Assignment(
    "hw",
    "Title",
    (Question("q1", "First", ("f",), (SEEN, FRESH, LONG)), Question("q2", "Next", ("g",), (OTHER,))),
)


def run(*failed, name="", points=None, **more):
    """A run in which the cases in `failed` fail and name `name`."""
    outcomes = tuple(
        Outcome(
            case,
            Status.FAILED if case in failed else Status.PASSED,
            0 if case in failed else case.points,
            mistake=name if case in failed else "",
        )
        for case in ASSIGNMENT.cases
    )
    return Run(Submission("s", "hw", "f", "0"), "v", Isolation.PROCESS, State.GRADED, outcomes, **more)


def mistake(id, *failed, name=None, question="q1"):
    return Trial("mistake", id, question, run(*failed, name=id if name is None else name))


PROVEN = [
    Trial("reference", "hw", "", run()),
    Trial("stub", "hw", "", run(*ASSIGNMENT.cases)),
    Trial("accepted", "loops", "q1", run()),
    mistake("A", SEEN, FRESH),
    mistake("B", SEEN, FRESH, LONG),
    mistake("C", LONG),
    mistake("D", OTHER, question="q2"),
]


def test_where_everything_holds_nothing_is_found():
    assert [] == findings(ASSIGNMENT, [*PROVEN, mistake("E", SEEN)])


@pytest.mark.parametrize(
    ("trial", "sentence"),
    [
        (Trial("reference", "hw", "", run(FRESH)), "reference hw: loses “q1: fresh”"),
        (Trial("accepted", "odd", "q1", run(LONG)), "accepted odd: loses “q1: long”"),
        (
            Trial("accepted", "odd", "q1", run(cell_notes=(CellNote(3, "E"),))),
            "accepted odd: cell 3 fails: E",
        ),
        (Trial("stub", "hw", "", run(SEEN, FRESH, LONG)), "the untouched release earns “q2: other”"),
        (mistake("X"), "mistake X: loses no point in q1"),
        (mistake("X", SEEN, name=""), "mistake X: named nothing"),
        (mistake("X", SEEN, name="Y"), "mistake X: named Y"),
        (mistake("X", SEEN, OTHER), "mistake X of q1: also loses “q2: other”"),
        (
            Trial("mistake", "X", "q1", replace(run(), state=State.UNGRADABLE, reason="no notebook")),
            "mistake X: no notebook",
        ),
    ],
)
def test_each_thing_that_does_not_hold_is_named(trial, sentence):
    found = findings(ASSIGNMENT, [*PROVEN, mistake("E", SEEN), trial])

    assert [one for one in found if one.startswith(sentence)]


def test_a_broken_case_is_ours_and_no_catch():
    broken = replace(run(), outcomes=(Outcome(SEEN, Status.BROKEN, 0, "our fault"),))

    found = findings(ASSIGNMENT, [*PROVEN, mistake("E", SEEN), Trial("mistake", "X", "q1", broken)])

    assert "mistake X: broken case “q1: worked example”: our fault" in found
    assert "mistake X: loses no point in q1; no case catches it" in found


def test_a_case_that_nothing_fails_is_found():
    quiet = [trial for trial in PROVEN if trial.question != "q2"]

    assert [
        one for one in findings(ASSIGNMENT, quiet) if one.startswith("case “q2: other” fails for no mistake")
    ]


def test_too_little_in_public_is_found():
    found = findings(ASSIGNMENT, [*PROVEN, mistake("E", FRESH), mistake("F", LONG)])

    assert [
        "public cases alone catch 2 of 6 mistakes; expected at least 60%: make a public case stronger"
    ] == found


def test_the_table_tells_what_is_needed():
    first, second = blocks(ASSIGNMENT, PROVEN)

    assert [("covered", ()), ("covered", ()), ("essential", ("C",))] == [
        (c.role, c.alone) for c in first.columns
    ]
    assert ["fresh", "worked example", ""] == [column.covered_by for column in first.columns]
    assert ["essential"] == [column.role for column in second.columns]


def test_a_case_that_only_several_replace_is_shared():
    trials = [mistake("A", SEEN, FRESH), mistake("B", SEEN, LONG)]

    assert ["shared", "covered", "covered"] == [c.role for c in blocks(ASSIGNMENT, trials)[0].columns]


def test_the_page_escapes_what_it_shows():
    trials = [*PROVEN, mistake("<b>E", SEEN)]

    page = audit_page(ASSIGNMENT, trials, blocks(ASSIGNMENT, trials), ["<script>"])

    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert "&lt;b&gt;E" in page
    assert "4 mistakes" not in page
    assert "5 mistakes" in page

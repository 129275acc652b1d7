"""What the gradebook promises: nothing is lost, nothing is changed, and it says what counts now."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fake_cohort import HOSTILE, assignment, cohort, failed, find, mixed, run, submission, unreadable

from coursekit.errors import BadInput, OurFault
from coursekit.gradebook import Gradebook
from coursekit.model import Isolation, Limits, State, Status, Submission

HW = assignment()
BROKEN = "q9: shape"
NAMESPACES, LANDLOCK, PROCESS = Isolation.NAMESPACES, Isolation.LANDLOCK, Isolation.PROCESS


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fall.db"


@pytest.fixture
def book(path):
    """A new gradebook whose clock advances one minute at each look."""
    moments = (datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=n) for n in range(10_000))
    with Gradebook.open(path, create=True, clock=lambda: next(moments)) as gradebook:
        yield gradebook


def only(runs):
    [one] = runs.values()
    return one


# -- remembering ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [run, mixed, unreadable])
def test_a_run_comes_back_as_it_was_recorded(book, make):
    """Every field of a run survives, whatever its outcomes are."""
    graded = make("Ada", HW)

    id = book.record(graded, HW)

    assert graded == book.run(id) == only(book.current(HW.slug)) == only(book.history("Ada", HW.slug))


def test_a_whole_class_comes_back_in_the_order_of_names(book):
    """Sixty runs, hostile names included, survive a second opening of the file."""
    of, runs = cohort()
    for graded in runs:
        book.record(graded, of)

    current = list(book.current(of.slug).values())

    assert len(runs) == len(current)
    assert {r.submission.sha256: r.outcomes for r in runs} == {
        r.submission.sha256: r.outcomes for r in current
    }
    assert sorted(r.submission.student for r in current) == book.students()
    assert book.students() == [r.submission.student for r in current]


def test_the_assignment_is_remembered_without_the_course(book):
    """Titles, points and hidden flags are in the gradebook; only limits are not."""
    limited = replace(HW, limits=Limits(call_seconds=3.0))
    book.record(run("Ada", limited), limited)

    assert book.assignment("hw4_lstm") == HW
    assert book.assignments() == ["hw4_lstm"]


def test_a_changed_assignment_leaves_earlier_runs_as_they_were(book):
    """A new title is a new assignment row; the old run keeps its own cases."""
    first = book.record(run("Ada", HW), HW)
    fewer = replace(HW, title="Second edition", questions=HW.questions[:3])
    book.record(run("Bob", fewer), fewer)

    assert book.run(first).score.possible == 40
    assert book.assignment(HW.slug).title == "Second edition"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_data(book, name):
    """No name breaks a statement, and the same name finds its run again."""
    book.record(run(name, HW), HW)

    assert len(book.history(name, HW.slug)) == 1
    assert book.has(submission(name), "9f2c41d07ab3", NAMESPACES)


def test_the_secret_is_made_once(book, path):
    """Seeds depend on it: a second opening must find the same 32 bytes."""
    with Gradebook.open(path) as again:
        assert len(book.secret) == 32
        assert book.secret == again.secret


def test_two_gradebooks_have_two_secrets(book, tmp_path):
    """Nobody can foresee hidden inputs from another gradebook."""
    with Gradebook.open(tmp_path / "other.db", create=True) as other:
        assert book.secret != other.secret


@pytest.mark.parametrize("table", ["runs", "outcomes", "overrides", "submissions", "assignments", "cases"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}", "REPLACE INTO {0} SELECT * FROM {0}"]
)
def test_the_past_is_append_only(book, path, table, change):
    """Not only our code: the file itself refuses to change what happened."""
    book.record(mixed("Ada", HW), HW)
    book.override("Ada", HW.slug, "q5", 8, reason="regraded by hand", by="TA")
    statement = change.format(table).replace(
        "rowid = rowid", "run_id = run_id" if table == "outcomes" else "id = id"
    )

    with closing(sqlite3.connect(path)) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)


def test_a_run_is_recorded_whole_or_not_at_all(book, monkeypatch):
    """A failure in the middle of the outcomes leaves neither run nor submission behind."""
    graded = run("Ada", HW)
    half = replace(
        graded, outcomes=(*graded.outcomes[:-1], replace(graded.outcomes[-1], seconds=float("nan")))
    )

    with pytest.raises(OurFault, match="refused"):
        book.record(half, HW)

    assert book.current(HW.slug) == {}
    assert book.students() == []


def wrong_points(graded):
    return replace(graded, outcomes=(replace(graded.outcomes[0], points=99), *graded.outcomes[1:]))


def doubled(graded):
    return replace(graded, outcomes=(graded.outcomes[0], *graded.outcomes))


def foreign(graded):
    return replace(graded, outcomes=(failed(replace(HW.cases[0], name="another")),))


def elsewhere(graded):
    return replace(graded, submission=submission("Ada", "hw5_gru"))


@pytest.mark.parametrize("spoil", [wrong_points, doubled, foreign, elsewhere])
def test_a_run_that_does_not_fit_its_assignment_is_refused(book, spoil):
    """Points beyond a case's worth, a case twice, an unknown case, another assignment: all our fault."""
    with pytest.raises(OurFault, match="Ada"):
        book.record(spoil(run("Ada", HW)), HW)

    assert book.current(HW.slug) == {}


# -- what is current -----------------------------------------------------------------------------------


def test_the_latest_run_of_a_submission_counts(book):
    """Grading again appends; the earlier run stays in the history."""
    book.record(run("Ada", HW, {BROKEN: failed(find(HW, BROKEN))}), HW)
    second = book.record(run("Ada", HW), HW)

    assert [second] == list(book.current(HW.slug))
    assert len(book.history("Ada", HW.slug)) == 2


@pytest.mark.parametrize("order", [("9", "10"), ("10", "9")])
def test_the_submission_received_last_counts_in_whatever_order_they_are_graded(book, order):
    """Grading an old download again does not bring an old submission back."""
    for hour in order:
        book.record(run("Ada", HW, content=hour, received_at=f"2026-10-19T{hour:0>2}:00:00+00:00"), HW)

    assert only(book.current(HW.slug)).submission.received_at == "2026-10-19T10:00:00+00:00"


def test_times_of_receipt_are_compared_as_moments(book):
    """10:30+02:00 is before 09:00Z, whatever the texts look like."""
    book.record(run("Ada", HW, content="late", received_at="2026-10-19T09:00:00Z"), HW)
    book.record(run("Ada", HW, content="early", received_at="2026-10-19T10:30:00+02:00"), HW)

    assert only(book.current(HW.slug)).submission.received_at == "2026-10-19T09:00:00Z"


def test_without_times_the_submission_recorded_last_counts(book):
    """Also when a student hands in an earlier version once more."""
    for content in ("a", "b", "a"):
        last = book.record(run("Ada", HW, content=content, received_at=""), HW)

    assert [last] == list(book.current(HW.slug))


def test_the_same_bytes_again_keep_their_first_time(book):
    """A file downloaded anew carries a new date; its student must not become late by that."""
    book.record(run("Ada", HW, received_at="2026-10-19T09:00:00Z"), HW)
    book.record(run("Ada", HW, received_at="2026-10-25T09:00:00Z"), HW)

    assert only(book.current(HW.slug)).submission.received_at == "2026-10-19T09:00:00Z"


def test_missing_never_displaces_a_submission(book):
    """A roster graded over half a folder must not wipe what the other half earned."""
    nothing = Submission("Ada", HW.slug, "", "")
    graded = book.record(run("Ada", HW), HW)
    for _ in range(2):
        book.record(replace(unreadable("Ada", HW), submission=nothing, state=State.MISSING), HW)

    assert [graded] == list(book.current(HW.slug))
    assert not book.has(nothing, "9f2c41d07ab3", NAMESPACES)


def test_what_came_without_readable_bytes_counts_and_is_looked_at_again(book):
    """A PDF handed in after a notebook is what the student handed in; what staff decided about it stays."""
    pdf = Submission("Ada", HW.slug, "scan.pdf", "")
    unread = replace(unreadable("Ada", HW), submission=pdf)
    book.record(run("Ada", HW, received_at=""), HW)
    book.record(unread, HW)
    book.override("Ada", HW.slug, "q1", 4, reason="read on paper", by="TA")
    again = book.record(unread, HW)

    assert [again] == list(book.current(HW.slug))
    assert 4 == only(book.current(HW.slug)).score.earned
    assert not book.has(pdf, "9f2c41d07ab3", NAMESPACES)


@pytest.mark.parametrize("received", ["", "2026-10-19T09:00:00Z"])
def test_what_could_not_be_read_for_a_while_counts_again_when_it_can(book, received):
    """A network drive that was away must cost nobody the work that was graded before."""
    graded = run("Ada", HW, received_at=received)
    unread = replace(unreadable("Ada", HW), submission=replace(graded.submission, sha256=""))
    book.record(graded, HW)
    book.record(unread, HW)

    assert not book.has(graded.submission, "9f2c41d07ab3", NAMESPACES)
    again = book.record(graded, HW)
    assert [again] == list(book.current(HW.slug))
    assert book.has(graded.submission, "9f2c41d07ab3", NAMESPACES)


def test_a_clock_that_is_set_back_does_not_bring_older_work_back(path):
    """Where nobody knows when a file was received, what was recorded last counts, whatever the clock says."""
    moments = iter(datetime(2026, 11, 1, hour, tzinfo=UTC) for hour in (12, 9, 9, 10, 3))
    with Gradebook.open(path, create=True, clock=lambda: next(moments)) as book:
        for content in ("first", "second", "third"):
            last = book.record(run("Ada", HW, content=content, received_at=""), HW)
            assert [last] == list(book.current(HW.slug))


# -- unchanged: skip -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "asked", "expected"),
    [
        (NAMESPACES, NAMESPACES, True),
        (NAMESPACES, LANDLOCK, True),
        (NAMESPACES, PROCESS, True),
        (LANDLOCK, NAMESPACES, False),
        (PROCESS, LANDLOCK, False),
        (PROCESS, PROCESS, True),
    ],
)
def test_a_run_serves_where_its_isolation_is_at_least_as_strong(book, recorded, asked, expected):
    """A grade from a weaker fence is made again once a stronger one is at hand."""
    book.record(run("Ada", HW, isolation=recorded), HW)

    assert expected is book.has(submission("Ada"), "9f2c41d07ab3", asked)


def test_an_unsafe_run_serves_only_an_unsafe_grading(book):
    """At level `process`, `unsafe` decides whether hidden cases were judged."""
    book.record(run("Ada", HW, isolation=PROCESS, unsafe=True), HW)

    assert book.has(submission("Ada"), "9f2c41d07ab3", PROCESS, unsafe=True)
    assert not book.has(submission("Ada"), "9f2c41d07ab3", PROCESS)


def test_another_student_other_bytes_or_another_autograder_is_new(book):
    """Each part of the key matters."""
    book.record(run("Ada", HW, content="x"), HW)

    assert book.has(submission("Ada", content="x"), "9f2c41d07ab3", NAMESPACES)
    assert not book.has(submission("Bob", content="x"), "9f2c41d07ab3", NAMESPACES)
    assert not book.has(submission("Ada", content="y"), "9f2c41d07ab3", NAMESPACES)
    assert not book.has(submission("Ada", content="x"), "another", NAMESPACES)
    assert not book.has(submission("Ada", "hw5_gru", content="x"), "9f2c41d07ab3", NAMESPACES)


def test_a_superseded_submission_is_not_graded_again_but_a_returning_one_is(book):
    """An old download is skipped; an old version that is handed in anew is what counts, so it is graded."""
    for hour in ("09", "10"):
        book.record(run("Ada", HW, content=hour, received_at=f"2026-10-19T{hour}:00:00Z"), HW)

    assert book.has(
        submission("Ada", content="09", received_at="2026-10-19T09:00:00Z"), "9f2c41d07ab3", PROCESS
    )
    assert not book.has(
        submission("Ada", content="09", received_at="2026-10-19T11:00:00Z"), "9f2c41d07ab3", PROCESS
    )


def test_waiting_and_broken_runs_are_graded_again(book):
    """They may have healed; a decision of staff settles them too."""
    book.record(replace(unreadable("Ada", HW), state=State.WAITING), HW)
    book.record(run("Bob", HW, {BROKEN: failed(find(HW, BROKEN), status=Status.BROKEN)}), HW)

    assert not book.has(submission("Ada"), "9f2c41d07ab3", NAMESPACES)
    assert not book.has(submission("Bob"), "9f2c41d07ab3", NAMESPACES)

    book.override("Bob", HW.slug, "q9", 1, case="shape", reason="the case was broken", by="TA")

    assert book.has(submission("Bob"), "9f2c41d07ab3", NAMESPACES)


# -- decisions of staff --------------------------------------------------------------------------------


def view(path, student):
    """(earned, withheld) as the view says; the second road to the same numbers."""
    with closing(sqlite3.connect(path)) as raw:
        query = "SELECT earned, withheld FROM current_scores WHERE student = ?"
        return raw.execute(query, (student,)).fetchone()


def counted(book, student="Ada"):
    score = next(r for r in book.current(HW.slug).values() if r.submission.student == student).score
    return (score.earned, score.withheld)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], (25, 2)),
        ([("q9", 1, "shape")], (26, 1)),
        ([("q9", 0, "")], (25, 0)),
        ([("q5", 8, "")], (30, 2)),
        ([("q5", 0, "")], (22, 2)),
        ([("q5", 5, ""), ("q5", 0, "shape")], (27, 2)),
        ([("q5", 5, ""), ("q5", None, "")], (25, 2)),
        ([("q5", 5, ""), ("q5", 7, "")], (29, 2)),
        ([("q1", 0, ""), ("q9", 2, ""), ("q3", 2, "values on fresh numbers")], (23, 0)),
    ],
)
def test_decisions_change_what_counts_and_never_the_run(book, path, decisions, expected):
    """The view in the file and the records in Python agree on every score."""
    graded = mixed("Ada", HW)
    id = book.record(graded, HW)
    for question, points, case in decisions:
        book.override("Ada", HW.slug, question, points, case=case, reason="looked at by hand", by="TA")

    assert expected == counted(book) == view(path, "Ada")
    assert graded == book.run(id)


def test_records_and_view_agree_on_a_whole_class(book, path):
    """Also with nothing decided, for every student."""
    of, runs = cohort()
    for graded in runs:
        book.record(graded, of)

    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("SELECT run_id, earned, withheld FROM current_scores").fetchall()

    scores = {id: r.score for id, r in book.current(of.slug).items()}
    assert sorted(rows) == [(id, score.earned, score.withheld) for id, score in sorted(scores.items())]


def test_the_student_reads_why(book):
    """The reason is a remark on the outcome, and a decided case is not broken any more."""
    book.record(mixed("Ada", HW), HW)
    book.override("Ada", HW.slug, "q9", 1, case="shape", reason="the case was wrong", by="TA Kim")

    [outcome] = [o for o in only(book.current(HW.slug)).outcomes if o.case.key == "q9: shape"]

    assert Status.PASSED is outcome.status
    assert outcome.remark == "Staff set “shape” to 1 of 1 points: the case was wrong"


def test_what_could_not_be_graded_can_be_graded_by_hand(book, path):
    """Staff read a notebook that the machine could not."""
    book.record(unreadable("Ada", HW), HW)
    book.override("Ada", HW.slug, "q1", 4, reason="read on paper", by="TA")

    assert (4, 0) == counted(book) == view(path, "Ada")


def test_a_decision_survives_regrading_and_ends_with_a_new_submission(book):
    """It is about the work that staff looked at."""
    book.record(mixed("Ada", HW), HW)
    book.override("Ada", HW.slug, "q5", 8, reason="looked at by hand", by="TA")
    book.record(replace(mixed("Ada", HW), autograder="next"), HW)

    assert counted(book) == (30, 2)

    book.record(replace(mixed("Ada", HW), submission=submission("Ada", content="new")), HW)

    assert counted(book) == (25, 2)


def test_a_decision_that_finds_no_case_any_more_is_named(book):
    """The case was renamed: the score is as judged, and staff are told."""
    book.record(mixed("Ada", HW), HW)
    book.override("Ada", HW.slug, "q9", 1, case="shape", reason="the case was wrong", by="TA")
    assert book.unplaced(HW.slug) == []

    other = replace(HW, questions=HW.questions[:8])
    book.record(run("Ada", other, autograder="next"), other)

    assert [override.question for override in book.unplaced(HW.slug)] == ["q9"]


def test_every_decision_is_kept(book):
    """Also those that were superseded or withdrawn, with who and when."""
    book.record(mixed("Ada", HW), HW)
    for points in (3, None):
        book.override("Ada", HW.slug, "q5", points, reason="a second look", by="TA Kim")

    assert [override.points for override in book.overrides(HW.slug)] == [3, None]
    assert {"TA Kim"} == {override.by for override in book.overrides(HW.slug)}
    assert all(override.at.startswith("2026-11-01T") for override in book.overrides(HW.slug))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"student": "Adda"}, "did you mean 'Ada'"),
        ({"assignment": "hw9"}, "no submission of 'hw9'"),
        ({"question": "q55"}, "no question 'q55'"),
        ({"case": "shap"}, "did you mean 'shape'"),
        ({"points": 9}, "from 0 to 8"),
        ({"points": -1}, "from 0 to 8"),
        ({"points": 1.5}, "whole number"),
        ({"points": 2, "case": "shape"}, "from 0 to 1"),
        ({"reason": " "}, "needs a reason"),
        ({"by": ""}, "the name of who decides"),
    ],
)
def test_a_decision_that_cannot_be_meant_is_refused(book, changes, sentence):
    """In one sentence that says what was expected."""
    book.record(mixed("Ada", HW), HW)
    meant = {
        "student": "Ada",
        "assignment": HW.slug,
        "question": "q5",
        "points": 3,
        "reason": "r",
        "by": "TA",
    }

    with pytest.raises(BadInput, match=sentence):
        book.override(**(meant | changes))

    assert book.overrides(HW.slug) == []


def test_a_decision_is_about_the_assignment_as_it_was_graded(book):
    """A question that the course has dropped since can still be decided."""
    book.record(mixed("Ada", HW), HW)
    shorter = replace(HW, questions=HW.questions[:3])
    book.record(run("Bob", shorter), shorter)

    book.override("Ada", HW.slug, "q9", 2, reason="the case was wrong", by="TA")

    assert counted(book) == (27, 0)
    with pytest.raises(BadInput, match="no question 'q9'"):
        book.override("Bob", HW.slug, "q9", 2, reason="the case was wrong", by="TA")


def test_unknown_runs_and_assignments_are_named(book):
    """With the nearest known name."""
    book.record(run("Ada", HW), HW)

    with pytest.raises(BadInput, match="no run 77"):
        book.run(77)
    with pytest.raises(BadInput, match="no run 77"):
        book.assignment_of(77)
    with pytest.raises(BadInput, match="did you mean 'hw4_lstm'"):
        book.assignment("hw4_lstmm")

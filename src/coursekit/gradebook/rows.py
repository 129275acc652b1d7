"""Records to rows and back; no SQL here but the names of columns."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

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
from coursekit.moments import moment


def text(value: str) -> str:
    """`value` as SQLite can keep it: names of files may hold bytes that are no UTF-8 (lone surrogates)."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def stamp(when: datetime) -> str:
    """A moment in UTC to the microsecond, so that stamps compare as texts."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def arrived(submission: Submission, now: datetime, *, missing: bool) -> str:
    """When a submission counts as handed in: when it was received, or `now` where nobody knows.

    What is missing comes before everything: it must never displace what was handed in.
    """
    if missing:
        return ""
    return stamp(moment(submission.received_at) or now)


def fingerprint(assignment: Assignment) -> str:
    """Hash of all that the gradebook keeps of an assignment."""
    body = [
        [assignment.slug, assignment.title, assignment.due],
        [[q.id, q.title, q.functions, q.minutes, q.rows] for q in assignment.questions],
        [[c.question, c.name, c.points, c.hidden] for c in assignment.cases],
    ]
    return hashlib.sha256(json.dumps(body).encode()).hexdigest()


def run_row(run: Run) -> tuple[object, ...]:
    """The run's own columns, from `autograder` to `remarks`."""
    notes = [[note.cell, note.error, note.line] for note in run.cell_notes]
    return (
        text(run.autograder),
        run.isolation.value,
        int(run.unsafe),
        run.state.value,
        text(run.reason),
        run.seed,
        run.started_at,
        run.seconds,
        json.dumps(notes),
        json.dumps(run.remarks),
    )


def outcome_row(outcome: Outcome) -> tuple[object, ...]:
    """The outcome's own columns, from `status` to `followed`."""
    return (
        outcome.status.value,
        outcome.points,
        text(outcome.rationale),
        text(outcome.hint),
        text(outcome.mistake),
        text(outcome.remark),
        outcome.seconds,
        int(outcome.followed),
    )


def to_assignment(
    row: sqlite3.Row, questions: Iterable[sqlite3.Row], cases: Iterable[sqlite3.Row]
) -> Assignment:
    """An assignment from its rows. Limits are not remembered: no report needs them."""
    by_question: dict[str, list[Case]] = {}
    for case in cases:
        by_question.setdefault(case["question"], []).append(_case(case, case["points"]))
    return Assignment(
        row["slug"],
        row["title"],
        tuple(
            Question(
                q["question"],
                q["title"],
                tuple(json.loads(q["functions"])),
                tuple(by_question.get(q["question"], ())),
                q["minutes"],
                tuple(json.loads(q["rows"])),
            )
            for q in questions
        ),
        due=row["due"],
    )


def to_outcome(row: sqlite3.Row) -> Outcome:
    """An outcome from its columns and its case's, whose points are called `worth`."""
    return Outcome(
        _case(row, row["worth"]),
        Status(row["status"]),
        row["points"],
        row["rationale"],
        row["hint"],
        row["mistake"],
        row["remark"],
        row["seconds"],
        bool(row["followed"]),
    )


def to_run(row: sqlite3.Row, outcomes: Iterable[Outcome]) -> Run:
    """A run from the columns of runs and submissions."""
    return Run(
        Submission(row["student"], row["assignment"], row["file"], row["sha256"], row["received_at"]),
        row["autograder"],
        Isolation(row["isolation"]),
        State(row["state"]),
        tuple(outcomes),
        row["reason"],
        row["seed"],
        row["started_at"],
        row["seconds"],
        tuple(CellNote(*note) for note in json.loads(row["cell_notes"])),
        tuple(json.loads(row["remarks"])),
        bool(row["unsafe"]),
    )


def _case(row: sqlite3.Row, points: int) -> Case:
    return Case(row["question"], row["name"], points, bool(row["hidden"]))

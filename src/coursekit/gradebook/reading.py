"""Rows of the gradebook as records: assignments, runs, overrides."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from coursekit.gradebook import rows
from coursekit.gradebook.connection import Database
from coursekit.gradebook.decisions import Override, decided
from coursekit.model import Assignment, Outcome, Run, Submission

RUNS = """SELECT r.id, r.submission_id, r.assignment_id, r.autograder, r.isolation, r.unsafe, r.state,
    r.reason, r.seed, r.started_at, r.seconds, r.cell_notes, r.remarks,
    s.student, s.assignment, s.file, s.sha256, s.received_at
    FROM runs r JOIN submissions s ON s.id = r.submission_id"""

OVERRIDES = "SELECT s.student, s.assignment, o.* FROM {} o JOIN submissions s ON s.id = o.submission_id"

KNOWN = """SELECT id FROM submissions
    WHERE student = :student AND assignment = :assignment AND sha256 = :sha256
    AND (arrived_at = '') = :missing AND (:missing OR sha256 <> '' OR file = :file)
    AND (:missing OR id = :current OR received_at = :received_at AND received_at <> '' AND NOT EXISTS (
        SELECT 1 FROM submissions unread
        WHERE unread.id = :current AND unread.sha256 = '' AND unread.received_at = :received_at))
    ORDER BY id DESC"""


class Reader:
    """Reads records from a gradebook; remembers assignments, whose rows never change."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._assignments: dict[int, Assignment] = {}

    def assignment(self, id: int) -> Assignment:
        """The assignment that a run was graded with."""
        if id not in self._assignments:
            row = self._db.all("SELECT * FROM assignments WHERE id = ?", id)[0]
            where = "WHERE assignment_id = ? ORDER BY position"
            questions = self._db.all(f"SELECT * FROM questions {where}", id)
            cases = self._db.all(f"SELECT * FROM cases {where}", id)
            self._assignments[id] = rows.to_assignment(row, questions, cases)
        return self._assignments[id]

    def run(self, row: sqlite3.Row) -> Run:
        """A run as it was recorded, from a row of RUNS."""
        return rows.to_run(row, self._outcomes(row["id"]))

    def counted(self, found: Iterable[sqlite3.Row]) -> dict[int, Run]:
        """Rows of RUNS as they count, by run id: with the overrides in force."""
        runs = {}
        for row in found:
            overrides = self._decisions(row["submission_id"])
            runs[row["id"]] = decided(self.run(row), self.assignment(row["assignment_id"]), overrides)
        return runs

    def overrides(self, assignment: str) -> list[Override]:
        """Every override ever made about the assignment, oldest first."""
        query = f"{OVERRIDES.format('overrides')} WHERE s.assignment = ? ORDER BY o.id"
        return [_override(row) for row in self._db.all(query, assignment)]

    def unplaced(self, assignment: str) -> list[Override]:
        """Overrides in force whose question or case the current run's assignment does not have."""
        query = f"""{OVERRIDES.format("decisions")}
            JOIN current_runs c ON c.submission_id = o.submission_id JOIN runs r ON r.id = c.run_id
            WHERE s.assignment = ? AND NOT EXISTS (SELECT 1 FROM cases k
                WHERE k.assignment_id = r.assignment_id AND k.question = o.question
                AND o.case_name IN ('', k.name)) ORDER BY o.id"""
        return [_override(row) for row in self._db.all(query, assignment)]

    def current(self, student: str, assignment: str) -> tuple[int | None, int | None]:
        """Ids of the submission that the student's score rests on, and of the assignment it met."""
        row = self._db.first(
            """SELECT c.submission_id, r.assignment_id FROM current_runs c JOIN runs r ON r.id = c.run_id
               WHERE c.student = ? AND c.assignment = ?""",
            rows.text(student),
            rows.text(assignment),
        )
        return (None, None) if row is None else (int(row[0]), int(row[1]))

    def submission(self, submission: Submission, *, missing: bool = False) -> int | None:
        """The id under which these very bytes are known, or None where they are a new submission.

        They are known if the student's score rests on them, whenever they were received this time, or if
        they were received at this very time. What could not be read has no hash: there the file's name
        stands for its bytes; when it can be read again it is a new submission of the same time. What is
        `missing` is known if it was missing before.
        """
        row = self._db.first(
            KNOWN,
            student=rows.text(submission.student),
            assignment=rows.text(submission.assignment),
            file=rows.text(submission.file),
            sha256=submission.sha256,
            received_at=rows.text(submission.received_at),
            current=self.current(submission.student, submission.assignment)[0],
            missing=missing,
        )
        return None if row is None else int(row["id"])

    def _outcomes(self, run_id: int) -> list[Outcome]:
        query = """SELECT o.*, k.question, k.name, k.points AS worth, k.hidden FROM outcomes o
            JOIN cases k ON k.id = o.case_id WHERE o.run_id = ? ORDER BY k.position"""
        return [rows.to_outcome(row) for row in self._db.all(query, run_id)]

    def _decisions(self, submission_id: int) -> list[Override]:
        query = f"{OVERRIDES.format('decisions')} WHERE o.submission_id = ? ORDER BY o.id"
        return [_override(row) for row in self._db.all(query, submission_id)]


def _override(row: sqlite3.Row) -> Override:
    return Override(
        row["student"],
        row["assignment"],
        row["question"],
        row["case_name"],
        row["points"],
        row["reason"],
        row["decided_by"],
        row["decided_at"],
    )

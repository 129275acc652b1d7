"""The gradebook's schema as numbered steps; `user_version` counts those that a file has seen.

A step that was published is never edited: a change of the schema is a new step at the end.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence

Migration = Callable[[sqlite3.Connection], None]

APPLICATION_ID = 0x434B_4742  # "CKGB", so that another program's database is not taken for a gradebook

APPEND_ONLY = ("assignments", "questions", "cases", "submissions", "runs", "outcomes", "overrides")


def m001_tables(connection: sqlite3.Connection) -> None:
    """What is remembered. Titles and points live here too: a report must not need the course."""
    for statement in TABLES:
        connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('secret', ?)", (secrets.token_bytes(32),))


def m002_append_only(connection: sqlite3.Connection) -> None:
    """Triggers that refuse to change the past.

    REPLACE deletes rows without firing delete triggers, so inserting over an existing row is refused too.
    """
    keys = {
        "questions": "assignment_id = NEW.assignment_id AND position = NEW.position",
        "outcomes": "run_id = NEW.run_id AND case_id = NEW.case_id",
    }
    for table in APPEND_ONLY:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        taken = f"EXISTS (SELECT 1 FROM {table} WHERE {keys.get(table, 'id = NEW.id')})"
        connection.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        connection.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
        connection.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}"
        )


def m003_current_scores(connection: sqlite3.Connection) -> None:
    """What counts now, as views over what happened."""
    for statement in VIEWS:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (m001_tables, m002_append_only, m003_current_scores)


def migrate(connection: sqlite3.Connection, steps: Sequence[Migration] = MIGRATIONS) -> int:
    """Bring a file up to date, each step in a transaction of its own; returns its version then.

    The version is read again inside the transaction: another process may have been faster.
    """
    while (version := schema_version(connection)) < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if schema_version(connection) == version:
                steps[version](connection)
                connection.execute(f"PRAGMA user_version = {version + 1}")
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return version


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of steps that the file has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


TABLES = (
    """CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value BLOB NOT NULL)""",
    # An assignment as it stood when something was graded with it: one row for each content.
    """CREATE TABLE assignments (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL UNIQUE,
        slug TEXT NOT NULL,
        title TEXT NOT NULL,
        due TEXT NOT NULL)""",
    """CREATE TABLE questions (
        assignment_id INTEGER NOT NULL REFERENCES assignments,
        position INTEGER NOT NULL,
        question TEXT NOT NULL,
        title TEXT NOT NULL,
        functions TEXT NOT NULL,  -- JSON list of names
        minutes INTEGER NOT NULL,
        rows TEXT NOT NULL,  -- JSON list of inventory rows
        PRIMARY KEY (assignment_id, position),
        UNIQUE (assignment_id, question)) WITHOUT ROWID""",
    """CREATE TABLE cases (
        id INTEGER PRIMARY KEY,
        assignment_id INTEGER NOT NULL,
        question TEXT NOT NULL,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        points INTEGER NOT NULL CHECK (typeof(points) = 'integer' AND points >= 0),
        hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
        UNIQUE (assignment_id, question, name),
        FOREIGN KEY (assignment_id, question) REFERENCES questions (assignment_id, question))""",
    # arrived_at orders a student's submissions: UTC, to the microsecond; '' comes before all.
    """CREATE TABLE submissions (
        id INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        received_at TEXT NOT NULL,
        arrived_at TEXT NOT NULL)""",
    "CREATE INDEX submissions_by_student ON submissions (assignment, student)",
    """CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,  -- an id is never used twice
        submission_id INTEGER NOT NULL REFERENCES submissions,
        assignment_id INTEGER NOT NULL REFERENCES assignments,
        autograder TEXT NOT NULL,
        isolation TEXT NOT NULL,
        unsafe INTEGER NOT NULL CHECK (unsafe IN (0, 1)),
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        seed TEXT NOT NULL,
        started_at TEXT NOT NULL,
        seconds REAL NOT NULL,
        cell_notes TEXT NOT NULL,  -- JSON list of [cell, error, line]
        remarks TEXT NOT NULL,  -- JSON list of sentences
        recorded_at TEXT NOT NULL)""",
    "CREATE INDEX runs_by_submission ON runs (submission_id)",
    """CREATE TABLE outcomes (
        run_id INTEGER NOT NULL REFERENCES runs,
        case_id INTEGER NOT NULL REFERENCES cases,
        status TEXT NOT NULL,
        points INTEGER NOT NULL CHECK (typeof(points) = 'integer' AND points >= 0),
        rationale TEXT NOT NULL,
        hint TEXT NOT NULL,
        mistake TEXT NOT NULL,
        remark TEXT NOT NULL,
        seconds REAL NOT NULL,
        followed INTEGER NOT NULL CHECK (followed IN (0, 1)),
        PRIMARY KEY (run_id, case_id)) WITHOUT ROWID""",
    """CREATE TABLE overrides (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        submission_id INTEGER NOT NULL REFERENCES submissions,
        question TEXT NOT NULL,
        case_name TEXT NOT NULL,  -- '' is the whole question
        points INTEGER CHECK (typeof(points) IN ('integer', 'null') AND points >= 0),  -- NULL withdraws
        reason TEXT NOT NULL CHECK (reason <> ''),
        decided_by TEXT NOT NULL CHECK (decided_by <> ''),
        decided_at TEXT NOT NULL)""",
    "CREATE INDEX overrides_by_submission ON overrides (submission_id)",
)

VIEWS = (
    # The latest run of each student's current submission; the current one is the one that arrived last.
    """CREATE VIEW current_runs AS
        SELECT student, assignment, submission_id, run_id FROM (
            SELECT s.student, s.assignment, s.id AS submission_id, r.id AS run_id,
                ROW_NUMBER() OVER (PARTITION BY s.assignment, s.student
                    ORDER BY s.arrived_at DESC, s.id DESC, r.id DESC) AS place
            FROM submissions s JOIN runs r ON r.submission_id = s.id)
        WHERE place = 1""",
    # The overrides in force: the last word on each question and case, unless it withdrew.
    """CREATE VIEW decisions AS
        SELECT * FROM overrides
        WHERE points IS NOT NULL
            AND id IN (SELECT MAX(id) FROM overrides GROUP BY submission_id, question, case_name)""",
    # A decision about a question stands above decisions about its cases.
    """CREATE VIEW current_questions AS
        SELECT c.student, c.assignment, c.run_id, k.question,
            COALESCE(MIN(q.points, SUM(k.points)),
                SUM(COALESCE(MIN(d.points, k.points), o.points, 0))) AS earned,
            SUM(k.points) AS possible,
            SUM(CASE WHEN o.status = 'broken' AND q.points IS NULL AND d.points IS NULL
                THEN k.points ELSE 0 END) AS withheld
        FROM current_runs c
        JOIN runs r ON r.id = c.run_id
        JOIN cases k ON k.assignment_id = r.assignment_id
        LEFT JOIN outcomes o ON o.run_id = r.id AND o.case_id = k.id
        LEFT JOIN decisions d ON d.submission_id = c.submission_id
            AND d.question = k.question AND d.case_name = k.name
        LEFT JOIN decisions q ON q.submission_id = c.submission_id
            AND q.question = k.question AND q.case_name = ''
        GROUP BY c.run_id, k.question""",
    """CREATE VIEW current_scores AS
        SELECT p.student, p.assignment, p.run_id, r.state,
            SUM(p.earned) AS earned, SUM(p.possible) AS possible, SUM(p.withheld) AS withheld
        FROM current_questions p JOIN runs r ON r.id = p.run_id
        GROUP BY p.run_id""",
)

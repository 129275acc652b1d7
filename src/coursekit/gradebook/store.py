"""The gradebook as the rest of coursekit sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from coursekit.errors import BadInput, OurFault, nearest
from coursekit.gradebook import rows
from coursekit.gradebook.connection import WAIT_SECONDS, Database, connect
from coursekit.gradebook.decisions import Override
from coursekit.gradebook.reading import RUNS, Reader
from coursekit.model import Assignment, Isolation, Run, State, Submission

STRENGTH = {Isolation.PROCESS: 0, Isolation.LANDLOCK: 1, Isolation.NAMESPACES: 2}


class Gradebook:
    """One gradebook file; a context manager. One process writes, others may read meanwhile."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._db = database
        self._clock = clock
        self._reader = Reader(database)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = False,
        read_only: bool = False,
        wait_seconds: float = WAIT_SECONDS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> Gradebook:
        """Open a gradebook, or make one (mode 0600, complete from its first moment) where `create` allows it.

        Raises BadInput: no such file, a folder, no gradebook, damaged, of a newer coursekit, not readable or
        writable, or another process writes for longer than `wait_seconds`. Raises OurFault: disk full.
        """
        database = connect(Path(path), create=create, read_only=read_only, wait_seconds=wait_seconds)
        return cls(database, clock)

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def secret(self) -> bytes:
        """32 random bytes made with the file, the key of all hidden inputs. Never export or print them."""
        return bytes(self._db.all("SELECT value FROM meta WHERE key = 'secret'")[0][0])

    def record(self, run: Run, assignment: Assignment) -> int:
        """Append a run with its outcomes, in one transaction; returns its id.

        `assignment` is kept as it stands, so that reports need no course. Raises OurFault where the run does
        not fit it or the disk is full, BadInput where another process holds the file for too long.
        """
        _check_fits(run, assignment)
        with self._db.transaction():
            now = self._now()
            assignment_id, case_ids = self._keep(assignment)
            run_id = self._db.insert(
                "runs (submission_id, assignment_id, autograder, isolation, unsafe, state, reason, seed, "
                "started_at, seconds, cell_notes, remarks, recorded_at)",
                self._submit(run, now),
                assignment_id,
                *rows.run_row(run),
                rows.stamp(now),
            )
            for outcome in run.outcomes:
                self._db.insert("outcomes", run_id, case_ids[outcome.case.key], *rows.outcome_row(outcome))
        return run_id

    def has(
        self, submission: Submission, autograder: str, isolation: Isolation, *, unsafe: bool = False
    ) -> bool:
        """True where grading the submission again could tell nothing new.

        That is: the student's score rests on these very bytes (or they were superseded by later ones), and
        their latest run has this autograder version, an isolation at least as strong, no broken case that
        staff have not decided, and is not waiting. At level `process` the run's `unsafe` must match as well:
        it decides whether hidden cases were judged. What has no hash (missing, or not even readable) may have
        changed, so it is never taken as known.
        """
        known = self._reader.submission(submission) if submission.sha256 else None
        if known is None:
            return False
        row = self._db.all(f"{RUNS} WHERE s.id = ? ORDER BY r.id DESC LIMIT 1", known)[0]
        run = self._reader.counted([row])[row["id"]]
        enough = STRENGTH[run.isolation] >= STRENGTH[isolation]
        if run.isolation is Isolation.PROCESS:
            enough = enough and run.unsafe == unsafe
        settled = run.state is not State.WAITING and not run.score.withheld
        return enough and settled and run.autograder == rows.text(autograder)

    def current(self, assignment: str) -> dict[int, Run]:
        """What counts now: run id → the latest run of each student's current submission, overrides applied.

        In the order of students. A submission is current if it was received last; where nobody knows when,
        it counts as received when it was recorded. The same bytes handed in again change nothing.
        """
        query = f"{RUNS} JOIN current_runs c ON c.run_id = r.id WHERE c.assignment = ? ORDER BY s.student"
        return self._reader.counted(self._db.all(query, rows.text(assignment)))

    def run(self, id: int) -> Run:
        """One run as it was recorded, without overrides. Raises BadInput."""
        row = self._db.first(f"{RUNS} WHERE r.id = ?", id)
        if row is None:
            raise BadInput(f"Gradebook {self._db.path} has no run {id}; the reports show the ids of runs.")
        return self._reader.run(row)

    def history(self, student: str, assignment: str) -> dict[int, Run]:
        """All runs of one student by run id, as recorded, without overrides, oldest first."""
        query = f"{RUNS} WHERE s.student = ? AND s.assignment = ? ORDER BY r.id"
        found = self._db.all(query, rows.text(student), rows.text(assignment))
        return {row["id"]: self._reader.run(row) for row in found}

    def students(self) -> list[str]:
        """Every student with a submission, sorted."""
        return [row[0] for row in self._db.all("SELECT DISTINCT student FROM submissions ORDER BY student")]

    def assignments(self) -> list[str]:
        """The slug of every assignment with a run, sorted."""
        return [row[0] for row in self._db.all("SELECT DISTINCT slug FROM assignments ORDER BY slug")]

    def assignment(self, slug: str) -> Assignment:
        """The assignment as the latest run met it; limits are not remembered. Raises BadInput."""
        row = self._db.first(
            """SELECT a.id FROM runs r JOIN assignments a ON a.id = r.assignment_id
               WHERE a.slug = ? ORDER BY r.id DESC LIMIT 1""",
            rows.text(slug),
        )
        if row is None:
            known = nearest(slug, self.assignments())
            raise BadInput(f"Gradebook {self._db.path} has no runs of assignment {slug!r}{known}.")
        return self._reader.assignment(row["id"])

    def assignment_of(self, id: int) -> Assignment:
        """The assignment as that run met it. Raises BadInput."""
        row = self._db.first("SELECT assignment_id FROM runs WHERE id = ?", id)
        if row is None:
            raise BadInput(f"Gradebook {self._db.path} has no run {id}; the reports show the ids of runs.")
        return self._reader.assignment(row[0])

    def override(
        self,
        student: str,
        assignment: str,
        question: str,
        points: int | None,
        *,
        reason: str,
        by: str,
        case: str = "",
    ) -> None:
        """Append a decision of staff about the student's current submission; None withdraws an earlier one.

        It holds for that submission, however often it is graded again; a later submission starts anew.
        Raises BadInput: unknown student, question or case, points beyond what it is worth, no reason or name.
        """
        about, of = self._reader.current(student, assignment)
        if about is None or of is None:
            raise BadInput(
                f"Gradebook {self._db.path} has no submission of {assignment!r} by {student!r}"
                f"{nearest(student, self.students())}."
            )
        _check_override(self._reader.assignment(of), question, case, points, reason, by)
        with self._db.transaction():
            self._db.insert(
                "overrides (submission_id, question, case_name, points, reason, decided_by, decided_at)",
                about,
                question,
                case,
                points,
                rows.text(reason),
                rows.text(by),
                rows.stamp(self._clock()),
            )

    def overrides(self, assignment: str) -> list[Override]:
        """Every decision ever made about the assignment, oldest first, also superseded and withdrawn ones."""
        return self._reader.overrides(rows.text(assignment))

    def unplaced(self, assignment: str) -> list[Override]:
        """Decisions in force whose question or case is gone: they change no score until staff look."""
        return self._reader.unplaced(rows.text(assignment))

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with the file; empty when sound."""
        found = [str(row[0]) for row in self._db.all("PRAGMA integrity_check") if row[0] != "ok"]
        orphans = self._db.all("PRAGMA foreign_key_check")
        return found + [f"table {row[0]}: row {row[1]} has lost its parent" for row in orphans]

    def _now(self) -> datetime:
        """Never before the run recorded last: a clock that is set back must not let older work count."""
        last = self._db.first("SELECT recorded_at FROM runs ORDER BY id DESC LIMIT 1")
        now = self._clock()
        return max(now, datetime.fromisoformat(last[0])) if last else now

    def _keep(self, assignment: Assignment) -> tuple[int, dict[str, int]]:
        """Store the assignment unless it is known as it stands; its id, and its cases' ids by key."""
        mark = rows.fingerprint(assignment)
        row = self._db.first("SELECT id FROM assignments WHERE fingerprint = ?", mark)
        id = row["id"] if row else self._add(assignment, mark)
        cases = self._db.all("SELECT id FROM cases WHERE assignment_id = ? ORDER BY position", id)
        return id, {case.key: found["id"] for case, found in zip(assignment.cases, cases, strict=True)}

    def _add(self, assignment: Assignment, mark: str) -> int:
        columns = "(fingerprint, slug, title, due)"
        id = self._db.insert(
            f"assignments {columns}",
            mark,
            rows.text(assignment.slug),
            rows.text(assignment.title),
            assignment.due,
        )
        for position, q in enumerate(assignment.questions):
            about = (q.id, rows.text(q.title), json.dumps(q.functions), q.minutes, json.dumps(q.rows))
            self._db.insert("questions", id, position, *about)
        for position, case in enumerate(assignment.cases):
            self._db.insert(
                "cases (assignment_id, question, position, name, points, hidden)",
                id,
                case.question,
                position,
                rows.text(case.name),
                case.points,
                int(case.hidden),
            )
        return id

    def _submit(self, run: Run, now: datetime) -> int:
        submission, missing = run.submission, run.state is State.MISSING
        known = self._reader.submission(submission, missing=missing)
        if known is not None:
            return known
        return self._db.insert(
            "submissions (student, assignment, file, sha256, received_at, arrived_at)",
            rows.text(submission.student),
            rows.text(submission.assignment),
            rows.text(submission.file),
            submission.sha256,
            rows.text(submission.received_at),
            rows.arrived(submission, now, missing=missing),
        )


def _check_fits(run: Run, assignment: Assignment) -> None:
    """A run speaks of its assignment's cases, of each once at most, and within their points."""
    who = f"The run of {run.submission.student!r}"
    if run.submission.assignment != assignment.slug:
        raise OurFault(f"{who} is of {run.submission.assignment!r}, recorded as {assignment.slug!r}.")
    keys = [outcome.case.key for outcome in run.outcomes]
    if len(set(keys)) < len(keys):
        raise OurFault(f"{who} has {len(keys)} outcomes for {len(set(keys))} cases; expected one a case.")
    known = set(assignment.cases)
    for outcome in run.outcomes:
        if outcome.case not in known:
            raise OurFault(f"{who} has an outcome of {outcome.case.key!r}, no case of {assignment.slug}.")
        if not 0 <= outcome.points <= outcome.case.points:
            raise OurFault(
                f"{who} has {outcome.points} points for {outcome.case.key!r}, worth {outcome.case.points}."
            )


def _check_override(
    assignment: Assignment, question: str, case: str, points: int | None, reason: str, by: str
) -> None:
    """Raises BadInput where the decision cannot be meant."""
    ids = [q.id for q in assignment.questions]
    if question not in ids:
        raise BadInput(f"{assignment.slug} has no question {question!r}{nearest(question, ids)}.")
    cases = {c.name: c.points for c in assignment.question(question).cases}
    if case and case not in cases:
        raise BadInput(f"{question} of {assignment.slug} has no case {case!r}{nearest(case, cases)}.")
    worth = cases[case] if case else assignment.question(question).possible
    if points is not None and (type(points) is not int or not 0 <= points <= worth):
        raise BadInput(f"Points must be a whole number from 0 to {worth}, what {case or question} is worth.")
    if not reason.strip() or not by.strip():
        raise BadInput(
            "An override needs a reason and the name of who decides, since students read the reason."
        )

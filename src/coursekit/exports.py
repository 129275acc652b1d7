"""What leaves the gradebook as a file: the CSV of current scores, and how a private file is written."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from coursekit.errors import BadInput
from coursekit.model import Assignment, Run, score_of
from coursekit.moments import late

# How a cell begins that a spreadsheet runs; it takes both widths.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

BEFORE = ("student", "assignment", "state", "score", "possible", "withheld")
AFTER = ("late", "run", "isolation", "unsafe")


def grades_csv(classes: Sequence[tuple[Assignment, Mapping[int, Run]]]) -> str:
    """A row per student and assignment, a column per question, in the order given.

    `classes` pairs an assignment with its current runs by id. What has no score has empty cells, never 0;
    `late` is empty where due date or time of receipt is unknown.
    """
    ids = {question.id for assignment, _ in classes for question in assignment.questions}
    questions = sorted(ids, key=lambda id: (len(id), id))  # q2 before q10
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([*BEFORE, *questions, *AFTER])
    for assignment, runs in classes:
        for id, run in runs.items():
            writer.writerow([_cell(value) for value in _row(assignment, id, run, questions)])
    return file.getvalue()


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner can enter, unless it is there. Raises BadInput."""
    try:
        _make_private(folder)
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {error.strerror}; choose another place.") from error
    return folder


def write_private(path: Path, text: str) -> Path:
    """Write a file that only its owner can read, whole or not at all; folders that are made are private too.

    A file that holds this very text already is left alone. Raises BadInput where it cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        _make_private(path.parent)
        if not (path.is_file() and path.read_bytes() == data):
            _replace(path, data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}; choose another place.") from error
    return path


def _row(assignment: Assignment, id: int, run: Run, questions: Sequence[str]) -> list[object]:
    points: dict[str, int] = {}
    for outcome in run.outcomes:
        points[outcome.case.question] = points.get(outcome.case.question, 0) + outcome.points
    score = score_of(run.outcomes) if run.outcomes else None
    return [
        run.submission.student,
        run.submission.assignment,
        run.state.value,
        score.earned if score else "",
        score.possible if score else assignment.possible,
        score.withheld if score else "",
        *(points.get(question, "") for question in questions),
        {True: "yes", False: "no", None: ""}[late(run.submission.received_at, assignment.due)],
        id,
        run.isolation.value,
        "yes" if run.unsafe else "no",
    ]


def _cell(value: object) -> object:
    """Text that a spreadsheet would run is marked as text; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _make_private(folder: Path) -> None:
    for missing in reversed([f for f in (folder, *folder.parents) if not f.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

"""From the entries of a folder to students and their candidate notebooks, for each layout that we know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from coursekit.errors import BadInput
from coursekit.intake.caps import COHORT_ENTRIES, FOLDER_ENTRIES, TIMESTAMP_BYTES
from coursekit.intake.files import folder, names_in, read_file, what_is, wrong_kind
from coursekit.intake.found import Place
from coursekit.intake.names import (
    RELEASED,
    is_notebook,
    is_passed_over,
    is_staffs,
    kind_by_name,
    shown,
    stem,
    student_id,
)

_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(UTC|[+-]\d\d:?\d\d)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something with a notebook's name: where it lies, what it is (`file`, …), when it came."""

    place: Place
    kind: str
    received: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Student:
    """What was found of one student. Without candidates the first trouble says why."""

    id: str
    label: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    missing: bool = False


def students_in(path: Path, assignment: str) -> list[Student]:
    """Every student with an entry in the folder: `ada.ipynb`, `ada/…`, `ada/<assignment>/…`."""
    root, label = str(path), shown(str(path))
    students: dict[str, Student] = {}
    with folder(root, (), label) as descriptor:
        for name in names_in(descriptor, COHORT_ENTRIES, label):
            if not is_passed_over(name) and name not in RELEASED:
                try:
                    kind = what_is(name, descriptor, shown(name))
                except BadInput as error:  # it was listed a moment ago
                    _of(students, name, "file").troubles.append(str(error))
                    continue
                if kind != "file" or not is_staffs(name):
                    _entry(_of(students, name, kind), root, name, kind, assignment)
    return list(students.values())


def one_student(path: Path, assignment: str) -> Student:
    """The student whose own folder `path` is."""
    own = path.resolve()
    student = Student(student_id(own.name), shown(own.name))
    _look_into(student, str(own.parent), own.name, assignment)
    return student


def _of(students: dict[str, Student], name: str, kind: str) -> Student:
    """One record for `ada.ipynb` and `ada/`: they are one student's."""
    whole = kind == "folder" and not is_notebook(name)  # a folder's name has no ending to take off
    student = student_id(name if whole else stem(name))
    return students.setdefault(student, Student(student, shown(name)))


def _entry(student: Student, root: str, name: str, kind: str, assignment: str) -> None:
    label = shown(name)
    if is_notebook(name):
        student.candidates.append(Candidate(Place(root, (name,)), kind))
    elif kind == "folder":
        _look_into(student, root, name, assignment)
    elif kind == "file":
        student.troubles.append(
            f"{label} is {kind_by_name(name)}; expected a notebook (.ipynb): ask for the notebook itself"
        )
    else:
        student.troubles.append(wrong_kind(label, kind))


def _look_into(student: Student, root: str, name: str, assignment: str) -> None:
    """Candidates in `ada/` and, as nbgrader lays them, in `ada/<assignment>/`."""
    before = len(student.candidates)
    try:
        names = _candidates(student, root, (name,))
        if assignment in names and _is_folder(root, name, assignment):
            _candidates(student, root, (name, assignment), nbgrader=True)
    except BadInput as error:
        student.troubles.append(str(error))
        return
    if len(student.candidates) == before:
        student.missing = not student.troubles
        student.troubles.append(_nothing(shown(name), names, assignment))


def _is_folder(root: str, name: str, assignment: str) -> bool:
    label = shown(f"{name}/{assignment}")
    with folder(root, (name,), label) as descriptor:
        kind = what_is(assignment, descriptor, label)
    if kind not in ("folder", "file"):
        raise BadInput(wrong_kind(label, kind))
    return kind == "folder"


def _nothing(label: str, names: list[str], assignment: str) -> str:
    held = ", ".join(shown(name) for name in names[:5]) + (" …" if len(names) > 5 else "")
    return (
        f"{label} holds no notebook (it holds {held or 'nothing'}); "
        f"expected {assignment}.ipynb in it, or in {assignment}/ below it"
    )


def _candidates(student: Student, root: str, parts: tuple[str, ...], nbgrader: bool = False) -> list[str]:
    """Adds the notebooks in one folder to the student; returns the names there that count."""
    label = shown("/".join(parts))
    with folder(root, parts, label) as descriptor:
        names = [name for name in names_in(descriptor, FOLDER_ENTRIES, label) if not is_passed_over(name)]
        stamped = nbgrader and "timestamp.txt" in names
        received, remarks = _received(descriptor, f"{label}/timestamp.txt") if stamped else ("", ())
        for name in names:
            if is_notebook(name):
                place = Place(root, (*parts, name), nbgrader)
                kind = what_is(name, descriptor, place.label)
                student.candidates.append(Candidate(place, kind, received, remarks))
    return names


def _received(descriptor: int, label: str) -> tuple[str, tuple[str, ...]]:
    """ISO 8601 in UTC from nbgrader's `2026-10-01 12:00:00 UTC`; anything else is remarked, never guessed.

    It is as true as whoever wrote that folder. A `timestamp.txt` that lies elsewhere is the student's own
    and is not read: a file's own time neither, since copying changes it.
    """
    try:
        text = (
            read_file("timestamp.txt", descriptor, TIMESTAMP_BYTES, label).decode("utf-8", "replace").strip()
        )
        match = _TIMESTAMP.fullmatch(text)
        if match is None:
            raise BadInput(f"{label} says {shown(text)!r}; expected a time such as 2026-10-01 12:00:00 UTC")
        day, time, zone = match.groups()
        moment = datetime.fromisoformat(f"{day}T{time}{'+00:00' if zone == 'UTC' else zone}")
        return moment.astimezone(UTC).isoformat(), ()
    except (BadInput, ValueError, OverflowError) as error:
        return "", (f"received at an unknown time: {error}",)

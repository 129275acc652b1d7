"""Finds the submissions in what a TA has: a notebook, a folder of them, a folder a student, nbgrader's tree.

A layout is a way to turn an entry of the folder into a student and candidate notebooks (`students.py`); what
follows, choosing, reading and hashing, is the same for all.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coursekit.errors import BadInput
from coursekit.intake.files import wrong_kind
from coursekit.intake.found import Found, Place
from coursekit.intake.names import is_notebook, kind_by_name, shown, stem, student_id
from coursekit.intake.students import Candidate, Student, one_student, students_in
from coursekit.model import Submission

# A sentence names no more than this many students or files.
_NAMED = 5


def collect(path: Path, assignment: str) -> list[Found]:
    """The submissions of `assignment` in the file or folder `path`, sorted by student.

    What cannot be graded is in the list too, with its reason. Raises BadInput where `path` is missing, is
    neither a notebook nor a folder, or holds nothing at all.
    """
    try:
        is_folder, exists = path.is_dir(), path.exists() or path.is_symlink()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise BadInput(
            f"{shown(str(path))} cannot be looked at ({error}); give a notebook or a folder"
        ) from error
    if not exists:
        raise BadInput(
            f"{shown(str(path))} does not exist; give a notebook or the folder that holds the submissions"
        )
    found = _in_folder(path, assignment) if is_folder else [_file(path, assignment)]
    return _with_likenesses(found)


def _file(path: Path, assignment: str) -> Found:
    if not is_notebook(path.name):
        raise BadInput(
            f"{shown(str(path))} is {kind_by_name(path.name)}; expected a notebook (.ipynb) or a folder"
        )
    student = Student(_student_of_file(path, assignment))
    student.candidates.append(Candidate(Place(str(path.parent), (path.name,)), "file"))
    return _found(student, assignment)


def _student_of_file(path: Path, assignment: str) -> str:
    """`ada` of `ada.ipynb`; of `ada/hw2_bptt.ipynb` and `ada/hw2_bptt/hw2_bptt.ipynb` too."""
    own = path.parent.resolve()
    for name in (stem(path.name), own.name, own.parent.name):
        if name and name != assignment:
            return student_id(name)
    return student_id(assignment)


def _in_folder(path: Path, assignment: str) -> list[Found]:
    students = students_in(path, assignment)
    notebooks = [candidate for student in students for candidate in student.candidates]
    if [candidate.place.parts for candidate in notebooks] == [(f"{assignment}.ipynb",)]:
        # The folder of one student, not of a class: its only notebook has the assignment's name.
        students = [one_student(path, assignment)]
    if not students:
        raise BadInput(
            f"{shown(str(path))} holds no submissions; "
            f"expected notebooks (ada.ipynb) or a folder for each student (ada/{assignment}.ipynb)"
        )
    return [_found(student, assignment) for student in sorted(students, key=lambda student: student.id)]


def _found(student: Student, assignment: str) -> Found:
    """Chooses among a student's notebooks and reads the chosen one once, for its hash."""
    if not student.candidates:
        submission = Submission(student.id, assignment, student.label, "")
        return Found(submission, problem=student.troubles[0], missing=student.missing)
    taken, problem = _choose(student.candidates, assignment)
    if not problem and taken.kind != "file":
        problem = wrong_kind(taken.place.label, taken.kind)
    remarks = taken.remarks
    left = [other.place.label for other in student.candidates if other is not taken]
    if left and not problem:
        remarks += (f"taken was {taken.place.label}; not graded: {_names(left)}",)
    submission = Submission(student.id, assignment, taken.place.file, "", taken.received)
    found = Found(submission, problem, remarks=remarks, staff_remarks=tuple(student.troubles))
    return found if problem else _with_hash(found, taken.place)


def _with_hash(found: Found, place: Place) -> Found:
    try:
        handed_in = place.read()
    except BadInput as error:
        return replace(found, problem=str(error))
    submission = replace(found.submission, sha256=handed_in.sha256)
    return replace(found, submission=submission, remarks=found.remarks + handed_in.remarks, place=place)


def _choose(candidates: list[Candidate], assignment: str) -> tuple[Candidate, str]:
    """The one with exactly the assignment's name, else the newest by its recorded time, else a problem."""
    named = [candidate for candidate in candidates if candidate.place.parts[-1] == f"{assignment}.ipynb"]
    pool = named or candidates
    newest = max(pool, key=lambda candidate: candidate.received)
    ties = [candidate for candidate in pool if candidate.received == newest.received]
    comparable = all(candidate.received for candidate in pool)
    if len(pool) == 1 or (comparable and len(ties) == 1):
        return newest, ""
    names = _names([candidate.place.label for candidate in pool])
    return newest, (
        f"{names}: {len(pool)} notebooks of one student, and nothing says which to grade; "
        f"expected one, named {assignment}.ipynb: keep that one"
    )


def _with_likenesses(found: list[Found]) -> list[Found]:
    """Says to staff which submissions have the same content, and which ids differ only in capital letters."""
    same: dict[str, list[str]] = {}
    alike: dict[str, list[str]] = {}
    for one in found:
        student = one.submission.student
        alike.setdefault(student.casefold(), []).append(student)
        if one.submission.sha256:
            same.setdefault(one.submission.sha256, []).append(student)
    return [_with_likeness(one, same.get(one.submission.sha256, []), alike) for one in found]


def _with_likeness(one: Found, same: list[str], alike: dict[str, list[str]]) -> Found:
    student = one.submission.student
    notes = list(one.staff_remarks)
    if twins := [other for other in same if other != student]:
        notes.append(f"the same content as {_names(twins)}; each is graded")
    if namesakes := [other for other in alike[student.casefold()] if other != student]:
        notes.append(f"the id differs from {_names(namesakes)} only in capital letters; is it one student?")
    return replace(one, staff_remarks=tuple(notes))


def _names(names: list[str]) -> str:
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed

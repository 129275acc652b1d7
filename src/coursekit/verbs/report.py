"""`coursekit report`: writes what a gradebook tells, a page per student and one for each class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coursekit.exports import grades_csv, write_private
from coursekit.gradebook import Gradebook, Override
from coursekit.model import Named
from coursekit.moments import late
from coursekit.pages import class_link, class_page, index_page, page_name, student_page

ALL = "all"

PAGE = re.compile(r"[a-z0-9-]+-[0-9a-f]{10}\.html")  # what page_name gives


@dataclass(frozen=True, slots=True)
class Report:
    """What was written: the page to open first, and every file."""

    class_page: Path
    files: tuple[Path, ...]


# Assignment → id → what is known of a mistake or wrong answer; ids are unique within an assignment only.
Known = Mapping[str, Mapping[str, Named]]


def report(gradebook: Path, out: Path, known: Known, assignment: str = ALL) -> Report:
    """Writes class.html, students/*.html and grades.csv into `out`; of all assignments, a folder each.

    `known` explains the mistakes that runs name; everything else comes from the gradebook. Files that
    would not change are left alone, pages of students who left the class are removed. Raises BadInput.
    """
    with Gradebook.open(gradebook, read_only=True) as book:
        if assignment != ALL:
            return _write(book, assignment, out, known)
        slugs = book.assignments()
        written = [_write(book, slug, out / slug, known) for slug in slugs]
        if len(written) == 1:
            return written[0]
        links = [class_link(book.current(s), book.assignment(s), f"{s}/class.html") for s in slugs]
    index = write_private(out / "index.html", index_page(links))
    return Report(index, (index, *(file for one in written for file in one.files)))


def _write(book: Gradebook, slug: str, out: Path, known: Known) -> Report:
    mistakes = known.get(slug, {})
    assignment, runs = book.assignment(slug), book.current(slug)
    delay = {id: late(run.submission.received_at, assignment.due) for id, run in runs.items()}
    notices = [_notice(override) for override in book.unplaced(slug)]
    page = class_page(runs, assignment, mistakes, late=[id for id in runs if delay[id]], notices=notices)
    files = [
        write_private(out / "class.html", page),
        write_private(out / "grades.csv", grades_csv([(assignment, runs)])),
    ]
    for id, run in runs.items():
        content = student_page(run, book.assignment_of(id), mistakes, run_id=id, late=delay[id])
        files.append(write_private(out / "students" / page_name(run.submission.student), content))
    _remove_others(out / "students", {file.name for file in files})
    return Report(files[0], tuple(files))


def _remove_others(folder: Path, names: set[str]) -> None:
    """Remove pages that an earlier report wrote for students who left; nothing else is touched."""
    for file in folder.glob("*.html"):
        if PAGE.fullmatch(file.name) and file.name not in names:
            file.unlink()


def _notice(override: Override) -> str:
    place = f"{override.question}: {override.case}" if override.case else override.question
    return (
        f"The decision of {override.by} about `{place}` of {override.student} finds no such case any more: "
        f"{override.points} points are not counted; decide again."
    )

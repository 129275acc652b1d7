"""Notebooks made from the master for audit: solution, stub, accepted variants, mistakes, wrong answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coursekit.build.notebooks import (
    solved_notebook,
    student_notebook,
    with_answer,
    with_function,
    with_mistake,
)
from coursekit.course.cases import case_parameters
from coursekit.model import Materials, Submission
from coursekit.notebook.edit import without_prose


@dataclass(frozen=True, slots=True)
class Variant:
    """A notebook whose grade is known beforehand. `kind` is reference, stub, accepted, mistake or answer."""

    kind: str
    id: str
    function: str  # what was changed; of a wrong answer, its variable
    question: str  # that this concerns; empty for the solution and the stub
    raw: bytes

    def submission(self, assignment: str, student: str) -> Submission:
        """This notebook as if `student` had handed it in."""
        return Submission(student, assignment, f"{self.id}.ipynb", hashlib.sha256(self.raw).hexdigest())


def variants(root: Path, materials: Materials) -> Iterator[Variant]:
    """All notebooks of one assignment, the solution first. Raises BadInput."""
    slug = materials.assignment.slug
    solved = solved_notebook(root, slug)
    home = _homes(materials)
    yield Variant("reference", slug, "", "", solved)
    yield Variant("stub", slug, "", "", student_notebook(root, slug))
    solved = without_prose(solved)  # half of each of hundreds of notebooks, and nobody reads it
    for accepted in materials.accepted:
        raw = with_function(solved, accepted.function, accepted.code)
        yield Variant("accepted", accepted.id, accepted.function, home[accepted.function], raw)
    for mistake in materials.mistakes:
        raw = with_mistake(solved, mistake)
        yield Variant("mistake", mistake.id, mistake.function, home[mistake.function], raw)
    for answer in materials.answers:
        raw = with_answer(solved, answer.variable, answer.wrong)
        yield Variant("answer", answer.id, answer.variable, home[answer.variable], raw)


def count_variants(materials: Materials) -> int:
    """How many `variants` there are, without making them."""
    return 2 + len(materials.accepted) + len(materials.mistakes) + len(materials.answers)


def _homes(materials: Materials) -> dict[str, str]:
    """Name → the question it is graded in: the one that lists the function, or reads the variable."""
    home = {name: file.question for file in materials.case_files for name, _ in case_parameters(file.text)}
    return home | {
        name: question.id for question in materials.assignment.questions for name in question.functions
    }

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
from coursekit.model import Materials, Submission


@dataclass(frozen=True, slots=True)
class Variant:
    """A notebook whose grade is known beforehand. `kind` is reference, stub, accepted, mistake or answer."""

    kind: str
    id: str
    function: str  # what was changed; of a wrong answer, its variable
    raw: bytes

    def submission(self, assignment: str, student: str) -> Submission:
        """This notebook as if `student` had handed it in."""
        return Submission(student, assignment, f"{self.id}.ipynb", hashlib.sha256(self.raw).hexdigest())


def variants(root: Path, materials: Materials) -> Iterator[Variant]:
    """All notebooks of one assignment, the solution first."""
    slug = materials.assignment.slug
    solved = solved_notebook(root, slug)
    yield Variant("reference", slug, "", solved)
    yield Variant("stub", slug, "", student_notebook(root, slug))
    for accepted in materials.accepted:
        yield Variant(
            "accepted",
            accepted.id,
            accepted.function,
            with_function(solved, accepted.function, accepted.code),
        )
    for mistake in materials.mistakes:
        yield Variant("mistake", mistake.id, mistake.function, with_mistake(solved, mistake))


def answer_variants(root: Path, materials: Materials) -> Iterator[Variant]:
    """The solved notebook with each named wrong answer in turn. Raises BadInput."""
    solved = solved_notebook(root, materials.assignment.slug)
    for answer in materials.answers:
        raw = with_answer(solved, answer.variable, answer.wrong)
        yield Variant("answer", answer.id, answer.variable, raw)

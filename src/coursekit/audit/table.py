"""The table of mistakes against cases: which case catches what, which is needed, which others cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coursekit.audit.trial import Trial
from coursekit.model import Assignment, Case, Question


@dataclass(frozen=True, slots=True)
class Column:
    """One case: what it catches, what it alone catches, and a case that catches all of that as well."""

    case: Case
    catches: tuple[str, ...]
    alone: tuple[str, ...]
    covered_by: str = ""

    @property
    def role(self) -> str:
        """essential, covered (one other catches as much), shared (several others do), or silent."""
        if not self.catches:
            return "silent"
        if self.alone:
            return "essential"
        return "covered" if self.covered_by else "shared"


@dataclass(frozen=True, slots=True)
class Block:
    """The part of the table that one question has: its cases across, its mistakes and wrong answers down."""

    question: Question
    trials: tuple[Trial, ...]
    columns: tuple[Column, ...]


def blocks(assignment: Assignment, trials: Sequence[Trial]) -> tuple[Block, ...]:
    """The table of an assignment, question by question."""
    found = []
    for question in assignment.questions:
        own = tuple(trial for trial in trials if trial.is_wrong and trial.question == question.id)
        caught = {trial.id: {outcome.case.key for outcome in trial.at_home} for trial in own}
        found.append(Block(question, own, tuple(_column(case, caught, question) for case in question.cases)))
    return tuple(found)


def _column(case: Case, caught: dict[str, set[str]], question: Question) -> Column:
    catches = {id for id, keys in caught.items() if case.key in keys}
    alone = tuple(id for id, keys in caught.items() if keys == {case.key})
    cover = next(
        (
            other.name
            for other in question.cases
            if catches
            and other.key != case.key
            and catches <= {id for id, keys in caught.items() if other.key in keys}
        ),
        "",
    )
    return Column(case, tuple(id for id in caught if id in catches), alone, cover)

"""Case files as Otter's own classes, bound to one assignment's Reference and to its cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

from coursekit.errors import OurFault
from coursekit.judge.modules import gradtools, reference_as
from coursekit.model import Assignment, Case, CaseFile


class Body(Protocol):
    """The part of Otter's `test_case` that runs it."""

    def call_func(self, global_environment: Mapping[str, Any]) -> None:
        """Binds the case's parameters by name and calls it. Raises what the case raises."""


@dataclass(frozen=True, slots=True)
class BoundCase:
    """A case of the assignment and the Otter object that runs it."""

    case: Case
    body: Body


def bind_cases(
    assignment: Assignment, files: tuple[CaseFile, ...], reference: ModuleType | None
) -> tuple[BoundCase, ...]:
    """Loads every case file with Otter's classes, in the assignment's order.

    Raises OurFault where a file cannot be executed, or where Otter finds other cases than the course did.
    """
    from otter.test_files.exception_test import ExceptionTestFile  # 0.6 s: not at start-up

    gradtools()
    bodies: dict[tuple[str, bool, str], Body] = {}
    with reference_as(reference):
        for file in files:
            try:
                loaded = ExceptionTestFile.from_string(file.text, path=file.path)
            except Exception as error:
                raise OurFault(
                    f"{file.path} cannot be executed: {type(error).__name__}: {error}; mend the case file"
                ) from error
            for test_case in loaded.test_cases:
                bodies[file.question, file.hidden, test_case.name] = test_case.body
    expected = {(case.question, case.hidden, case.name) for case in assignment.cases}
    if expected != set(bodies):
        odd = sorted(str(key) for key in expected ^ set(bodies))
        raise OurFault(f"{assignment.slug}: Otter and the course disagree on the cases {', '.join(odd)}")
    return tuple(BoundCase(case, bodies[case.question, case.hidden, case.name]) for case in assignment.cases)

"""Case files as Otter's own classes, bound to one assignment's Reference and to its cases."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

from coursekit.errors import OurFault
from coursekit.judge.modules import gradtools, reference_as
from coursekit.model import Assignment, Case, CaseFile


class Body(Protocol):
    """The part of Otter's `test_case` that is run."""

    test_func: Callable[..., None]


@dataclass(frozen=True, slots=True)
class BoundCase:
    """A case of the assignment, its function, and the names of the function's parameters."""

    case: Case
    function: Callable[..., None]
    parameters: tuple[str, ...]

    def run(self, names: Mapping[str, Any]) -> None:
        """Binds parameters as Otter's `call_func` does, without reading the signature again each time.

        Raises what the case raises.
        """
        self.function(**{name: names if name == "env" else names.get(name) for name in self.parameters})


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
    return tuple(
        _bound(case, bodies[case.question, case.hidden, case.name].test_func) for case in assignment.cases
    )


def _bound(case: Case, function: Callable[..., None]) -> BoundCase:
    return BoundCase(case, function, tuple(inspect.signature(function).parameters))

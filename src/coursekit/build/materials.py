"""Joins the course folder with its master notebook into what grading one assignment needs, and checks it."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path

from coursekit.course import Course
from coursekit.course.cases import case_parameters
from coursekit.errors import BadInput, nearest
from coursekit.mistakes.substitute import apply_mistake, function_source
from coursekit.model import Accepted, Assignment, CaseFile, Materials, Mistake
from coursekit.notebook.master import Master, read_master

GRADTOOLS = Path(__file__).resolve().parents[1] / "gradtools"


def gradtools_files() -> dict[str, bytes]:
    """The .py files of gradtools as they lie beside every notebook, by path with `gradtools/` in front."""
    return {
        f"gradtools/{path.relative_to(GRADTOOLS).as_posix()}": path.read_bytes()
        for path in sorted(GRADTOOLS.rglob("*.py"))
    }


def load_master(root: Path, slug: str) -> Master:
    """The master notebook of an assignment. Raises BadInput."""
    path, text = Course(root).master(slug)
    return read_master(text, path)


def load(root: Path, slug: str) -> Materials:
    """Reads and checks one assignment of the course at `root`.

    `support` holds all files that lie beside the notebook: gradtools and the data files. `version` is the
    sha256 of everything else in the record. Raises BadInput for the first thing that is wrong, with its path
    and line where it has one.
    """
    course = Course(root)
    assignment = course.assignment(slug)
    files = course.case_files(slug)
    mistakes, accepted = course.mistakes(slug), course.accepted(slug)
    reference = load_master(root, slug).reference
    names = _names(reference)
    _check_functions(course, assignment, names)
    _check_parameters(files, names)
    _check_mistakes(course, slug, mistakes, reference)
    _check_accepted(course, slug, accepted, names)
    support = {**gradtools_files(), **course.data(slug)}
    materials = Materials(assignment, files, reference, mistakes, accepted, support)
    return Materials(assignment, files, reference, mistakes, accepted, support, _digest(materials))


def _digest(materials: Materials) -> str:
    """sha256 of the records' representations; these are plain values, so equal inputs give equal text."""
    return hashlib.sha256(repr(materials).encode()).hexdigest()


def _names(reference: str) -> dict[str, type[ast.AST]]:
    """The public names the Reference defines at top level, with the kind of statement that defines them."""
    names: dict[str, type[ast.AST]] = {}
    for node in ast.parse(reference).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names[node.name] = type(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for part in (part for target in targets for part in ast.walk(target)):
                if isinstance(part, ast.Name):
                    names[part.id] = type(node)
    return names


def _check_functions(course: Course, assignment: Assignment, names: dict[str, type[ast.AST]]) -> None:
    owner: dict[str, str] = {}
    for index, question in enumerate(assignment.questions):
        place = course.place(assignment.slug, "assignment.toml", "question", index, "functions")
        for name in question.functions:
            if name not in names:
                raise BadInput(
                    f"{place}: {question.id} lists {name!r}, which the master does not define"
                    f"{nearest(name, names)}"
                )
            if name in owner:
                raise BadInput(
                    f"{place}: {name!r} is listed by {owner[name]} and {question.id}; "
                    "a function belongs to one question"
                )
            owner[name] = question.id


def _check_parameters(files: tuple[CaseFile, ...], names: dict[str, type[ast.AST]]) -> None:
    """A misspelt parameter would arrive as None and cost every student the case."""
    for file in files:
        for name, line in case_parameters(file.text):
            if name not in names:
                raise BadInput(
                    f"{file.path}:{line}: parameter {name!r} is no name that the master defines"
                    f"{nearest(name, names)}"
                )


def _check_mistakes(course: Course, slug: str, mistakes: tuple[Mistake, ...], reference: str) -> None:
    for index, mistake in enumerate(mistakes):
        place = course.place(slug, "mistakes.toml", "mistake", index, "right")
        try:
            ast.parse(apply_mistake(reference, mistake))
        except BadInput as error:
            raise BadInput(f"{place}: {error}") from None
        except SyntaxError as error:
            raise BadInput(
                f"{place}: mistake {mistake.id}: with `wrong` put in, {mistake.function} is not valid Python "
                f"({error.msg}); correct `wrong`"
            ) from None


def _check_accepted(
    course: Course, slug: str, accepted: tuple[Accepted, ...], names: dict[str, type[ast.AST]]
) -> None:
    functions = [name for name, kind in names.items() if kind is ast.FunctionDef]
    for index, variant in enumerate(accepted):
        place = course.place(slug, "accepted.toml", "accepted", index, "function")
        if variant.function not in functions:
            raise BadInput(
                f"{place}: the master defines no function {variant.function!r}"
                f"{nearest(variant.function, functions)}"
            )
        try:
            function_source(variant.code, variant.function)
        except BadInput as error:
            raise BadInput(f"{place}: the variant's code must define it: {error}") from None
        except SyntaxError as error:
            raise BadInput(
                f"{place}: line {error.lineno} of the variant's code is not valid Python: {error.msg}"
            ) from None

"""Joins the course folder with its master notebook into what grading one assignment needs, and checks it."""

from __future__ import annotations

import ast
import hashlib
from dataclasses import replace
from pathlib import Path

from coursekit.course import Course
from coursekit.course.cases import case_parameters
from coursekit.errors import BadInput, nearest
from coursekit.mistakes.substitute import function_source, mistaken_function
from coursekit.model import Accepted, Assignment, CaseFile, Materials, Mistake, WrongAnswer
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
    mistakes, accepted, answers = course.mistakes(slug), course.accepted(slug), course.answers(slug)
    reference = load_master(root, slug).reference
    names = _names(reference)
    # One text for each: to parse the whole Reference again for each of a hundred mistakes takes seconds.
    functions = {name: function_source(reference, name) for name in names if names[name] is ast.FunctionDef}
    _check_functions(course, assignment, names)
    _check_parameters(files, names)
    _check_mistakes(course, slug, mistakes, functions)
    _check_accepted(course, slug, accepted, functions)
    _check_answers(course, slug, answers, _variables(files, names))
    support = {**gradtools_files(), **course.data(slug)}
    materials = Materials(assignment, files, reference, mistakes, accepted, answers, support)
    return replace(materials, version=_digest(materials))


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
        for name in question.functions:
            problem = ""
            if name not in names:
                problem = f"which the master does not define{nearest(name, names)}"
            elif name in owner:
                problem = f"which {owner[name]} lists too; a function belongs to one question"
            if problem:
                place = course.place(assignment.slug, "assignment.toml", "question", index, "functions")
                raise BadInput(f"{place}: {question.id} lists {name!r}, {problem}")
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


def _check_mistakes(
    course: Course, slug: str, mistakes: tuple[Mistake, ...], functions: dict[str, str]
) -> None:
    for index, mistake in enumerate(mistakes):
        problem = _mistake_problem(mistake, functions)
        if problem:
            raise BadInput(f"{course.place(slug, 'mistakes.toml', 'mistake', index, 'right')}: {problem}")


def _mistake_problem(mistake: Mistake, functions: dict[str, str]) -> str:
    if mistake.function not in functions:
        return f"mistake {mistake.id}: {_unknown(mistake.function, functions)}"
    try:
        ast.parse(mistaken_function(functions[mistake.function], mistake))
    except BadInput as error:
        return str(error)
    except SyntaxError as error:
        return (
            f"mistake {mistake.id}: with `wrong` put in, {mistake.function} is not valid Python "
            f"({error.msg}); correct `wrong`"
        )
    return ""


def _check_accepted(
    course: Course, slug: str, accepted: tuple[Accepted, ...], functions: dict[str, str]
) -> None:
    for index, variant in enumerate(accepted):
        problem = _accepted_problem(variant, functions)
        if problem:
            raise BadInput(f"{course.place(slug, 'accepted.toml', 'accepted', index, 'function')}: {problem}")


def _accepted_problem(variant: Accepted, functions: dict[str, str]) -> str:
    if variant.function not in functions:
        return f"variant {variant.id}: {_unknown(variant.function, functions)}"
    try:
        function_source(variant.code, variant.function)
    except BadInput as error:
        return f"variant {variant.id}: its code must define the function: {error}"
    except SyntaxError as error:
        return f"variant {variant.id}: line {error.lineno} of its code is not valid Python: {error.msg}"
    return ""


def _variables(files: tuple[CaseFile, ...], names: dict[str, type[ast.AST]]) -> set[str]:
    """The variables that some case reads."""
    read = {name for file in files for name, _ in case_parameters(file.text)}
    return {name for name in read if names[name] in (ast.Assign, ast.AnnAssign)}


def _check_answers(course: Course, slug: str, answers: tuple[WrongAnswer, ...], variables: set[str]) -> None:
    for index, answer in enumerate(answers):
        if answer.variable not in variables:
            place = course.place(slug, "mistakes.toml", "answer", index, "variable")
            raise BadInput(
                f"{place}: answer {answer.id}: no case reads a variable {answer.variable!r}"
                f"{nearest(answer.variable, variables)}"
            )


def _unknown(name: str, functions: dict[str, str]) -> str:
    return f"the master defines no function {name!r}{nearest(name, functions)}"

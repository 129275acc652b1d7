"""What a master must have before anything is made from it: stubs, check cells, harmless HTML."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import NoReturn

from coursekit.errors import BadInput, nearest
from coursekit.model import Assignment
from coursekit.notebook.master import IGNORED, Cell, Master

CHECK = re.compile(r"grader\.check\(\s*[\"']([^\"']*)[\"']")
SETUP = re.compile(r"otter\.Notebook\(\s*[\"']([^\"']*)[\"']")
STUB = re.compile(r"raise NotImplementedError\(\s*[\"']([^\"']*)[\"']\s*\)")

# Where `<` starts no tag: code, mathematics, and bare links.
NO_HTML = re.compile(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|<https?://[^>\s]*>", re.DOTALL)
TAG = re.compile(r"<[A-Za-z/!?][^>]*>?")
ALLOWED_TAGS = frozenset({"<details>", "<details open>", "</details>", "<summary>", "</summary>"})
SCRIPT_LINK = re.compile(r"\]\(\s*(javascript|data|vbscript):", re.IGNORECASE)


def check_master(master: Master, assignment: Assignment, stubs: Sequence[str]) -> None:
    """Refuses a master whose release would be wrong; `stubs` is what students get of each cell.

    Raises BadInput with file, line and what to do.
    """
    _check_setup(master, assignment)
    _check_checks(master, assignment)
    for cell, stub in zip(master.cells, stubs, strict=True):
        if cell.kind == "markdown":
            _check_html(master, cell)
        elif cell.is_answer:
            _check_stub_labels(master, cell, stub, assignment)
    for question in assignment.questions:
        for name in question.functions:
            _check_given(master, stubs, question.id, name)


def _refuse(master: Master, cell: Cell | None, sentence: str, line: int = 0) -> NoReturn:
    raise BadInput(f"{master.path}:{(cell.line if cell else 1) + line}: {sentence}")


def _check_setup(master: Master, assignment: Assignment) -> None:
    expected = f"{assignment.slug}.ipynb"
    found = [
        (cell, name) for cell in master.cells if cell.kind == "code" for name in SETUP.findall(cell.source)
    ]
    if len(found) != 1:
        _refuse(
            master, None,
            f'{len(found)} cells make the grader; expected one with `grader = otter.Notebook("{expected}")`',
        )  # fmt: skip
    cell, name = found[0]
    if name != expected:
        _refuse(master, cell, f"the grader reads {name!r}; expected {expected!r}, as the notebook is called")
    if IGNORED not in cell.tags:
        _refuse(master, cell, f"the grader's cell must be tagged {IGNORED}: the Reference knows no Otter")


def _check_checks(master: Master, assignment: Assignment) -> None:
    known = [question.id for question in assignment.questions]
    first: dict[str, int] = {}
    for cell in master.cells:
        for id in CHECK.findall(cell.source) if cell.kind == "code" else ():
            if id not in known:
                _refuse(
                    master, cell, f"checks {id!r}, which assignment.toml does not have{nearest(id, known)}"
                )
            if id in first:
                _refuse(master, cell, f"{id} is checked on line {first[id]} already; remove one of the two")
            if IGNORED not in cell.tags:
                _refuse(master, cell, f"a check cell must be tagged {IGNORED}: grading runs the cases itself")
            first[id] = cell.line
    for id in known:
        if id not in first:
            _refuse(master, None, f'{id} has no check cell; add `grader.check("{id}")` below its stub')
    if list(first) != known:
        _refuse(master, None, f"checks come in the order {', '.join(first)}; expected {', '.join(known)}")


def _check_html(master: Master, cell: Cell) -> None:
    text = NO_HTML.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), cell.source)
    for match in [*TAG.finditer(text), *SCRIPT_LINK.finditer(text)]:
        if match.group() not in ALLOWED_TAGS:
            _refuse(
                master, cell,
                f"HTML `{match.group()[:40]}`; a markdown cell has no HTML but <details> and <summary>; "
                "write mathematics between $ and code between backticks",
                text.count("\n", 0, match.start()),
            )  # fmt: skip


def _check_stub_labels(master: Master, cell: Cell, stub: str, assignment: Assignment) -> None:
    """Every stub's label names its question and a function that its own cell defines."""
    try:
        body = ast.parse(stub).body
    except SyntaxError as error:
        _refuse(master, cell, f"without its solution the cell is not valid Python: {error.msg}")
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple) and _is_dots(node.value):
            _refuse(
                master, cell, f"`{ast.unparse(node)}` would stop the notebook; give each name its own line"
            )
    defined = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    owners = {name: question.id for question in assignment.questions for name in question.functions}
    for label in STUB.findall(stub):
        id, _, name = label.partition(": ")
        if name not in defined:
            _refuse(
                master, cell, f"the stub {label!r} stands in a cell that defines no {name or 'such name'!r}"
            )
        if owners.get(name) != id:
            listed = f"lists it under {owners[name]}" if name in owners else "does not list it"
            _refuse(master, cell, f"the stub says {label!r}, assignment.toml {listed}; make them agree")


def _check_given(master: Master, stubs: Sequence[str], id: str, name: str) -> None:
    """The graded name is left to students: a stub that raises, or `name = ...`."""
    for cell, stub in zip(master.cells, stubs, strict=True):
        if cell.kind != "code" or IGNORED in cell.tags or not re.search(rf"\b{name}\b", cell.source):
            continue
        for node in ast.parse(stub).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                if not cell.is_answer or not cell.has_solution:
                    _refuse(
                        master, cell, f"{name} of {id} is given away: put its body between solution marks"
                    )
                label = f"{id}: {name}"
                if label not in STUB.findall(ast.unparse(node)):
                    _refuse(
                        master, cell, f'the stub of {name} must end in `raise NotImplementedError("{label}")`'
                    )
                return
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name and _is_dots(node.value):
                return
    _refuse(master, None, f"{name} of {id} has no stub: what students get defines no {name}")


def _is_dots(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...

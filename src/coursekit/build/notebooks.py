"""The notebooks made from a master: the student's with stubs, the solved one, and solved ones changed."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Collection, Iterator
from itertools import accumulate
from pathlib import Path

from coursekit.build.checks import check_master
from coursekit.build.materials import load_master
from coursekit.course import Course
from coursekit.errors import BadInput
from coursekit.mistakes.substitute import apply_mistake, function_span
from coursekit.model import Mistake
from coursekit.notebook.document import Page, write_notebook
from coursekit.notebook.edit import change_code
from coursekit.notebook.marks import Line
from coursekit.notebook.master import Cell, Master

GRADER = re.compile(r"\bgrader\s*(=|\.)")


def student_notebook(root: Path, slug: str) -> bytes:
    """The notebook students get: solution regions emptied, stubs in their place, no outputs.

    Raises BadInput, with file and line, for a master that would give a solution away or miss a check.
    """
    master = load_master(root, slug)
    check_master(master, Course(root).assignment(slug), [stub_source(cell, master) for cell in master.cells])
    return _write(master, solved=lambda cell: False)


def solved_notebook(root: Path, slug: str, *, stubs: Collection[str] = ()) -> bytes:
    """The notebook with its solutions and without marks; cells that define a name in `stubs` stay stubs.

    Raises BadInput for a broken master, and for a name of `stubs` that no answer cell defines.
    """
    master = load_master(root, slug)
    defined = {name for cell in master.cells if cell.is_answer for name in _defines(cell.solved)}
    unknown = sorted(set(stubs) - defined)
    if unknown:
        raise BadInput(f"{master.path}: no answer cell defines {', '.join(unknown)}")
    return _write(master, solved=lambda cell: not set(stubs) & _defines(cell.solved))


def with_function(notebook: bytes, function: str, code: str) -> bytes:
    """A solved notebook in which `code` stands in place of the whole of `function`.

    Raises BadInput unless exactly one code cell defines the function at top level.
    """

    def replace(source: str) -> str:
        start, end = function_span(source, function)
        return source[:start] + code.strip("\n") + "\n" + source[end:]

    return _change_one(notebook, function, replace)


def with_mistake(notebook: bytes, mistake: Mistake) -> bytes:
    """A solved notebook with the mistake in its function.

    Raises BadInput unless exactly one code cell defines the function and `right` occurs once in it.
    """
    return _change_one(notebook, mistake.function, lambda source: apply_mistake(source, mistake))


def with_answer(notebook: bytes, variable: str, expression: str) -> bytes:
    """A solved notebook in which `variable = <expression>` stands in place of the variable's assignment.

    Raises BadInput unless exactly one code cell assigns the variable at top level, once and alone, and for
    text that is no expression.
    """
    return _change_one(notebook, variable, lambda source: _answered(source, variable, expression), "assign")


def stub_source(cell: Cell, master: Master) -> str:
    """What students get of a cell, by Otter's own stripping.

    Raises BadInput if Otter's result is not what the marks say: a solution must not hang on one reading.
    """
    if not cell.is_answer:
        return cell.source
    from otter.assign.solutions import replace_solutions  # 0.6 s: not at start-up

    stub = replace_solutions(cell.source.split("\n"), "python")
    expected = list(_expected_stub(cell))
    if len(stub) != len(expected) or any(
        not line.endswith("...") if want is None else line != want
        for line, want in zip(stub, expected, strict=False)
    ):
        raise BadInput(
            f"{master.path}:{cell.line}: Otter strips this cell otherwise than its marks say; "
            "remove any `# SEED` and keep to the marks of notebook/marks.py"
        )
    return "\n".join(stub).strip("\n")


def _expected_stub(cell: Cell) -> Iterator[str | None]:
    """The stub's lines; None for one that Otter makes of a `# SOLUTION`, ending in `...`."""
    for line, kind in zip(cell.source.split("\n"), cell.kinds, strict=True):
        text = line.rstrip()
        if kind in (Line.GIVEN, Line.PROMPT):
            yield line
        elif kind is Line.ANSWER and not text.endswith(" NO PROMPT"):
            yield None
        elif text.endswith("# BEGIN SOLUTION"):
            yield text.removesuffix("# BEGIN SOLUTION") + "..."


def _write(master: Master, solved: Callable[[Cell], bool]) -> bytes:
    pages = []
    for cell in master.cells:
        stub = stub_source(cell, master)
        source = cell.solved if cell.is_answer and solved(cell) else stub
        if source.strip():  # a cell that is solution from top to bottom leaves nothing for students
            metadata = {k: v for k, v in cell.metadata.items() if k not in ("editable", "deletable")}
            pages.append(Page(cell.kind, source, cell.tags, _is_locked(cell), stub, metadata))
    return write_notebook(pages)


def _is_locked(cell: Cell) -> bool:
    """Prompts, setup and checks; also what the master says of itself."""
    if "editable" in cell.metadata:
        return not cell.metadata["editable"]
    if cell.kind == "markdown":
        return True
    imports = cell.is_reference and re.search(r"^(import|from) ", cell.source, re.MULTILINE)
    return not cell.is_answer and bool(GRADER.search(cell.source) or imports)


@functools.lru_cache(maxsize=256)  # an audit looks at the same cells for each of hundreds of notebooks
def _defines(source: str) -> frozenset[str]:
    """Names that a cell's code binds at top level by `def`, `class` or plain assignment."""
    names: set[str] = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        names.update(_assigned(node))
    return frozenset(names)


def _answered(source: str, variable: str, expression: str) -> str:
    """A cell's code with the expression assigned to the variable. Columns of `ast` count bytes."""
    try:
        wanted = ast.unparse(ast.parse(expression, mode="eval"))  # on one line, and without a comment
    except SyntaxError as error:
        raise BadInput(f"{variable}: {expression!r} is not one Python expression: {error.msg}") from None
    found = [node for node in ast.parse(source).body if variable in _assigned(node)]
    if not found:
        raise BadInput(f"{variable} is a function or class of its cell; expected one `{variable} = …`")
    if len(found) != 1 or _assigned(found[0]) != [variable]:
        lines = ", ".join(str(node.lineno) for node in found)
        raise BadInput(
            f"line {lines} of one cell assigns {variable}; expected one `{variable} = …`, and alone"
        )
    raw = source.encode()
    starts = list(accumulate((len(line) + 1 for line in raw.split(b"\n")), initial=0))
    node = found[0]
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    before = raw[: starts[node.lineno - 1] + node.col_offset]
    after = raw[starts[node.end_lineno - 1] + node.end_col_offset :]
    return (before + f"{variable} = {wanted}".encode() + after).decode()


def _assigned(node: ast.stmt) -> list[str]:
    """The plain names that an assignment binds."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _change_one(notebook: bytes, name: str, change: Callable[[str], str], verb: str = "define") -> bytes:
    changed = 0

    def visit(source: str) -> str:
        nonlocal changed
        if name not in source:
            return source
        try:
            found = name in _defines(source)
        except SyntaxError:  # magics
            return source
        changed += found
        return change(source).rstrip("\n") if found else source

    try:
        raw = change_code(notebook, visit)
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"not a notebook of format 4: {type(error).__name__}: {error}") from None
    if changed != 1:
        raise BadInput(f"{changed} code cells {verb} {name}; expected exactly one")
    return raw

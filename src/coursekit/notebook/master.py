"""Percent-format masters: `solutions/<slug>/master.py` as cells, and the Reference that stands in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from coursekit.errors import BadInput
from coursekit.notebook.marks import Line, check_answers, classify, looks_marked, solved_lines

IGNORED = "otter_ignore"  # Otter, our worker and the Reference all skip such a cell
ANSWERED = "otter_answer_cell"  # students write here; the only place for solution marks
TAGS = frozenset({IGNORED, ANSWERED})
MARKER = re.compile(r"# %%(?!%)")
INDENT = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a master. `line` is the line of `master.py` that holds the first line of `source`."""

    kind: str  # "code" or "markdown"
    source: str
    tags: tuple[str, ...]
    line: int
    metadata: Mapping[str, Any] = field(default_factory=dict)  # without tags
    kinds: tuple[Line, ...] = ()  # of every line of a code cell

    @property
    def is_reference(self) -> bool:
        """Whether the cell is part of the Reference."""
        return self.kind == "code" and IGNORED not in self.tags

    @property
    def is_answer(self) -> bool:
        """Whether students write into this cell."""
        return self.kind == "code" and ANSWERED in self.tags

    @property
    def has_solution(self) -> bool:
        """Whether any line of it is kept from students."""
        return any(kind in (Line.SOLUTION, Line.ANSWER) for kind in self.kinds)

    @property
    def solved(self) -> str:
        """The source with its solutions and without marks and prompts, its blank lines closed up."""
        kept = zip(solved_lines(self.source, list(self.kinds)), self.kinds, strict=True)
        dropped = (Line.MARK, Line.PROMPT)
        return "\n".join(line for line, kind in kept if kind not in dropped).strip("\n")


@dataclass(frozen=True)
class Master:
    """A master notebook: its path for messages, its text, and its cells in order."""

    path: str
    text: str
    cells: tuple[Cell, ...]

    @cached_property
    def reference(self) -> str:
        """The Reference: `master.py` with all but the reference cells' code blanked.

        Line n of it is line n of `master.py`, so that a traceback points into the file its author edits.
        """
        lines = [""] * len(self.text.split("\n"))
        for cell in self.cells:
            if cell.is_reference:
                solved = solved_lines(cell.source, list(cell.kinds))
                lines[cell.line - 1 : cell.line - 1 + len(solved)] = solved
        return "\n".join(lines).rstrip("\n") + "\n"


def read_master(text: str, path: str) -> Master:
    """The master of that text; `path` is shown in messages.

    Raises BadInput with path and line for text outside cells, unknown tags, code that is no Python, and for
    solution marks that are unbalanced, misspelt, or outside an answer cell.
    """
    import jupytext  # 0.3 s: not at start-up

    text = text.replace("\r\n", "\n")
    raw = jupytext.reads(text, fmt="py:percent").cells
    starts = _starts(text, path)
    if len(starts) != len(raw):
        raise BadInput(
            f"{path}: {len(starts)} lines start with `# %%` and jupytext finds {len(raw)} cells; "
            "no string may hold such a line"
        )
    lines = text.split("\n")
    cells = []
    for cell, start, end in zip(raw, starts, [*starts[1:], len(lines) + 1], strict=True):
        metadata = {key: value for key, value in cell.metadata.items() if key != "lines_to_next_cell"}
        tags = tuple(metadata.pop("tags", ()))
        source = cell.source.strip("\n")
        first = _first_line(lines, start, end)
        cells.append(_check(Cell(cell.cell_type, source, tags, first, metadata), path, lines))
    return Master(path, text, tuple(cells))


def _starts(text: str, path: str) -> list[int]:
    """Line numbers of the cell markers. Raises BadInput for text before the first one."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines, start=1) if MARKER.match(line)]
    head = lines[: starts[0] - 1] if starts else lines
    if head and head[0].rstrip() == "# ---":  # jupytext's own header
        closing = next((i for i, line in enumerate(head[1:], start=1) if line.rstrip() == "# ---"), 0)
        head = head[closing + 1 :]
    if any(line.strip() for line in head) or not starts:
        raise BadInput(f"{path}:1: text before the first `# %%` line; every cell starts with `# %%`")
    return starts


def _first_line(lines: list[str], start: int, end: int) -> int:
    """The first line between two markers that is not blank."""
    for number in range(start + 1, end):
        if lines[number - 1].strip():
            return number
    return start


def _check(cell: Cell, path: str, lines: list[str]) -> Cell:
    """The cell with the kinds of its lines. Raises BadInput."""
    place = f"{path}:{cell.line}"
    if cell.kind not in ("code", "markdown"):
        raise BadInput(f"{place}: a {cell.kind} cell; masters have code and markdown cells only")
    unknown = [tag for tag in cell.tags if tag not in TAGS]
    if unknown or len(set(cell.tags)) > 1:
        raise BadInput(f"{place}: tags {list(cell.tags)}; a cell has one of {sorted(TAGS)}, or none")
    if not cell.is_answer:
        marked = looks_marked(cell.source)
        if marked:
            raise BadInput(
                f"{path}:{cell.line + marked - 1}: `{cell.source.split(chr(10))[marked - 1].strip()}` stands "
                f"outside an answer cell and would be copied to students; tag the cell {ANSWERED} or reword"
            )
    if cell.kind == "markdown":
        return cell
    source = cell.source.split("\n")
    kinds = classify(cell.source, path, cell.line) if cell.is_answer else [Line.GIVEN] * len(source)
    if cell.is_reference:
        _check_python(cell, path, lines)
    if cell.is_answer:
        check_answers(cell.source, kinds, path, cell.line)
    return replace(cell, kinds=tuple(kinds))


def _check_python(cell: Cell, path: str, lines: list[str]) -> None:
    source = cell.source.split("\n")
    if source != [""] and lines[cell.line - 1 : cell.line - 1 + len(source)] != source:
        raise BadInput(
            f"{path}:{cell.line}: magics cannot stand in a reference cell; tag it {IGNORED} or remove them"
        )
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        line = cell.line + (error.lineno or 1) - 1
        raise BadInput(f"{path}:{line}: not valid Python: {error.msg}") from None

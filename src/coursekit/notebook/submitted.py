"""Reads a notebook from a stranger into the cells that are run, leniently in form and with bounds in size.

No nbformat here: validating costs fifty times the parsing, and converting logs and draws random ids.
Formats 1 to 3 differ from 4 in where cells and their text lie, which `_cells_of` and `_source` know; a test
holds them to nbformat's own conversion.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from coursekit.errors import BadInput, printable

# A release has about 60 cells. Past this a notebook is an attack or made by a program.
MAX_CELLS = 2_000
# All code of one notebook together: a release has about 50 kB.
MAX_SOURCE_BYTES = 4 * 1024 * 1024
# The newest major format. Minor versions have only ever added keys, so any is read.
FORMAT = 4
# Cells that staff and students keep out of grading, exactly as Otter does.
IGNORED_TAG = "otter_ignore"

_PYTHON = frozenset({"python", "python2", "python3", "ipython", "ipython3", "cpython", "xpython", "pyodide"})

# What files that are no notebook begin with, after blanks.
_SIGNATURES = (
    (b"%PDF", "is a PDF"),
    (b"PK\x03\x04", "is a zip archive or an office document"),
    (b"\x1f\x8b", "is a compressed archive"),
    (b"<<<<<<<", "holds the marks of a git conflict"),
    (b"version https://git-lfs", "is a Git LFS pointer"),
    (b"\xff\xfe", "is UTF-16 text"),
    (b"\xfe\xff", "is UTF-16 text"),
    (b"<", "is a web page"),
    (b"SQLite format 3", "is a database"),
)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Cell:
    """A code cell: its number among all cells of the notebook, from 1, its text, its tags."""

    number: int
    source: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmittedNotebook:
    """The code cells to run, in order, without those tagged `otter_ignore`; remarks cost nothing."""

    cells: tuple[Cell, ...]
    remarks: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The cells' texts."""
        return tuple(cell.source for cell in self.cells)

    @property
    def in_place(self) -> tuple[str, ...]:
        """The text of every cell at its place in the notebook; empty where there is nothing to run.

        So a cell has the number that the student counts, in notes and tracebacks too.
        """
        places = [""] * (self.cells[-1].number if self.cells else 0)
        for cell in self.cells:
            places[cell.number - 1] = cell.source
        return tuple(places)


def read_submitted(raw: bytes, name: str) -> SubmittedNotebook:
    """The cells of the notebook `raw`. `name` is what a sentence about it begins with, already fit to show.

    Raises BadInput with one sentence for anything that is no Python notebook, or exceeds MAX_CELLS or
    MAX_SOURCE_BYTES. Outputs, attachments, ids and whatever else it holds are dropped unread.
    """
    notebook = _parse(raw, name)
    if not isinstance(notebook, dict):
        raise BadInput(f"{name} is JSON but no notebook (it holds {_kind(notebook)}); {_SAVE}")
    cells = _cells_of(notebook, name)
    _check_language(notebook, name)
    objects = [(number, cell) for number, cell in enumerate(cells, 1) if isinstance(cell, dict)]
    code = [
        Cell(number, _source(cell), _tags(cell))
        for number, cell in objects
        if cell.get("cell_type") == "code"
    ]
    graded = [cell for cell in code if IGNORED_TAG not in cell.tags]
    read = tuple(replace(cell, source=_whole(cell.source)) for cell in graded)
    if not read:
        raise BadInput(f"{name} has no code cell that is graded; expected the cells of the release: {_KEEP}")
    if sum(len(cell.source) for cell in read) > MAX_SOURCE_BYTES:
        raise BadInput(
            f"{name} holds more than {MAX_SOURCE_BYTES >> 20} MiB of code; expected some 50 kB: "
            "keep data in a file beside the notebook"
        )
    halves = [cell.number for cell, whole in zip(graded, read, strict=True) if cell.source != whole.source]
    strange = sorted(set(range(1, len(cells) + 1)) - {number for number, _ in objects})
    return SubmittedNotebook(
        read,
        _remark(strange, "is no cell: passed over")
        + _remark(halves, "has half a character (a lone surrogate), replaced by �"),
    )


def _remark(numbers: list[int], what: str) -> tuple[str, ...]:
    more = f" (and {len(numbers) - 1} more)" if len(numbers) > 1 else ""
    return (f"cell {numbers[0]}{more} {what}",) if numbers else ()


_SAVE = "expected a Jupyter notebook: in Jupyter, save the notebook and hand in that .ipynb file"
_KEEP = "fill in its stubs and keep them code cells"


def _parse(raw: bytes, name: str) -> Any:
    """JSON from bytes, forgetting outputs as it goes. Raises BadInput."""
    raw = raw.removeprefix(_BOM)
    start = raw[:4096].lstrip()
    if not start and not raw.strip():
        raise BadInput(f"{name} is empty; {_SAVE}")
    for signature, what in _SIGNATURES:
        if start.startswith(signature):
            raise BadInput(f"{name} {what}; {_SAVE}")
    try:
        return json.loads(raw.decode("utf-8"), object_hook=_Slim(name))
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} is not UTF-8 (byte {raw[error.start]:#04x} at {error.start}); "
            "expected UTF-8, as Jupyter writes: open and save it there"
        ) from error
    except json.JSONDecodeError as error:
        raise BadInput(
            f"{name} is not valid JSON (line {error.lineno}, column {error.colno}: {error.msg}); {_SAVE}"
        ) from error
    except RecursionError as error:
        raise BadInput(f"{name} is nested too deeply to be a notebook; {_SAVE}") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise BadInput(f"{name} holds a number that cannot be read; {_SAVE}") from error


class _Slim:
    """Drops each cell's outputs as soon as its object is closed, and stops at one cell too many."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells = 0

    def __call__(self, value: dict[str, Any]) -> dict[str, Any]:
        if "cell_type" in value:
            self.cells += 1
            if self.cells > MAX_CELLS:
                raise BadInput(f"{self.name} has more than {MAX_CELLS} cells; expected about 60: {_KEEP}")
            value.pop("outputs", None)
            value.pop("attachments", None)
        return value


def _cells_of(notebook: dict[str, Any], name: str) -> list[Any]:
    """The cells of any format: 4 (`cells`), 2 and 3 (`worksheets`), 1 (`cells`). Raises BadInput."""
    major = notebook.get("nbformat")
    if isinstance(major, int) and major > FORMAT:
        raise BadInput(
            f"{name} has a format newer than {FORMAT}; expected {FORMAT}: save it as notebook format {FORMAT}"
        )
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        sheets = notebook.get("worksheets")
        sheets = [sheet for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
        lists = [sheet["cells"] for sheet in sheets if isinstance(sheet.get("cells"), list)]
        if not lists:
            raise BadInput(f"{name} is JSON but no notebook (it has no list of cells); {_SAVE}")
        cells = [cell for cells in lists for cell in cells]
    if not cells:
        raise BadInput(f"{name} has no cells; {_SAVE}")
    if len(cells) > MAX_CELLS:  # things without a cell type are not counted while parsing
        raise BadInput(f"{name} has more than {MAX_CELLS} cells; expected about 60: {_KEEP}")
    return cells


def _check_language(notebook: dict[str, Any], name: str) -> None:
    """Raises BadInput where the notebook says plainly that it is of another language.

    A kernel's *name* says nothing: people call their Python environments anything.
    """
    metadata = notebook.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    for table, key in (("kernelspec", "language"), ("language_info", "name")):
        entry = metadata.get(table)
        language = entry.get(key) if isinstance(entry, dict) else None
        if isinstance(language, str) and language:
            if language.lower() not in _PYTHON:
                raise BadInput(
                    f"{name} is a notebook in {printable(language, 40)}; expected Python: "
                    "choose a Python kernel, run it and save it again"
                )
            return


def _source(cell: dict[str, Any]) -> str:
    """A cell's text: `source`, or `input` (formats 2, 3) or `code` (1); a string or a list of strings."""
    source = next((cell[key] for key in ("source", "input", "code") if key in cell), "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else ""


def _tags(cell: dict[str, Any]) -> tuple[str, ...]:
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()


def _whole(source: str) -> str:
    """`source` without half characters (lone surrogates), which no encoder would pass on."""
    return source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _kind(value: Any) -> str:
    """What a JSON value is, in words."""
    if value is None:
        return "nothing"
    names = {bool: "a truth value", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")

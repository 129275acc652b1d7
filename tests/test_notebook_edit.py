"""Small changes of a notebook: what is changed changes, all else stays."""

from __future__ import annotations

import nbformat
import pytest

from coursekit.errors import BadInput
from coursekit.notebook.edit import (
    cell_with,
    change_cell,
    parse,
    source_of,
    stopped_at,
    with_cell,
    without_prose,
    write,
)


def notebook(*sources: str) -> bytes:
    cells = [nbformat.v4.new_code_cell(source, id=f"c{i}") for i, source in enumerate(sources)]
    return (
        nbformat.writes(
            nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# é", id="t"), *cells])
        )
        + "\n"
    ).encode()


def sources(raw: bytes) -> list[str]:
    return [source_of(cell) for cell in parse(raw)["cells"]]


def test_what_is_written_is_what_nbformat_writes() -> None:
    raw = notebook("a = 1\nb = 'é'", "c")

    assert write(parse(raw)) == raw


def test_a_cell_is_added_at_the_end_or_as_the_first() -> None:
    raw = notebook("a")

    assert sources(with_cell(raw, "\nb\nc\n")) == ["# é", "a", "b\nc"]
    assert sources(with_cell(raw, "b", first=True)) == ["b", "# é", "a"]


def test_without_prose_every_cell_keeps_its_place() -> None:
    assert ["", "a", "b"] == sources(without_prose(notebook("a", "b")))


def test_an_added_cell_is_valid_and_tagged() -> None:
    raw = with_cell(notebook("a"), "b", tags=("otter_ignore",))

    nbformat.validate(nbformat.reads(raw.decode(), as_version=4))
    assert parse(raw)["cells"][-1]["metadata"] == {"tags": ["otter_ignore"]}


def test_the_last_cell_that_defines_a_function_is_found() -> None:
    raw = notebook(
        "def f(): pass",
        "%matplotlib inline",
        "def f(): pass\nx = 1",
        "    def f(): pass",
        "class A:\n    def f(): pass",
    )

    assert cell_with(raw, "f") == 3
    with pytest.raises(BadInput, match="no code cell defines g"):
        cell_with(raw, "g")


def test_one_cell_is_changed() -> None:
    assert sources(change_cell(notebook("a", "b"), 1, "x\ny")) == ["# é", "x\ny", "b"]


def test_who_stopped_at_a_function_has_stubs_from_there_on() -> None:
    solved = notebook("import numpy", "def f(): return 1", "helper = 2", "def g(): return 2", "choice = 'b'")
    stub = notebook("import numpy", "def f(): ...", "def g(): ...", "choice = ...")

    assert sources(stopped_at(solved, stub, "g")) == [
        "# é",
        "import numpy",
        "def f(): return 1",
        "helper = 2",
        "def g(): ...",
        "choice = ...",
    ]

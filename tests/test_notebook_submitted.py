"""What students' notebooks look like, and what only looks like one."""

from __future__ import annotations

import json
import logging
import warnings
from typing import Any

import nbformat
import pytest

from coursekit.errors import BadInput
from coursekit.notebook import submitted
from coursekit.notebook.submitted import Cell, read_submitted


def code(source: Any = "x = 1", **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], **more}


def notebook(*cells: Any, **more: Any) -> bytes:
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **more}
    ).encode()


def sources(raw: bytes) -> tuple[str, ...]:
    return read_submitted(raw, "ada.ipynb").sources


def refusal(raw: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read_submitted(raw, "ada.ipynb")
    message = str(caught.value)
    assert message.startswith("ada.ipynb ")
    assert "expected" in message
    assert message.isprintable()
    assert len(message) < 300
    return message


def test_code_cells_keep_their_place_and_the_rest_is_left_out() -> None:
    raw = notebook(
        {"cell_type": "markdown", "source": "# Title"}, code("a = 1"), {"cell_type": "raw"}, code("b = 2")
    )

    assert read_submitted(raw, "ada.ipynb").cells == (Cell(2, "a = 1"), Cell(4, "b = 2"))


def test_cells_tagged_otter_ignore_are_not_graded() -> None:
    ignored = code("grader.check('q1')", metadata={"tags": ["otter_ignore"]})

    assert sources(notebook(ignored, code("a = 1", metadata={"tags": ["otter_answer_cell"]}))) == ("a = 1",)


@pytest.mark.parametrize("tags", [None, "otter_ignore", 3, {"otter_ignore": 1}, [["otter_ignore"], 7, None]])
def test_tags_of_any_type_are_no_obstacle(tags: Any) -> None:
    assert sources(notebook(code("a = 1", metadata={"tags": tags}))) == ("a = 1",)


@pytest.mark.parametrize("metadata", [None, [], "text", 1])
def test_metadata_of_any_type_is_no_obstacle(metadata: Any) -> None:
    assert sources(notebook(code("a = 1", metadata=metadata), metadata=metadata)) == ("a = 1",)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (["a = 1\n", "b = 2"], "a = 1\nb = 2"),
        ("a = 1\r\nb = 2\rc = 3", "a = 1\nb = 2\nc = 3"),
        (["a = 1\n", None, 3, "b = 2"], "a = 1\nb = 2"),
        (None, ""),
        ({"a": 1}, ""),
    ],
)
def test_sources_may_be_text_or_lists_of_it(source: Any, expected: str) -> None:
    assert sources(notebook(code(source))) == (expected,)


def test_missing_and_duplicate_ids_and_unknown_keys_are_fine() -> None:
    raw = notebook(code("a", id="x"), code("b", id="x"), {"cell_type": "code", "source": "c"}, colab={"a": 1})

    assert sources(raw) == ("a", "b", "c")


def test_a_byte_order_mark_and_windows_line_ends_of_the_file_are_fine() -> None:
    raw = json.dumps(json.loads(notebook(code("a = 'é'"))), indent=1, ensure_ascii=False).replace(
        "\n", "\r\n"
    )

    assert sources(b"\xef\xbb\xbf" + raw.encode()) == ("a = 'é'",)


def test_colab_and_vs_code_and_newer_minor_versions_are_fine() -> None:
    colab = notebook(
        code(), nbformat_minor=0, metadata={"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    )
    vs_code = notebook(
        code(), metadata={"language_info": {"name": "python"}, "vscode": {"interpreter": {"hash": "0"}}}
    )
    newer = notebook(code(), nbformat_minor=99)

    assert sources(colab) == sources(vs_code) == sources(newer) == ("x = 1",)


def test_kept_outputs_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[dict[str, Any]] = []
    slim = submitted._Slim.__call__
    monkeypatch.setattr(
        submitted._Slim, "__call__", lambda self, value: kept.append(slim(self, value)) or kept[-1]
    )
    outputs = [{"output_type": "display_data", "data": {"image/png": "A" * 1000}}]

    assert sources(notebook(code("a = 1", outputs=outputs, attachments={"a.png": {}}))) == ("a = 1",)
    assert {"cell_type": "code", "source": "a = 1", "metadata": {}} in kept


OLD = {
    3: {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "metadata": {},
                "cells": [
                    {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Title"},
                    {
                        "cell_type": "code",
                        "input": "a = 1\nb = 2",
                        "language": "python",
                        "metadata": {},
                        "outputs": [],
                    },
                ],
            },
            {"metadata": {}, "cells": [{"cell_type": "code", "input": "c", "metadata": {}, "outputs": []}]},
        ],
    },
    2: {
        "nbformat": 2,
        "metadata": {},
        "worksheets": [
            {"cells": [{"cell_type": "code", "input": "a = 1", "language": "python", "outputs": []}]}
        ],
    },
}


@pytest.mark.parametrize("version", OLD)
def test_old_formats_read_as_nbformat_converts_them(version: int) -> None:
    """Expected values are nbformat's own, from its conversion step by step to version 4."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.CRITICAL)
        try:
            converted = nbformat.convert(nbformat.from_dict(OLD[version]), 4)
        finally:
            logging.disable(logging.NOTSET)
    expected = tuple(cell.source for cell in converted.cells if cell.cell_type == "code")

    assert sources(json.dumps(OLD[version]).encode()) == expected


def test_format_1_has_code_cells_with_code() -> None:
    assert sources(
        json.dumps({"cells": [{"cell_type": "code", "code": "a = 1", "prompt_number": 1}]}).encode()
    ) == ("a = 1",)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b" \n\t ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b'{"cells": [', "is not valid JSON (line 1, column 12"),
        (b'{"cells": [}\n', "is not valid JSON (line 1"),
        (b"def f(): pass", "is not valid JSON"),
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04rest", "is a zip archive"),
        (b"\x1f\x8brest", "is a compressed archive"),
        (b"\n<!DOCTYPE html><html>", "is a web page"),
        (b"<<<<<<< HEAD\n{", "git conflict"),
        ("{}".encode("utf-16"), "is UTF-16"),
        ('{"a": "é"}'.encode("latin-1"), "is not UTF-8 (byte 0xe9 at 7)"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"a":' * 100_000, "is nested too deeply"),
        (b'{"cells": ' + b"9" * 5000 + b"}", "holds a number that cannot be read"),
        (b"[1, 2]", "is JSON but no notebook (it holds a list)"),
        (b"null", "is JSON but no notebook (it holds nothing)"),
        (b"true", "is JSON but no notebook (it holds a truth value)"),
        (b"1.5", "is JSON but no notebook (it holds a number)"),
        (b'"text"', "is JSON but no notebook (it holds a text)"),
        (b"{}", "no list of cells"),
        (b'{"cells": {"a": 1}}', "no list of cells"),
        (b'{"worksheets": [1, {"cells": 2}]}', "no list of cells"),
        (notebook(), "has no cells"),
        (notebook({"cell_type": "markdown", "source": "x"}), "has no code cell"),
        (notebook(1, None, "x"), "has no code cell"),
        (notebook(code(), nbformat=5), "has a format newer than 4"),
        (notebook(code(), nbformat=10**30), "has a format newer than 4"),
        (notebook(code(), metadata={"kernelspec": {"language": "R"}}), "is a notebook in R; expected Python"),
        (
            notebook(code(), metadata={"language_info": {"name": "a\x1b[31m\n" + "x" * 99}}),
            "is a notebook in a\\x1b[31m\\nx",
        ),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_what_is_no_notebook_is_refused_with_a_sentence(raw: bytes, says: str) -> None:
    assert says in refusal(raw)


@pytest.mark.parametrize("language", ["python", "Python", "ipython3", "", None, 3])
def test_python_by_any_of_its_names(language: Any) -> None:
    assert sources(notebook(code(), metadata={"kernelspec": {"language": language, "name": "conda-env-rnn"}}))


def test_too_many_cells_are_refused_before_all_are_read() -> None:
    """The file ends in the middle: had it been read to its end, it would be called invalid JSON."""
    cell = json.dumps(code("")) + ","
    raw = '{"nbformat": 4, "cells": [' + cell * (submitted.MAX_CELLS + 1)

    assert "has more than 2000 cells" in refusal(raw.encode())
    assert "has more than 2000 cells" in refusal(notebook(*[0] * (submitted.MAX_CELLS + 1)))


def test_too_much_code_is_refused() -> None:
    assert "holds more than 4 MiB of code" in refusal(notebook(code("#" * (submitted.MAX_SOURCE_BYTES + 1))))


def test_things_that_are_no_cells_are_passed_over_and_said() -> None:
    read = read_submitted(notebook(code("a"), 7, None, code("b")), "ada.ipynb")

    assert read.sources == ("a", "b")
    assert read.remarks == ("cell 2 (and 1 more) is no cell: passed over",)


def test_half_characters_are_replaced_and_said() -> None:
    read = read_submitted(notebook(code("a = '\ud800'"), code("b = '😀'")), "ada.ipynb")

    assert read.sources == ("a = '\ufffd'", "b = '😀'")
    assert read.remarks == ("cell 1 has half a character (a lone surrogate), replaced by �",)


def test_a_cell_keeps_the_number_that_the_student_counts():
    read = read_submitted(notebook(code("a"), 7, None, code("b")), "ada.ipynb")

    assert read.in_place == ("a", "", "", "b")

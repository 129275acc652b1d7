"""One notebook in all the forms in which it arrives: other editors, old formats, and past repair."""

from __future__ import annotations

from collections.abc import Callable

from coursekit.notebook.edit import Json, cell_with, change_cell, parse, source_of, write

# Kept outputs of a plot or two for every cell.
_PICTURE = "iVBORw0KGgo" * 2_000


def colab(solved: bytes) -> bytes:
    """As Colab saves: minor version 0, its own metadata, ids in the metadata."""
    notebook = parse(solved)
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {
            **cell["metadata"],
            "id": f"cell{number}",
            "colab": {"base_uri": "https://localhost"},
        }
    notebook["metadata"] = {
        "colab": {"provenance": []},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    notebook["nbformat_minor"] = 0
    return write(notebook)


def format_3(solved: bytes) -> bytes:
    """As IPython saved in 2014: worksheets, and `input` in place of `source`."""
    notebook = parse(solved)
    cells = [_old(cell) for cell in notebook["cells"]]
    worksheet = {"cells": cells, "metadata": {}}
    return write({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [worksheet]})


def _old(cell: Json) -> Json:
    if cell["cell_type"] != "code":
        return {"cell_type": cell["cell_type"], "metadata": {}, "source": cell["source"]}
    old = {"cell_type": "code", "input": cell["source"], "language": "python", "metadata": cell["metadata"]}
    return {**old, "outputs": [], "prompt_number": 1}


def outputs_kept(solved: bytes) -> bytes:
    """With the output of every cell."""
    notebook = parse(solved)
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": _PICTURE}}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["done\n"]}, picture]
    return write(notebook)


def one_id_for_all(solved: bytes) -> bytes:
    """As after copying cells about: every id the same, every source one string."""
    notebook = parse(solved)
    for cell in notebook["cells"]:
        cell["id"], cell["source"] = "same", source_of(cell)
    return write(notebook)


def windows(solved: bytes) -> bytes:
    """With a byte order mark and Windows line ends, in the file and within cells."""
    notebook = parse(solved)
    for cell in notebook["cells"]:
        cell["source"] = source_of(cell).replace("\n", "\r\n")
    return b"\xef\xbb\xbf" + write(notebook).replace(b"\n", b"\r\n")


def without_text(solved: bytes) -> bytes:
    """With every markdown cell deleted, and a stray raw one."""
    notebook = parse(solved)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    notebook["cells"] = [*cells, {"cell_type": "raw", "id": "raw", "metadata": {}, "source": ["notes"]}]
    return write(notebook)


FORMATS: dict[str, Callable[[bytes], bytes]] = {
    "colab": colab,
    "format-3": format_3,
    "outputs-kept": outputs_kept,
    "one-id-for-all": one_id_for_all,
    "windows": windows,
    "without-text": without_text,
}


def in_r(solved: bytes) -> bytes:
    """A notebook that says it is in R."""
    notebook = parse(solved)
    notebook["metadata"] = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    return write(notebook)


def very_many_cells(solved: bytes) -> bytes:
    """With thousands of empty cells."""
    notebook = parse(solved)
    notebook["cells"] += [{"cell_type": "code", "metadata": {}, "outputs": [], "source": ""}] * 5_000
    return write(notebook)


def deeply_nested(solved: bytes) -> bytes:
    """Metadata nested a hundred thousand times."""
    deep = b"[" * 100_000 + b"]" * 100_000
    return write(parse(solved)).rstrip()[:-1] + b', "deep": ' + deep + b"}"


# Files that cannot be graded, by what is wrong with them: the name's ending, and what the file holds.
BROKEN: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "empty": (".ipynb", lambda solved: b""),
    "cut-off": (".ipynb", lambda solved: solved[: len(solved) // 2]),
    "pdf-renamed": (".ipynb", lambda solved: b"%PDF-1.7\n%a print of my notebook\n"),
    "web-page-renamed": (".ipynb", lambda solved: b"<!DOCTYPE html><html><body>Sign in</body></html>"),
    "git-conflict": (
        ".ipynb",
        lambda solved: b"<<<<<<< HEAD\n" + solved + b"=======\n" + solved + b">>>>>>> mine\n",
    ),
    "latin-1": (".ipynb", lambda solved: b'{"cells": [], "author": "Zo\xeb"}'),
    "no-notebook": (".ipynb", lambda solved: b'{"answer": 42}\n'),
    "other-language": (".ipynb", in_r),
    "script": (".py", lambda solved: b"print('my solution')\n"),
    "pdf": (".pdf", lambda solved: b"%PDF-1.7\n"),
    "archive": (".zip", lambda solved: b"PK\x03\x04"),
}


def with_broken_cell(solved: bytes, function: str) -> bytes:
    """With a slip of the keyboard in the cell of `function`: that cell does not parse, all others do."""
    index = cell_with(solved, function)
    source = source_of(parse(solved)["cells"][index])
    return change_cell(solved, index, source.replace(f"def {function}(", f"def {function}((", 1))

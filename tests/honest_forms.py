"""The solved notebook as other programs and other hands leave it: from its JSON to bytes."""

import ast
import copy
import json

from coursekit.notebook.edit import parse, source_of, write

PICTURE = "iVBORw0KGgo" * 2_000


def code(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def ignored(cell):
    return "otter_ignore" in cell["metadata"].get("tags", ())


def answers(notebook):
    return [cell for cell in code(notebook) if not ignored(cell)]


def new(source, kind="code"):
    cell = {"cell_type": kind, "metadata": {}, "source": source}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def named(notebook):
    """With an id for each cell, as format 4.5 asks."""
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{number}"
    return notebook


def other_kernel(notebook):
    notebook["metadata"] = {
        "kernelspec": {
            "display_name": "Python [conda env:rnn-2026]",
            "language": "python",
            "name": "conda-env-rnn-2026-py",
        },
        "language_info": {
            "codemirror_mode": {"name": "ipython", "version": 3},
            "file_extension": ".py",
            "mimetype": "text/x-python",
            "name": "python",
            "nbconvert_exporter": "python",
            "pygments_lexer": "ipython3",
            "version": "3.9.7",
        },
        "toc-showcode": False,
    }
    return write(notebook)


def no_metadata(notebook):
    notebook["metadata"] = {}
    return write(notebook)


def colab(notebook):
    notebook["metadata"] = {
        "accelerator": "GPU",
        "colab": {"provenance": [], "gpuType": "T4", "toc_visible": True},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook["cells"]):
        cell.pop("id", None)
        cell["metadata"] |= {"id": f"Xy{number:010d}", "outputId": "f00"}
    for cell in answers(notebook):
        cell["metadata"] |= {"colab": {"base_uri": "https://localhost:8080/"}, "cellView": "form"}
        stamp = "2026-10-01T12:00:00.000Z"
        cell["metadata"]["executionInfo"] = {"status": "ok", "user": {"displayName": "A"}, "timestamp": stamp}
    notebook["nbformat_minor"] = 0
    return write(notebook)


def vscode(notebook):
    notebook["metadata"] = {
        "kernelspec": {"display_name": ".venv (3.12.1)", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.12.1"},
        "orig_nbformat": 4,
        "vscode": {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b"}},
    }
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python" if cell["cell_type"] == "code" else "markdown"}
    return write(notebook)


def kaggle(notebook):
    notebook["metadata"]["kaggle"] = {"accelerator": "none", "dataSources": [], "isInternetEnabled": True}
    for cell in code(notebook):
        cell["metadata"] |= {"_uuid": "8f2839f25d086af736a60e9eeb907d3b93b6e0e5", "trusted": True}
        cell["metadata"]["execution"] = {"iopub.status.idle": "2026-10-01T12:00:00.000000Z"}
    return write(notebook)


def databricks(notebook):
    notebook["metadata"] = {
        "application/vnd.databricks.v1+notebook": {
            "language": "python",
            "notebookName": "hw2",
            "widgets": {},
        },
        "language_info": {"name": "python"},
    }
    for cell in code(notebook):
        cell["metadata"]["application/vnd.databricks.v1+cell"] = {
            "title": "",
            "showTitle": False,
            "nuid": "1",
        }
    notebook["nbformat_minor"] = 0
    return write(notebook)


def classic(notebook):
    notebook["metadata"] |= {
        "toc": {"base_numbering": 1, "nav_menu": {}, "sideBar": True},
        "varInspector": {"cols": {"lenName": 16}, "window_display": False},
        "celltoolbar": "Slideshow",
        "hide_input": True,
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2}},
    }
    for cell in notebook["cells"]:
        cell["metadata"] |= {"slideshow": {"slide_type": "slide"}, "hide_input": True, "collapsed": True}
    return write(notebook)


def windows(notebook):
    for cell in notebook["cells"]:
        cell["source"] = source_of(cell).replace("\n", "\r\n")
    return write(notebook).replace(b"\n", b"\r\n")


def old_mac(notebook):
    for cell in notebook["cells"]:
        cell["source"] = source_of(cell).replace("\n", "\r")
    return write(notebook)


def with_mark(notebook):
    return b"\xef\xbb\xbf" + write(notebook)


def minified(notebook):
    for cell in notebook["cells"]:
        cell["source"] = source_of(cell)
    return json.dumps(notebook, separators=(",", ":"), ensure_ascii=True).encode()


def reformatted(notebook):
    return json.dumps(notebook, indent=4, ensure_ascii=False).encode()


def outputs_kept(notebook):
    state = {"model_id": "a" * 32, "version_major": 2, "version_minor": 0}
    for number, cell in enumerate(code(notebook)):
        cell["execution_count"] = number
        cell["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": ["step 1\n", "\x1b[31mred\x1b[0m\n"]},
            {"output_type": "stream", "name": "stderr", "text": "RuntimeWarning: overflow\n"},
            {
                "output_type": "display_data",
                "metadata": {"needs_background": "light"},
                "data": {"image/png": PICTURE, "text/plain": ["<Figure size 640x480>"]},
            },
            {
                "output_type": "execute_result",
                "execution_count": number,
                "metadata": {},
                "data": {
                    "text/html": "<table><tr><td>1</td></tr></table>",
                    "application/vnd.jupyter.widget-view+json": state,
                },
            },
            {"output_type": "error", "ename": "NameError", "evalue": "name 'x'", "traceback": ["\x1b[0;31m"]},
        ]
    return write(notebook)


def large_pictures(notebook):
    for cell in code(notebook)[:3]:
        picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 2_000_000}}
        cell["outputs"] = [picture]
    return write(notebook)


def _format(minor):
    def form(notebook):
        for cell in notebook["cells"]:
            cell.pop("id", None)
        notebook["nbformat_minor"] = minor
        return write(notebook)

    return form


format_4_0, format_4_1, format_4_2, format_4_3, format_4_4 = map(_format, range(5))
ids_missing = _format(5)


def ids_the_same(notebook):
    for cell in notebook["cells"]:
        cell["id"] = "same"
    return write(notebook)


def future(notebook):
    notebook |= {"nbformat_minor": 99, "signature": "x", "provenance": {"by": "a newer Jupyter"}}
    for cell in notebook["cells"]:
        cell["hovercraft"] = {"eels": [1, 2, 3]}
    return write(notebook)


def one_cell(notebook):
    notebook["cells"] = [new("\n\n".join(source_of(cell) for cell in answers(notebook)))]
    return write(named(notebook))


def split(notebook):
    cells = []
    for cell in answers(notebook):
        source = source_of(cell)
        for node in ast.parse(source).body:
            cells.append(new(ast.get_source_segment(source, node)))
    notebook["cells"] = cells
    return write(named(notebook))


def backwards(notebook):
    graded = answers(notebook)
    own = [cell for cell in graded if "otter_answer_cell" in cell["metadata"].get("tags", ())]
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in own] + own[::-1]
    return write(notebook)


def imports_everywhere(notebook):
    for cell in answers(notebook):
        imports = "import numpy as np\nimport matplotlib.pyplot as plt\nimport gradtools\n\n"
        cell["source"] = imports + source_of(cell)
    return write(notebook)


def text_at_the_end(notebook):
    text = [cell for cell in notebook["cells"] if cell["cell_type"] != "code"]
    notebook["cells"] = code(notebook) + text[::-1]
    return write(notebook)


def without_text(notebook):
    notebook["cells"] = code(notebook)
    return write(notebook)


def empty_between(notebook):
    between = [new(""), new("# nothing yet\n\n#"), new("$x$", "raw"), new("   \n\t\n"), new("", "markdown")]
    notebook["cells"] = [one for cell in notebook["cells"] for one in (*copy.deepcopy(between), cell)]
    return write(named(notebook))


def tags_lost(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    return write(notebook)


def own_checks(notebook):
    notebook["cells"] += [
        new('import otter\ngrader = otter.Notebook("hw2_bptt.ipynb")'),
        new('grader.check("q1")\nresults = grader.check_all()\nprint(results)'),
        new("grader.export(pdf=False, force_save=True, run_tests=True)"),
    ]
    return write(named(notebook))


def twice(notebook):
    notebook["cells"] += copy.deepcopy(notebook["cells"])
    return write(named(notebook))


def tagged(notebook):
    for cell in answers(notebook):
        tags = cell["metadata"].get("tags", [])
        cell["metadata"]["tags"] = [*tags, "remove-output", "parameters", "hide-input", "solution", "Größe"]
    return write(notebook)


def counts(notebook):
    for number, cell in enumerate(code(notebook)):
        cell["execution_count"] = (number * 37) % 101 + 1
        cell["metadata"]["ExecuteTime"] = {"end_time": "2026-10-01T12:00:00", "start_time": None}
    return write(notebook)


def long_line(notebook):
    table = "table = [" + ", ".join(map(str, range(34_000))) + "]"
    assert len(table) > 200_000
    notebook["cells"] = [new(table), *notebook["cells"]]
    return write(named(notebook))


def scratch_cells(notebook):
    tries = [new(f"scratch_{number} = {number}\nscratch_{number} + 1") for number in range(300)]
    notebook["cells"] += tries
    return write(named(notebook))


def half_character(notebook):
    text = write({**notebook, "cells": [new("# done HALF\nx = 1"), *notebook["cells"]]})
    return text.replace(b"HALF", rb"\ud83d")


def form(name, raw):
    """The bytes after the form of that name."""
    return globals()[name](parse(raw))

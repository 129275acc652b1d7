"""Notebooks made from a master: nothing of the solution for students, all of it in the solved one."""

from __future__ import annotations

import json

import pytest
from tinycourse import MASTER_PATH, SLUG, change, course

from coursekit.build.materials import load
from coursekit.build.notebooks import (
    solved_notebook,
    student_notebook,
    with_answer,
    with_function,
    with_mistake,
)
from coursekit.build.variants import variants
from coursekit.errors import BadInput
from coursekit.notebook.document import Page, write_notebook
from coursekit.notebook.edit import without_prose

__all__ = ["course"]


def cells(notebook: bytes) -> list[dict]:
    """The notebook's cells."""
    return json.loads(notebook)["cells"]


def sources(notebook: bytes, tag: str = "") -> list[str]:
    """Sources of all cells, or of those with a tag."""
    return [
        "".join(cell["source"])
        for cell in cells(notebook)
        if not tag or tag in cell["metadata"].get("tags", [])
    ]


def test_students_get_stubs_that_raise(course):
    assert sources(student_notebook(course, SLUG), "otter_answer_cell") == [
        'def slope(h):\n    """Slope of tanh.  h (N, H): states.  Returns (N, H)."""\n'
        '    raise NotImplementedError("q1: slope")',
        'def jacobian(h, W):\n    """Jacobian.  h (N, H), W (H, H).  Returns (N, H, H)."""\n'
        '    raise NotImplementedError("q2: jacobian")\n\n\nq2_choice = ...',
    ]


def test_solved_notebook_has_the_solutions_and_no_marks(course):
    notebook = solved_notebook(course, SLUG)

    assert "return 1 - squares" in sources(notebook, "otter_answer_cell")[0]
    assert 'q2_choice = "b"' in sources(notebook, "otter_answer_cell")[1]
    assert not any(word in notebook for word in (b"SOLUTION", b"PROMPT", b"NotImplementedError"))


def test_cells_that_stay_stubs_are_chosen_by_name(course):
    slope, jacobian = sources(solved_notebook(course, SLUG, stubs=["jacobian"]), "otter_answer_cell")

    assert "return 1 - squares" in slope
    assert 'raise NotImplementedError("q2: jacobian")' in jacobian


def test_stub_of_an_unknown_name_is_refused(course):
    with pytest.raises(BadInput, match=r"no answer cell defines jacobi"):
        solved_notebook(course, SLUG, stubs=["jacobi"])


def test_both_notebooks_share_cells_and_ids(course):
    student, solved = (cells(make(course, SLUG)) for make in (student_notebook, solved_notebook))

    assert [cell["id"] for cell in student] == [cell["id"] for cell in solved]
    assert len({cell["id"] for cell in student}) == len(student)


def test_a_new_cell_leaves_the_other_ids_alone(course):
    before = [cell["id"] for cell in cells(student_notebook(course, SLUG))]
    change(course, MASTER_PATH, "# %%\nguess_q2 = None\n", "# %%\nguess_q2 = None\n\n# %%\nguess_q3 = None\n")
    after = [cell["id"] for cell in cells(student_notebook(course, SLUG))]

    assert [id for id in after if id in before] == before
    assert len(after) == len(before) + 1


def test_equal_cells_have_different_ids(course):
    change(course, MASTER_PATH, "# %%\nguess_q2 = None\n", "# %%\nguess_q2 = None\n\n# %%\nguess_q2 = None\n")
    ids = [cell["id"] for cell in cells(student_notebook(course, SLUG))]

    assert len(set(ids)) == len(ids)


def test_the_bytes_depend_on_the_master_alone(course):
    assert student_notebook(course, SLUG) == student_notebook(course, SLUG)


def test_notebook_has_no_output_no_run_and_a_fixed_kernel(course):
    notebook = json.loads(student_notebook(course, SLUG))

    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in notebook["cells"]
               if cell["cell_type"] == "code")  # fmt: skip
    assert b"lines_to_next_cell" not in student_notebook(course, SLUG)


def test_prompts_setup_and_checks_are_locked_and_answers_are_not(course):
    locked = {
        "".join(cell["source"]).split("\n")[0]: cell["metadata"].get("editable") is False
        for cell in cells(student_notebook(course, SLUG))
    }

    assert [first for first, lock in locked.items() if not lock] == [
        "def slope(h):",
        "with gradtools.waits():",
        "guess_q2 = None",
        "def jacobian(h, W):",
    ]
    assert all(
        cell["metadata"].get("editable") == cell["metadata"].get("deletable")
        for cell in cells(student_notebook(course, SLUG))
    )


def test_what_the_master_says_of_a_lock_holds(course):
    change(course, MASTER_PATH, "# %%\nguess_q2", "# %% editable=false\nguess_q2")
    guess = next(
        cell for cell in cells(student_notebook(course, SLUG)) if cell["source"] == ["guess_q2 = None"]
    )

    assert guess["metadata"] == {"deletable": False, "editable": False}


def test_cell_that_is_all_solution_is_not_given(course):
    cell = '# %% tags=["otter_answer_cell"]\n# BEGIN SOLUTION NO PROMPT\nhelper = 1\n# END SOLUTION\n\n'
    change(course, MASTER_PATH, "# %%\nguess_q2", f"{cell}# %%\nguess_q2")

    assert "helper = 1" not in sources(student_notebook(course, SLUG))
    assert "helper = 1" in sources(solved_notebook(course, SLUG))


def test_mistake_changes_its_function_alone(course):
    solved = solved_notebook(course, SLUG)
    mistake = load(course, SLUG).mistakes[0]
    changed = with_mistake(solved, mistake)
    pairs = list(zip(cells(solved), cells(changed), strict=True))

    different = [(a, b) for a, b in pairs if a != b]
    assert len(different) == 1
    assert different[0][1]["source"][-1] == "    return 1 - h"


def test_function_is_replaced_and_its_neighbours_stay(course):
    code = "\ndef jacobian(h, W):\n    return W\n"
    changed = with_function(solved_notebook(course, SLUG), "jacobian", code)

    assert sources(changed, "otter_answer_cell")[1].split() == [
        *("def", "jacobian(h,", "W):", "return", "W"),
        *("q2_choice", "=", '"b"'),
    ]


def test_function_that_is_not_there_is_refused(course):
    with pytest.raises(BadInput, match=r"0 code cells define jacobi; expected exactly one"):
        with_function(solved_notebook(course, SLUG), "jacobi", "def jacobi(): pass")


def test_wrong_answer_changes_its_assignment_alone(course):
    [variant] = [one for one in variants(course, load(course, SLUG)) if one.kind == "answer"]
    solved = sources(without_prose(solved_notebook(course, SLUG)))

    assert (variant.kind, variant.id, variant.function) == ("answer", "M-q2_choice_rows.1", "q2_choice")
    assert sources(variant.raw) == [source.replace('q2_choice = "b"', "q2_choice = 'a'") for source in solved]
    assert sources(variant.raw) != solved


CODE = """\
π = "ä"; q1_list = [
    1,  # ö
    2,
]  # four digits
q1_next = q1_list"""
REPLACED = [
    ("q1_list", "[3, 4]", 'π = "ä"; q1_list = [3, 4]  # four digits\nq1_next = q1_list'),
    ("q1_next", "(1,\n 2)  # two", CODE.replace("q1_next = q1_list", "q1_next = (1, 2)")),
    ("π", "3", CODE.replace('"ä"', "3")),
]


@pytest.mark.parametrize(("variable", "expression", "after"), REPLACED)
def test_assignment_is_replaced_over_all_its_lines(variable, expression, after):
    notebook = write_notebook(
        [Page("code", "%matplotlib inline"), Page("code", CODE), Page("markdown", CODE)]
    )

    assert sources(with_answer(notebook, variable, expression)) == ["%matplotlib inline", after, CODE]


UNFIT = [
    (["x = 1"], "y", "2", r"0 code cells assign y; expected exactly one"),
    (["x = 1", "x = 2"], "x", "3", r"2 code cells assign x; expected exactly one"),
    (["x = 1\nx = 2"], "x", "3", r"line 1, 2 of one cell assigns x; expected one `x = …`, and alone"),
    (["x = y = 1"], "x", "3", r"line 1 of one cell assigns x; expected one `x = …`, and alone"),
    (["def x():\n    return 1"], "x", "3", r"x is a function or class of its cell; expected one `x = …`"),
    (["x = 1"], "x", "y = 3", r"x: 'y = 3' is not one Python expression"),
]


@pytest.mark.parametrize(("cells", "variable", "expression", "message"), UNFIT)
def test_wrong_answer_that_has_no_place_is_refused(cells, variable, expression, message):
    notebook = write_notebook(Page("code", source) for source in cells)

    with pytest.raises(BadInput, match=message):
        with_answer(notebook, variable, expression)


def test_bytes_that_are_no_notebook_are_refused():
    with pytest.raises(BadInput, match=r"not a notebook of format 4"):
        with_function(b"{}", "f", "def f(): pass")
    with pytest.raises(BadInput, match=r"not a notebook of format 4"):
        with_function(b"\xff", "f", "def f(): pass")


BROKEN = [
    ('grader.check("q2")', 'grader.check("q1")', r":60: q1 is checked on line 38 already; remove one"),
    ('grader.check("q2")', 'grader.check("q3")', r":60: checks 'q3', which assignment.toml does not have"),
    ('grader.check("q2")', "pass", r":1: q2 has no check cell; add `grader.check\(\"q2\"\)` below its stub"),
    (
        '# %% tags=["otter_ignore"]\ngrader.check("q2")',
        '# %%\ngrader.check("q2")',
        r":60: a check cell must be tagged",
    ),
    (
        'NotImplementedError("q1: slope")',
        'NotImplementedError("q2: slope")',
        r"the stub says 'q2: slope', .*under q1",
    ),
    (
        'NotImplementedError("q1: slope")',
        'NotImplementedError("q1: slop")',
        r"'q1: slop' stands in a cell that defines",
    ),
    (
        'raise NotImplementedError("q1: slope")',
        "pass",
        r"the stub of slope must end in `raise NotImplementedError",
    ),
    (
        "def jacobian(h, W):",
        "def jacobi(h, W):",
        r"q2: jacobian' stands in a cell that defines no 'jacobian'",
    ),
    ('"hw1_tiny.ipynb"', '"hw1.ipynb"', r":9: the grader reads 'hw1.ipynb'; expected 'hw1_tiny.ipynb'"),
    ('grader = otter.Notebook("hw1_tiny.ipynb")', "pass", r":1: 0 cells make the grader; expected one"),
    (
        "<details>",
        '<details onclick="x">',
        r":41: HTML `<details onclick=\"x\">`; a markdown cell has no HTML",
    ),
    ("What is it at zero?", "<script>x()</script>", r":41: HTML `<script>`"),
    ("What is it at zero?", "<img src=x>", r":41: HTML `<img src=x>`"),
    ("What is it at zero?", "[a](javascript:x)", r":41: HTML `\]\(javascript:`"),
    ("# # Slopes", "# # Slopes\n# <b>x</b>", r":3: HTML `<b>`"),
    (
        'q2_choice = "b"  # SOLUTION',
        'q2_choice, x = "b", 1  # SOLUTION',
        r"would stop the notebook; give each name",
    ),
    ('q2_choice = "b"  # SOLUTION', 'q2_choice = "b"  # SEED', r"Otter strips this cell otherwise"),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_master_whose_release_would_be_wrong_is_refused(course, old, new, message):
    change(course, MASTER_PATH, old, new)

    with pytest.raises(BadInput, match=message):
        student_notebook(course, SLUG)


def test_function_given_away_is_refused(course):
    text = (course / MASTER_PATH).read_text()
    start, end = text.index("def slope"), text.index('# %% tags=["otter_ignore"]\nwith')
    body = "def slope(h):\n    return 1 - h * h\n\n"
    (course / MASTER_PATH).write_text(text[:start] + body + text[end:])

    with pytest.raises(
        BadInput, match=r":23: slope of q1 is given away: put its body between solution marks"
    ):
        student_notebook(course, SLUG)


def test_function_without_a_stub_is_refused(course):
    text = (course / MASTER_PATH).read_text()
    start, end = text.index("def slope"), text.index('# %% tags=["otter_ignore"]\nwith')
    (course / MASTER_PATH).write_text(
        text[:start] + "# BEGIN SOLUTION NO PROMPT\ndef slope(h): pass\n# END SOLUTION\n\n" + text[end:]
    )

    with pytest.raises(BadInput, match=r"slope of q1 has no stub: what students get defines no slope"):
        student_notebook(course, SLUG)


def test_checks_in_another_order_are_refused(course):
    text = (course / MASTER_PATH).read_text()
    swapped = text.replace('check("q1")', 'check("q0")').replace('check("q2")', 'check("q1")')
    (course / MASTER_PATH).write_text(swapped.replace('check("q0")', 'check("q2")'))

    with pytest.raises(BadInput, match=r"checks come in the order q2, q1; expected q1, q2"):
        student_notebook(course, SLUG)


@pytest.mark.parametrize("text", ["$k<T$ and $$a<b$$", "`<b>`", "<https://example.org/a>", "a < b, 3<4"])
def test_mathematics_code_and_links_are_no_html(course, text):
    change(course, MASTER_PATH, "What is it at zero?", text)

    assert text in "".join(sources(student_notebook(course, SLUG)))

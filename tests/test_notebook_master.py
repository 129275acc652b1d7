"""Masters: cells and their lines, the Reference that stands in them, and solution marks that cannot slip."""

from __future__ import annotations

import textwrap

import pytest
from tinycourse import MASTER

from coursekit.errors import BadInput
from coursekit.notebook.marks import Line, classify
from coursekit.notebook.master import read_master

PATH = "solutions/hw1_tiny/master.py"


def answer(*lines: str) -> str:
    """A master of one answer cell."""
    return "\n".join(['# %% tags=["otter_answer_cell"]', *lines]) + "\n"


def refusal(text: str) -> str:
    """The sentence with which a master is refused."""
    with pytest.raises(BadInput) as caught:
        read_master(text, PATH)
    return str(caught.value)


def test_cells_have_kind_tags_and_the_line_of_their_source():
    cells = read_master(MASTER, PATH).cells

    assert [(cell.kind, cell.tags) for cell in cells[:5]] == [
        ("markdown", ()),
        ("code", ("otter_ignore",)),
        ("code", ()),
        ("markdown", ()),
        ("code", ("otter_answer_cell",)),
    ]
    lines = MASTER.split("\n")
    for cell in cells:
        if cell.kind == "code":
            assert lines[cell.line - 1] == cell.source.split("\n")[0]


def test_metadata_of_a_cell_is_kept_without_what_jupytext_adds():
    text = "# %% [markdown] editable=false\n# a\n\n\n\n# %%\nx = 1\n"

    assert [dict(cell.metadata) for cell in read_master(text, PATH).cells] == [{"editable": False}, {}]


def test_reference_lines_are_the_masters_lines():
    reference = read_master(MASTER, PATH).reference.split("\n")
    master = MASTER.split("\n")

    for number, line in enumerate(reference):
        assert line in ("", master[number], master[number].removesuffix("  # SOLUTION"))
    assert master.index("    squares = h * h") == reference.index("    squares = h * h")


def test_reference_runs_alone_and_is_the_solution():
    source = read_master(MASTER.replace("import gradtools\n", ""), PATH).reference
    module: dict = {}
    exec(compile(source, PATH, "exec"), module)  # noqa: S102 - a source of this test

    assert module["slope"](0.5) == 0.75
    assert module["q2_choice"] == "b"
    assert "grader" not in module
    assert "NotImplementedError" not in source


def test_error_in_the_reference_points_into_the_master():
    text = MASTER.replace("import gradtools\n", "")
    module: dict = {}
    exec(compile(read_master(text, PATH).reference, PATH, "exec"), module)  # noqa: S102 - as above
    with pytest.raises(TypeError) as caught:
        module["slope"]("text")

    assert text.split("\n")[caught.traceback[-1].lineno].strip() == "squares = h * h"


def test_solved_cell_has_neither_marks_nor_prompt():
    cell = next(cell for cell in read_master(MASTER, PATH).cells if cell.is_answer)

    assert cell.solved == textwrap.dedent(
        '''\
        def slope(h):
            """Slope of tanh.  h (N, H): states.  Returns (N, H)."""
            squares = h * h
            return 1 - squares'''
    )


def test_jupytexts_own_header_is_no_cell():
    header = "# ---\n# jupyter:\n#   kernelspec:\n#     name: python3\n#     display_name: P\n# ---\n\n"
    cells = read_master(header + "# %%\n\n\nx = 1\n", PATH).cells

    assert [(cell.source, cell.line) for cell in cells] == [("x = 1", 11)]


def test_windows_line_ends_make_no_difference():
    assert read_master(MASTER.replace("\n", "\r\n"), PATH) == read_master(MASTER, PATH)


def test_magic_may_stand_in_an_ignored_cell():
    cells = read_master('# %% tags=["otter_ignore"]\n# %matplotlib inline\n', PATH).cells

    assert cells[0].source == "%matplotlib inline"


BROKEN = [
    ("x = 1\n# %%\ny = 2\n", r":1: text before the first `# %%` line"),
    ("", r":1: text before the first `# %%` line"),
    ('# %% tags=["otter_answer"]\nx = 1\n', r":2: tags ['otter_answer']; a cell has one of"),
    ('# %% tags=["otter_answer_cell", "otter_ignore"]\nx = 1\n', ":2: tags"),
    ("# %%\ndef f(:\n", ":2: not valid Python"),
    ("# %%\nx = 1\ndef f(:\n", ":3: not valid Python"),
    ("# %%\n# %matplotlib inline\n", ":2: magics cannot stand in a reference cell"),
    ("# %% [raw]\n# x\n", ":2: a raw cell; masters have code and markdown cells only"),
    ('# %%\nx = """\n# %% not a cell\n"""\n', "no string may hold such a line"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_broken_master_is_refused_with_its_line(text, message):
    said = refusal(text)

    assert said.startswith(PATH)
    assert message in said


MARKS = [
    (
        ["# BEGIN SOLUTION", "x = 1"],
        ":2: `# BEGIN SOLUTION` is never closed in this cell; add `# END SOLUTION`",
    ),
    (["x = 1", "# END SOLUTION"], ":3: found `# END SOLUTION`; no such mark can stand here"),
    (
        ["# BEGIN SOLUTION", "# BEGIN SOLUTION", "# END SOLUTION"],
        ":3: found `# BEGIN SOLUTION`; expected `# END",
    ),
    (
        ["# BEGIN SOLUTION", "x = 1  # SOLUTION", "# END SOLUTION"],
        ":3: found `x = 1  # SOLUTION`; expected `# END",
    ),
    (['""" # BEGIN PROMPT', "x = ..."], ':2: `""" # BEGIN PROMPT` is never closed in this cell'),
    (['""" # BEGIN PROMPT', "# END SOLUTION"], ':3: found `# END SOLUTION`; expected `"""; # END PROMPT`'),
    (["#BEGIN SOLUTION", "x = 1", "# END SOLUTION"], ":2: found `#BEGIN SOLUTION`; no such mark"),
    (["# begin solution", "x = 1", "# end solution"], ":2: found `# begin solution`; no such mark"),
    (["# BEGIN SOLUTION NOPROMPT", "x = 1", "# END SOLUTION"], ":2: found `# BEGIN SOLUTION NOPROMPT`"),
    (["x = 1  # SOLUTIONS"], ":2: found `x = 1  # SOLUTIONS`"),
    (["x = 1  # Solution", "y = 2  # the SOLUTION"], ":3: found `y = 2  # the SOLUTION`"),
    (["x = f(  # SOLUTION", "    1)"], ":2: `# SOLUTION` must end a statement of one line"),
    (["x = f(", "    1)  # SOLUTION"], ":3: `# SOLUTION` must end a statement of one line"),
    (["if True:  # SOLUTION", "    x = 1"], ":2: `# SOLUTION` must end a statement of one line"),
]


@pytest.mark.parametrize(("lines", "message"), MARKS)
def test_mark_that_otter_would_misread_is_refused(lines, message):
    assert message in refusal(answer(*lines))


@pytest.mark.parametrize("head", ["# %%", "# %% [markdown]", '# %% tags=["otter_ignore"]'])
def test_mark_outside_an_answer_cell_is_refused(head):
    line = "x = 1  # SOLUTION" if "markdown" not in head else "# x = 1 # SOLUTION"

    assert ":2: `x = 1" in refusal(f"{head}\n{line}\n")
    assert "would be copied to students; tag the cell otter_answer_cell" in refusal(f"{head}\n{line}\n")


def test_prose_about_solutions_is_no_mark():
    text = "# %%\nx = 1  # the solution of the equation\n\n# %% [markdown]\n# A *solution* and a prompt.\n"

    assert len(read_master(text, PATH).cells) == 2


def test_every_line_of_a_cell_has_its_kind():
    source = "\n".join(
        [
            "def f():",
            "    # BEGIN SOLUTION",
            "    secret()",
            "    # END SOLUTION",
            '    """ # BEGIN PROMPT',
            "    shown()",
            '    """; # END PROMPT',
            "a = 3  # SOLUTION",
        ]
    )

    assert classify(source, PATH, 1) == [
        Line.GIVEN,
        Line.MARK,
        Line.SOLUTION,
        Line.MARK,
        Line.MARK,
        Line.PROMPT,
        Line.MARK,
        Line.ANSWER,
    ]

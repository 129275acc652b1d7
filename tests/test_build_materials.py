"""What grading needs, joined from folder and master: names must agree before a student is graded."""

from __future__ import annotations

import pytest
from tinycourse import MASTER_PATH, PRIVATE, SLUG, change, course, write_course

from coursekit.build.materials import load
from coursekit.errors import BadInput

__all__ = ["course"]


def test_materials_hold_everything(course):
    (course / PRIVATE / "data").mkdir()
    (course / PRIVATE / "data" / "oracle.npz").write_bytes(b"npz")
    materials = load(course, SLUG)

    assert materials.assignment.possible == 8
    assert [file.question for file in materials.case_files] == ["q1", "q1", "q2", "q2"]
    assert "def slope(h):" in materials.reference
    assert [mistake.id for mistake in materials.mistakes] == ["TJ01", "TJ04"]
    assert [answer.id for answer in materials.answers] == ["M-q2_choice_rows.1"]
    assert materials.support["oracle.npz"] == b"npz"
    assert b"gradtools" in materials.support["gradtools/__init__.py"]


def test_version_is_the_same_wherever_the_course_lies(course, tmp_path):
    assert load(course, SLUG).version == load(write_course(tmp_path / "elsewhere"), SLUG).version


VERDICTS = [
    (MASTER_PATH, "squares = h * h", "squares = h**2"),
    (f"{PRIVATE}/hidden/q1_hidden.py", "(3, 6)", "(4, 6)"),
    (f"{PRIVATE}/assignment.toml", 'title = "Slopes"', 'title = "S"\n[limits]\ncall_seconds = 5'),
    (f"{PRIVATE}/accepted.toml", "np.power(h, 2)", "np.power(h, 2.0)"),
    (f"{PRIVATE}/mistakes.toml", "Differentiate tanh", "Derive tanh"),
    (f"{PRIVATE}/mistakes.toml", "Which index of the Jacobian", "Which letter of the Jacobian"),
]


@pytest.mark.parametrize(("name", "old", "new"), VERDICTS)
def test_version_changes_with_what_can_change_a_verdict(course, name, old, new):
    before = load(course, SLUG).version
    change(course, name, old, new)

    assert load(course, SLUG).version != before


def test_version_does_not_change_with_prose(course):
    before = load(course, SLUG).version
    change(course, MASTER_PATH, "# The slope of tanh at a state", "# How steep tanh is at a state")

    assert load(course, SLUG).version == before


WRONG = [
    (
        f"{PRIVATE}/assignment.toml",
        'functions = ["slope"]',
        'functions = ["slop"]',
        r"assignment.toml:7: q1 lists 'slop', which the master does not define; did you mean 'slope'",
    ),
    (
        f"{PRIVATE}/assignment.toml",
        'functions = ["jacobian"]',
        'functions = ["slope"]',
        r"assignment.toml:12: q2 lists 'slope', which q1 lists too; a function belongs to one question",
    ),
    (
        f"{PRIVATE}/public/q1.py",
        "def at_zero(slope):",
        "def at_zero(slopes):",
        r"public/q1.py:11: parameter 'slopes' is no name that the master defines; did you mean 'slope'",
    ),
    (
        f"{PRIVATE}/mistakes.toml",
        'right = "1 - squares"',
        'right = "h"',
        r"mistakes.toml:4: mistake TJ01: `h` occurs \d+ times in slope; it must occur exactly once",
    ),
    (
        f"{PRIVATE}/mistakes.toml",
        'right = "1 - squares"',
        'right = "2 - squares"',
        r"mistakes.toml:4: mistake TJ01: `2 - squares` occurs 0 times in slope",
    ),
    (
        f"{PRIVATE}/mistakes.toml",
        'function = "jacobian"',
        'function = "jacobi"',
        r"mistakes.toml:12: mistake TJ04: the master defines no function 'jacobi'; did you mean 'jacobian'",
    ),
    (
        f"{PRIVATE}/mistakes.toml",
        'wrong = "1 - h"',
        'wrong = "1 - ("',
        r"mistakes.toml:4: mistake TJ01: with `wrong` put in, slope is not valid Python",
    ),
    (
        f"{PRIVATE}/mistakes.toml",
        'variable = "q2_choice"',
        'variable = "q2_choise"',
        r"mistakes.toml:19: answer M-q2_choice_rows.1: no case reads a variable 'q2_choise'; "
        r"did you mean 'q2_choice'",
    ),
    (
        f"{PRIVATE}/mistakes.toml",
        'variable = "q2_choice"',
        'variable = "slope"',
        r"mistakes.toml:19: answer .*: no case reads a variable 'slope'; known are q2_choice",
    ),
    (
        f"{PRIVATE}/accepted.toml",
        'function = "slope"',
        'function = "slop"',
        r"accepted.toml:3: variant power: the master defines no function 'slop'; did you mean 'slope'",
    ),
    (
        f"{PRIVATE}/accepted.toml",
        "def slope(h):",
        "def slop(h):",
        r"accepted.toml:3: variant power: its code must define the function: no top-level function 'slope'",
    ),
    (
        f"{PRIVATE}/accepted.toml",
        "def slope(h):",
        "def slope(h)",
        r"accepted.toml:3: variant power: line 1 of its code is not valid Python",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), WRONG)
def test_what_does_not_fit_the_master_is_refused(course, name, old, new, message):
    change(course, name, old, new)

    with pytest.raises(BadInput, match=message):
        load(course, SLUG)


def test_assignment_without_a_master_is_refused(course):
    (course / MASTER_PATH).unlink()

    with pytest.raises(BadInput, match=r"solutions/hw1_tiny/master.py does not exist"):
        load(course, SLUG)

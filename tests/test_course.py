"""The door to the course folder: what it reads, and every refusal with its place and its way out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinycourse import ACCEPTED, PRIVATE, SLUG, change, course

from coursekit.course import Course, find_course
from coursekit.errors import BadInput
from coursekit.model import Case, Limits

__all__ = ["course"]


def read_all(root: Path) -> None:
    """Reads everything of the tiny course."""
    reader = Course(root)
    reader.assignment(SLUG), reader.case_files(SLUG), reader.mistakes(SLUG), reader.accepted(SLUG)


def refusal(root: Path) -> str:
    """The sentence with which reading the tiny course is refused."""
    with pytest.raises(BadInput) as caught:
        read_all(root)
    return str(caught.value)


def test_course_is_found_from_any_folder_below(course):
    assert course == find_course(course / PRIVATE / "public")


def test_no_course_says_how_to_name_one(tmp_path):
    with pytest.raises(BadInput, match=r"no pyproject.toml there has \[tool.coursekit\].*--course DIR"):
        find_course(tmp_path)


def test_pyproject_of_another_project_is_passed_over(course):
    inner = course / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[tool.other]\n")

    assert course == find_course(inner)


def test_broken_pyproject_is_named(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool")

    with pytest.raises(BadInput, match=r"pyproject.toml cannot be read"):
        find_course(tmp_path)


def test_slugs_are_the_folders_with_an_assignment(course):
    (course / "autograder" / "notes").mkdir()

    assert Course(course).slugs() == (SLUG,)


@pytest.mark.parametrize("slug", ["hw1_tyni", "../hw1_tiny", ""])
def test_missing_assignment_offers_the_known_ones(course, slug):
    with pytest.raises(BadInput, match=r"no assignment .*hw1_tiny"):
        Course(course).assignment(slug)


def test_assignment_holds_questions_and_cases_in_order(course):
    assignment = Course(course).assignment(SLUG)

    assert ("hw1_tiny", "Slopes", 8, Limits()) == (
        assignment.slug,
        assignment.title,
        assignment.possible,
        assignment.limits,
    )
    assert (
        Case("q1", "at zero", 1, hidden=False),
        Case("q1", "anywhere", 2, hidden=True),
        Case("q2", "shape", 1, hidden=False),
        Case("q2", "the choice is a letter", 1, hidden=False),
        Case("q2", "values", 2, hidden=True),
        Case("q2", "the choice", 1, hidden=True),
    ) == assignment.cases
    assert (assignment.question("q2").minutes, assignment.question("q2").rows) == (15, ("TJ1",))


def test_case_files_come_in_the_order_of_questions(course):
    files = Course(course).case_files(SLUG)

    assert [(f.question, f.hidden) for f in files] == [
        ("q1", False),
        ("q1", True),
        ("q2", False),
        ("q2", True),
    ]
    assert f"{PRIVATE}/public/q1.py" == files[0].path
    assert (course / files[0].path).read_text() == files[0].text


def test_ast_and_otter_read_the_same_cases(course):
    from otter.test_files.exception_test import ExceptionTestFile

    assignment = Course(course).assignment(SLUG)
    for file in Course(course).case_files(SLUG):
        if file.hidden:
            continue  # they import the Reference, which exists in the judge only
        text = file.text.replace("import gradtools\n", "")
        found = [(case.name, case.points) for case in ExceptionTestFile.from_string(text).test_cases]
        ours = [c for c in assignment.question(file.question).cases if not c.hidden]
        assert [(case.name, case.points) for case in ours] == found


def test_mistakes_and_accepted_are_records(course):
    reader = Course(course)

    assert [mistake.id for mistake in reader.mistakes(SLUG)] == ["TJ01", "TJ04"]
    assert reader.mistakes(SLUG)[0].wrong == "1 - h"
    assert [variant.id for variant in reader.accepted(SLUG)] == ["power"]
    assert [(answer.variable, answer.wrong) for answer in reader.answers(SLUG)] == [("q2_choice", '"a"')]


def test_course_without_catalogues_has_empty_ones(course):
    (course / PRIVATE / "mistakes.toml").unlink()
    (course / PRIVATE / "accepted.toml").unlink()

    reader = Course(course)
    assert (reader.mistakes(SLUG), reader.accepted(SLUG), reader.answers(SLUG)) == ((), (), ())


def test_data_files_are_found_by_relative_path(course):
    (course / PRIVATE / "data" / "deep").mkdir(parents=True)
    (course / PRIVATE / "data" / "deep" / "oracle.npz").write_bytes(b"npz")

    assert Course(course).data(SLUG) == {"deep/oracle.npz": b"npz"}


def test_limits_are_read(course):
    change(
        course,
        f"{PRIVATE}/assignment.toml",
        'title = "Slopes"',
        'title = "Slopes"\n[limits]\ncall_seconds = 5',
    )

    assert Limits(call_seconds=5) == Course(course).assignment(SLUG).limits


MANIFEST = [
    ('title = "Slopes"', 'titel = "Slopes"', r"assignment.toml:2: unknown key 'titel'.*did you mean 'title'"),
    ('title = "Slopes"\n', "", r"assignment.toml:1: the file has no 'title'; add it \(text\)"),
    ('title = "Slopes"', "title = 3", r":2: 'title' is 3; expected text"),
    ('slug = "hw1_tiny"', 'slug = "hw2"', r":1: slug is 'hw2', its folder is 'hw1_tiny'; make them equal"),
    ('title = "Slopes"', 'title = "S"\ndue = "soon"', r":3: due is 'soon'; expected ISO 8601"),
    ('title = "Slopes"', 'title = "S"\n[limits]\nseconds = 1', r":4: unknown key 'seconds' in \[limits\]"),
    (
        'title = "Slopes"',
        'title = "S"\n[limits]\nthreads = 0',
        r":4: threads is 0; expected a positive number",
    ),
    ('title = "Slopes"', "title = ", r"assignment.toml: not valid TOML.*line 2"),
    (
        'id = "q2"',
        'id = "q1"',
        r":10: id 'q1' is taken since autograder/hw1_tiny/assignment.toml:5; rename one",
    ),
    ('id = "q2"', 'id = "Q2"', r":10: question id 'Q2'; expected q1, q2, …"),
    ("minutes = 15", 'minutes = "15"', r":13: 'minutes' is '15'; expected a whole number"),
    ("minutes = 15", "minutes = true", r":13: 'minutes' is True; expected a whole number"),
    ("minutes = 15", "minuts = 15", r":13: unknown key 'minuts' in \[question\]; did you mean 'minutes'"),
    ('functions = ["slope"]', 'functions = ["1x"]', r":7: '1x' is not a Python name"),
    ('functions = ["slope"]', "functions = [1]", r":7: 'functions' is \[1\]; expected a list of texts"),
]


@pytest.mark.parametrize(("old", "new", "message"), MANIFEST)
def test_wrong_manifest_is_refused(course, old, new, message):
    change(course, f"{PRIVATE}/assignment.toml", old, new)

    with pytest.raises(BadInput, match=message):
        Course(course).assignment(SLUG)


def test_question_that_is_no_table_is_refused(course):
    (course / PRIVATE / "assignment.toml").write_text('slug = "hw1_tiny"\ntitle = "S"\nquestion = ["q1"]\n')

    assert "must be written as [[question]] tables" in refusal(course)


def test_question_without_public_case_is_refused(course):
    (course / PRIVATE / "public" / "q2.py").unlink()

    assert f"{PRIVATE}/assignment.toml:10: q2 has no public case; write public/q2.py" in refusal(course)


CASES = [
    ('name = "q1"\n', 'name = "q2"\n', r"q1.py:7: `name` is 'q2'; expected `name = 'q1'`"),
    ('name = "q1"\n', "\n", r"q1.py:1: `name` is nothing"),
    ("OK_FORMAT = False", "OK_FORMAT = True", r"q1.py:6: expected `OK_FORMAT = False`"),
    ("OK_FORMAT = False", "OK_FORMAT = False\npoints = 3", r"q1.py:7: the file sets `points`; remove it"),
    ("OK_FORMAT = False", "OK_FORMAT = False\nall_or_nothing = True", r":7: the file sets `all_or_nothing`"),
    ("import numpy as np", "import os", r"q1.py:1: a case file imports only .*found 'os'"),
    ("import numpy as np", "import reference", r"found 'reference'; hidden cases alone may import it"),
    ("import numpy as np", "from . import q2", r"found '\.'"),
    ("import test_case", "import test_case as case", r"q1.py:2: import test_case under its own name"),
    ("points=1, ", "", r"q1.py:10: at_zero has points None; expected a whole positive number"),
    ("points=1", "points=0", r"at_zero has points 0"),
    ("points=1", "points=1.5", r"at_zero has points 1.5"),
    ("points=1", "points=True", r"at_zero has points True"),
    ("points=1", "points=2 - 1", r"points must be written out, not computed"),
    ("points=1", "point=1", r"unknown keyword 'point'; did you mean 'points'"),
    ('name="at zero", ', "", r"at_zero has name None; give the case a short title"),
    ('name="at zero"', 'name="at\\nzero"', r"give the case a short title in one line"),
    ('name="at zero"', '"at zero"', r"q1.py:10: at_zero: give test_case its arguments by keyword"),
    (
        '"public checks only"',
        '"<b>public</b>"',
        r"success_message holds HTML \('<b'\), which Otter would render",
    ),
    ("points=1", "points=1, hidden=True", r"at_zero says hidden=True in public/; move it to hidden/"),
    ("at_zero(slope)", "at_zero(slope, /)", r"q1.py:11: at_zero: parameters are plain names"),
    ("at_zero(slope)", "at_zero(*slope)", r"parameters are plain names"),
    ("at_zero(slope)", "at_zero(slope=None)", r"a parameter has a default, which Otter ignores"),
    ("def at_zero", "async def at_zero", r"test_case is used elsewhere than as the decorator"),
    ("@test_case", "@staticmethod\n@test_case", r"at_zero must have one decorator"),
    ("def at_zero(slope):", "def at_zero(slope)", r"q1.py:11: not valid Python"),
]


@pytest.mark.parametrize(("old", "new", "message"), CASES)
def test_what_otter_would_misread_is_refused(course, old, new, message):
    change(course, f"{PRIVATE}/public/q1.py", old, new)

    with pytest.raises(BadInput, match=message):
        Course(course).case_files(SLUG)


def test_file_without_a_case_is_refused(course):
    (course / PRIVATE / "hidden/q1_hidden.py").write_text('OK_FORMAT = False\nname = "q1_hidden"\n')

    assert f"{PRIVATE}/hidden/q1_hidden.py:1: no case" in refusal(course)


@pytest.mark.parametrize("name", ["q3_hidden.py", "question1.py", "q01.py"])
def test_file_with_a_wrong_name_is_refused(course, name):
    (course / PRIVATE / "public" / name).write_text("")

    assert f"public/{name}: a case file in public/ is named as in q3.py" in refusal(course)


def test_case_file_of_no_question_is_refused(course):
    text = (course / PRIVATE / "public/q1.py").read_text()
    (course / PRIVATE / "public/q7.py").write_text(text.replace('"q1"', '"q7"'))

    assert "case files for 'q7', and" in refusal(course)


def test_two_functions_of_one_name_are_refused(course):
    change(course, f"{PRIVATE}/public/q2.py", "def letter(", "def shape(")

    assert "public/q2.py:17: shape is defined on line 11 already; Otter would drop one" in refusal(course)


def test_two_cases_of_one_name_in_a_file_are_refused(course):
    change(course, f"{PRIVATE}/public/q2.py", "the choice is a letter", "shape")

    assert "a case called 'shape' stands on line 11 already; rename one" in refusal(course)


def test_two_cases_of_one_name_in_two_files_are_refused(course):
    change(course, f"{PRIVATE}/hidden/q1_hidden.py", 'name="anywhere"', 'name="at zero"')

    assert "assignment.toml:5: two cases of q1 are called 'at zero'" in refusal(course)


CATALOGUE = [
    ('id = "TJ04"', 'id = "TJ01"', r"mistakes.toml:10: id 'TJ01' is taken since .*mistakes.toml:2"),
    ('id = "TJ04"', 'id = "4"', r":10: id '4'; expected letters, digits"),
    ('wrong = "* W.T"', 'wrong = "* W"', r":13: mistake TJ04: right equals wrong"),
    ('hint = "Whose', 'hint = "<b>Whose', r":15: 'hint' holds HTML \('<b'\); write plain text"),
    ('hint = "Whose slope multiplies which weight?"', 'hint = " "', r":15: 'hint' is empty"),
    ('hint = "Whose', 'hnit = "Whose', r":15: unknown key 'hnit' in \[mistake\]; did you mean 'hint'"),
    (
        '[[mistake]]\nid = "TJ04"',
        '[[mistakes]]\nid = "TJ04"',
        r"unknown key 'mistakes'.*did you mean 'mistake'",
    ),
    (
        'right = "* W"',
        'right = "* W\\n"',
        r":12: mistake TJ04: right ends in a line break, which the last line of a cell does not have; end",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), CATALOGUE)
def test_wrong_catalogue_is_refused(course, old, new, message):
    change(course, f"{PRIVATE}/mistakes.toml", old, new)

    with pytest.raises(BadInput, match=message):
        Course(course).mistakes(SLUG)


ANSWERS = [
    ("wrong = '\"a\"'", "worng = '\"a\"'", r":20: unknown key 'worng' in \[answer\]; did you mean 'wrong'"),
    ('variable = "q2_choice"\n', "", r":17: \[answer\] has no 'variable'; add it \(text\)"),
    ('id = "M-q2_choice_rows.1"', 'id = "M q2"', r":18: id 'M q2'; expected letters, digits, ., - and _"),
    ('id = "M-q2_choice_rows.1"', 'id = "TJ01"', r":18: id 'TJ01' is that of a mistake; rename one"),
    (
        "[[answer]]\n",
        '[[answer]]\nid = "M-q2_choice_rows.1"\nvariable = "x"\nwrong = "1"\nexplanation = "y"\nhint = "z"\n'
        "[[answer]]\n",
        r":24: id 'M-q2_choice_rows.1' is taken since autograder/hw1_tiny/mistakes.toml:18; rename one",
    ),
    (
        "wrong = '\"a\"'",
        'wrong = "x = 1"',
        r":20: answer M-q2_choice_rows.1: wrong is not one Python expression \(.*\); correct it",
    ),
    ("rows and columns", 'a" "b', r"mistakes.toml: not valid TOML"),
    ("rows and columns", "rows <b>and", r":21: 'explanation' holds HTML \('<b'\); write plain text"),
    ('hint = "Which index of the Jacobian belongs to the new state?"', 'hint = ""', r":22: 'hint' is empty"),
]


@pytest.mark.parametrize(("old", "new", "message"), ANSWERS)
def test_wrong_table_of_answers_is_refused(course, old, new, message):
    change(course, f"{PRIVATE}/mistakes.toml", old, new)

    with pytest.raises(BadInput, match=message):
        Course(course).answers(SLUG)


def test_two_variants_of_one_id_are_refused(course):
    (course / PRIVATE / "accepted.toml").write_text(ACCEPTED + ACCEPTED)

    assert "accepted.toml:9: id 'power' is taken since" in refusal(course)


def test_a_comparison_in_a_hint_is_no_html(course):
    change(course, f"{PRIVATE}/mistakes.toml", "Whose slope", "For k < 3 and T<5, whose slope")

    assert "T<5" in Course(course).mistakes(SLUG)[1].hint


def test_text_that_is_not_utf8_is_refused(course):
    (course / PRIVATE / "public/q1.py").write_bytes(b"# \xff")

    assert "is not UTF-8 text" in refusal(course)

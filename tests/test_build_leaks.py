"""The leak scan: what is private is found in whatever form it is copied, and public text raises no alarm."""

from __future__ import annotations

import ast
import base64
import io
import json
import zipfile
from pathlib import Path

import pytest
from tinycourse import MASTER_PATH, PRIVATE, SLUG, change, course

from coursekit.build.leaks import find_leaks
from coursekit.build.materials import load, load_master
from coursekit.build.notebooks import solved_notebook, student_notebook
from coursekit.build.release import release_files
from coursekit.course import Course
from coursekit.errors import Refused
from coursekit.mistakes.substitute import function_source

__all__ = ["course"]


def leaks(course, files: dict[str, bytes]) -> list[str]:
    """What the scan says of these files."""
    return [str(leak) for leak in find_leaks(files, load_master(course, SLUG), load(course, SLUG))]


def zipped(name: str, raw: bytes) -> bytes:
    """A compressed archive of one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, raw)
    return buffer.getvalue()


SECRET = "return slope(h)[:, :, None] * W"
HIDDEN = "h = gradtools.rng('q1: anywhere')".replace("'", '"') + ".uniform(-0.875, 0.875, (3, 6))"


def test_the_release_of_a_sound_course_has_no_leak(course):
    files = release_files(course, SLUG)

    assert leaks(course, files) == []
    assert f"{SLUG}.ipynb" in files


def test_the_solved_notebook_is_full_of_leaks(course):
    found = leaks(course, {"a.ipynb": solved_notebook(course, SLUG)})

    assert found == [
        f"a.ipynb: solution line of {MASTER_PATH}:50: `{SECRET}`",
        f'a.ipynb: answer of {MASTER_PATH}:57: `q2_choice = "b"`',
        f"a.ipynb: solution of {MASTER_PATH}:26",
    ]


FORMS = [
    SECRET,
    f"# {SECRET.replace(' ', '')}",
    "return slope(h)[:,\n    :, None] \\\n  * W",
    base64.b64encode(f"see {SECRET} for more of this".encode()).decode(),
]


@pytest.mark.parametrize("text", FORMS)
def test_solution_line_is_found_in_any_form(course, text):
    assert [f"README.md: solution line of {MASTER_PATH}:50: `{SECRET}`"] == leaks(
        course, {"README.md": text.encode()}
    )


def test_solution_line_is_found_in_an_archive(course):
    inner = zipped("notes.txt", SECRET.encode())

    assert len(leaks(course, {"oracle.npz": zipped("deep.zip", inner)})) == 1


@pytest.mark.parametrize("where", ["metadata", "attachments", "cell"])
def test_solution_line_is_found_in_any_part_of_a_notebook(course, where):
    notebook = json.loads(student_notebook(course, SLUG))
    if where == "metadata":
        notebook["metadata"]["note"] = SECRET
    elif where == "attachments":
        data = base64.b64encode(b"\x89PNG " + SECRET.encode()).decode()
        notebook["cells"][0]["attachments"] = {"a.png": {"image/png": data}}
    else:
        notebook["cells"][0]["metadata"]["solution"] = [SECRET[:9], SECRET[9:]]

    assert len(leaks(course, {"a.ipynb": json.dumps(notebook).encode()})) == 1


def test_output_of_a_run_is_found(course):
    notebook = json.loads(student_notebook(course, SLUG))
    notebook["cells"][2]["execution_count"] = 3

    assert leaks(course, {"a.ipynb": json.dumps(notebook).encode()}) == [
        "a.ipynb: cell 3 holds the output of a run"
    ]


def test_notebook_that_cannot_be_read_is_no_release(course):
    assert leaks(course, {"extra.ipynb": b"{"}) == ["extra.ipynb: is no notebook that can be read"]


def test_hidden_case_line_is_found(course):
    assert leaks(course, {"tests/q1.py": HIDDEN.encode()}) == [
        f"tests/q1.py: hidden case line of {PRIVATE}/hidden/q1_hidden.py:12: `{HIDDEN[:60]}`"
    ]


def test_number_of_a_hidden_case_is_found(course):
    change(course, f"{PRIVATE}/hidden/q2_hidden.py", 'q2_choice == "b"', "abs(q2_choice - 0.826188) < 1e-5")

    assert leaks(course, {"README.md": b"It is 0.826188, they say."}) == [
        f"README.md: number 0.826188 of {PRIVATE}/hidden/q2_hidden.py:19"
    ]
    assert leaks(course, {"README.md": b"It is 10.8261881, they say."}) == []


def test_mistakes_are_found_by_id_hint_and_explanation(course):
    assert leaks(course, {"a": b"(TJ04)"}) == ["a: id of mistake TJ04"]
    assert leaks(course, {"a": b"Whose slope multiplies\nwhich weight?"}) == ["a: hint of mistake TJ04"]
    assert leaks(course, {"a": "The slope of tanh is 1 - h², not 1 - h.".encode()}) == [
        "a: explanation of mistake TJ01"
    ]
    assert leaks(course, {"a": b"TJ0444 and ATJ04"}) == []


def test_answers_are_found_by_id_hint_and_explanation(course):
    assert leaks(course, {"a": b"see M-q2_choice_rows.1."}) == ["a: id of answer M-q2_choice_rows.1"]
    assert leaks(course, {"a": b"rows and columns exchanged"}) == [
        "a: explanation of answer M-q2_choice_rows.1"
    ]
    assert leaks(course, {"a": b"Which index of the Jacobian belongs\nto the new state?"}) == [
        "a: hint of answer M-q2_choice_rows.1"
    ]


def test_accepted_variant_is_found(course):
    assert leaks(course, {"a": b"return 1.0 - np.power(h, 2)"}) == [
        "a: line of accepted variant power: `return 1.0 - np.power(h, 2)`"
    ]


def test_accepted_variant_may_use_given_code(course):
    change(course, MASTER_PATH, "guess_q2 = None", "guess_q2 = None\nhalf = 1.0 - np.power(0.5, 2)")
    change(
        course,
        f"{PRIVATE}/accepted.toml",
        "def slope(h):",
        "def slope(h):\n    half = 1.0 - np.power(0.5, 2)",
    )

    assert leaks(course, {"a": b"half = 1.0 - np.power(0.5, 2)"}) == []


@pytest.mark.parametrize("name", ["reference.py", "tests/q1_hidden.py", "mistakes.toml", "x/master.py"])
def test_file_with_a_private_name_is_found(course, name):
    assert leaks(course, {name: b""}) == [f"{name}: a file of this name is private"]


def test_import_of_the_reference_is_found(course):
    assert leaks(course, {"tests/q1.py": b"x = 1\n  from reference import slope\n"}) == [
        "tests/q1.py: imports the Reference"
    ]


def test_line_that_any_program_shares_is_no_leak(course):
    change(course, MASTER_PATH, "    squares = h * h\n", "    N, H = h.shape\n    squares = h * h\n")

    assert leaks(course, {"a": b"N, H = h.shape"}) == []


def test_hidden_line_that_a_public_case_has_too_is_no_leak(course):
    line = 'gradtools.same(gradtools.call(slope, "slope", h), 2 * h, "slope", "(N, H)")'
    for name in ("public/q1.py", "hidden/q1_hidden.py"):
        path = course / PRIVATE / name
        path.write_text(f"{path.read_text()}    {line}\n")

    assert leaks(course, {"tests/q1.py": line.encode()}) == []


def test_release_with_a_leak_is_refused_and_names_it(course):
    change(course, MASTER_PATH, "What is it at zero?", f"`{SECRET}`")

    with pytest.raises(Refused) as caught:
        release_files(course, SLUG)
    assert f"hw1_tiny: the release would give away: hw1_tiny.ipynb: solution line of {MASTER_PATH}:50" in str(
        caught.value
    )


ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("slug", Course(ROOT).slugs())
def test_whatever_of_the_real_course_were_released_would_be_found(slug):
    materials, master = load(ROOT, slug), load_master(ROOT, slug)
    private = {
        **{
            f"solution {name}": function_source(materials.reference, name)
            for question in materials.assignment.questions
            for name in question.functions
        },
        **{
            f"{file.path} {node.name}": ast.get_source_segment(file.text, node) or ""
            for file in materials.case_files
            if file.hidden
            for node in ast.parse(file.text).body
            if isinstance(node, ast.FunctionDef) and node.decorator_list
        },
        **{f"hint {mistake.id}": mistake.hint for mistake in materials.mistakes},
        **{f"id {mistake.id}": mistake.id for mistake in materials.mistakes},
        **{f"variant {variant.id}": variant.code for variant in materials.accepted},
    }

    files = {what: text.encode() for what, text in private.items()}
    found = {leak.file for leak in find_leaks(files, master, materials)}
    assert sorted(files.keys() - found) == []
    assert len(files) > 20

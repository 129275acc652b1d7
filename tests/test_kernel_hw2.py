"""hw2 as students meet it: its release in a real kernel, untouched and solved."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from coursekit.build.notebooks import solved_notebook, student_notebook
from coursekit.build.otterzip import otter_zip
from coursekit.build.release import build_release
from coursekit.course import Course

ROOT = Path(__file__).resolve().parents[1]
SLUG = "hw2_bptt"
QUESTIONS = [question.id for question in Course(ROOT).assignment(SLUG).questions]
WAITS = re.compile(r"waits for (q\d+)")
FAILED = re.compile(r"❌ Test case failed")

pytestmark = pytest.mark.kernel


@dataclass(frozen=True)
class Ran:
    """A notebook after *Run all*: what every code cell printed or showed, and the errors."""

    cells: list[tuple[str, str]]  # source, text of its outputs
    errors: list[str]

    def check(self, question: str) -> str:
        """What the check cell of a question says."""
        return next(shown for source, shown in self.cells if source == f'grader.check("{question}")')


def run_all(folder: Path, raw: bytes) -> Ran:
    """Runs the notebook in a real kernel, every cell, whatever fails."""
    import nbformat
    from nbclient import NotebookClient

    (folder / f"{SLUG}.ipynb").write_bytes(raw)
    notebook = nbformat.reads(raw.decode(), as_version=4)
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    cells, errors = [], []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cells.append((cell.source, "\n".join(_shown(output) for output in cell.outputs)))
            errors += [f"{cell.source}\n{o.evalue}" for o in cell.outputs if o.output_type == "error"]
    return Ran(cells, errors)


def _shown(output: dict) -> str:
    return output.get("text") or output.get("data", {}).get("text/plain", "")


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Path:
    """The release, made now."""
    return build_release(ROOT, SLUG, tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def untouched(release) -> Ran:
    """*Run all* on the notebook as it is given out."""
    return run_all(release, (release / f"{SLUG}.ipynb").read_bytes())


@pytest.fixture(scope="module")
def solved(release) -> Ran:
    """*Run all* on the solved notebook."""
    return run_all(release, solved_notebook(ROOT, SLUG))


def test_untouched_notebook_runs_to_its_last_cell(untouched):
    assert untouched.errors == []


def test_solved_notebook_runs_to_its_last_cell(solved):
    assert solved.errors == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_check_of_an_untouched_question_names_what_is_missing(untouched, question):
    said = untouched.check(question)

    assert FAILED.search(said)
    for name in Course(ROOT).assignment(SLUG).question(question).functions:
        assert f"NotImplementedError: {question}: {name}" in said


@pytest.mark.parametrize("question", QUESTIONS)
def test_check_of_a_solved_question_passes(solved, question):
    said = solved.check(question)

    assert not FAILED.search(said)
    assert "All test cases passed!" in said


def test_cells_that_need_a_stub_say_what_they_wait_for(untouched, solved):
    waiting = {match for _, shown in untouched.cells for match in WAITS.findall(shown)}

    assert waiting
    assert waiting <= set(QUESTIONS)
    assert not any(WAITS.search(shown) for _, shown in solved.cells)


def test_released_notebook_holds_no_output(release):
    notebook = json.loads((release / f"{SLUG}.ipynb").read_text())

    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])


def otter_run(zip_file: Path, notebook: Path) -> tuple[int, int]:
    """Points earned and possible as plain `otter run` has them."""
    command = [sys.executable, "-m", "otter", "run", "-a", str(zip_file), "-o", str(notebook.parent)]
    subprocess.run([*command, "--no-logo", str(notebook)], check=True, capture_output=True, timeout=120)
    tests = json.loads((notebook.parent / "results.json").read_text())["tests"]
    scored = [test for test in tests if "score" in test]
    return sum(test["score"] for test in scored), sum(test["max_score"] for test in scored)


def test_plain_otter_run_grades_with_the_staff_zip(release, tmp_path):
    possible = Course(ROOT).assignment(SLUG).possible
    staff = otter_zip(ROOT, SLUG, tmp_path / "staff.zip")
    notebook = tmp_path / f"{SLUG}.ipynb"

    notebook.write_bytes(student_notebook(ROOT, SLUG))
    assert otter_run(staff, notebook) == (0, possible)
    notebook.write_bytes(solved_notebook(ROOT, SLUG))
    assert otter_run(staff, notebook) == (possible, possible)

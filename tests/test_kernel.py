"""Every assignment as students meet it: its release in a real kernel, untouched and solved."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from coursekit.build.notebooks import solved_notebook
from coursekit.build.otterzip import otter_zip
from coursekit.build.release import build_release
from coursekit.course import Course
from coursekit.course.cases import case_parameters

ROOT = Path(__file__).resolve().parents[1]
SLUGS = Course(ROOT).slugs()
WAITS = re.compile(r"waits for (q\d+)")
FAILED = "❌ Test case failed"

pytestmark = pytest.mark.kernel


@dataclass(frozen=True)
class Ran:
    """A notebook after *Run all*: what every code cell printed or showed, its pictures, and the errors."""

    cells: list[tuple[str, str, int]]  # source, text of its outputs, pictures among them
    errors: list[str]

    def check(self, question: str) -> str:
        """What the check cell of a question says."""
        return next(shown for source, shown, _ in self.cells if source == f'grader.check("{question}")')

    @property
    def shown(self) -> str:
        """All text."""
        return "\n".join(shown for _, shown, _ in self.cells)


def run_all(folder: Path, slug: str, raw: bytes) -> Ran:
    """Runs the notebook in a real kernel, every cell, whatever fails."""
    import nbformat
    from nbclient import NotebookClient

    (folder / f"{slug}.ipynb").write_bytes(raw)
    notebook = nbformat.reads(raw.decode(), as_version=4)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    cells, errors = [], []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            pictures = sum("image/png" in output.get("data", {}) for output in cell.outputs)
            cells.append((cell.source, "\n".join(_shown(output) for output in cell.outputs), pictures))
            errors += [f"{cell.source}\n{o.evalue}" for o in cell.outputs if o.output_type == "error"]
    return Ran(cells, errors)


def _shown(output: dict) -> str:
    return output.get("text") or output.get("data", {}).get("text/plain", "")


@pytest.fixture(scope="module", params=SLUGS)
def slug(request) -> str:
    """Each assignment in turn."""
    return request.param


@pytest.fixture(scope="module")
def release(slug, tmp_path_factory) -> Path:
    """The release, made now."""
    return build_release(ROOT, slug, tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def untouched(slug, release) -> Ran:
    """*Run all* on the notebook as it is given out."""
    return run_all(release, slug, (release / f"{slug}.ipynb").read_bytes())


@pytest.fixture(scope="module")
def solved(slug, release) -> Ran:
    """*Run all* on the solved notebook."""
    return run_all(release, slug, solved_notebook(ROOT, slug))


def test_untouched_notebook_runs_to_its_last_cell(untouched):
    assert [] == untouched.errors


def test_solved_notebook_runs_to_its_last_cell(solved):
    assert [] == solved.errors


def test_every_check_of_the_untouched_notebook_names_what_is_missing(slug, untouched):
    files = {file.question: file.text for file in Course(ROOT).case_files(slug) if not file.hidden}
    for question in Course(ROOT).assignment(slug).questions:
        said = untouched.check(question.id)
        assert FAILED in said, question.id
        asked = {name for name, _ in case_parameters(files[question.id])} & set(question.functions)
        named = {name for name in asked if f"{question.id}: {name}" in said}
        assert named or not asked, said  # a case stops at the first function that is missing


def test_every_check_of_the_solved_notebook_passes(slug, solved):
    for question in Course(ROOT).assignment(slug).questions:
        said = solved.check(question.id)
        assert FAILED not in said, said
        assert "All test cases passed!" in said, question.id


def test_cells_that_need_a_stub_say_what_they_wait_for(slug, untouched, solved):
    waiting = set(WAITS.findall(untouched.shown))

    assert waiting
    assert waiting <= {question.id for question in Course(ROOT).assignment(slug).questions}
    assert not WAITS.search(solved.shown)


def test_figures_are_seen_not_only_drawn(solved):
    """At least one a section and the opening one; the backend once went off after the first."""
    assert sum(pictures > 0 for _, _, pictures in solved.cells) >= 4


def test_released_notebook_holds_no_output(slug, release):
    notebook = json.loads((release / f"{slug}.ipynb").read_text())

    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])


def otter_run(zip_file: Path, notebook: Path) -> tuple[int, int]:
    """Points earned and possible as plain `otter run` has them."""
    command = [sys.executable, "-m", "otter", "run", "-a", str(zip_file), "-o", str(notebook.parent)]
    subprocess.run([*command, str(notebook)], check=True, capture_output=True, text=True, timeout=300)
    tests = json.loads((notebook.parent / "results.json").read_text())["tests"]
    graded = [test for test in tests if "max_score" in test]
    return sum(test["score"] for test in graded), sum(test["max_score"] for test in graded)


def test_plain_otter_run_gives_nothing_and_everything(slug, release, tmp_path):
    possible = Course(ROOT).assignment(slug).possible
    staff = otter_zip(ROOT, slug, tmp_path / "staff.zip")
    notebook = tmp_path / f"{slug}.ipynb"
    notebook.write_bytes(build_release(ROOT, slug, tmp_path / "r").joinpath(f"{slug}.ipynb").read_bytes())
    assert (0, possible) == otter_run(staff, notebook)
    notebook.write_bytes(solved_notebook(ROOT, slug))
    assert (possible, possible) == otter_run(staff, notebook)

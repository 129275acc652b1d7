"""The wheel that users get: it holds the program and nothing private, and it works on its own."""

import subprocess
import sys
import zipfile

import pytest
from whole import ROOT, materials

from coursekit.build.leaks import find_leaks
from coursekit.build.materials import load_master
from coursekit.build.notebooks import solved_notebook
from coursekit.course import Course


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from the tree as it is, without the network: the build backend is in the environment."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    [path] = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel unpacked into a folder of its own, which comes before the checkout."""
    place = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    return place


def coursekit(installed, *arguments, cwd):
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); from coursekit.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )


def test_nothing_private_is_in_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}

    assert [] == [name for name in files if not name.startswith(("coursekit/", "coursekit-0"))]
    for slug in Course(ROOT).slugs():
        leaks = find_leaks(files, load_master(ROOT, slug), materials(slug))
        # What counts here are solutions and hidden cases: the program has a module called master.py itself,
        # and a mistake's three-word explanation ("is too large") may stand in any sentence.
        harmless = ("a file of this name", "explanation of", "hint of", "id of")
        assert [] == [leak for leak in leaks if not leak.what.startswith(harmless)]


def test_templates_filters_and_gradtools_are_in_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()

    assert any(name.endswith(".html") for name in names)
    assert any(name.endswith(".bpf") for name in names)
    assert "coursekit/gradtools/__init__.py" in names


def test_it_answers(installed, tmp_path):
    done = coursekit(installed, "--version", cwd=tmp_path)

    assert 0 == done.returncode, done.stderr
    assert "0.1.0" in done.stdout


def test_a_student_can_check_with_it(installed, tmp_path):
    from coursekit.build.release import build_release

    folder = build_release(ROOT, "hw2_bptt", tmp_path)
    (folder / "hw2_bptt.ipynb").write_bytes(solved_notebook(ROOT, "hw2_bptt"))

    done = coursekit(installed, "check", "hw2_bptt.ipynb", "q1", cwd=folder)

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "✓ passed" in done.stdout


def test_staff_can_grade_with_it(installed, tmp_path):
    (tmp_path / "ada.ipynb").write_bytes(solved_notebook(ROOT, "hw2_bptt"))

    done = coursekit(
        installed,
        "--course",
        str(ROOT),
        "grade",
        "hw2_bptt",
        str(tmp_path / "ada.ipynb"),
        "--gradebook",
        str(tmp_path / "book.db"),
        "--out",
        str(tmp_path / "reports"),
        cwd=tmp_path,
    )

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "1 graded" in done.stdout

"""Releases: all or nothing, the same bytes from the same sources, and a word on what is out of date."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from tinycourse import MASTER_PATH, PRIVATE, SLUG, change, course, write_course

from coursekit.build.otterzip import otter_zip
from coursekit.build.release import REQUIREMENTS, build_release, release_files, stale
from coursekit.errors import BadInput, Refused
from coursekit.verbs.release import release

__all__ = ["course"]


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_release_holds_what_students_need_and_nothing_else(course):
    (course / PRIVATE / "data").mkdir()
    (course / PRIVATE / "data" / "oracle.npz").write_bytes(b"npz")
    (course / PRIVATE / "public" / "__pycache__").mkdir()
    files = contents(build_release(course, SLUG))

    others = {name for name in files if not name.startswith("gradtools/")}
    assert others == {
        "hw1_tiny.ipynb",
        "tests/q1.py",
        "tests/q2.py",
        "oracle.npz",
        "README.md",
        "requirements.txt",
        "release.json",
    }
    assert files["gradtools/__init__.py"]
    assert all(name.endswith(".py") for name in files if name.startswith("gradtools/"))


def test_public_cases_are_copied_verbatim(course):
    (course / PRIVATE / "public/q1.py").write_bytes(
        (course / PRIVATE / "public/q1.py").read_bytes() + b"\r\n# \xc3\xa9\r\n"
    )

    assert release_files(course, SLUG)["tests/q1.py"] == (course / PRIVATE / "public/q1.py").read_bytes()


def test_a_rebuild_elsewhere_is_byte_identical(course, tmp_path):
    first = contents(build_release(course, SLUG))
    again = contents(build_release(write_course(tmp_path / "elsewhere"), SLUG, tmp_path / "out"))

    assert first == again


def test_release_json_says_from_what_and_how_many_points(course):
    files = release_files(course, SLUG)
    manifest = json.loads(files.pop("release.json"))

    assert manifest["assignment"] == SLUG
    assert manifest["points"] == {"q1": {"public": 1, "hidden": 2}, "q2": {"public": 2, "hidden": 3}}
    assert manifest["files"] == {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()}
    assert manifest["sources"][MASTER_PATH] == hashlib.sha256((course / MASTER_PATH).read_bytes()).hexdigest()
    assert str(course) not in json.dumps(manifest)


def test_version_changes_with_any_source(course):
    before = json.loads(release_files(course, SLUG)["release.json"])["version"]
    change(course, f"{PRIVATE}/hidden/q1_hidden.py", "(3, 6)", "(4, 6)")

    assert json.loads(release_files(course, SLUG)["release.json"])["version"] != before


def test_caches_and_hidden_files_are_no_sources(course):
    before = release_files(course, SLUG)
    for name in ("data/.DS_Store", "public/__pycache__/q1.pyc", ".ipynb_checkpoints/x.py"):
        (course / PRIVATE / name).parent.mkdir(exist_ok=True)
        (course / PRIVATE / name).write_bytes(b"x")

    assert release_files(course, SLUG) == before


def test_readme_has_the_two_commands_and_the_points(course):
    readme = release_files(course, SLUG)["README.md"].decode()

    assert "pip install -r requirements.txt\n    jupyter lab hw1_tiny.ipynb" in readme
    assert "8 points in 2 questions" in readme


def test_requirements_are_those_of_the_project():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    ours = [*project["dependencies"], *project["optional-dependencies"]["notebook"]]

    for line in REQUIREMENTS.splitlines():
        if not line.startswith("jupyterlab"):  # coursekit itself needs none
            assert line in ours


def test_data_file_with_a_generated_name_is_refused(course):
    (course / PRIVATE / "data").mkdir()
    (course / PRIVATE / "data" / "README.md").write_text("mine")

    with pytest.raises(BadInput, match=r"data/README.md has the name of a generated file; rename it"):
        release_files(course, SLUG)


def test_a_new_release_replaces_the_old_one_whole(course):
    folder = build_release(course, SLUG)
    (folder / "stray.txt").write_text("x")
    build_release(course, SLUG)

    assert "stray.txt" not in contents(folder)
    assert sorted(path.name for path in folder.parent.iterdir()) == [SLUG]


def test_unchanged_release_is_not_written_again(course):
    folder = build_release(course, SLUG)
    (folder / ".OTTER_LOG").write_text("a student's own")
    build_release(course, SLUG)

    assert (folder / ".OTTER_LOG").exists()


def test_failed_release_leaves_the_old_one(course, monkeypatch):
    before = contents(build_release(course, SLUG))
    change(course, MASTER_PATH, "What is it at zero?", "What is it at one?")
    rename = Path.rename

    def fail(self, target):
        if self.name == "new":
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="disk full"):
        build_release(course, SLUG)

    assert contents(course / "assignments" / SLUG) == before


def test_refused_release_writes_nothing(course):
    change(course, MASTER_PATH, "What is it at zero?", "`return slope(h)[:, :, None] * W`")

    with pytest.raises(Refused, match=r"nothing was written"):
        build_release(course, SLUG)
    assert not (course / "assignments").exists()


def test_stale_is_empty_after_a_release(course):
    build_release(course, SLUG)

    assert stale(course, SLUG) == []


def test_stale_names_what_differs(course):
    folder = build_release(course, SLUG)
    (folder / "README.md").write_text("edited by hand")
    (folder / "tests/q1.py").unlink()
    (folder / "notes.txt").write_text("x")
    (folder / "gradtools/__pycache__").mkdir()
    (folder / "gradtools/__pycache__/x.pyc").write_bytes(b"")

    assert stale(course, SLUG) == [
        "README.md differs",
        "notes.txt is not part of the release",
        "tests/q1.py is missing",
    ]


def test_stale_without_a_release_names_every_file(course):
    assert f"{SLUG}.ipynb is missing" in stale(course, SLUG)


def test_verb_releases_all_and_says_a_line_each(course):
    (line,) = release(course)

    assert line.startswith("hw1_tiny  2 questions, 8 points, version ")
    assert line.endswith(" files changed)")
    assert release(course, [SLUG, SLUG])[0].endswith("(unchanged)")


def test_verb_checks_without_writing(course):
    with pytest.raises(
        Refused,
        match=r"not up to date: assignments/hw1_tiny: README.md is missing, .* and \d+ more; run `coursekit",
    ):
        release(course, check=True)
    assert not (course / "assignments").exists()

    release(course)
    assert release(course, check=True) == ["hw1_tiny  up to date"]


def test_verb_refuses_what_the_gate_speaks_against(course):
    asked = []

    def gate(root: Path, slug: str) -> list[str]:
        asked.append((root, slug))
        return ["mistake TJ01 loses no point"]

    with pytest.raises(Refused, match=r"hw1_tiny is not released: mistake TJ01 loses no point"):
        release(course, gate=gate)
    assert asked == [(course, SLUG)]
    assert not (course / "assignments").exists()


def test_verb_refuses_an_unknown_assignment(course):
    with pytest.raises(BadInput, match=r"no assignment 'hw1_tyni'.*did you mean 'hw1_tiny'"):
        release(course, ["hw1_tyni"])


def test_verb_writes_zips_for_otter_beside(course, tmp_path):
    _, line = release(course, otter_zip=tmp_path / "zips")

    assert (tmp_path / "zips" / "hw1_tiny.zip").is_file()
    assert "for staff, holds the hidden tests" in line


def test_zip_holds_what_otter_run_needs(course, tmp_path):
    (course / PRIVATE / "data").mkdir()
    (course / PRIVATE / "data" / "oracle.npz").write_bytes(b"npz")
    with zipfile.ZipFile(otter_zip(course, SLUG, tmp_path / "a.zip")) as archive:
        names = archive.namelist()
        reference = archive.read("files/reference.py").decode()

    tools = [name for name in names if name.startswith("files/gradtools/")]
    assert "files/gradtools/__init__.py" in tools
    assert [name for name in names if name not in tools] == [
        "files/oracle.npz",
        "files/reference.py",
        "otter_config.json",
        "tests/q1.py",
        "tests/q1_hidden.py",
        "tests/q2.py",
        "tests/q2_hidden.py",
    ]
    assert "return 1 - squares" in reference


def test_zip_has_the_same_bytes_each_time(course, tmp_path):
    first, again = (otter_zip(course, SLUG, tmp_path / name) for name in ("a.zip", "b.zip"))

    assert first.read_bytes() == again.read_bytes()


def test_building_imports_neither_otter_nor_jupytext_at_start_up():
    code = (
        "import sys, coursekit.verbs.release, coursekit.build.notebooks; "
        "print([name for name in ('otter', 'jupytext', 'nbformat') if name in sys.modules])"
    )

    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"

"""The release: `assignments/<slug>/`, made from the course's sources, byte-identical from equal ones."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coursekit.build.leaks import find_leaks
from coursekit.build.materials import gradtools_files, load, load_master
from coursekit.build.notebooks import student_notebook
from coursekit.course import Course
from coursekit.errors import BadInput, Refused
from coursekit.model import Assignment, Materials

# What a student installs: lower bounds as in pyproject.toml, and the notebook itself.
REQUIREMENTS = """\
numpy>=2.0
matplotlib>=3.9
otter-grader>=7.0,<8
ipywidgets>=8.1
jupyterlab>=4.2
"""

README = """\
# {title}

    pip install -r requirements.txt
    jupyter lab {slug}.ipynb

Work through the notebook from top to bottom; `grader.check("q1")` checks question 1, and further checks run
after you hand in. {possible} points in {count} questions. Keep this folder together: the checks are read
from `tests/`, the tools from `gradtools/`. A question may stay empty: it costs its own points, and those of
a later function only where that calls it. Hand in `{slug}.ipynb`.

This folder is generated; `release.json` says from what.
"""

# What work in the folder leaves behind; neither released nor stale.
LITTER = frozenset({"__pycache__", ".ipynb_checkpoints", ".OTTER_LOG", ".DS_Store"})


@dataclass(frozen=True, slots=True)
class Release:
    """A release as written: its folder, its version, and the files that are new, changed or gone."""

    assignment: Assignment
    path: Path
    version: str
    changed: tuple[str, ...]


def release_files(root: Path, slug: str) -> dict[str, bytes]:
    """All files of a release, by path relative to its folder; nothing is written.

    Raises BadInput for sources that are wrong, Refused if anything private is in a file.
    """
    materials = load(root, slug)
    assignment = materials.assignment
    files = {
        f"{slug}.ipynb": student_notebook(root, slug),
        "README.md": _readme(assignment).encode(),
        "requirements.txt": REQUIREMENTS.encode(),
    }
    for case_file in materials.case_files:
        if not case_file.hidden:
            files[f"tests/{case_file.question}.py"] = (root / case_file.path).read_bytes()
    clashes = sorted(
        (files.keys() | gradtools_files().keys() | {"release.json"}) & Course(root).data(slug).keys()
    )
    if clashes:
        raise BadInput(f"autograder/{slug}/data/{clashes[0]} has the name of a generated file; rename it")
    files |= materials.support
    files = dict(sorted(files.items()))
    files["release.json"] = _manifest(materials, files, Course(root).sources(slug))
    refuse_leaks(root, slug, files, materials)
    return files


def refuse_leaks(root: Path, slug: str, files: Mapping[str, bytes], materials: Materials) -> None:
    """Raises Refused, naming every finding, if anything private is in `files`."""
    leaks = find_leaks(files, load_master(root, slug), materials)
    if leaks:
        listed = "; ".join(map(str, leaks[:10])) + (f"; and {len(leaks) - 10} more" if leaks[10:] else "")
        raise Refused(
            f"{slug}: the release would give away: {listed}; reword the source, nothing was written"
        )


def _readme(assignment: Assignment) -> str:
    return README.format(
        title=assignment.title,
        slug=assignment.slug,
        possible=assignment.possible,
        count=len(assignment.questions),
    )


def _manifest(materials: Materials, files: Mapping[str, bytes], sources: Mapping[str, bytes]) -> bytes:
    """release.json: what was made of what. No times, no machine: equal sources give equal bytes."""
    assignment = materials.assignment
    made_of = {**sources, **{f"src/coursekit/{name}": raw for name, raw in gradtools_files().items()}}
    hashes = {
        "files": {name: _sha256(raw) for name, raw in files.items()},
        "sources": {name: _sha256(raw) for name, raw in made_of.items()},
    }
    manifest = {
        "assignment": assignment.slug,
        "title": assignment.title,
        "version": _sha256(json.dumps(hashes, sort_keys=True).encode())[:12],
        "autograder": materials.version[:12],
        "points": {
            question.id: {
                "public": sum(case.points for case in question.cases if not case.hidden),
                "hidden": sum(case.points for case in question.cases if case.hidden),
            }
            for question in assignment.questions
        },
        **hashes,
    }
    return (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def build_release(root: Path, slug: str, out: Path | None = None) -> Path:
    """Writes the release into `<out>/<slug>` (`assignments/<slug>` by default) and returns that folder.

    Either all of it is written or nothing. Raises as `release_files` does.
    """
    return write_release(root, slug, out).path


def write_release(root: Path, slug: str, out: Path | None = None) -> Release:
    """As `build_release`; says also what changed."""
    files = release_files(root, slug)
    folder = (out or root / "assignments") / slug
    changed = differences(folder, files)
    if changed:
        _swap(folder, files)
    version = json.loads(files["release.json"])["version"]
    return Release(Course(root).assignment(slug), folder, version, tuple(changed))


def _swap(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts the files in place of `folder`: written beside it first, then renamed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as scratch:
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        for name, raw in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            with contextlib.suppress(OSError):
                old.rename(folder)
            raise


def stale(root: Path, slug: str, out: Path | None = None) -> list[str]:
    """Released files that differ from a rebuild, are missing, or should not be there; empty if up to date."""
    return differences((out or root / "assignments") / slug, release_files(root, slug))


def differences(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Paths in `folder` that are not as in `files`, each with what is wrong."""
    there = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not LITTER & set(path.relative_to(folder).parts)
    }
    found = []
    for name in sorted(there.keys() | files.keys()):
        if name not in files:
            found.append(f"{name} is not part of the release")
        elif name not in there:
            found.append(f"{name} is missing")
        elif there[name].read_bytes() != files[name]:
            found.append(f"{name} differs")
    return found

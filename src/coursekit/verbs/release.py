"""`coursekit release`: writes the students' folders, or answers whether they are up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from coursekit.build.otterzip import otter_zip as write_otter_zip
from coursekit.build.release import stale, write_release
from coursekit.course import Course
from coursekit.errors import Refused

# Given the course and a slug: what speaks against releasing it, a sentence each.
Gate = Callable[[Path, str], Sequence[str]]

MOST_NAMED = 5  # files out of date; one is enough to know that the release must be made anew


def release(
    root: Path,
    assignments: Sequence[str] = (),
    *,
    check: bool = False,
    otter_zip: Path | None = None,
    gate: Gate | None = None,
) -> list[str]:
    """Releases the named assignments, or all, and returns a line for each.

    With `check` nothing is written. `otter_zip` is a folder (or a .zip file, for one assignment) that gets
    Otter's autograder zips as well. Nothing is written of an assignment that `gate` speaks against.

    Raises BadInput for an unknown assignment or wrong sources; Refused if the gate speaks against one,
    anything private is in a release, or, with `check`, a released file is not up to date.
    """
    slugs = list(dict.fromkeys(assignments)) or list(Course(root).slugs())
    if check:
        return _check(root, slugs)
    lines = []
    for slug in slugs:
        objections = gate(root, slug) if gate else ()
        if objections:
            raise Refused(f"{slug} is not released: {'; '.join(objections)}")
        lines.append(_write(root, slug))
        if otter_zip:
            target = otter_zip if len(slugs) == 1 or otter_zip.suffix != ".zip" else otter_zip.parent
            lines.append(f"{slug}  {write_otter_zip(root, slug, target)}: for staff, holds the hidden tests")
    return lines


def _check(root: Path, slugs: Sequence[str]) -> list[str]:
    wrong = {slug: found for slug in slugs if (found := stale(root, slug))}
    if wrong:
        listed = "; ".join(f"assignments/{slug}: {_some(found)}" for slug, found in wrong.items())
        raise Refused(f"not up to date: {listed}; run `coursekit release {' '.join(wrong)}`")
    return [f"{slug}  up to date" for slug in slugs]


def _some(found: Sequence[str]) -> str:
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(found[:MOST_NAMED]) + more


def _write(root: Path, slug: str) -> str:
    made = write_release(root, slug)
    assignment = made.assignment
    what = f"{len(assignment.questions)} questions, {assignment.possible} points, version {made.version}"
    changed = f"{len(made.changed)} files changed" if made.changed else "unchanged"
    return f"{slug}  {what}: {made.path} ({changed})"

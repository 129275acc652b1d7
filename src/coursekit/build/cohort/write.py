"""Writes a cohort as a TA has it: a folder of notebooks, some students with a folder of their own."""

from __future__ import annotations

import os
from pathlib import Path

from coursekit.build.cohort.members import SIZE, HandIn, Member, members
from coursekit.build.notebooks import solved_notebook, student_notebook
from coursekit.errors import BadInput
from coursekit.model import Materials


def make_cohort(root: Path, materials: Materials, out: Path, size: int = SIZE) -> list[Member]:
    """Writes at least `size` submissions into the new folder `out`; the same course gives the same bytes.

    `root` is the course. Raises BadInput where `out` is there already, or a mistake does not fit the master.
    """
    slug = materials.assignment.slug
    cohort = members(materials, solved_notebook(root, slug), student_notebook(root, slug), size)
    try:
        out.mkdir(parents=True)
    except FileExistsError as error:
        raise BadInput(f"{out} is there already; expected a new folder: name another or remove it") from error
    return [hand_in.member for hand_in in cohort if _write(hand_in, out)]


def _write(hand_in: HandIn, out: Path) -> bool:
    """Writes one submission; false where this file system does not take its name."""
    try:
        for path, raw in hand_in.files.items():
            file = out / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        for path, target in hand_in.links.items():
            (out / path).symlink_to(target)
        for path in hand_in.folders:
            (out / path).mkdir()
        for path in hand_in.pipes:
            os.mkfifo(out / path)
    except OSError:
        if hand_in.strange:
            return False
        raise
    return True

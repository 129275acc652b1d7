"""`coursekit export`: writes the current scores of a gradebook as a table for other programs."""

from __future__ import annotations

from pathlib import Path

from coursekit.errors import BadInput, nearest
from coursekit.exports import grades_csv, write_private
from coursekit.gradebook import Gradebook

FORMATS = {"csv": grades_csv}


def export(gradebook: Path, format: str, out: Path) -> Path:
    """Writes the current scores of every assignment to `out`, readable by its owner only; returns `out`.

    Raises BadInput for an unknown format, a gradebook that cannot be read, a place that cannot be written.
    """
    if format not in FORMATS:
        raise BadInput(f"{format!r} is no export format{nearest(format, FORMATS)}.")
    with Gradebook.open(gradebook, read_only=True) as book:
        classes = [(book.assignment(slug), book.current(slug)) for slug in book.assignments()]
    return write_private(out, FORMATS[format](classes))

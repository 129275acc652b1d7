"""Honest work beside the attacks: whole, half done, and with a mistake that has a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursekit.model import Run, State, Status
from coursekit.notebook.edit import stopped_at, with_cell

KINDS = ("solved", "half", "mistaken")


def siblings(bases: dict[str, bytes], token: str) -> Callable[[str, int], bytes]:
    """Gives the notebook of a kind; the number makes each one's bytes, and so its hidden inputs, its own."""
    works = {
        "solved": bases["solved"],
        "half": stopped_at(bases["solved"], bases["stub"], "backward"),
        "mistaken": bases["solved"].replace(b"1 - h * h", b"1 - h"),
    }

    def notebook(kind: str, number: int) -> bytes:
        return with_cell(works[kind], f"notes = 'my own notes, number {number}: {token}'")

    return notebook


def told(run: Run) -> dict[str, Any]:
    """What a run tells its student."""
    lost = [one for one in run.outcomes if one.status is not Status.PASSED]
    return {
        "state": run.state.value,
        "earned": run.score.earned,
        "withheld": run.score.withheld,
        "reason": run.reason,
        "seconds": run.seconds,
        "statuses": [one.status.value for one in run.outcomes],
        "rationales": [one.rationale for one in lost],
        "mistakes": [one.mistake for one in lost],
        "notes": [f"{note.error} {note.line}".strip() for note in run.cell_notes],
        "remarks": list(run.remarks),
        "graded": run.state is State.GRADED,
    }

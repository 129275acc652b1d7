"""`coursekit demo`: prepares a made-up cohort of every kind, to be graded like a real one."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from coursekit.build.cohort import Member, make_cohort
from coursekit.build.materials import load
from coursekit.build.release import build_release
from coursekit.errors import BadInput
from coursekit.model import Run, State

# Every folder of ours holds this file: a demo folder is made anew, anything else is left alone.
MARK = ".coursekit-demo"


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything of a demo lies, and who is in its cohort."""

    release: Path
    submissions: Path
    gradebook: Path
    reports: Path
    members: list[Member]
    possible: int
    started: float


def as_expected(member: Member, run: Run | None, possible: int) -> bool:
    """Whether a member met the fate that the cohort's maker says of it."""
    if member.expected == "missing" or run is None:
        return run is None or run.state is State.MISSING
    if run.state is not State.GRADED:
        return member.expected == "ungradable" and run.state is State.UNGRADABLE
    earned = run.score.earned
    return {
        "full": earned == possible,
        "named": earned < possible and any(outcome.mistake for outcome in run.outcomes),
        "part": 0 < earned < possible,
        "none": earned == 0,
    }.get(member.expected, False)


def prepare(root: Path, assignment: str, out: Path) -> Plan:
    """Releases the assignment into `out` and writes its cohort beside it.

    Raises BadInput where `out` holds anything but an earlier demo.
    """
    started = time.monotonic()
    if out.exists():
        if not (out / MARK).is_file():
            raise BadInput(f"{out} exists and is no earlier demo; name another folder with --out")
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / MARK).write_text("made by `coursekit demo`; the next one replaces this folder\n")
    materials = load(root, assignment)
    release = build_release(root, assignment, out / "release")
    members = make_cohort(root, materials, out / "submissions")
    return Plan(
        release=release,
        submissions=out / "submissions",
        gradebook=out / "gradebook.db",
        reports=out / "reports",
        members=members,
        possible=materials.assignment.possible,
        started=started,
    )

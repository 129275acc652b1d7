"""The real engine, for one attack at a time: at its weakest level, or with a layer taken out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from attacking import course, leftovers
from attacking.alone import SIBLING
from attacking.siblings import told
from attacking.weaker import without
from coursekit.build.materials import load
from coursekit.errors import CoursekitError
from coursekit.gradebook import Gradebook
from coursekit.grading.grader import Grader
from coursekit.grading.job import Job, key_for
from coursekit.intake import Found, collect
from coursekit.model import Isolation, Run
from coursekit.sandbox import Sandbox


def prepare(
    level: str, secrets: course.Secrets, layers: list[str], base: Path
) -> tuple[Callable[[], None], Callable[[], dict[str, Any]]]:
    """Gives the grader to run in a process of its own, and a look at what it did."""
    root = course.write_course(base / "course", secrets, patient=bool(layers))
    course.write_gradebook(base / "fall.db", secrets.tokens["gradebook"])
    before = leftovers.fingerprint(root)
    result = base / "result"

    def run() -> None:
        sys.stderr = (base / "log").open("w")
        materials = load(root, course.SLUG)
        runs, lasting = {}, []
        with without(Isolation(level), layers), Sandbox(Isolation(level), warm=False) as sandbox:
            grader = Grader(materials, sandbox, unsafe=level == Isolation.PROCESS.value)
            sandbox._zygote.wait()
            known = len(leftovers.descendants())
            for found in collect(base / "submissions", course.SLUG):
                run = grader.grade(_job(found))
                runs[found.submission.student] = _shown(run)
                lasting += leftovers.outliving(known)
        result.write_text(json.dumps([runs, lasting]))

    def read() -> dict[str, Any]:
        runs, lasting = json.loads(result.read_text()) if result.exists() else ({}, [])
        sibling = runs.pop(SIBLING, {})
        text = json.dumps(runs)
        log = (base / "log").read_text() if (base / "log").exists() else ""
        changed = not root.is_dir() or leftovers.fingerprint(root) != before
        return {
            "attack": next(iter(runs.values()), {}),
            "sibling": sibling,
            "lasting": lasting,
            "changed": changed or _earlier(base / "fall.db") != secrets.tokens["gradebook"],
            "secrets": secrets.found_in(text),
            "breach": "BREACH" in text,
            "log": log[-2000:],
        }

    return run, read


def _shown(run: Run) -> dict[str, Any]:
    return told(run) | {"told": repr(replace(run, seed=""))}


def _job(found: Found) -> Job:
    key = key_for(b"alone", found.submission)
    if found.problem or found.missing:
        return Job(found.submission, key, problem=found.problem, missing=found.missing)
    handed_in = found.read()
    return Job(found.submission, key, handed_in.notebook, handed_in.files)


def _earlier(book: Path) -> str:
    """The remark that the gradebook held before; empty where it can no longer be read."""
    try:
        with Gradebook.open(book, read_only=True) as opened:
            [run] = opened.history("earlier", "hw8_earlier").values()
            return run.remarks[0]
    except (CoursekitError, OSError, ValueError):
        return ""

"""Otter itself, as `otter run` grades: notebook, hidden tests and reference share one interpreter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attacking import course
from coursekit.build.otterzip import otter_zip


def prepare(
    secrets: course.Secrets, layers: list[str], base: Path
) -> tuple[Callable[[], None], Callable[[], dict[str, Any]]]:
    """Gives the grader to run in a process of its own, and a look at what it wrote."""
    assert not layers, "it has none"
    root = course.write_course(base / "course", secrets)
    archive = otter_zip(root, course.SLUG, base / "staff.zip")
    out, home = base / "out", base / "home"
    out.mkdir()
    home.mkdir()

    def run() -> None:
        notebook = next(
            path for path in (base / "submissions").rglob("*.ipynb") if "sibling" not in path.name
        )
        target = notebook.with_name(f"{course.SLUG}.ipynb")
        notebook.rename(target)
        os.environ["HOME"] = str(home)
        command = [sys.executable, "-m", "otter", "run", "-a", str(archive), "-o", str(out), str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=base)
        (base / "log").write_text(done.stdout + done.stderr)

    def read() -> dict[str, Any]:
        results = out / "results.json"
        told = results.read_text() if results.exists() else "{}"
        tests = json.loads(told).get("tests", [])
        return {
            "points": sum(test.get("score", 0) for test in tests),
            "secrets": secrets.found_in(told),
            "breach": "BREACH" in told,
            "changed": False,
            "log": (base / "log").read_text()[-3000:] if (base / "log").exists() else "",
        }

    return run, read

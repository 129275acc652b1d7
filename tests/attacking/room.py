"""A room of its own for whatever runs attacks: no harm to the machine, and everything left behind is seen.

Own processes, network, shared memory and temporary folders; the rest of the machine to read only. With
`rights` what runs inside may make namespaces of its own, as the sandbox under test does when it is root's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from attacking.course import token

ROOT = Path(__file__).resolve().parents[2]
_FRESH = ("/tmp", "/var/tmp", "/dev/shm")


def why_no_room() -> str:
    """Empty if attacks can be run here without danger, else the reason."""
    if shutil.which("bwrap") is None:
        return "bubblewrap (bwrap) is not installed"
    done = subprocess.run([*_walls(False), "true"], capture_output=True, text=True, check=False)
    return done.stderr.strip()


def why_not_inside(level: str) -> str:
    """Empty if workers at that level run in a room, else the reason: not every machine nests namespaces."""
    reason = why_no_room()
    return reason or str(run("probe", level, rights=True, seconds=120))


def run(module: str, request: Any, *, rights: bool, seconds: float) -> Any:
    """The answer of `python -m attacking.<module>`, in JSON as the request is. Raises TimeoutExpired."""
    command = [*_walls(rights), sys.executable, "-B", "-m", f"attacking.{module}", token()]
    done = subprocess.run(
        command,
        input=json.dumps(request),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        env=_environment(),
    )
    if done.returncode:
        raise AssertionError(f"attacking.{module} ended with {done.returncode}: {done.stderr[-4000:]}")
    return json.loads(done.stdout)


def _walls(rights: bool) -> list[str]:
    words = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for path in _FRESH:
        words += ["--perms", "1777", "--tmpfs", path]
    for path in sorted({sys.base_prefix, sys.prefix, str(ROOT)}):
        if path.startswith(_FRESH):
            words += ["--ro-bind", path, path]
    words += [f"--unshare-{kind}" for kind in ("pid", "net", "ipc", "uts")]
    words += ["--die-with-parent", "--new-session", "--as-pid-1", "--chdir", "/tmp"]
    return [*words, *([] if rights else ["--cap-drop", "ALL"]), "--"]


def _environment() -> dict[str, str]:
    paths = [str(ROOT / "tests"), str(ROOT / "src")]
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", "/"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": ":".join(paths),
        "OPENBLAS_NUM_THREADS": "1",
        "STAFF_TOKEN": token(),
    }

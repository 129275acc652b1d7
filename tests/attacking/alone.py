"""Attacks one after another, each with one honest sibling, on a grader that may fall to them.

`python -m attacking.alone`, in a room of its own, where this is process 1 and cannot be killed from inside.
The request: `{"grader": "naive" | "otter" | level, "attacks": [[id, [layer, …]], …]}`; those layers are
taken out (`weaker.py`). After each attack everything that is left is listed and removed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attacking import course, leftovers, naive, services
from attacking.files import Attack, attacks
from coursekit.build.notebooks import solved_notebook, student_notebook
from coursekit.sandbox.scratch import remove

BASE = Path("/tmp/attacked")
SIBLING = "zz-sibling"
_HANGS_SECONDS = 1.0  # after which a grader hangs, where an attack is to make it
_SECONDS = 8.0  # for all others, that need a tenth of it, and a machine that is busy
_REAL_SECONDS = 30.0  # what a real grader must need less than for two submissions, its own start included
_MB = 1 << 20


def main() -> None:
    request = json.load(sys.stdin)
    answer = os.fdopen(os.dup(1), "w")
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2) if request.get("quiet", True) else (0, 1):
        os.dup2(null, fd)
    plain = course.write_course(Path("/tmp/plain"), course.Secrets())
    bases = {"solved": solved_notebook(plain, course.SLUG), "stub": student_notebook(plain, course.SLUG)}
    shutil.rmtree(plain)
    known = {attack.id: attack for attack in attacks()}
    grader = request["grader"]
    prepare = _naive if grader == "naive" else _otter if grader == "otter" else _real(grader)
    seen = []
    for id, layers in request["attacks"]:
        attack = known[id]
        naively = _HANGS_SECONDS if "hangs" in attack.naive else _SECONDS
        seconds = naively if grader == "naive" else _REAL_SECONDS * (4 if grader == "otter" else 1)
        seen.append([id, layers, _one(attack, layers, bases, prepare, seconds)])
    json.dump(seen, answer)
    answer.close()


Prepared = tuple[Callable[[], None], Callable[[], dict[str, Any]]]


def _one(
    attack: Attack,
    layers: list[str],
    bases: dict[str, bytes],
    prepare: Callable[[course.Secrets, list[str]], Prepared],
    seconds: float,
) -> dict[str, Any]:
    secrets = course.Secrets.draw()
    (BASE / "submissions").mkdir(parents=True)
    (BASE / "tmp").mkdir()
    run, read = prepare(secrets, layers)
    student = attack.hand_in(BASE / "submissions", bases)
    sibling = bases["solved"].replace(b"1 - h * h", f"1 - h * h  # {secrets.tokens['sibling']}".encode())
    (BASE / "submissions" / f"{SIBLING}.ipynb").write_bytes(sibling)
    with services.listening(secrets.tokens["service"]):
        pid = os.fork()
        if pid == 0:
            _child(run)
        status = _wait(pid, seconds)
    left = leftovers.left(BASE, seconds=0.3)
    seen = {"status": status, "left": left, "student": student} | read()
    _clear()
    return seen


def _child(run: Callable[[], None]) -> None:
    """The grader's process."""
    code = 99
    try:
        os.setsid()
        os.environ["TMPDIR"] = str(BASE / "tmp")
        run()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0 if error.code is None else 1
    except BaseException:
        traceback.print_exc()
    atexit._run_exitfuncs()
    os._exit(code)


def _wait(pid: int, seconds: float) -> int | None:
    """Its wait status; None for one that had to be killed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.005)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def _clear() -> None:
    """Nothing of one attack reaches the next: we are process 1, and all else in here is its."""
    if os.getpid() == 1:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        for path in Path(folder).iterdir():
            with contextlib.suppress(OSError):
                remove(str(path)) if path.is_dir() and not path.is_symlink() else path.unlink()
    leftovers.remove_system_v()


# The naive grader


def _naive(secrets: course.Secrets, layers: list[str]) -> Prepared:
    assert not layers, "it has none"
    naive.lay_out(BASE, secrets.tokens, list(secrets.states))
    output = BASE / "output"
    before = _staffs()

    def run() -> None:
        # So that nothing hurts the machine; an attack that needs more than this does not succeed.
        for kind, value in (
            (resource.RLIMIT_AS, 3000 * _MB),
            (resource.RLIMIT_FSIZE, 64 * _MB),
            (resource.RLIMIT_CPU, 3),
            (resource.RLIMIT_NPROC, 200),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(kind, (value, value))
        fd = os.open(output, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        os.dup2(fd, 1)
        os.dup2(fd, 2)
        naive.grade_folder(BASE)

    def read() -> dict[str, Any]:
        text = output.read_bytes()[-5_000_000:].decode(errors="replace") if output.exists() else ""
        grades, told = _json(BASE / "grades.json"), _json(BASE / "feedback.json")
        feedback = text + json.dumps(told)
        return {
            "scores": _printed(text),
            "grades": grades,
            "files": {path.name: _json(path / "results.json") for path in BASE.glob("work/*")},
            "replies": _first_replies(BASE / "replies"),
            "changed": _staffs() != before,
            "secrets": secrets.found_in(feedback),
            "breach": "BREACH" in feedback,
            "told": feedback[-1500:],
        }

    return run, read


def _printed(text: str) -> dict[str, int]:
    """The last `SCORE student points` of each student."""
    scores = {}
    for line in text.splitlines():
        words = line.split(" ")
        if words[0] == "SCORE" and len(words) == 3 and words[2].isdigit():
            scores[words[1]] = int(words[2])
    return scores


def _staffs() -> list[bytes]:
    return [path.read_bytes() if (path := BASE / name).is_file() else b"" for name in naive.STAFFS]


def _first_replies(path: Path) -> dict[str, int]:
    """The first reply about each student."""
    replies: dict[str, int] = {}
    for line in path.read_bytes().splitlines()[:10_000] if path.exists() else []:
        with contextlib.suppress(ValueError, KeyError, TypeError):
            reply = json.loads(line)
            replies.setdefault(reply["student"], reply["points"])
    return replies


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


# Otter and the real one


def _otter(secrets: course.Secrets, layers: list[str]) -> Prepared:
    from attacking.otter_run import prepare

    return prepare(secrets, layers, BASE)


def _real(level: str) -> Callable[[course.Secrets, list[str]], Prepared]:
    from attacking.real import prepare

    return lambda secrets, layers: prepare(level, secrets, layers, BASE)


if __name__ == "__main__":
    main()

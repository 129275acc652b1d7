"""One batch at one isolation level: every attack beside honest siblings, through the program's own verbs.

`python -m attacking.batch`, in a room of its own: a request on standard input, what was seen on standard
output. The request: `{"level": …}`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from attacking import course, leftovers, services
from attacking.files import attacks
from attacking.siblings import KINDS, siblings, told
from coursekit.build.notebooks import solved_notebook, student_notebook
from coursekit.gradebook import Gradebook
from coursekit.model import Run
from coursekit.pages import page_name
from coursekit.verbs.export import export
from coursekit.verbs.grade import grade
from coursekit.verbs.report import report

WORK = Path("/tmp/attacked")
# What an attack that got past a fence or a limit says; its source spells it in small letters.
BREACH = "BREACH"


def main() -> None:
    request = json.load(sys.stdin)
    answer, log = os.fdopen(os.dup(1), "w"), WORK / "log"
    WORK.mkdir(mode=0o755)
    (WORK / "tmp").mkdir(mode=0o755)
    os.environ["TMPDIR"] = str(WORK / "tmp")
    sink = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for fd in (1, 2):
        os.dup2(sink, fd)
    os.close(sink)
    leftovers.adopt_orphans()
    seen = run(request["level"])
    sys.stdout.flush()
    seen["log"] = log.read_text(errors="replace")
    json.dump(seen, answer)
    answer.close()


def run(level: str) -> dict[str, Any]:
    """The clean batch, then the attacked one, and what can be seen afterwards."""
    secrets = course.Secrets.draw()
    plain = course.write_course(WORK / "plain", course.Secrets())
    bases = {
        "solved": solved_notebook(plain, course.SLUG),
        "stub": student_notebook(plain, course.SLUG),
    }
    root = course.write_course(WORK / "course", secrets)
    clean = _clean(root, level, bases, secrets)
    folder, students, book = WORK / "submissions", {}, WORK / "fall.db"
    folder.mkdir()
    course.write_gradebook(book, secrets.tokens["gradebook"])
    notebooks = siblings(bases, secrets.tokens["sibling"])
    beside: dict[str, str] = {}
    for number, attack in enumerate(attacks()):
        students[attack.id] = attack.hand_in(folder, bases)
        kind = KINDS[number % len(KINDS)]
        beside[f"{attack.id}~{kind}"] = kind
        (folder / f"{attack.id}~{kind}.ipynb").write_bytes(notebooks(kind, number))
    (folder / "zz-sibling.ipynb").write_bytes(notebooks("solved", -2))  # whom some attacks know by name
    beside["zz-sibling"] = "solved"
    guarded = [root, folder]
    before = [leftovers.fingerprint(one) for one in guarded]
    with services.listening(secrets.tokens["service"]):
        result = grade(root, course.SLUG, folder, book, progress=lambda *_: None, isolation=level, jobs=2)
    left = leftovers.left(WORK)
    changed = [
        str(one) for one, old in zip(guarded, before, strict=True) if leftovers.fingerprint(one) != old
    ]
    runs = {run.submission.student: run for run in result.runs}
    pages = _pages(book, runs)
    return {
        "level": result.isolation.value if result.isolation else "",
        "seconds": result.seconds,
        "left": left,
        "changed": changed,
        "earlier": _earlier(book) == secrets.tokens["gradebook"],
        "clean": clean,
        "honest": {kind: clean[kind]["earned"] for kind in ("solved", "stub")},
        "siblings": {name: _shown(runs.get(name), pages, secrets) for name in beside},
        "kinds": beside,
        "attacks": {id: _shown(runs.get(student), pages, secrets) for id, student in students.items()},
        "notices": result.notices,
        "secrets_in_files": _private_in_common(secrets),
    }


def _clean(root: Path, level: str, bases: dict[str, bytes], secrets: course.Secrets) -> dict[str, Any]:
    """What each kind of sibling, and each base, comes to where nobody attacks."""
    folder = WORK / "clean"
    folder.mkdir()
    notebooks = siblings(bases, secrets.tokens["sibling"])
    for kind in KINDS:
        (folder / f"{kind}.ipynb").write_bytes(notebooks(kind, -1))
    (folder / "stub.ipynb").write_bytes(bases["stub"])
    result = grade(
        root, course.SLUG, folder, WORK / "clean.db", progress=lambda *_: None, isolation=level, jobs=1
    )
    (WORK / "clean.db").unlink()
    return {run.submission.student: told(run) for run in result.runs}


def _pages(book: Path, runs: dict[str, Run]) -> dict[str, str]:
    """The page of each student, as `report` writes it."""
    out = WORK / "reports"
    report(book, out, {}, assignment=course.SLUG)
    export(book, "csv", WORK / "grades.csv")
    return {student: (out / "students" / page_name(student)).read_text(encoding="utf-8") for student in runs}


def _shown(run: Run | None, pages: dict[str, str], secrets: course.Secrets) -> dict[str, Any]:
    """What became of a submission, and which secrets it brought home."""
    if run is None:
        return {}
    # The draws' seed is the gradebook's to keep: it is in the record, never in what is told.
    everything = repr(replace(run, seed="")) + pages[run.submission.student]
    return told(run) | {
        "isolation": run.isolation.value,
        "secrets": secrets.found_in(everything),
        "breach": next(iter(re.findall(rf"{BREACH}[^\\\n<]{{0,200}}", everything)), ""),
        # What an attack's own markup would be in a page that did not escape it.
        "markup": re.findall(r"<script|<img src=x|\x1b|\u202e", pages[run.submission.student]),
        "seed_shown": bool(run.seed) and run.seed in pages[run.submission.student],
    }


def _earlier(book: Path) -> str:
    """The remark that the gradebook held before."""
    with Gradebook.open(book, read_only=True) as opened:
        [run] = opened.history("earlier", "hw8_earlier").values()
        return run.remarks[0]


def _private_in_common(secrets: course.Secrets) -> list[str]:
    """Secrets in what is written for the whole class."""
    files = [
        WORK / "grades.csv",
        WORK / "reports" / "class.html",
        WORK / "reports" / "grades.csv",
        WORK / "log",
    ]
    return [
        f"{file.name}: {place}"
        for file in files
        for place in secrets.found_in(file.read_text("utf-8", "replace"))
    ]


if __name__ == "__main__":
    main()

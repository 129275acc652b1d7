"""A naive grader, as most are written: students' code, hidden cases and scores share one process.

Deliberately wrong. It runs the cells with `exec`, tests what they have left with numpy's own comparisons,
and tells the score three ways: `results.json`, a line on standard output, and its exit code. It unpacks
archives by joining names, follows links, and knows no limit. What is an attack must succeed here, or it
proves nothing about a grader that withstands it. Beside those three it keeps a file of replies open, as
graders do that have a process for each student: the first reply about somebody is the one that counts.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import shutil
import sqlite3
import sys
import tarfile
import traceback
import zipfile
from pathlib import Path
from typing import Any

import numpy as np  # noqa: F401  loaded once, before the fork for each attack

from attacking.course import write_git_object

FULL = 6
STAFFS = ("hidden_cases.py", "reference.py", "fall.db")  # that no submission may change
REPLIES = 3


def grade_folder(folder: Path) -> None:
    """Grades every submission of `folder`/submissions in turn; the current folder is the submission's own."""
    # The import: hidden cases and Reference are modules beside the submissions.
    sys.path.insert(0, str(folder))
    os.environ["STAFF_TOKEN"] = (folder / "token").read_text()
    sys.dont_write_bytecode = False
    os.dup2(os.open(folder / "replies", os.O_CREAT | os.O_RDWR | os.O_APPEND), REPLIES)
    scores: dict[str, int] = {}
    texts: dict[str, str] = {}
    for student, path in collected(folder):
        work = folder / "work" / student
        shutil.copytree(path.parent, work) if path.parent.name != "submissions" else work.mkdir(parents=True)
        os.chdir(work)
        sys.path.insert(0, str(work))
        scores[student], texts[student] = grade(path)
        print(f"SCORE {student} {scores[student]}", flush=True)
        Path("results.json").write_text(json.dumps({"score": scores[student]}))
        os.write(REPLIES, json.dumps({"student": student, "points": scores[student]}).encode() + b"\n")
    (folder / "grades.json").write_text(json.dumps(scores))
    (folder / "feedback.json").write_text(json.dumps(texts))
    sys.exit(0 if all(score == FULL for score in scores.values()) else 1)


def collected(folder: Path) -> list[tuple[str, Path]]:
    """Student and notebook; whatever comes as an archive is unpacked first."""
    submissions = folder / "submissions"
    for path in sorted(submissions.iterdir()):
        if path.suffix in (".zip", ".tar", ".tgz"):
            unpack(path, submissions / path.stem)
    found = {}
    for path in sorted(submissions.rglob("*.ipynb")):
        own = path.stem if path.parent == submissions else path.parent.name
        found.setdefault(student_of(path, own), path)
    return sorted(found.items())


def unpack(path: Path, target: Path) -> None:
    """Every member to where its name says."""
    target.mkdir(exist_ok=True)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                place = os.path.join(target, info.filename.replace("\\", "/"))
                if place.endswith("/"):
                    os.makedirs(place, exist_ok=True)
                    continue
                os.makedirs(os.path.dirname(place), exist_ok=True)
                if info.external_attr >> 28 == 0xA:
                    os.symlink(archive.read(info), place)
                else:
                    Path(place).write_bytes(archive.read(info))
                if place.endswith(".zip"):
                    unpack(Path(place), Path(place[:-4]))
    else:
        with tarfile.open(path) as archive:
            archive.extractall(target, filter="fully_trusted")


def student_of(path: Path, own: str) -> str:
    """Who the notebook says that it is from, else whose file it is."""
    try:
        return str(json.loads(path.read_text())["metadata"]["student"])
    except (OSError, ValueError, KeyError, TypeError):
        return own


def grade(path: Path) -> tuple[int, str]:
    """The score, and what the student is told."""
    text = path.read_text()
    try:
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
        cells = [cell for cell in cells if "otter_ignore" not in cell["metadata"].get("tags", [])]
    except (ValueError, KeyError, TypeError) as error:
        return 0, f"not a notebook ({error}): {text[:200]}"
    namespace: dict[str, Any] = {"__name__": "__main__"}
    told = []
    for cell in cells:
        try:
            run_cell("".join(cell["source"]), namespace)
        except Exception as error:
            told.append(message(error))
    score = 0
    import hidden_cases

    for name, case in vars(hidden_cases).items():
        if name.startswith("case_"):
            try:
                case(namespace)
                score += 1
                told.append(f"{name}: passed")
            except Exception as error:
                told.append(f"{name}: {message(error)}")
    return score, "\n".join(told)


def run_cell(source: str, namespace: dict[str, Any]) -> None:
    """A cell as a kernel runs it: shell escapes too."""
    try:
        ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        source = TransformerManager().transform_cell(source)
        namespace["get_ipython"] = Shell
    exec(compile(source, "<cell>", "exec"), namespace)  # noqa: S102 - this is what is wrong with it


class Shell:
    """IPython's, as far as attacks need it."""

    @staticmethod
    def system(command: str) -> int:
        return os.system(command)

    @staticmethod
    def getoutput(command: str) -> list[str]:
        return os.popen(command).read().splitlines()

    @staticmethod
    def run_line_magic(name: str, line: str) -> None:
        if name == "run":
            exec(Path(line).read_text(), {"__name__": "__main__"})  # noqa: S102

    @staticmethod
    def run_cell_magic(name: str, line: str, cell: str) -> None:
        if name in ("bash", "sh", "script"):
            os.system(cell)


def message(error: Exception) -> str:
    """As Jupyter shows it, the lines of the case included."""
    return "".join(traceback.format_exception(error))[-3000:]


# Written beside the submissions as `hidden_cases.py`; CANARY and the numbers are put in.
HIDDEN_CASES = """\
import copy

import numpy as np

import reference

SECRET = "{hidden}"
states = np.array([{states}])
expected = np.array([{expected}])


def case_slope(env):
    np.testing.assert_allclose(env["slope"](states), expected, rtol=1e-5)


def case_slope_fresh(env):
    h = np.random.default_rng(7).uniform(-0.9, 0.9, (3, 6))
    assert np.allclose(env["slope"](h), reference.slope(h))


def case_jacobian(env):
    rng = np.random.default_rng(8)
    h, W = rng.uniform(-0.9, 0.9, (3, 6)), rng.standard_normal((6, 6))
    expected = reference.jacobian(h, W)
    got = copy.deepcopy(env["jacobian"](h, W))
    assert got.shape == expected.shape and np.allclose(got, expected)


def case_choice(env):
    assert env["q2_choice"] == "c"


def case_backward(env):
    rng = np.random.default_rng(9)
    W, x, dh = rng.standard_normal((6, 4)), rng.standard_normal((3, 4)), rng.standard_normal((3, 6))
    h = np.tanh(x @ W.T)
    got, expected = env["backward"](dh, (h, W)), reference.backward(dh, (h, W))
    np.testing.assert_allclose(got, expected, rtol=1e-5)


def case_backward_again(env):
    W, h, dh = np.eye(3), np.full((1, 3), 0.5), np.ones((1, 3))
    got = env["backward"](dh, (h, W))
    assert not abs(got - 0.75).max() > 1e-6
"""

REFERENCE = """\
import numpy as np

SECRET = "{reference}"


def slope(h):
    return 1 - h * h


def jacobian(h, W):
    return slope(h)[:, :, None] * W


def backward(dh, cache):
    h, W = cache
    return (dh * slope(h)) @ W


q2_choice = "c"
"""


def lay_out(folder: Path, tokens: dict[str, str], states: list[float]) -> None:
    """What the naive grader keeps beside the submissions. Tokens that it has no place for are left out."""
    values = {
        "hidden": tokens["hidden"],
        "reference": tokens["reference"],
        "states": f"[{', '.join(map(repr, states))}]",
        "expected": f"[{', '.join(repr(1 - state * state) for state in states)}]",
    }
    (folder / "hidden_cases.py").write_text(HIDDEN_CASES.format(**values))
    (folder / "reference.py").write_text(REFERENCE.format(**values))
    with contextlib.closing(sqlite3.connect(folder / "fall.db")) as book, book:
        book.execute("CREATE TABLE grades (student TEXT, points INTEGER, remarks TEXT)")
        book.execute("INSERT INTO grades VALUES ('earlier', 3, ?)", (tokens["gradebook"],))
    (folder / "token").write_text(tokens["environment"])
    write_git_object(folder, tokens["hidden"])

"""Every error a user can cause: one sentence, the right exit code, never a traceback."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from whole import ROOT

from coursekit.build.notebooks import solved_notebook
from coursekit.cli import run

COURSE = ["--course", str(ROOT)]
SLUG = "hw2_bptt"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "submissions"
    place.mkdir()
    return place


def grade(folder, tmp_path, *options, assignment=SLUG):
    return run(
        [
            *COURSE,
            "grade",
            assignment,
            str(folder),
            "--gradebook",
            str(tmp_path / "book.db"),
            "--out",
            str(tmp_path / "reports"),
            *options,
        ]
    )


def said(capfd):
    """What was said on standard error by us, without the progress bar."""
    error = capfd.readouterr().err
    assert "Traceback" not in error
    return "\n".join(line for line in error.splitlines() if line.startswith("coursekit: "))


def test_where_nothing_was_begun_there_is_no_bar(capfd, tmp_path):
    """Only the sentence, also in a log."""
    assert 2 == run([*COURSE, "audit", "hw9"])

    assert ["coursekit"] == [line.split(":")[0] for line in capfd.readouterr().err.splitlines()]


def test_an_unknown_assignment_offers_the_nearest(folder, tmp_path, capfd):
    code = grade(folder, tmp_path, assignment="hw2_btpt")

    assert 2 == code
    assert "did you mean 'hw2_bptt'" in said(capfd)


def test_an_empty_folder_is_named(folder, tmp_path, capfd):
    code = grade(folder, tmp_path)

    assert 2 == code
    assert "submissions" in said(capfd)


def test_a_missing_folder_is_named(tmp_path, capfd):
    code = grade(tmp_path / "nowhere", tmp_path)

    assert 2 == code
    assert "nowhere" in said(capfd)


def test_a_gradebook_of_a_newer_version_is_refused(folder, tmp_path, capfd):
    (folder / "ada.ipynb").write_bytes(solved_notebook(ROOT, SLUG))
    assert 0 == grade(folder, tmp_path)
    with sqlite3.connect(tmp_path / "book.db") as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    capfd.readouterr()

    assert 2 == grade(folder, tmp_path)
    assert "newer" in said(capfd)


def test_a_file_that_is_no_gradebook_is_refused(folder, tmp_path, capfd):
    (folder / "ada.ipynb").write_bytes(solved_notebook(ROOT, SLUG))
    (tmp_path / "book.db").write_text("my shopping list, long enough to be read as a page " * 50)

    assert 2 == grade(folder, tmp_path)
    assert "book.db" in said(capfd)


def test_bad_submissions_do_not_stop_the_others(folder, tmp_path, capfd):
    (folder / "ada.ipynb").write_bytes(solved_notebook(ROOT, SLUG))
    (folder / "bob.ipynb").write_text("{not json")
    (folder / "cyd.ipynb").write_bytes(b"")
    (folder / "dot.ipynb").mkdir()

    assert 1 == grade(folder, tmp_path)
    told = capfd.readouterr().out
    assert "1 graded" in told
    assert "3 could not be graded" in told


def test_what_has_not_changed_is_not_graded_again(folder, tmp_path, capfd):
    (folder / "ada.ipynb").write_bytes(solved_notebook(ROOT, SLUG))
    grade(folder, tmp_path)
    capfd.readouterr()

    assert 0 == grade(folder, tmp_path)
    assert "0 graded, 1 unchanged" in capfd.readouterr().out


def test_outside_a_course_it_says_where_it_looked(tmp_path, capfd):
    code = run(["--course", str(tmp_path), "release"])

    assert 2 == code
    assert "--course" in said(capfd)


def test_an_unknown_option_is_wrong_usage():
    assert 2 == run(["grade", "--nonsense"])


def test_an_unknown_verb_is_wrong_usage():
    assert 2 == run(["grad"])


@pytest.mark.parametrize("verb", ["release", "grade", "check", "audit", "report", "export", "demo", "doctor"])
def test_every_verb_explains_itself_with_an_example(verb, capfd):
    assert 0 == run([verb, "--help"])
    assert f"Example:  coursekit {verb}" in capfd.readouterr().out


def test_help_needs_nothing_heavy():
    """A start-up that imports numpy, otter or rich cannot answer at once."""
    code = "import sys; from coursekit.cli import run; run(['--help']); print(*sorted(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {"numpy", "otter", "rich", "matplotlib", "jinja2", "nbformat", "IPython", "sqlite3"}


def command(*arguments):
    return [sys.executable, "-m", "coursekit", *COURSE, *arguments]


def test_interrupted_it_keeps_what_was_graded_and_a_rerun_completes(folder, tmp_path):
    raw = json.loads(solved_notebook(ROOT, SLUG))
    for number in range(12):
        raw["cells"].append({**raw["cells"][-1], "source": f"number = {number}", "cell_type": "code"})
        raw["cells"][-1].setdefault("outputs", [])
        (folder / f"s{number:02d}.ipynb").write_text(json.dumps(raw))
    book = tmp_path / "book.db"
    arguments = command(
        "grade", SLUG, str(folder), "--gradebook", str(book), "--out", str(tmp_path / "out"), "--jobs", "1"
    )
    first = subprocess.Popen(arguments, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    wait_for_runs(book, 2)
    first.send_signal(signal.SIGINT)
    _, error = first.communicate(timeout=60)

    assert 130 == first.returncode
    assert "Traceback" not in error
    kept = count_runs(book)
    assert 2 <= kept < 12

    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=300)

    assert 0 == done.returncode, done.stderr
    assert f"{12 - kept} graded, {kept} unchanged" in done.stdout


def test_killed_it_leaves_a_gradebook_that_a_rerun_completes(folder, tmp_path):
    raw = json.loads(solved_notebook(ROOT, SLUG))
    for number in range(8):
        raw["metadata"]["number"] = number
        (folder / f"s{number:02d}.ipynb").write_text(json.dumps(raw))
    book = tmp_path / "book.db"
    arguments = command(
        "grade", SLUG, str(folder), "--gradebook", str(book), "--out", str(tmp_path / "out"), "--jobs", "1"
    )
    first = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    wait_for_runs(book, 2)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    kept = count_runs(book)

    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=300)

    assert 0 == done.returncode, done.stderr
    assert f"{8 - kept} graded, {kept} unchanged" in done.stdout


def count_runs(book: Path) -> int:
    database = sqlite3.connect(f"file:{book}?mode=ro", uri=True)
    try:
        return database.execute("SELECT count(*) FROM runs").fetchone()[0]
    finally:
        database.close()


def wait_for_runs(book: Path, wanted: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if count_runs(book) >= wanted:
                return
        except sqlite3.OperationalError:
            pass  # not there yet
        time.sleep(0.02)
    raise AssertionError(f"no {wanted} runs within two minutes")

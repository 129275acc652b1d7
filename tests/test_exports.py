"""The CSV promises: every student once, empty where there is no score, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import os
import stat
from dataclasses import replace

import pytest
from fake_cohort import HOSTILE, assignment, cohort, mixed, run, unreadable

from coursekit.errors import BadInput
from coursekit.exports import grades_csv, private_folder, write_private
from coursekit.gradebook import Gradebook
from coursekit.model import Isolation
from coursekit.verbs.export import export

HW = assignment()


def rows_of(*runs, of=HW):
    text = grades_csv([(of, dict(enumerate(runs, start=1)))])
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_row_holds_all_that_counts():
    """Score, withheld points, every question, lateness, and where to look further."""
    [row] = rows_of(replace(mixed("Ada", HW), isolation=Isolation.PROCESS, unsafe=True))

    assert row == {
        "student": "Ada",
        "assignment": "hw4_lstm",
        "state": "graded",
        "score": "25",
        "possible": "40",
        "withheld": "2",
        **{f"q{n}": points for n, points in enumerate("661135030", start=1)},
        "late": "yes",
        "run": "1",
        "isolation": "process",
        "unsafe": "yes",
    }


def test_what_has_no_score_is_empty_and_never_zero():
    """`ungradable` is not a grade."""
    [row] = rows_of(unreadable("Ada", HW))

    assert (row["state"], row["score"], row["possible"], row["q1"]) == ("ungradable", "", "40", "")


def test_unknown_times_are_neither_late_nor_in_time():
    [row] = rows_of(run("Ada", HW, received_at=""))

    assert row["late"] == ""


def test_questions_of_several_assignments_share_columns_in_their_order():
    """q10 comes after q2, and an assignment without a question leaves its cell empty."""
    ten = replace(HW, slug="hw5_gru", questions=(*HW.questions, replace(HW.questions[0], id="q10", cases=())))
    text = grades_csv([(HW, {1: run("Ada", HW)}), (ten, {2: run("Ada", ten)})])
    header, first, second = csv.reader(io.StringIO(text, newline=""))

    assert header[6:16] == [f"q{n}" for n in range(1, 11)]
    assert [first[1], second[1]] == ["hw4_lstm", "hw5_gru"]
    assert first[15] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_is_a_formula(start):
    """A spreadsheet shows it as text; an apostrophe says so."""
    [row] = rows_of(run(f"{start}cmd()", HW))

    assert row["student"] == f"'{start}cmd()"


def test_hostile_names_stay_one_cell_each():
    """Whatever a name holds, the table keeps its shape, and harmless names are untouched."""
    of, runs = cohort()
    rows = rows_of(*runs, of=of)

    assert len(rows) == len(runs)
    assert all(None not in row and None not in row.values() for row in rows)
    assert {row["student"].lstrip("'") for row in rows} >= set(HOSTILE) - {"undecodable\udcff"}
    assert not [row for row in rows if row["student"][0] in "=+-@\t\r\n"]


# -- private files -------------------------------------------------------------------------------------


def modes(path):
    return stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)


def test_a_file_is_private_and_so_are_the_folders_made_for_it(tmp_path):
    """Whatever the umask is."""
    before = os.umask(0)
    try:
        written = write_private(tmp_path / "reports" / "deep" / "grades.csv", "a,b\r\n")
    finally:
        os.umask(before)

    assert modes(written) == (0o600, 0o700)
    assert written.read_bytes() == b"a,b\r\n"
    assert [file.name for file in written.parent.iterdir()] == ["grades.csv"]


def test_an_unchanged_file_is_left_alone(tmp_path):
    """So that a second report touches only what changed."""
    path = write_private(tmp_path / "a.html", "one")
    os.utime(path, (1, 1))

    write_private(path, "one")
    assert path.stat().st_mtime == 1

    write_private(path, "two")
    assert path.stat().st_mtime > 1


def test_what_stands_there_survives_a_failure(tmp_path, monkeypatch):
    """The new file gets its name only when it is whole."""
    path = write_private(tmp_path / "a.html", "one")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(BadInput, match="cannot be written: No space left on device"):
        write_private(path, "two")

    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.html", "one")]


def test_a_folder_in_the_way_is_one_sentence(tmp_path):
    (tmp_path / "grades.csv").mkdir()

    with pytest.raises(BadInput, match=r"grades\.csv cannot be written"):
        write_private(tmp_path / "grades.csv", "a")


# -- the verb ------------------------------------------------------------------------------------------


def test_export_writes_every_assignment(tmp_path):
    """From the gradebook alone."""
    gru = replace(HW, slug="hw5_gru")
    with Gradebook.open(tmp_path / "fall.db", create=True) as book:
        for of in (gru, HW):
            book.record(run("Bob", of), of)
            book.record(run("Ada", of), of)

    written = export(tmp_path / "fall.db", "csv", tmp_path / "grades.csv")

    rows = list(csv.DictReader(io.StringIO(written.read_text(encoding="utf-8"), newline="")))
    assert [(row["assignment"], row["student"]) for row in rows] == [
        ("hw4_lstm", "Ada"),
        ("hw4_lstm", "Bob"),
        ("hw5_gru", "Ada"),
        ("hw5_gru", "Bob"),
    ]


def test_the_secret_is_never_exported(tmp_path):
    """Nor the seeds made from it."""
    with Gradebook.open(tmp_path / "fall.db", create=True) as book:
        book.record(run("Ada", HW), HW)
        secret, seed = book.secret, run("Ada", HW).seed
    data = export(tmp_path / "fall.db", "csv", tmp_path / "grades.csv").read_bytes()

    assert secret not in data
    assert secret.hex().encode() not in data
    assert seed.encode() not in data


def test_an_unknown_format_is_named(tmp_path):
    with pytest.raises(BadInput, match="did you mean 'csv'"):
        export(tmp_path / "fall.db", "cvs", tmp_path / "grades.csv")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(BadInput, match=r"file/pages cannot be made: Not a directory; choose another place"):
        private_folder(tmp_path / "file" / "pages")

    assert 0o700 == private_folder(tmp_path / "a" / "b").stat().st_mode & 0o777

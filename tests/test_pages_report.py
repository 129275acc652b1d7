"""`coursekit report`: from the gradebook alone, private, incremental, and the same bytes each time."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

import pytest
from fake_cohort import HOSTILE, MISTAKES, assignment, cohort, mixed, run
from page_reader import Page

from coursekit.errors import BadInput
from coursekit.gradebook import Gradebook
from coursekit.pages import page_name
from coursekit.verbs.report import report

HW = assignment()
KNOWN = {HW.slug: MISTAKES}


@pytest.fixture
def graded(tmp_path):
    """A gradebook with a class of 20, hostile names included."""
    of, runs = cohort(20)
    with Gradebook.open(tmp_path / "fall.db", create=True) as book:
        for one in runs:
            book.record(one, of)
    return tmp_path / "fall.db"


def test_every_student_has_a_page_and_the_class_too(graded, tmp_path):
    """Links of the class page lead to files that are there."""
    out = tmp_path / "out"
    written = report(graded, out, KNOWN, "hw4_lstm")

    assert written.class_page == out / "class.html"
    assert set(written.files) == {file for file in out.rglob("*") if file.is_file()}
    assert len(written.files) == 22
    page = Page(written.class_page.read_text(encoding="utf-8"))
    assert all((out / a["href"]).is_file() for a in page.all("a"))


def test_everything_is_private(graded, tmp_path):
    """Files and the folders made for them, whatever the umask."""
    before = os.umask(0)
    try:
        report(graded, tmp_path / "out", KNOWN)
    finally:
        os.umask(before)
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (tmp_path / "out").rglob("*")}

    assert modes == {(True, 0o700), (False, 0o600)}


def test_a_second_report_touches_only_what_changed(graded, tmp_path):
    """Nothing in a page comes from the moment of writing."""
    written = report(graded, tmp_path / "out", KNOWN, "hw4_lstm")
    for file in written.files:
        os.utime(file, (1, 1))
    report(graded, tmp_path / "out", KNOWN, "hw4_lstm")
    assert {file.stat().st_mtime for file in written.files} == {1}

    with Gradebook.open(graded) as book:
        book.override("Ada Lovelace", "hw4_lstm", "q9", 0, reason="looked at by hand", by="TA")
    report(graded, tmp_path / "out", KNOWN, "hw4_lstm")

    changed = {file.name for file in written.files if file.stat().st_mtime > 1}
    assert changed == {"class.html", "grades.csv", page_name("Ada Lovelace")}


def test_pages_of_students_who_left_are_removed_and_nothing_else(graded, tmp_path):
    folder = tmp_path / "out" / "students"
    report(graded, tmp_path / "out", KNOWN, "hw4_lstm")
    (folder / page_name("Gone")).write_text("old")
    (folder / "notes.html").write_text("mine")

    report(graded, tmp_path / "out", KNOWN, "hw4_lstm")

    assert not (folder / page_name("Gone")).exists()
    assert (folder / "notes.html").read_text() == "mine"


def test_several_assignments_have_a_folder_each_and_an_index(graded, tmp_path):
    gru = replace(HW, slug="hw5_gru")
    with Gradebook.open(graded) as book:
        book.record(run("Ada", gru), gru)
    written = report(graded, tmp_path / "out", KNOWN)
    page = Page(written.class_page.read_text(encoding="utf-8"))

    assert written.class_page == tmp_path / "out" / "index.html"
    assert [a["href"] for a in page.all("a")] == ["hw4_lstm/class.html", "hw5_gru/class.html"]
    assert all((tmp_path / "out" / a["href"]).is_file() for a in page.all("a"))


def test_one_assignment_needs_no_index(graded, tmp_path):
    written = report(graded, tmp_path / "out", KNOWN)

    assert written.class_page == tmp_path / "out" / "hw4_lstm" / "class.html"


def test_lateness_reaches_both_pages(tmp_path):
    with Gradebook.open(tmp_path / "g.db", create=True) as book:
        book.record(mixed("Ada", HW), HW)
    written = report(tmp_path / "g.db", tmp_path / "out", KNOWN, HW.slug)

    assert "1 late" in Page(written.class_page.read_text(encoding="utf-8")).text
    assert ", late: it was due" in written.files[-1].read_text(encoding="utf-8")


def test_a_run_is_told_in_the_words_of_its_own_assignment(tmp_path):
    """A title that changed afterwards does not rename what was judged."""
    with Gradebook.open(tmp_path / "g.db", create=True) as book:
        book.record(run("Ada", HW), HW)
        later = replace(HW, title="Second edition", questions=HW.questions[:3])
        book.record(run("Bob", later), later)
    out = tmp_path / "out"
    report(tmp_path / "g.db", out, KNOWN, HW.slug)

    assert "The figure" in (out / "students" / page_name("Ada")).read_text(encoding="utf-8")
    assert "Second edition" in (out / "students" / page_name("Bob")).read_text(encoding="utf-8")


def test_a_decision_without_a_case_is_a_notice(tmp_path):
    with Gradebook.open(tmp_path / "g.db", create=True) as book:
        book.record(mixed("Ada", HW), HW)
        book.override("Ada", HW.slug, "q9", 1, case="shape", reason="the case was wrong", by="TA Kim")
        shorter = replace(HW, questions=HW.questions[:8])
        book.record(run("Ada", shorter, autograder="next"), shorter)
    written = report(tmp_path / "g.db", tmp_path / "out", KNOWN, HW.slug)

    assert (
        "The decision of TA Kim about q9: shape of Ada finds no such case any more"
        in Page(written.class_page.read_text(encoding="utf-8")).text
    )


def test_no_page_leaves_its_folder(tmp_path):
    """Names are data, never paths."""
    with Gradebook.open(tmp_path / "g.db", create=True) as book:
        for name in HOSTILE:
            book.record(run(name, HW), HW)
    report(tmp_path / "g.db", tmp_path / "deep" / "out", KNOWN, HW.slug)
    folder = tmp_path / "deep" / "out" / "students"

    assert len(list(folder.iterdir())) == len(HOSTILE)
    assert {path.name for path in tmp_path.iterdir()} == {"g.db", "deep"}


def test_no_secret_reaches_a_page(graded, tmp_path):
    with Gradebook.open(graded, read_only=True) as book:
        secret = book.secret.hex()
    written = report(graded, tmp_path / "out", KNOWN, "hw4_lstm")

    assert not [file for file in written.files if secret in file.read_text(encoding="utf-8")]


def test_an_unknown_assignment_is_named(graded, tmp_path):
    with pytest.raises(BadInput, match="did you mean 'hw4_lstm'"):
        report(graded, tmp_path / "out", KNOWN, "hw4_lstmm")

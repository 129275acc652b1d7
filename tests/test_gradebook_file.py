"""What the gradebook's file promises: private, atomic, migrated, and a sentence for whatever is wrong."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing

import pytest
from fake_cohort import assignment, cohort, run

from coursekit.errors import BadInput, OurFault
from coursekit.gradebook import Gradebook, connection, migrations

HW = assignment()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "fall.db"


@pytest.fixture
def filled(path):
    """A closed gradebook with one run."""
    with Gradebook.open(path, create=True) as book:
        book.record(run("Ada", HW), HW)
    return path


def test_only_its_owner_can_read_it(path):
    """Grades are private whatever the umask; so are SQLite's files beside it."""
    before = os.umask(0)
    try:
        with Gradebook.open(path, create=True) as book:
            book.record(run("Ada", HW), HW)
            modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)

    assert {0o600} == modes


def test_it_appears_complete_and_leaves_nothing_else(filled):
    """It is made under another name; none of that remains."""
    assert [file.name for file in filled.parent.iterdir()] == ["fall.db"]


def test_two_that_make_it_at_once_share_one(path):
    """The slower one opens what the faster one made: one secret, no run lost."""
    secrets, ready = [], threading.Barrier(4)

    def make():
        ready.wait()
        with Gradebook.open(path, create=True) as book:
            secrets.append(book.secret)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(secrets) == 4
    assert len(set(secrets)) == 1


def test_where_hard_links_are_unknown_it_is_still_made(path, monkeypatch):
    """Some file systems have none."""

    def link(*_):
        raise OSError(connection.NO_HARD_LINKS[0], "no hard links")

    monkeypatch.setattr(os, "link", link)

    Gradebook.open(path, create=True).close()

    assert [file.name for file in path.parent.iterdir()] == ["fall.db"]


def test_readers_go_on_while_a_batch_writes(path):
    """A reader inside its transaction neither waits for the writer nor sees half a cohort."""
    of, runs = cohort(20)
    with Gradebook.open(path, create=True) as writer, closing(sqlite3.connect(path)) as raw:
        writer.record(runs[0], of)
        raw.execute("BEGIN")
        seen = raw.execute("SELECT count(*) FROM current_scores").fetchone()[0]
        for graded in runs[1:]:
            writer.record(graded, of)
            with Gradebook.open(path, read_only=True, wait_seconds=0.0) as reader:
                latest = len(reader.current(of.slug))

        assert 1 == seen == raw.execute("SELECT count(*) FROM current_scores").fetchone()[0]
        assert len(runs) == latest


def test_it_is_sound_after_a_class(path):
    """SQLite's own check finds nothing."""
    of, runs = cohort(20)
    with Gradebook.open(path, create=True) as book:
        for graded in runs:
            book.record(graded, of)

        assert book.integrity() == []


def test_integrity_names_what_is_wrong(filled):
    """Somebody with a SQL shell can still break it; then we say so."""
    with closing(sqlite3.connect(filled)) as raw, raw:
        raw.execute("INSERT INTO overrides VALUES (NULL, 99, 'q1', '', 1, 'why', 'who', 'when')")
    with Gradebook.open(filled) as book:
        assert book.integrity() == ["table overrides: row 1 has lost its parent"]


# -- migrations ----------------------------------------------------------------------------------------


def test_steps_are_numbered_without_gaps():
    """The name of a step is its number."""
    numbers = [int(step.__name__[1:4]) for step in migrations.MIGRATIONS]

    assert list(range(1, len(numbers) + 1)) == numbers


def test_an_older_file_is_brought_up_to_date(path):
    """Each missing step runs once, in order."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        assert migrations.migrate(raw, migrations.MIGRATIONS[:1]) == 1

    with pytest.raises(BadInput, match="older format"):
        Gradebook.open(path, read_only=True)
    with Gradebook.open(path) as book:
        book.record(run("Ada", HW), HW)

        assert next(iter(book.current(HW.slug).values())).score.earned == 40


def test_a_step_that_fails_leaves_the_version_before_it(path):
    """A step is all or nothing."""

    def broken(raw):
        raw.execute("CREATE TABLE half (x)")
        raise RuntimeError("no")

    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        with pytest.raises(RuntimeError):
            migrations.migrate(raw, (*migrations.MIGRATIONS, broken))

        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema")}
        assert "half" not in tables
        assert len(migrations.MIGRATIONS) == migrations.schema_version(raw)


def test_a_newer_file_is_left_alone(filled):
    """An old program must not write into a format it does not know."""
    with closing(sqlite3.connect(filled)) as raw:
        raw.execute("PRAGMA user_version = 99")
    before = filled.read_bytes()

    with pytest.raises(BadInput, match=r"has format 99.*install the newer coursekit"):
        Gradebook.open(filled)

    assert before == filled.read_bytes()


# -- one sentence each ---------------------------------------------------------------------------------


def make_text(path):
    path.write_text("student,grade\nAda,40\n" * 100)


def make_other(path):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE grades (x)")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_text, "not a gradebook"),
        (make_other, "another database, not a gradebook"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.touch(), "is empty, not a gradebook"),
        (lambda path: None, "does not exist; `coursekit grade` makes one"),
    ],
)
def test_what_is_no_gradebook_is_called_so(path, make, sentence):
    """And is not touched."""
    make(path)
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(BadInput, match=sentence) as caught:
        Gradebook.open(path)

    assert "\n" not in str(caught.value)
    assert before == (path.read_bytes() if path.is_file() else None)


def test_a_gradebook_in_no_folder_cannot_be_made(tmp_path):
    """The folder is named."""
    with pytest.raises(BadInput, match="there is no folder"):
        Gradebook.open(tmp_path / "nowhere" / "fall.db", create=True)


def test_an_empty_file_may_become_one(path):
    """`touch fall.db` is an honest start."""
    path.touch()

    with Gradebook.open(path, create=True) as book:
        assert book.students() == []


def test_a_damaged_file_is_called_damaged(filled):
    """Its head is whole, its pages are not."""
    content = bytearray(filled.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    filled.write_bytes(content)

    with pytest.raises(BadInput, match=r"is damaged; restore it from a copy"), Gradebook.open(filled) as book:
        book.current(HW.slug)


def test_a_file_that_another_process_holds_is_called_so(filled):
    """After waiting for it."""
    with closing(sqlite3.connect(filled)) as other, Gradebook.open(filled, wait_seconds=0.01) as book:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(BadInput, match="is being written by another process"):
            book.record(run("Bob", HW), HW)


def test_a_file_opened_for_reading_refuses_to_be_written(filled):
    """Reports open it so."""
    with Gradebook.open(filled, read_only=True) as book, pytest.raises(BadInput, match="cannot be written"):
        book.record(run("Bob", HW), HW)


def fill(book):
    for n in range(100):
        book.record(run(f"Student {n}", HW), HW)


def test_a_reader_leaves_nothing_beside_the_file(filled):
    """SQLite's own two files go with the last who closes."""
    with Gradebook.open(filled, read_only=True) as book:
        assert book.students() == ["Ada"]

    assert [file.name for file in filled.parent.iterdir()] == ["fall.db"]


def test_a_full_disk_is_our_fault_and_loses_nothing(filled):
    """The run at hand is not recorded, those before it are there."""
    with Gradebook.open(filled) as book:
        pages = book._db.all("PRAGMA page_count")[0][0]
        book._db.all(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OurFault, match="the disk is full"):
            fill(book)
        book._db.all("PRAGMA max_page_count = 100000")

        assert "Ada" in book.students()
        assert len(book.students()) == len(book.current(HW.slug))
        assert book.integrity() == []


def test_a_read_only_folder_can_still_be_read(filled, monkeypatch):
    """An archive on read-only media: WAL could not make its index there."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    with Gradebook.open(filled, read_only=True) as book:
        assert book.students() == ["Ada"]


def test_a_path_may_hold_any_character(tmp_path):
    """`?` and `#` mean something in the address that SQLite is given."""
    odd = tmp_path / "fall? 2026#1 %20.db"

    Gradebook.open(odd, create=True).close()

    assert odd.is_file()

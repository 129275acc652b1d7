"""The door to SQLite: opening the file, running statements, and one sentence for whatever goes wrong."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from coursekit.errors import BadInput, CoursekitError, OurFault
from coursekit.gradebook.migrations import APPLICATION_ID, MIGRATIONS, migrate, schema_version

WAIT_SECONDS = 30.0  # for another writer; a batch holds the lock for milliseconds at a time

_DAMAGED = "is damaged; restore it from a copy, or grade into a new one."

NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)  # vfat, some network shares


class Database:
    """An open gradebook file: statements in, rows out, errors as sentences."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        self._connection.close()

    def all(self, query: str, *values: object, **named: object) -> list[sqlite3.Row]:
        """All rows of a query, whose values are given in order (`?`) or by name (`:name`)."""
        with sentences(self.path):
            return self._connection.execute(query, named or values).fetchall()

    def first(self, query: str, *values: object, **named: object) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        return next(iter(self.all(query, *values, **named)), None)

    def insert(self, into: str, *values: object) -> int:
        """Append a row to `table` or `table (columns)`; returns its id."""
        marks = ", ".join("?" * len(values))
        with sentences(self.path):
            return int(
                self._connection.execute(f"INSERT INTO {into} VALUES ({marks})", values).lastrowid or 0
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. The lock is taken at once: what is read inside is still true at the end."""
        with sentences(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise


def connect(path: Path, *, create: bool, read_only: bool, wait_seconds: float) -> Database:
    """A checked and up-to-date gradebook. Raises BadInput or OurFault, one sentence each."""
    _check_place(path, create)
    with sentences(path):
        if create and not path.exists():
            _create(path)
        connection = _open(path, wait_seconds, read_only=read_only)
        try:
            _check_kind(connection, path, create)
            if not read_only:
                _check_sound(connection, path)
                connection.execute("PRAGMA journal_mode = WAL")  # readers go on while a batch writes
                migrate(connection)
            elif schema_version(connection) < len(MIGRATIONS):
                raise BadInput(f"Gradebook {path} has an older format; grade into it once, which updates it.")
        except BaseException:
            connection.close()
            raise
    return Database(path, connection)


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _sentence(path, error) from error


def _check_place(path: Path, create: bool) -> None:
    if path.is_dir():
        raise BadInput(f"Gradebook {path} is a folder; expected a file such as {path / 'fall.db'}.")
    if not path.exists() and not create:
        raise BadInput(f"Gradebook {path} does not exist; `coursekit grade` makes one.")
    if not path.parent.is_dir():
        raise BadInput(f"Gradebook {path} cannot be made: there is no folder {path.parent}; make it first.")


def _open(path: Path, wait_seconds: float, *, read_only: bool = False) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=rw"
    if read_only and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        uri += "&immutable=1"  # WAL keeps an index beside the file; where none can be written, nobody writes
    connection = sqlite3.connect(uri, uri=True, timeout=wait_seconds, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA synchronous = FULL")  # a grade that was reported survives a power cut
    connection.execute("PRAGMA trusted_schema = OFF")
    # Not mode=ro: a reader that may not tidy up would leave SQLite's two files beside ours.
    connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    return connection


def _check_kind(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    kind = int(connection.execute("PRAGMA application_id").fetchone()[0])
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if kind != APPLICATION_ID and not (empty and create):
        raise BadInput(
            f"{path} is {'empty' if empty else 'another database'}, not a gradebook; check the path."
        )
    if schema_version(connection) > len(MIGRATIONS):
        raise BadInput(
            f"Gradebook {path} has format {schema_version(connection)}, and this coursekit knows up to "
            f"{len(MIGRATIONS)}; install the newer coursekit that wrote it."
        )


def _check_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Nothing is added to a file that is damaged anywhere: a copy that is whole must stay the newest."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]  # a tenth of a second for 5,000 runs
    if found != "ok":
        raise BadInput(f"Gradebook {path} {_DAMAGED}")


def _create(path: Path) -> None:
    """Make a complete new gradebook under another name, then give it its own, never over an existing file."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    except OSError as error:
        raise BadInput(f"Gradebook {path} cannot be made: {error.strerror}; choose another place.") from error
    os.close(handle)
    new = Path(name)
    try:
        with closing(_open(new, WAIT_SECONDS)) as connection:
            migrate(connection)
        _claim(new, path)
    finally:
        for suffix in ("", "-journal"):
            Path(f"{new}{suffix}").unlink(missing_ok=True)


def _claim(new: Path, path: Path) -> None:
    """Give `new` the name `path`; where another process was faster, its file stays."""
    try:
        os.link(new, path)
    except FileExistsError:
        pass
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise BadInput(
                f"Gradebook {path} cannot be made: {error.strerror}; choose another place."
            ) from error
        os.replace(new, path)


def _sentence(path: Path, error: sqlite3.Error) -> CoursekitError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith("SQLITE_NOTADB"):
        return BadInput(f"{path} is not a gradebook (no SQLite file); check the path.")
    if name.startswith("SQLITE_CORRUPT"):
        return BadInput(f"Gradebook {path} {_DAMAGED}")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return BadInput(f"Gradebook {path} is being written by another process; wait for it to finish.")
    if name.startswith("SQLITE_READONLY"):
        return BadInput(
            f"Gradebook {path} cannot be written; check the permissions of the file and its folder."
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return BadInput(
            f"Gradebook {path} cannot be opened; check the permissions of the file and its folder."
        )
    if name.startswith("SQLITE_FULL"):
        return OurFault(f"Gradebook {path} cannot grow: the disk is full; free some space and grade again.")
    if name.startswith("SQLITE_IOERR"):
        return OurFault(f"Gradebook {path} cannot be read or written ({name}); check the disk.")
    return OurFault(f"Gradebook {path} refused: {error}.")

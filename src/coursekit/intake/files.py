"""Reads files of strangers: through folder descriptors, following no link, opening nothing but regular files.

Every function raises BadInput with one sentence that begins with `label`, the name to show.
Not guaranteed: one moment in time. A file that changes while it is read is refused, not locked.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from coursekit.errors import BadInput
from coursekit.intake.caps import MIB

_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
# O_NONBLOCK: opening a named pipe that took the file's place must not wait for a writer.
_FILE_FLAGS = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)

_SENTENCES = {
    errno.ELOOP: "is a symbolic link; expected a file or folder of its own: replace it by a copy",
    errno.EACCES: "cannot be read (permission denied); give yourself the right to read it and grade again",
    errno.EPERM: "cannot be read (permission denied); give yourself the right to read it and grade again",
    errno.ENOENT: "disappeared while it was read; grade again when nothing changes the folder",
    errno.ENOTDIR: "changed its kind while it was read; grade again when nothing changes the folder",
    errno.ESTALE: "changed while it was read; grade again when nothing changes the folder",
}
CHANGED = "changed while it was read; grade again when nothing changes the folder"


@contextmanager
def folder(root: str, parts: tuple[str, ...], label: str) -> Iterator[int]:
    """A descriptor of the folder `root/parts`. Links are followed in `root` alone, the user's own word."""
    with _saying(label):
        descriptor = os.open(root, _FOLDER_FLAGS)
    try:
        for part in parts:
            with _saying(label):
                inner = os.open(part, _FOLDER_FLAGS | _NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def names_in(descriptor: int, cap: int, label: str) -> list[str]:
    """The names in a folder, sorted by their bytes; at most `cap`, counted before they are kept."""
    with _saying(label):
        with os.scandir(descriptor) as entries:
            names = [entry.name for entry in islice(entries, cap + 1)]
    if len(names) > cap:
        raise BadInput(
            f"{label} holds more than {cap} entries; expected a notebook and a few files: remove the rest"
        )
    return sorted(names, key=os.fsencode)


def what_is(name: str, descriptor: int, label: str) -> str:
    """`file`, `folder`, `symbolic link`, `named pipe`, `socket` or `device`, without opening it."""
    with _saying(label):
        return _kind(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode)


def read_file(name: str, descriptor: int, cap: int, label: str) -> bytes:
    """The bytes of a regular file with one name, at most `cap`."""
    kind = what_is(name, descriptor, label)  # before opening: to open a device can already do something
    if kind != "file":
        raise BadInput(wrong_kind(label, kind))
    with _saying(label):
        opened = os.open(name, _FILE_FLAGS, dir_fd=descriptor)
    try:
        with _saying(label):
            before = os.fstat(opened)
            _check(before, cap, label)
            with open(opened, "rb", closefd=False) as file:
                raw = file.read(before.st_size + 1)
            after = os.fstat(opened)
    finally:
        os.close(opened)
    if len(raw) != before.st_size or _version(before) != _version(after):
        raise BadInput(f"{label} {CHANGED}")
    return raw


def wrong_kind(label: str, kind: str) -> str:
    """The sentence for something that is no regular file."""
    if kind == "symbolic link":
        return f"{label} {_SENTENCES[errno.ELOOP]}"
    return f"{label} is a {kind}; expected a file: replace it by the notebook itself"


def _check(status: os.stat_result, cap: int, label: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise BadInput(wrong_kind(label, _kind(status.st_mode)))
    # A hard link cannot be told from what it is linked to: the gradebook, or another student's work.
    if status.st_nlink > 1:
        raise BadInput(
            f"{label} is one file with {status.st_nlink} names (hard links); expected a file of its own: "
            "grade a plain copy of the folder (`cp -r`)"
        )
    if status.st_size > cap:
        raise BadInput(
            f"{label} has {status.st_size / MIB:,.1f} MiB; expected at most {cap / MIB:,.1f} MiB: "
            "make it smaller (a notebook by clearing its outputs)"
        )


def _version(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _kind(mode: int) -> str:
    for test, kind in (
        (stat.S_ISREG, "file"),
        (stat.S_ISDIR, "folder"),
        (stat.S_ISLNK, "symbolic link"),
        (stat.S_ISFIFO, "named pipe"),
        (stat.S_ISSOCK, "socket"),
    ):
        if test(mode):
            return kind
    return "device"


@contextmanager
def _saying(label: str) -> Iterator[None]:
    """Turns what the system says into a sentence about `label`."""
    try:
        yield
    except OSError as error:
        reason = _SENTENCES.get(error.errno or 0)
        raise BadInput(f"{label} {reason or f'cannot be read ({error.strerror})'}") from error

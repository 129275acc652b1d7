"""A folder that a sandbox owns: one inside it per worker, and all of it gone at the end."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
import shutil
import stat
import tempfile


class Scratch:
    """One folder under the system's temporary folder."""

    def __init__(self) -> None:
        self.path = tempfile.mkdtemp(prefix="coursekit-")
        self._uid: int | None = None
        self._numbers = itertools.count(1)

    def give_to(self, uid: int | None) -> None:
        """Let that user work in it and in every folder made in it later."""
        self._uid = uid
        if uid is not None:
            os.chown(self.path, uid, uid)

    def folder(self) -> str:
        """A new empty folder for one worker."""
        path = f"{self.path}/{next(self._numbers)}"
        os.mkdir(path, 0o700)
        if self._uid is not None:
            os.chown(path, self._uid, self._uid)
        return path

    def remove(self) -> None:
        """All of it."""
        remove(self.path)


def remove(path: str) -> None:
    """Remove a folder that a student wrote in: forbidden, linked or nested however deep. Follows no link."""
    with contextlib.suppress(FileNotFoundError):
        _flatten(path)
        shutil.rmtree(path)


def _flatten(root: str) -> None:
    """Bring every folder under `root` up to its first level, empty of folders and open to us."""
    pending, numbers, ours = [root], itertools.count(), secrets.token_hex(8)
    while pending:
        folder = pending.pop()
        os.chmod(folder, stat.S_IRWXU)
        with os.scandir(folder) as entries:
            inner = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        for path in inner:
            if folder == root:
                pending.append(path)
                continue
            # A path may be longer than the system allows; a folder right under the root never is.
            os.chmod(path, stat.S_IRWXU)
            target = f"{root}/{ours}-{next(numbers)}"
            os.rename(path, target)
            pending.append(target)

"""Lays out a worker's files: the release's own, and beside them what the student sent.

Paths come from the judge, which has checked them. The release's entries appear in the working folder too,
so that `np.load("oracle.npz")` and `import gradtools` mean the release's own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any


def populate(release: str, work: str, start: dict[str, Any], show: Callable[[str, str], None]) -> None:
    """Write `start["support"]` under `release` and `start["files"]` under `work`.

    `show(source, target)` makes an entry of `release` appear in `work`.
    """
    os.makedirs(work, 0o700, exist_ok=True)
    _write(release, start["support"])
    _write(work, start["files"])
    for entry in {path.split("/", 1)[0] for path in start["support"]}:
        show(f"{release}/{entry}", f"{work}/{entry}")


def _write(root: str, contents: dict[str, bytes]) -> None:
    for path, content in contents.items():
        target = f"{root}/{path}"
        if "/" in path:
            os.makedirs(os.path.dirname(target), 0o755, exist_ok=True)
        fd = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        view = memoryview(content)
        while view:
            view = view[os.write(fd, view) :]
        os.close(fd)

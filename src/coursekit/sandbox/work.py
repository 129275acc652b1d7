"""What a worker is given: a notebook's cells, the release's own files, the student's other files."""

from __future__ import annotations

import functools
import importlib.util
import marshal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from coursekit.wire import clean

_MOST_FILES = 500  # of a student's; a folder of a million files is somebody's data set, or an attack
_DEEPEST = 8  # folders in one path
_LONGEST = 100  # bytes of one name
_UNCHECKED_HASH = (1).to_bytes(4, "little")


@dataclass(frozen=True)
class Work:
    """One submission to run. `files` holds whatever the student sent beside the notebook, by path."""

    cells: tuple[str, ...]
    support: Mapping[str, bytes] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def safe_files(work: Work, most_bytes: int) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The student's files that may be laid beside the notebook, and a remark on each other one.

    The release's own files win over a student's of the same name.
    """
    taken = {path.split("/", 1)[0] for path in work.support}
    kept: dict[str, bytes] = {}
    folders: set[str] = set()
    remarks = []
    for path, content in work.files.items():
        most_bytes -= len(content)
        problem = _problem(path, taken, kept, folders)
        if not problem and most_bytes < 0:
            problem = "all files together are too large"
        if problem:
            remarks.append(f"{clean(path, 80)} was left out: {problem}")
            continue
        kept[path] = content
        folders |= {str(parent) for parent in PurePosixPath(path).parents}
    return kept, tuple(remarks[:20])


def _problem(path: str, taken: set[str], kept: Mapping[str, bytes], folders: set[str]) -> str:
    parts = path.split("/")
    if any(part in ("", ".", "..") or "\\" in part or not part.isprintable() for part in parts):
        return "its path is not a plain relative one"
    if len(parts) > _DEEPEST or any(len(part.encode()) > _LONGEST for part in parts):
        return "its path is too long"
    if parts[0] in taken:
        return "the release's own is used"
    if path in folders or any("/".join(parts[:depth]) in kept for depth in range(1, len(parts))):
        return "a file and a folder have the same name"
    return "too many files" if len(kept) >= _MOST_FILES else ""


def with_bytecode(support: Mapping[str, bytes]) -> dict[str, bytes]:
    """The release's files and, beside its modules, their bytecode: workers compile nothing twice."""
    files = dict(support)
    for path, source in support.items():
        module = PurePosixPath(path)
        if module.suffix == ".py":
            cached = module.parent / "__pycache__" / f"{module.stem}.{sys.implementation.cache_tag}.pyc"
            if code := _bytecode(path, source):
                files[str(cached)] = code
    return files


@functools.lru_cache(maxsize=256)
def _bytecode(path: str, source: bytes) -> bytes:
    """A hash-based .pyc that is used without a look at its source; empty for what does not compile."""
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return b""
    header = importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + importlib.util.source_hash(source)
    return header + marshal.dumps(code)

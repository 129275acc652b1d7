"""What an attack leaves: living processes, files, shared memory, sockets."""

from __future__ import annotations

import ctypes
import hashlib
import os
import time
from pathlib import Path

# Every attack that leaves a file or a socket calls it so.
MARK = "owned"
_PR_SET_CHILD_SUBREAPER = 36
_PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/", str(Path.home()))


def adopt_orphans() -> None:
    """From here on whatever outlives its parent becomes our child, and is seen."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants() -> dict[int, str]:
    """Our living descendants: pid → command line. multiprocessing's own tracker lives as long as we do."""
    parents, names = {}, {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                state, parent = Path(entry.path, "stat").read_text().rpartition(")")[2].split()[:2]
                line = Path(entry.path, "cmdline").read_text(errors="replace")
            except OSError:
                continue
            if state != "Z" and "resource_tracker" not in line:
                parents[int(entry.name)], names[int(entry.name)] = int(parent), line
    found, fresh = set(), {os.getpid()}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return {pid: names[pid] for pid in found}


def outliving(known: int, seconds: float = 1.0) -> list[str]:
    """Descendants beyond the `known` number, once those that are ending have ended.

    A number, since a sandbox that died was started anew.
    """
    end = time.monotonic() + seconds
    while len(alive := descendants()) > known and time.monotonic() < end:
        time.sleep(0.01)
    return [f"process: {line[:60]}" for line in alive.values()] if len(alive) > known else []


def left(own: Path, seconds: float = 3.0) -> list[str]:
    """A sentence for each thing that is left; temporary files should all be in `own`."""
    end = time.monotonic() + seconds  # a killed process takes a moment to go
    while (alive := descendants()) and time.monotonic() < end:
        time.sleep(0.02)
    things = [f"process: {line[:60]}" for line in alive.values()]
    for place in {*_PLACES, str(own)}:
        things += [f"file: {path}" for path in _entries(place) if path.name.startswith(MARK)]
    things += [f"temporary file: {path.name}" for path in _entries(str(own / "tmp"))]
    things += [f"shared memory: {line.split()[0]}" for line in _lines("/proc/sysvipc/shm")[1:]]
    things += [f"message queue: {line.split()[0]}" for line in _lines("/proc/sysvipc/msg")[1:]]
    things += [f"socket: {line.split()[-1]}" for line in _lines("/proc/net/unix")[1:] if f"@{MARK}" in line]
    return sorted(things)


def remove_system_v() -> None:
    """Removes every System V segment and queue of this namespace: for rooms, where all are an attack's."""
    libc = ctypes.CDLL(None)
    for kind, remove in (("shm", libc.shmctl), ("msg", libc.msgctl)):
        for line in _lines(f"/proc/sysvipc/{kind}")[1:]:
            remove(int(line.split()[1]), 0, None)


def fingerprint(folder: Path) -> dict[str, str]:
    """Path → content of everything under a folder, so that a change of it is seen."""
    return {
        str(path.relative_to(folder)): f"{path.lstat().st_mode:o} " + _content(path)
        for path in sorted(folder.rglob("*"))
    }


def _content(path: Path) -> str:
    if path.is_symlink():
        return os.readlink(path)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _entries(folder: str) -> list[Path]:
    try:
        return sorted(Path(folder).iterdir())
    except OSError:
        return []


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []

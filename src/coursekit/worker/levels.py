"""The three isolation levels as plans: how a child is forked, and what it does before student code runs."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.worker import files, landlock, linux

MB = 1 << 20
_INODES = 4096  # files and folders in one worker's /tmp
_SHM = "size=1m,nr_inodes=64"
_PLAIN = linux.MS_NOSUID | linux.MS_NODEV


@dataclass(frozen=True, slots=True)
class Places:
    """Where a worker finds its files: the release's own, its working folder, its temporary folder."""

    release: str
    work: str
    tmp: str


class Namespaces:
    """Own user, pid, mount and ipc namespaces per child, inside bubblewrap's."""

    def __init__(self) -> None:
        self._self = os.pidfd_open(os.getpid())
        self._filter = linux.SyscallFilter()

    def fork(self) -> int:
        """Like os.fork; the child is pid 1 of a namespace that ends with it."""
        linux.unshare(linux.CLONE_NEWPID)
        pid = os.fork()
        if pid:
            # Back to our own, or the next unshare would be refused.
            linux.setns(self._self, linux.CLONE_NEWPID)
        return pid

    def enter(self, start: dict[str, Any]) -> Places:
        """Own mounts, files in place, nothing else to see."""
        places = Places("/coursekit/release", "/coursekit/tmp/work", "/coursekit/tmp")
        linux.new_user_namespace(linux.CLONE_NEWNS | linux.CLONE_NEWIPC)
        _be_killed_first()
        size = f"size={start['limits']['file_mb']}m,nr_inodes={_INODES},mode=700"
        linux.mount("tmpfs", places.release, "tmpfs", _PLAIN, "size=80m,nr_inodes=4096,mode=755")
        linux.mount("tmpfs", places.tmp, "tmpfs", _PLAIN, size)
        linux.mount("tmpfs", "/dev/shm", "tmpfs", _PLAIN, _SHM)
        files.populate(places.release, places.work, start, _bind)
        linux.mount("", places.release, "", _PLAIN | linux.MS_REMOUNT | linux.MS_RDONLY)
        linux.mount("tmpfs", "/proc", "tmpfs", _PLAIN | linux.MS_RDONLY, "size=4k,nr_inodes=2")
        return places

    def lock(self, start: dict[str, Any], places: Places, base: int) -> None:
        """Limits, no capabilities, the filter: no way back."""
        _limit(start["limits"], base, threads=0)
        linux.drop_capabilities()
        self._filter.install()

    def sweep(self, known: set[int]) -> None:
        """Nothing is left: what a child started died with its namespace."""


class Landlock:
    """Landlock and seccomp on an ordinary process."""

    def __init__(self, sites: Sequence[str]) -> None:
        self._filter = linux.SyscallFilter()
        self._readable = landlock.readable_folders(sites)

    def fork(self) -> int:
        """Like os.fork; the child dies with the zygote."""
        pid = os.fork()
        if pid == 0:
            linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        return pid

    def enter(self, start: dict[str, Any]) -> Places:
        """Files in place."""
        _be_killed_first()
        return _folder(start)

    def lock(self, start: dict[str, Any], places: Places, base: int) -> None:
        """Limits, Landlock, the filter: no way back."""
        _limit(start["limits"], base, threads=_own_threads())
        linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
        linux.drop_capabilities()
        landlock.restrict([*self._readable, places.release], [places.work, places.tmp])
        self._filter.install()

    def sweep(self, known: set[int]) -> None:
        """Nothing is left: a child could not fork."""


class Process:
    """Resource limits alone: for development, and for a student's own machine."""

    def __init__(self) -> None:
        _on_linux(linux.PR_SET_CHILD_SUBREAPER, 1)

    def fork(self) -> int:
        """Like os.fork; the child leads a process group, and dies with the zygote if it does not mind."""
        pid = os.fork()
        if pid == 0:
            os.setpgid(0, 0)
            _on_linux(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        return pid

    def enter(self, start: dict[str, Any]) -> Places:
        """Files in place."""
        return _folder(start)

    def lock(self, start: dict[str, Any], places: Places, base: int) -> None:
        """Limits."""
        _limit(start["limits"], base, threads=_own_threads())

    def sweep(self, known: set[int]) -> None:
        """Kill what dead children left behind: orphans come to us, since we are their subreaper."""
        for _ in range(1000):
            strays = _children() - known
            if not strays:
                return
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


Plan = Namespaces | Landlock | Process


def prepare(level: str, sites: Sequence[str]) -> Plan:
    """The plan of that level. Raises OSError where this machine lacks it."""
    if level == "namespaces":
        return Namespaces()
    return Landlock(sites) if level == "landlock" else Process()


def address_space() -> int:
    """Bytes of address space of this process."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def _on_linux(option: int, value: int) -> None:
    with contextlib.suppress(OSError, AttributeError):  # macOS has no such call
        linux.prctl(option, value)


def _folder(start: dict[str, Any]) -> Places:
    root = start["folder"]
    places = Places(f"{root}/release", f"{root}/work", f"{root}/tmp")
    for path in (places.release, places.tmp):
        os.mkdir(path, 0o700)
    files.populate(places.release, places.work, start, os.symlink)
    return places


def _bind(source: str, target: str) -> None:
    """Make `source` visible as `target`, where it can be neither written nor removed."""
    if os.path.isdir(source):
        os.mkdir(target)
    else:
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
    linux.mount(source, target, "", linux.MS_BIND)


def _be_killed_first() -> None:
    """When memory runs out, the worker goes and not the judge."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _limit(limits: dict[str, Any], base: int, threads: int) -> None:
    """Hard limits; `base` and `threads` are what is there already and is not the student's."""
    wanted = {
        resource.RLIMIT_CPU: limits["cpu_seconds"],
        resource.RLIMIT_FSIZE: limits["file_mb"] * MB,
        resource.RLIMIT_NOFILE: limits["open_files"],
        resource.RLIMIT_NPROC: limits["threads"] + threads,
        resource.RLIMIT_CORE: 0,
    }
    if base:
        wanted[resource.RLIMIT_AS] = base + limits["memory_mb"] * MB
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def _own_threads() -> int:
    """Threads of our user now: RLIMIT_NPROC counts them all, outside a user namespace."""
    if not sys.platform.startswith("linux"):
        return 4096
    uid, count = os.geteuid(), 0
    for entry in os.scandir("/proc"):
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == uid:
                count += len(os.listdir(f"{entry.path}/task"))
    return count


def _children() -> set[int]:
    """Pids of our children, adopted ones too."""
    with contextlib.suppress(OSError):
        return {int(pid) for pid in Path("/proc/self/task", str(os.getpid()), "children").read_text().split()}
    return set()

"""The kernel calls that Python has no name for: namespaces, mounts, capabilities, seccomp."""

from __future__ import annotations

import ctypes
import os
import platform
from pathlib import Path

CLONE_NEWNS, CLONE_NEWIPC = 0x00020000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID = 0x10000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND = 32, 4096
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS = 1, 4, 8
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
CAP_SETGID, CAP_SETUID = 6, 7
_SECCOMP_SET_MODE_FILTER = 1
# aarch64 took the generic table, x86_64 has its own.
_CALLS = {
    "x86_64": {"capset": 126, "setfsuid": 122, "setfsgid": 123, "seccomp": 317},
    "aarch64": {"capset": 91, "setfsuid": 151, "setfsgid": 152, "seccomp": 277},
}

_libc = ctypes.CDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """The result of a C call. Raises OSError where it says -1."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(name: str, number: int, *arguments: object) -> int:
    """A raw system call. Raises OSError."""
    return checked(_libc.syscall(ctypes.c_long(number), *arguments), name)


def _numbered(name: str) -> int:
    return _CALLS[platform.machine()][name]


def prctl(option: int, *arguments: int) -> None:
    """Raises OSError."""
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    checked(_libc.prctl(option, *padded), f"prctl {option}")


def unshare(flags: int) -> None:
    """Raises OSError, usually where user namespaces are switched off."""
    checked(_libc.unshare(flags), "unshare")


def setns(fd: int, flags: int) -> None:
    """Raises OSError."""
    checked(_libc.setns(fd, flags), "setns")


def new_user_namespace(flags: int) -> None:
    """Enter new namespaces, a user namespace among them, as the same user and group. Raises OSError."""
    uid, gid = os.geteuid(), os.getegid()
    unshare(CLONE_NEWUSER | flags)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        Path(f"/proc/self/{name}").write_text(text)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Raises OSError."""
    result = _libc.mount(
        source.encode(),
        target.encode(),
        kind.encode() or None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )
    checked(result, f"mount {target}")


def drop_capabilities(keep: int = 0) -> None:
    """Give up all capabilities but those of the bit mask `keep`, which become effective. Raises OSError."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)(keep, keep, 0, 0, 0, 0)
    syscall("capset", _numbered("capset"), header, data)


def set_filesystem_user(uid: int, gid: int) -> None:
    """The identity for file access alone. Says nothing where it is not allowed."""
    syscall("setfsgid", _numbered("setfsgid"), ctypes.c_uint(gid))
    syscall("setfsuid", _numbered("setfsuid"), ctypes.c_uint(uid))


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


class SyscallFilter:
    """The shipped seccomp filter of this machine, read before it is needed: a child has no files left."""

    def __init__(self) -> None:
        path = Path(__file__).with_name(f"seccomp_{platform.machine()}.bpf")
        self._bytes = path.read_bytes()
        self._program = _Program(len(self._bytes) // 8, self._bytes)

    def install(self) -> None:
        """From here on, for good. Needs no_new_privs. Raises OSError."""
        number = _numbered("seccomp")
        syscall("seccomp", number, _SECCOMP_SET_MODE_FILTER, 0, ctypes.byref(self._program))

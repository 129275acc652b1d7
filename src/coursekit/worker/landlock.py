"""Landlock: from here on this process reads a few folders, writes two, and connects to nothing.

Needs no privilege. What the kernel's version of it does not know yet is left out: TCP came with version 4,
signals and abstract sockets with 6.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sysconfig
from collections.abc import Sequence

from coursekit.worker import linux

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR, _WRITE_FILE = 1 << 2, 1 << 3, 1 << 1
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}  # file rights by version
_FILE_RIGHTS = _READ_FILE | _WRITE_FILE | 1 << 0 | 1 << 14 | 1 << 15
_TCP = 0b11  # bind, connect
_SCOPES = 0b11  # abstract sockets, signals


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The kernel's version of Landlock. Raises OSError where there is none."""
    return linux.syscall("landlock", _CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)


def readable_folders(sites: Sequence[str]) -> list[str]:
    """Interpreter, packages, shared libraries, harmless devices. Raises OSError without Landlock."""
    version()
    paths = sysconfig.get_paths()
    libraries = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache"]
    devices = ["/dev/null", "/dev/zero", "/dev/full", "/dev/urandom", "/dev/random"]
    library = sysconfig.get_config_var("LIBDIR") or paths["stdlib"]
    return [*sites, paths["stdlib"], paths["platstdlib"], library, *libraries, *devices]


def restrict(readable: Sequence[str], writable: Sequence[str]) -> None:
    """For good, for this process and all it starts. Raises OSError."""
    abi = version()
    rights = _RIGHTS[max(known for known in _RIGHTS if known <= abi)]
    ruleset = _Ruleset(rights, _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    fd = linux.syscall("landlock", _CREATE_RULESET, ctypes.byref(ruleset), ctypes.c_size_t(size), 0)
    for path in readable:
        writing = _WRITE_FILE if path in ("/dev/null", "/dev/full", "/dev/zero") else 0
        _allow(fd, path, _READ_FILE | _READ_DIR | writing)
    for path in writable:
        _allow(fd, path, rights & ~1)  # everything but execute
    linux.syscall("landlock", _RESTRICT_SELF, fd, 0)
    os.close(fd)


def _allow(ruleset: int, path: str, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError):
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
        if not os.path.isdir(path):
            rights &= _FILE_RIGHTS
        rule = _Beneath(rights, parent)
        linux.syscall("landlock", _ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(parent)

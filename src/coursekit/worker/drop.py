"""From root to nobody: what the zygote gives up before it loads anything.

At level `namespaces` it then takes a user and a pid namespace of its own, in which it may make one pid
namespace per child; at level `landlock` it stays where it is.
"""

from __future__ import annotations

import os
import sys

from coursekit.worker import linux


def to_user(uid: int, keep_filesystem_user: bool) -> None:
    """Become user and group `uid` for good; 0 stays who we are. Raises OSError.

    `keep_filesystem_user` keeps root's identity, without its capabilities, for file access alone: an
    interpreter in root's home could not load another module otherwise. Landlock then confines files.
    """
    if uid == 0:
        return
    os.setgroups([])
    if keep_filesystem_user:
        linux.prctl(linux.PR_SET_KEEPCAPS, 1)
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if keep_filesystem_user:
        linux.drop_capabilities(keep=1 << linux.CAP_SETUID | 1 << linux.CAP_SETGID)
        linux.set_filesystem_user(0, 0)
        linux.drop_capabilities()
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # or /proc/self would still be root's


def into_own_namespaces() -> None:
    """Go on as pid 1 of a namespace that we own; the process that was here waits. Raises OSError."""
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.new_user_namespace(linux.CLONE_NEWPID)
    pid = os.fork()
    if pid:
        os.closerange(3, 256)
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

"""The sandbox with a layer taken out: the switch that only tests can reach.

A copy of the worker's code gets a `__main__.py` that replaces one function before it becomes a zygote; or a
word is taken out of bubblewrap's command. Nothing in coursekit knows of it, and no option or variable does.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import coursekit
from coursekit.model import Isolation
from coursekit.sandbox import command

# In the zygote: Python that undoes a layer, run before anything else of ours.
IN_ZYGOTE = {
    "seccomp": "linux.SyscallFilter.install = lambda self: None",
    "landlock": "landlock.restrict = lambda *folders: None",
    "capabilities": "linux.drop_capabilities = lambda keep=0: None",
    "unprivileged user": "drop.to_user = lambda *user: None",
    "descriptors closed": "os.closerange = lambda *range: None",
    "descriptors on /dev/null": "os.dup2 = lambda old, new, dup2=os.dup2: new if new < 3 else dup2(old, new)",
    "environment cleared": "serve._environment = lambda **variables: None",
    "own pid namespace": "levels.Namespaces.fork = lambda self: os.fork()",
    "own ipc namespace": "CUT[0] = linux.CLONE_NEWIPC",
    "tmpfs of its own": "SKIP.add('/coursekit/tmp')",
    "shared memory of its own": "SKIP.add('/dev/shm')",
    "/proc covered": "SKIP.add('/proc')",
    "release read-only": "SKIP.add('remount /coursekit/release')",
    "killed with its parent": "linux.PR_SET_PDEATHSIG = linux.PR_SET_DUMPABLE",
    "orphans swept": "levels.Process.sweep = lambda self, known: None",
    "oom score": "levels._be_killed_first = lambda: None",
    **{
        f"rlimit {name}": f"SPARED.add(resource.RLIMIT_{name})"
        for name in ("CPU", "AS", "FSIZE", "NOFILE", "NPROC", "CORE")
    },
}

# In bubblewrap's command: words that are taken out, or put in.
_OUT = {
    f"bubblewrap {kind} namespace": (f"--unshare-{kind}",) for kind in ("net", "ipc", "uts", "cgroup-try")
} | {
    "bubblewrap pid namespace": ("--unshare-pid", "--as-pid-1"),
    "bubblewrap environment cleared": ("--clearenv",),
    "bubblewrap dies with its parent": ("--die-with-parent",),
    "bubblewrap session": ("--new-session",),
}

LAYERS = (*IN_ZYGOTE, *_OUT, "bubblewrap file system", "bubblewrap root read-only")

_MAIN = """\
import os, resource, sys
engine, sites, *settings = sys.argv[1:]
sys.path[:] = [engine, *sys.path, *sites.split(":")]
from coursekit.worker import drop, landlock, levels, linux, serve, zygote

SKIP, SPARED, CUT = set(), set(), [0]
_mount, _setrlimit, _unshare = linux.mount, resource.setrlimit, linux.unshare


def mount(source, target, kind="", flags=0, options=""):
    name = "remount " + target if flags & linux.MS_REMOUNT else target
    if name not in SKIP:
        _mount(source, target, kind, flags, options)


linux.mount = mount
linux.unshare = lambda flags: _unshare(flags & ~CUT[0])
resource.setrlimit = lambda kind, value: None if kind in SPARED else _setrlimit(kind, value)
{patches}
zygote.become_zygote(engine, sites.split(":"), settings)
"""


@contextlib.contextmanager
def without(isolation: Isolation, layers: list[str]) -> Iterator[None]:
    """While open, zygotes that are started lack these layers. Raises KeyError for an unknown one."""
    inside = [IN_ZYGOTE[layer] for layer in layers if layer in IN_ZYGOTE]
    outside = [layer for layer in layers if layer not in IN_ZYGOTE]
    with contextlib.ExitStack() as stack:
        if inside:
            engine = Path(stack.enter_context(tempfile.TemporaryDirectory(dir="/tmp", prefix="weaker-")))
            engine.chmod(0o755)
            _copy_engine(engine, "\n".join(inside))
            stack.enter_context(patch.object(command, "_PACKAGE", engine / "coursekit"))
        if outside:
            stack.enter_context(patch.object(command, "_bubblewrap", _changed(command._bubblewrap, outside)))
        yield


def _copy_engine(engine: Path, patches: str) -> None:
    package, target = Path(coursekit.__file__).parent, engine / "coursekit"
    for part in ("wire", "worker"):
        shutil.copytree(package / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(package / "__init__.py", target)
    (target / "worker" / "__main__.py").write_text(_MAIN.replace("{patches}", patches))


Words = Callable[[bool, dict[str, str]], list[str]]


def _changed(bubblewrap: Words, layers: list[str]) -> Words:
    def changed(root: bool, environment: dict[str, str]) -> list[str]:
        words = bubblewrap(root, environment)
        for layer in layers:
            words = _taken_out(words, layer)
        return words

    return changed


def _taken_out(words: list[str], layer: str) -> list[str]:
    if layer == "bubblewrap root read-only":
        index = words.index("--remount-ro")
        return [*words[:index], *words[index + 2 :]]
    if layer == "bubblewrap file system":
        # A course among the folders that are shown inside.
        index = words.index("--remount-ro")
        return [*words[:index], "--ro-bind", "/tmp/attacked", "/srv", *words[index:]]
    gone = _OUT[layer]
    assert any(word in words for word in gone), f"{layer}: not in the command"
    return [word for word in words if word not in gone]


__all__ = ["LAYERS", "without"]

"""What a level promises, each property tried for real: a worker attempts what it must not be able to do."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.model import Isolation, Limits
from coursekit.sandbox.sandbox import Sandbox
from coursekit.sandbox.session import Session
from coursekit.sandbox.work import Work
from coursekit.wire import Crashed, Raised, Returned, TimedOut

# Small, so that trying them costs neither a gigabyte nor a minute.
LIMITS = Limits(call_seconds=1.0, memory_mb=256, file_mb=8, restarts=16)
VARIABLE = "COURSEKIT_DOCTOR"
_SECLUDED = (Isolation.NAMESPACES, Isolation.LANDLOCK)
_EVERYWHERE = (Isolation.NAMESPACES, Isolation.LANDLOCK, Isolation.PROCESS)


@dataclass(frozen=True, slots=True)
class Probe:
    """A property, the levels that promise it, and code that returns in words what it could do, or ""."""

    id: str
    claim: str
    promised: tuple[Isolation, ...]
    code: str


PROBES = (
    Probe(
        "network",
        "cannot reach the network, this machine's own services included",
        _SECLUDED,
        """
def network(at):
    import socket
    socket.create_connection(("127.0.0.1", at["port"]), 0.5).close()
    return "it reached a service of this machine"
""",
    ),
    Probe(
        "fork",
        "cannot start another process",
        _SECLUDED,
        """
def fork(at):
    import os
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "it started a child"
""",
    ),
    Probe(
        "processes",
        "cannot see another process",
        _SECLUDED,
        """
def processes(at):
    with open(f"/proc/{at['pid']}/status") as file:
        file.read(1)
    return "it read about the process that grades it"
""",
    ),
    Probe(
        "signals",
        "cannot signal another process",
        _SECLUDED,
        """
def signals(at):
    import os
    os.kill(at["pid"], 0)
    return "it may signal the process that grades it"
""",
    ),
    Probe(
        "read",
        "cannot read the course, the gradebook, other students' files",
        _SECLUDED,
        """
def read(at):
    for path in at["files"]:
        try:
            with open(path, "rb") as file:
                file.read(1)
        except OSError:
            continue
        return "it read a file outside its own folder"
    return ""
""",
    ),
    Probe(
        "write",
        "cannot write outside its own folder",
        _SECLUDED,
        """
def write(at):
    with open(at["folder"] + "/left-behind", "w") as file:
        file.write("x")
    return "it left a file in a folder of others"
""",
    ),
    Probe(
        "environment",
        "is not told our environment",
        _EVERYWHERE,
        """
def environment(at):
    import os
    return "it read a variable of ours" if at["variable"] in os.environ else ""
""",
    ),
    Probe(
        "descriptors",
        "has inherited no open file",
        _EVERYWHERE,
        """
def descriptors(at):
    import os
    for number in range(4, 256):
        try:
            os.fstat(number)
        except OSError:
            continue
        return f"descriptor {number} was open"
    return ""
""",
    ),
    Probe(
        "memory",
        "cannot take more memory than its limit",
        _EVERYWHERE,
        """
def memory(at):
    held = bytearray(at["memory"])
    return "it took all it asked for"
""",
    ),
    Probe(
        "disk",
        "cannot write a file larger than its limit",
        _EVERYWHERE,
        """
def disk(at):
    with open("large", "wb") as file:
        file.write(bytes(at["disk"]))
    return "it wrote all it wanted"
""",
    ),
    Probe(
        "time",
        "cannot go on for ever",
        _EVERYWHERE,
        """
def time(at):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
""",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one probe: `told` is empty where the property holds, else what the worker could do."""

    probe: Probe
    told: str

    @property
    def holds(self) -> bool:
        """Whether the property holds here, promised or not."""
        return not self.told


def probe(isolation: Isolation, files: tuple[Path, ...] = ()) -> tuple[Finding, ...]:
    """Tries every property at that level; `files` are what no worker may read, such as the course's.

    Raises OurFault where the level does not work here.
    """
    with _bait(files) as at, Sandbox(isolation, warm=False) as sandbox:
        work = Work(tuple(one.code for one in PROBES))
        with sandbox.open(work, LIMITS) as session:
            return tuple(Finding(one, _told(session, one, at)) for one in PROBES)


@contextmanager
def _bait(files: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    """A service, a file that all may read, a folder that all may write, and a variable in our environment."""
    with (
        tempfile.TemporaryDirectory(prefix="coursekit-doctor-") as folder,
        socket.create_server(("127.0.0.1", 0)) as server,
    ):
        os.chmod(folder, 0o777)
        (Path(folder) / "file").write_text("readable by all")
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = "seen"
        try:
            yield {
                "port": server.getsockname()[1],
                "pid": os.getpid(),
                "files": [str(Path(folder) / "file"), *map(str, files)],
                "folder": folder,
                "variable": VARIABLE,
                "memory": (LIMITS.memory_mb + 256) << 20,
                "disk": (LIMITS.file_mb + 1) << 20,
            }
        finally:
            os.environ.pop(VARIABLE)
            if before is not None:
                os.environ[VARIABLE] = before


def _told(session: Session, one: Probe, at: dict[str, Any]) -> str:
    """What the worker could do; refused, killed and timed out are ways to be unable."""
    if not session.revive():
        return "it could not be tried: the worker could not be made again"
    reply = session.call(one.id, (at,), {})
    if isinstance(reply, Returned):
        return reply.value if isinstance(reply.value, str) else "it answered something else"
    if isinstance(reply, Raised) and reply.type in ("NameError", "SyntaxError", "KeyError", "TypeError"):
        return f"it could not be tried: {reply.type}: {reply.message}"
    assert isinstance(reply, Raised | Crashed | TimedOut), reply
    return ""

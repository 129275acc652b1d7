"""The levels work for an ordinary user as they do for root: as nobody, where root runs the tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coursekit.model import Isolation

NOBODY = 65534
SCRIPT = """
import os, sys
from coursekit.model import Isolation, Limits
from coursekit.sandbox import Sandbox, Work, why_not
level = Isolation(sys.argv[1])
assert os.getuid() != 0
assert not why_not(level), why_not(level)
cells = (
    "import os",
    "def loop():\\n    while True: pass",
    "def read(path): return len(open(path).read())",
    "def strike(pid): os.kill(pid, 0)",
)
with Sandbox(level, warm=False) as sandbox, sandbox.open(Work(cells), Limits(call_seconds=0.5)) as session:
    print(session.call("loop", (), {}), session.revive())
    print(session.call("read", ("/etc/passwd",), {}))
    print(session.call("strike", (os.getpid(),), {}))
"""
# In a mount namespace of its own: what lies in a folder that only root enters is shown in an open one.
AS_NOBODY = """
set -e
if [ -n "$CLOSED" ]; then
    mkdir -p "$KEEP"
    mount --bind "$NEEDED" "$KEEP"
    mount -t tmpfs -o mode=755 none "$CLOSED"
    mkdir -p "$NEEDED"
    mount --bind "$KEEP" "$NEEDED"
fi
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
"""


def closed_folder(path):
    """The first folder above that only its owner enters, or nothing."""
    return next((str(folder) for folder in reversed(Path(path).parents) if not folder.stat().st_mode & 1), "")


@pytest.fixture(scope="module")
def as_nobody(tmp_path_factory):
    """Runs Python code as nobody, or as us if we are not root; gives what it printed."""
    folder = tmp_path_factory.mktemp("nobody")
    home = folder / "home"
    home.mkdir()
    for path in (folder, *folder.parents[:-2]):
        path.chmod(0o755)
    before: list[str] = []
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
        before = ["unshare", "--mount", "sh", "-c", AS_NOBODY, "sh"]

    def run(code, *arguments):
        done = subprocess.run(
            [*before, sys.executable, "-B", "-c", code, *arguments],
            env={
                "PATH": os.environ["PATH"],
                "CLOSED": closed_folder(sys.base_prefix),
                "NEEDED": sys.base_prefix,
                "KEEP": str(folder / "keep"),
                "HOME": str(home),
                "TMPDIR": str(home),
            },
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert os.listdir(home) == []
        return done.stdout.splitlines()

    return run


@pytest.mark.parametrize("level", list(Isolation), ids=lambda level: level.value)
def test_an_ordinary_user_has_the_level_too(as_nobody, level):
    loop, read, strike = as_nobody(SCRIPT, level.value)

    assert loop == "TimedOut(seconds=0.5) True"
    if level is Isolation.PROCESS:
        return
    assert read.startswith(
        "Raised(type='PermissionError'" if level is Isolation.LANDLOCK else "Raised(type='FileNotF"
    )
    assert strike.startswith("Raised(type='PermissionError'")

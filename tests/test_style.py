"""What `make check` checks, as tests: style, types, layers. Nothing can land without them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))

CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports", "--no-logo"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_tool_is_content(name):
    command = CHECKS[name]

    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_idea(path):
    lines = path.read_text().splitlines()

    assert len(lines) <= 300, "more than 300 lines: make it a package, one idea a file"
    assert not lines or lines[0].startswith('"""'), "the first line says in one sentence what the module is"


def test_nothing_is_left_for_later():
    marker = re.compile("TO" + "DO|FIX" + "ME|X" + "XX")

    assert [] == [str(path) for path in SOURCES if marker.search(path.read_text())]

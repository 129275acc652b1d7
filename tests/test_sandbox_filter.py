"""The shipped seccomp filters are those that `tools/seccomp_filter.py` builds."""

import ctypes
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools" / "seccomp_filter.py"


@pytest.fixture(scope="module")
def tool():
    pytest.importorskip(
        "pyseccomp", reason="pyseccomp needs libseccomp", exc_type=(ImportError, OSError, RuntimeError)
    )
    spec = importlib.util.spec_from_file_location("seccomp_filter", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("architecture", ["x86_64", "aarch64"])
def test_the_shipped_filter_is_fresh(tool, architecture):
    shipped = (ROOT / "src/coursekit/worker" / f"seccomp_{architecture}.bpf").read_bytes()

    assert tool.build(architecture) == shipped, "run `python tools/seccomp_filter.py`"


def test_no_call_is_in_two_lists(tool):
    lists = [text.split() for text in (tool.ALLOWED, tool.REFUSED, tool.PRETENDED, tool.UNSUPPORTED)]
    names = [name for one in lists for name in one]

    assert len(names) == len(set(names))
    assert ctypes.sizeof(ctypes.c_uint64) == 8

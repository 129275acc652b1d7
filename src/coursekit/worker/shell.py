"""Stands for IPython's shell: harmless magics do nothing, shell escapes are refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from coursekit.worker import standins

_SHELLS = ("bash", "sh", "script", "system", "sx", "cmd", "perl", "ruby", "js", "pypy", "python2", "!")
_RUN_LINE = ("time", "prun")
# What `%pylab` puts into a notebook, as IPython does it.
_PYLAB = """
import numpy, matplotlib
from matplotlib import pylab, mlab, pyplot
np, plt = numpy, pyplot
from matplotlib.pylab import *
from numpy import *
"""
_RUN_CELL = ("time", "prun", "capture", "python", "python3")


class Shell:
    """What `get_ipython()` returns. `refused` holds the sentence about what the running cell may not do."""

    def __init__(self, run_code: Callable[[str, int], Any]) -> None:
        self._run_code = run_code
        self.cell = 0
        self.refused = ""

    def run_line_magic(self, name: str, line: str, *_: Any, **__: Any) -> Any:
        """`%time` runs its statement, once; `%pylab` imports; everything else does nothing."""
        if name in _RUN_LINE and line.strip():
            return self._run_code(line.strip(), 1)
        if name == "pylab":
            self._run_code(_PYLAB, 1)
        if name in _SHELLS or name in ("run", "pip", "conda", "mamba", "uv"):
            self._refuse(f"%{name} {line}".strip())
        return None

    def run_cell_magic(self, name: str, line: str, cell: str) -> Any:
        """`%%time` and its like run the cell, `%%writefile` writes it, `%%timeit` and the rest skip it."""
        if name in _RUN_CELL:
            if name == "capture" and line.strip().isidentifier():
                self._run_code(f"{line.strip()} = display", 1)
            return self._run_code(cell, 2)
        if name in ("writefile", "file") and line.split():
            mode = "a" if "-a" in line.split() else "w"
            with Path(line.split()[-1]).open(mode, encoding="utf-8") as file:
                file.write(cell)
        elif name in _SHELLS or name.startswith("script"):
            self._refuse(f"%%{name}")
        return None

    def system(self, command: str) -> None:
        """`!command`."""
        self._refuse(f"!{command}")

    def getoutput(self, command: str, *_: Any, **__: Any) -> list[str]:
        """`x = !command`."""
        self._refuse(f"!{command}")
        return []

    def _refuse(self, what: str) -> None:
        # No exception: `!pip install numpy` above the imports must not cost the imports.
        self.refused = f"`{what[:80]}` was not run: there is no shell while a notebook is graded"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return standins.SILENT

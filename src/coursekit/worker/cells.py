"""Runs a notebook's cells in one namespace, as a kernel would, and remembers which failed."""

from __future__ import annotations
import __future__

import ast
import builtins
import inspect
import linecache
import sys
from collections.abc import Coroutine
from types import CodeType, ModuleType
from typing import Any, NoReturn

from coursekit.worker import failures, plots, standins, warm
from coursekit.worker.shell import Shell

_FUTURES = 0
for _name in __future__.all_feature_names:
    _FUTURES |= getattr(__future__, _name).compiler_flag


class Notebook:
    """The namespace, and the source of every cell that has run."""

    def __init__(self) -> None:
        module = ModuleType("__main__")
        self.namespace: dict[str, Any] = module.__dict__
        self.sources: dict[str, failures.Source] = {}
        self._flags = 0
        self._shell = Shell(self._run_code)
        self.namespace["__builtins__"] = _private_builtins(self._shell)
        if "IPython" in sys.modules:
            sys.modules["IPython"].get_ipython = lambda: self._shell  # type: ignore[attr-defined]
        sys.modules["__main__"] = module

    def run(self, number: int, source: str) -> tuple[str, str] | None:
        """Run cell `number` (from 1). The error in one line and the student's own line, or None."""
        self._shell.cell, self._shell.refused = number, ""
        try:
            self._run(number, source)
            note = (self._shell.refused, "") if self._shell.refused else None
        except BaseException as error:
            reply = failures.raised(error, self.sources)
            note = (f"{reply.type}: {reply.message}", reply.lines[-1] if reply.lines else "")
        plots.close()
        return note

    def _run(self, number: int, source: str) -> None:
        try:
            code = self._compile(number, source)
        except SyntaxError:
            # Magics, shell escapes and a bare `await` are no plain Python; what is needs no second look.
            code = self._compile(number, warm.transform(source), ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        waiting = eval(code, self.namespace)  # the student's code: what the sandbox is for
        if code.co_flags & inspect.CO_COROUTINE:
            _to_its_end(waiting)

    def _compile(self, number: int, source: str, more: int = 0) -> CodeType:
        filename = f"<cell {number}>"
        lines = [f"{line}\n" for line in source.splitlines()]
        self.sources[filename] = failures.Source(number, lines)
        linecache.cache[filename] = (len(source), None, lines, filename)
        code: CodeType = compile(source, filename, "exec", self._flags | more, dont_inherit=True)
        self._flags |= code.co_flags & _FUTURES  # a __future__ import holds for the cells after it, too
        return code

    def _run_code(self, source: str, line: int) -> Any:
        """Run code out of a magic, that begins on `line` of its cell; the value if it is an expression."""
        padded, filename = "\n" * (line - 1) + source, f"<cell {self._shell.cell}>"
        try:
            code = compile(padded, filename, "eval", self._flags, dont_inherit=True)
        except SyntaxError:
            code = compile(padded, filename, "exec", self._flags, dont_inherit=True)
        return eval(code, self.namespace)


def _to_its_end(waiting: Coroutine[Any, None, None]) -> None:
    """Run a cell that awaits; without an event loop, since one would need a socket."""
    try:
        while waiting.send(None) is None:
            pass
    except StopIteration:
        return
    waiting.close()
    raise RuntimeError("the cell waits for something outside, which does not come while a notebook is graded")


def _private_builtins(shell: Shell) -> ModuleType:
    """A copy of `builtins` for the student's code, so that what they put there stays theirs."""
    module = ModuleType("builtins")
    module.__dict__.update(builtins.__dict__)
    module.__dict__.update(input=_no_input, exit=_leave, quit=_leave, get_ipython=lambda: shell)
    module.__dict__.update(dict.fromkeys(("display", "help", "breakpoint"), standins.SILENT))
    sys.modules["builtins"] = module
    return module


def _no_input(prompt: object = "") -> NoReturn:
    """Stands for input()."""
    raise RuntimeError("input() has nobody to ask while a notebook is graded; assign the value instead")


def _leave(code: object = None) -> NoReturn:
    """Stands for exit() and quit()."""
    raise SystemExit(code)

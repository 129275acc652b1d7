"""Which of a notebook's names a piece of it can run or read: what a change in one function can touch."""

from __future__ import annotations

import ast
from collections.abc import Iterable

_TOP = ""  # stands for every statement outside functions and classes: they run together, and fail together


class Reach:
    """The names of one source, each with the names that it uses. Errs on the side of too many."""

    def __init__(self, source: str) -> None:
        """`source` is the Reference's: functions, classes, and the statements between them."""
        self._uses: dict[str, set[str]] = {_TOP: set()}
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self._uses.setdefault(node.name, set()).update(_read(node))
                continue
            self._uses[_TOP] |= _read(node)
            for name in _bound(node):
                self._uses.setdefault(name, set()).add(_TOP)

    def of(self, names: Iterable[str]) -> frozenset[str]:
        """These names and all that they use, directly or through others."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self._uses.get(name, ()))
        return frozenset(found - {_TOP})


def _read(node: ast.AST) -> set[str]:
    changed = {id(inner.target) for inner in ast.walk(node) if isinstance(inner, ast.AugAssign)}
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and (isinstance(inner.ctx, ast.Load) or id(inner) in changed)
    }


def _bound(node: ast.AST) -> set[str]:
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and not isinstance(inner.ctx, ast.Load)
    }

"""The Reference with mistakes in it, compiled once and kept: what results are held against."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any

from coursekit.judge.reference import reference_module
from coursekit.mistakes.substitute import apply_mistakes, function_source
from coursekit.model import Mistake


class Catalogue:
    """All mistakes of one assignment, and its Reference carrying any of them."""

    def __init__(self, reference: str, mistakes: Iterable[Mistake]) -> None:
        """`reference` is the Reference's source; every mistake must match in it once."""
        self._source = reference
        self._mistakes = tuple(mistakes)
        self._modules: dict[tuple[str, ...], ModuleType] = {}
        self._functions: dict[tuple[str, ...], Callable[..., Any] | None] = {}
        functions = {
            node.name: node for node in ast.parse(reference).body if isinstance(node, ast.FunctionDef)
        }
        self._texts = {name: function_source(reference, name) for name in functions}
        self._called = _names_used(functions)
        self.order = tuple(self._called)

    def of(self, function: str) -> tuple[Mistake, ...]:
        """The mistakes of that function, in the table's order."""
        return tuple(mistake for mistake in self._mistakes if mistake.function == function)

    def reaches(self, function: str) -> frozenset[str]:
        """The functions that `function` calls in the Reference, directly or through others."""
        found: set[str] = set()
        waiting = [function]
        while waiting:
            for name in self._called.get(waiting.pop(), frozenset()) - found:
                found.add(name)
                waiting.append(name)
        return frozenset(found - {function})

    def module(self, mistakes: tuple[Mistake, ...] = ()) -> ModuleType:
        """The whole Reference carrying `mistakes`: other functions call the wrong ones."""
        key = tuple(mistake.id for mistake in mistakes)
        if key not in self._modules:
            self._modules[key] = reference_module(apply_mistakes(self._source, mistakes), "reference")
        return self._modules[key]

    def function(
        self, name: str, mistakes: tuple[Mistake, ...], base: tuple[Mistake, ...] = ()
    ) -> Callable[..., Any] | None:
        """`name` carrying `mistakes` of its own, in the Reference that carries `base`.

        None where the substitutions exclude one another (two mistakes at one place).
        """
        key = (name, *(m.id for m in base), "|", *(m.id for m in mistakes))
        if key not in self._functions:
            self._functions[key] = self._compile(name, mistakes, base)
        return self._functions[key]

    def _compile(
        self, name: str, mistakes: tuple[Mistake, ...], base: tuple[Mistake, ...]
    ) -> Callable[..., Any] | None:
        text = self._texts[name]
        for mistake in mistakes:
            if text.count(mistake.right) != 1:
                return None
            text = text.replace(mistake.right, mistake.wrong)
        namespace = dict(self.module(base).__dict__)
        try:
            code = compile(text, f"<{name}>", "exec")
        except SyntaxError:  # two substitutions that make no sense together
            return None
        exec(code, namespace)  # noqa: S102 - our own master and our own table
        function: Callable[..., Any] = namespace[name]
        return function


def _names_used(functions: dict[str, ast.FunctionDef]) -> dict[str, frozenset[str]]:
    """The functions in order, each with those of them that it names."""
    return {
        name: frozenset(
            inner.id
            for inner in ast.walk(node)
            if isinstance(inner, ast.Name) and inner.id in functions and inner.id != name
        )
        for name, node in functions.items()
    }

"""The Reference with mistakes in it, compiled once and kept: what results are held against."""

from __future__ import annotations

import ast
from collections import OrderedDict
from collections.abc import Callable, Iterable
from types import CodeType
from typing import Any

from coursekit.judge.memo import Memo
from coursekit.judge.reference import reference_module
from coursekit.mistakes.answers import Answers
from coursekit.mistakes.substitute import apply_mistakes, function_source
from coursekit.model import Mistake, WrongAnswer

# Whole References that are kept: each is a few hundred objects, and a cohort makes many combinations.
MODULES = 128


class Catalogue:
    """All mistakes of one assignment, and its Reference carrying any of them."""

    def __init__(
        self,
        reference: str,
        mistakes: Iterable[Mistake],
        answers: Iterable[WrongAnswer] = (),
        memo: Memo | None = None,
    ) -> None:
        """`reference` is the Reference's source; every mistake must match in it once.

        What its versions answer is kept in `memo`.
        """
        self._source = reference
        self._of: dict[str, tuple[Mistake, ...]] = {}
        for mistake in mistakes:
            self._of[mistake.function] = (*self._of.get(mistake.function, ()), mistake)
        functions = {
            node.name: node for node in ast.parse(reference).body if isinstance(node, ast.FunctionDef)
        }
        self._texts = {name: function_source(reference, name) for name in functions}
        self._called = _names_used(functions)
        self.order = tuple(self._called)
        self._names: OrderedDict[tuple[str, ...], dict[str, Any]] = OrderedDict()
        self.memo = memo or Memo()
        self._code: dict[tuple[str, ...], CodeType | None] = {}
        self.answers = Answers(answers, self.names())

    def of(self, function: str) -> tuple[Mistake, ...]:
        """The mistakes of that function, in the table's order."""
        return self._of.get(function, ())

    def reaches(self, function: str) -> frozenset[str]:
        """The functions that `function` calls in the Reference, directly or through others."""
        found: set[str] = set()
        waiting = [function]
        while waiting:
            for name in self._called.get(waiting.pop(), frozenset()) - found:
                found.add(name)
                waiting.append(name)
        return frozenset(found - {function})

    def names(self, base: tuple[Mistake, ...] = ()) -> dict[str, Any]:
        """The names of the whole Reference carrying `base`: other functions call the wrong ones.

        Empty where it cannot be executed: a mistaken function that is called at module level may raise.
        """
        key = tuple(mistake.id for mistake in base)
        if key not in self._names:
            if len(self._names) >= MODULES:
                self._names.popitem(last=False)
            self._names[key] = {}  # stays where the time for it runs out: it would again
            try:
                self._names[key] = reference_module(apply_mistakes(self._source, base), "reference").__dict__
            except Exception:
                if not base:
                    raise  # the Reference itself: our fault
        self._names.move_to_end(key)
        return self._names[key]

    def function(
        self, name: str, mistakes: tuple[Mistake, ...], base: tuple[Mistake, ...] = ()
    ) -> Callable[..., Any] | None:
        """`name` carrying `mistakes` of its own, in the Reference that carries `base`.

        None where there is no such function, or where the substitutions exclude one another (two mistakes
        at one place).
        """
        code, names = self._compiled(name, mistakes), self.names(base)
        if code is None or not names:
            return None
        namespace = dict(names)
        exec(code, namespace)  # noqa: S102 - our own master and our own table
        function: Callable[..., Any] = namespace[name]
        return function

    def _compiled(self, name: str, mistakes: tuple[Mistake, ...]) -> CodeType | None:
        key = (name, *(mistake.id for mistake in mistakes))
        if key not in self._code:
            self._code[key] = self._compile(name, mistakes)
        return self._code[key]

    def _compile(self, name: str, mistakes: tuple[Mistake, ...]) -> CodeType | None:
        text = self._texts.get(name)
        if text is None:
            return None
        for mistake in mistakes:
            if text.count(mistake.right) != 1:
                return None
            text = text.replace(mistake.right, mistake.wrong)
        try:
            return compile(text, f"<{name}>", "exec")
        except SyntaxError:  # two substitutions that make no sense together
            return None


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

"""Puts a mistake into Python source: one substitution that must match exactly once in one function."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable
from itertools import accumulate

from coursekit.errors import BadInput, nearest
from coursekit.model import Mistake


def function_span(source: str, name: str) -> tuple[int, int]:
    """Character span `[start, end)` of the top-level function `name`, decorators included.

    Where a name is defined twice the last one counts, as in Python. Raises BadInput if there is none.
    """
    spans = _spans(source)
    if name not in spans:
        raise BadInput(f"no top-level function {name!r} in this source{nearest(name, spans)}")
    return spans[name]


@functools.lru_cache(
    maxsize=256
)  # parsing a whole Reference takes 10 ms, and each of its functions is asked for
def _spans(source: str) -> dict[str, tuple[int, int]]:
    """The span of every top-level function."""
    # Not splitlines: a form feed ends no line for the parser.
    starts = list(accumulate((len(line) + 1 for line in source.split("\n")), initial=0))
    spans = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno is not None
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            spans[node.name] = starts[first - 1], min(starts[node.end_lineno], len(source))
    return spans


def function_source(source: str, name: str) -> str:
    """The text of the top-level function `name`. Raises BadInput if there is none."""
    start, end = function_span(source, name)
    return source[start:end]


def mistaken_function(source: str, mistake: Mistake) -> str:
    """The text of `mistake.function` with the mistake in it.

    Raises BadInput unless `mistake.right` occurs exactly once in the function's text.
    """
    text = function_source(source, mistake.function)
    count = text.count(mistake.right)
    if count != 1:
        raise BadInput(
            f"mistake {mistake.id}: `{mistake.right}` occurs {count} times in {mistake.function}; "
            "it must occur exactly once: lengthen or correct `right`"
        )
    return text.replace(mistake.right, mistake.wrong)


def apply_mistake(source: str, mistake: Mistake) -> str:
    """`source` with the mistake in it; everything outside its function is unchanged."""
    start, end = function_span(source, mistake.function)
    return source[:start] + mistaken_function(source, mistake) + source[end:]


def apply_mistakes(source: str, mistakes: Iterable[Mistake]) -> str:
    """`source` with several mistakes in it, one after the other."""
    for mistake in mistakes:
        source = apply_mistake(source, mistake)
    return source

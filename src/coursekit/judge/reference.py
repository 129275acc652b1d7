"""The Reference: the trusted functions of a master, whole or with mistakes put into its source."""

from __future__ import annotations

import copy
import linecache
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

from coursekit.judge.modules import gradtools


def reference_module(source: str, name: str = "reference") -> ModuleType:
    """Executes `source` as a module called `name`. Raises what the source raises."""
    gradtools()
    module = ModuleType(name)
    file = f"<{name}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    module.__file__ = file
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow is a subject of this course
        exec(compile(source, file, "exec"), module.__dict__)  # noqa: S102 - our own master, never a student's
    return module


class ReferenceNames(Mapping[str, Any]):
    """The Reference in a student's place: what a case's parameters are bound to when it is tried on us.

    Functions get deep copies of their arguments, exactly as a student's do through the wire.
    """

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def __getitem__(self, name: str) -> Any:
        value = self._module.__dict__[name]
        return copying(value) if isinstance(value, FunctionType) else copy.deepcopy(value)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._module.__dict__ if not name.startswith("_"))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def copying(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, called with deep copies of its arguments."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return function(*copy.deepcopy(args), **copy.deepcopy(kwargs))

    return call

"""Stands for the modules whose work is done elsewhere: `otter`, `ipywidgets` and `IPython.display`."""

from __future__ import annotations

import sys
from types import FunctionType, ModuleType
from typing import Any, Self

_STOOD_FOR = ("otter", "ipywidgets", "IPython.display")


class Silent:
    """Takes every call and attribute and does nothing. What a widget was given, it gives back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__.update(kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # `interact(f, x=...)`, also as a decorator: the name is to stay the function.
        return args[0] if args and type(args[0]) is FunctionType else Silent(**kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return SILENT

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def __iter__(self) -> Any:
        return iter(())

    def __repr__(self) -> str:
        return ""


SILENT = Silent()


class _SilentModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return SILENT


def install() -> None:
    """Put the stand-ins where imports find them, once."""
    if isinstance(sys.modules.get("otter"), _SilentModule):
        return
    for name in _STOOD_FOR:
        module = sys.modules[name] = _SilentModule(name)
        parent, _, child = name.rpartition(".")
        if parent in sys.modules:
            setattr(sys.modules[parent], child, module)

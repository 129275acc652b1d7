"""Stands for the modules whose work is done elsewhere or seen by nobody.

`otter` checks in the judge, `ipywidgets` and `IPython.display` show, `tqdm` counts aloud. The course needs no
tqdm, but students have it, and a bar around the loop over time must not cost them the loop.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import FunctionType, ModuleType
from typing import Any, Self

_STOOD_FOR = ("otter", "ipywidgets", "IPython.display")
_BARS = ("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.notebook", "tqdm.std")


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


class Bar(Silent):
    """A progress bar that shows nothing: `for t in tqdm(range(T))` is `for t in range(T)`."""

    def __init__(self, iterable: Iterable[Any] | None = None, *args: Any, **kwargs: Any) -> None:
        self.iterable = iterable
        self.n = 0
        self.total = kwargs.get("total")

    def __iter__(self) -> Iterator[Any]:
        return iter(() if self.iterable is None else self.iterable)

    def __len__(self) -> int:
        return int(self.total or 0) if self.iterable is None else len(self.iterable)  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        return self.iterable is not None or bool(self.total)

    def update(self, n: int = 1) -> None:
        """So much further."""
        self.n += n

    @staticmethod
    def write(text: object, *args: Any, **kwargs: Any) -> None:
        """A line above the bar."""

    @staticmethod
    def pandas(*args: Any, **kwargs: Any) -> None:
        """A bar for every `progress_apply`."""


def _range(*limits: int, **kwargs: Any) -> Bar:
    return Bar(range(*limits))


class _SilentModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return SILENT


def install() -> None:
    """Put the stand-ins where imports find them, once."""
    if isinstance(sys.modules.get("otter"), _SilentModule):
        return
    for name in (*_STOOD_FOR, *_BARS):
        module = sys.modules[name] = _SilentModule(name)
        if name in _BARS:
            module.__dict__.update(tqdm=Bar, trange=_range, tqdm_notebook=Bar, tnrange=_range)
        parent, _, child = name.rpartition(".")
        if parent in sys.modules:
            setattr(sys.modules[parent], child, module)

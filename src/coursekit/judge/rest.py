"""Asks what a failed case did not come to ask: it stopped at its first wrong answer.

One wrong answer fits many mistakes; all the answers that the case is about fit few. So where a case fails,
its calls are taken from a run on the Reference, and what the student's functions were not asked is asked.
No verdict hangs on these answers, only names and what follows from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

from coursekit.judge.proxy import Gone, Proxy, Record, StudentError, copied
from coursekit.judge.reference import ReferenceNames

# A case may call in a loop; so many answers tell mistakes apart.
MOST = 80

Asked = tuple[str, tuple[Any, ...], dict[str, Any]]


class AskedNames(Mapping[str, Any]):
    """The Reference in a student's place; `asked` is what the case asked of it, as it was asked."""

    def __init__(self, module: ModuleType) -> None:
        self._names = ReferenceNames(module)
        self.asked: list[Asked] = []

    def __getitem__(self, name: str) -> Any:
        value = self._names[name]
        return self._remembering(name, value) if isinstance(value, FunctionType) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def _remembering(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.asked.append((name, copied(args), copied(kwargs)))
            return function(
                *(self._plain(arg) for arg in args), **{key: self._plain(arg) for key, arg in kwargs.items()}
            )

        call.__name__ = name
        return call

    def _plain(self, arg: Any) -> Any:
        """What a function does with another is its own affair: only what the case asks is remembered."""
        return self._names.get(arg.__name__, arg) if isinstance(arg, FunctionType) else arg


def ask_rest(names: Mapping[str, Any], record: Record, asked: list[Asked]) -> bool:
    """Asks a student's functions what of `asked` comes after the calls in `record`, and records the answers.

    `names` are the student's, and record in `record`. A case that is deterministic asked the student the same
    up to where it stopped. Returns False where the worker did not survive: then ask no more of it.
    """
    for name, args, kwargs in asked[len(record.calls) : MOST]:
        try:
            function = _function(names, name)
            if function is None:
                continue
            function(
                *(_theirs(names, arg) for arg in args),
                **{key: _theirs(names, arg) for key, arg in kwargs.items()},
            )
        except StudentError:
            continue  # an answer too, and recorded
        except Gone:
            return False
    return True


def _function(names: Mapping[str, Any], name: str) -> Proxy | None:
    value = names.get(name)
    return value if isinstance(value, Proxy) else None


def _theirs(names: Mapping[str, Any], arg: Any) -> Any:
    """Where the Reference's function was passed, the student's of that name is."""
    return _function(names, arg.__name__) if isinstance(arg, FunctionType) else arg

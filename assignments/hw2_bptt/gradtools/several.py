"""Several outputs: a tuple by position or a dict by key, compared whole or entry by entry."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .cast import items, needs_value
from .compare import FLOOR, RTOL, same
from .mismatch import Mismatch
from .words import clean, kind, listed

MISSING = object()


def same_all(
    got: Any,
    expected: Mapping[str, Any] | Sequence[Any],
    names: Sequence[str] | str = "result",
    shapes: Mapping[str, str] | Sequence[str] = (),
    rtol: float = RTOL,
) -> None:
    """All outputs are right: a dict by key, or a tuple by position.

    expected   a dict: `got` must be a dict with at least these keys, and `names` is the name of the whole;
               a tuple: `got` must be a tuple or list of as many, and `names` are the names of its members
    shapes     the letters of each, a dict by name or a sequence by position; for messages only

    Raises Mismatch at the first output that is wrong; the message also names those that are right.
    """
    if isinstance(expected, Mapping):
        keys = list(expected)
        same_keys(got, keys, names if isinstance(names, str) else "result")
        pairs = [(key, _lookup(got, key, key), expected[key]) for key in keys]
    else:
        labels = [names] if isinstance(names, str) else list(names)
        pairs = list(zip(labels, outputs(got, labels), expected, strict=True))
    letters = (
        shapes if isinstance(shapes, Mapping) else dict(zip([p[0] for p in pairs], shapes, strict=False))
    )
    wrong = None
    right = []
    for name, value, want in pairs:
        try:
            same(value, want, name, letters.get(name, ""), rtol)
            right.append(name)
        except Mismatch as found:
            wrong = wrong or found
    if wrong is not None:
        already = f" Right already: {listed(right)}." if right else ""
        raise Mismatch(wrong.output, wrong.rung, wrong.message + already, wrong.blind + already)


def same_entry(
    got: Any,
    key: str | int,
    expected: Any,
    name: str = "",
    shape: str = "",
    rtol: float = RTOL,
    *,
    floor: float = FLOOR,
) -> None:
    """One entry of a returned dict (by key) or tuple (by position) is right; the others do not matter.

    name   defaults to the key; give one for a position. Raises Mismatch as `same` does.
    """
    label = name or (key if isinstance(key, str) else f"output {key + 1}")
    same(entry(got, key, label), expected, label, shape, rtol, floor=floor)


def entry(got: Any, key: str | int, name: str = "") -> Any:
    """`got[key]` of a returned dict, tuple or list.

    Raises Mismatch: "missing" when nothing was returned or no such entry is there, "type" otherwise.
    """
    label = name or str(key)
    needs_value(got, label)
    if isinstance(key, str):
        found = _lookup(got, key, label)
    else:
        members = items(got)
        if members is None:
            raise _not_a("tuple", got, label)
        held = list(members)
        found = held[key] if -len(held) <= key < len(held) else MISSING
        if found is MISSING:
            tip = "Try: compare your `return` with the docstring."
            text = f"`{label}` is missing: {len(held)} outputs came back. {tip}"
            raise Mismatch(label, "missing", text, text)
    needs_value(found, label)
    return found


def same_keys(got: Any, keys: Sequence[str], name: str = "result") -> None:
    """`got` is a dict that holds at least these keys. Raises Mismatch (missing, type)."""
    needs_value(got, name)
    lost = [key for key in keys if _lookup(got, key, name, absent_ok=True) is MISSING]
    if lost:
        blind = f"`{name}` lacks {listed(lost)}; expected the keys {listed(list(keys))}."
        raise Mismatch(name, "missing", f"{blind} {_keys_there(got, lost[0])}", blind)


def outputs(got: Any, names: Sequence[str], function: str = "") -> list[Any]:
    """The members of a returned tuple or list, as many as `names`. Raises Mismatch (missing, count)."""
    title = function or ", ".join(names)
    needs_value(got, title)
    if len(names) == 1 and items(got) is None:
        return [got]
    members = items(got)
    held = None if members is None else list(members)
    if held is None or len(held) != len(names):
        have = kind(got) if held is None else f"{len(held)} outputs"
        text = (
            f"`{title}` gives {have}; expected {len(names)} outputs: {listed(names)}. "
            "Try: compare your `return` with the docstring."
        )
        raise Mismatch(title, "count", text, text)
    return held


def _lookup(got: Any, key: str, name: str, absent_ok: bool = False) -> Any:
    """The value under `key`, by the built-in dict's own look-up, whatever a subclass overrides."""
    if not issubclass(type(got), dict):
        raise _not_a("dict", got, name)
    value = next((v for k, v in dict.items(got) if type(k) is str and k == key), MISSING)
    if value is MISSING and not absent_ok:
        blind = f"`{key}` is missing from the dict that came back."
        raise Mismatch(name, "missing", f"{blind} {_keys_there(got, key)}", blind)
    return value


def _keys_there(got: Any, key: str) -> str:
    """For public messages only: a student's keys could carry anything."""
    there = [clean(k, 20) for k in dict.keys(got) if type(k) is str][:12]
    near = difflib.get_close_matches(key, there, n=1)
    if near:
        return f"Try: is `{near[0]}` meant?"
    return f"It holds {listed(there)}." if there else "It holds no named entry."


def _not_a(wanted: str, got: Any, name: str) -> Mismatch:
    have = "an array" if issubclass(type(got), np.ndarray) else kind(got)
    text = f"`{name}`: {have} came back; expected a {wanted}. Try: compare your `return` with the docstring."
    return Mismatch(name, "type", text, text)

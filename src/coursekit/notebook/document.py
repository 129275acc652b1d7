"""Writing notebooks whose bytes depend on nothing but their cells, and changing the code of one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# Fixed: what the author's own kernel is called is of no use to students.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
LOCK = {"deletable": False, "editable": False}


@dataclass(frozen=True, slots=True)
class Page:
    """A cell as it is written: `locked` against editing; `key` is the text that its id is made from."""

    kind: str  # "code" or "markdown"
    source: str
    tags: tuple[str, ...] = ()
    locked: bool = False
    key: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)


def write_notebook(pages: Iterable[Page]) -> bytes:
    """The notebook as nbformat 4.5, without outputs, byte-identical for equal pages.

    A cell's id is a hash of its kind, its `key` and how often that key came before, so that a change of one
    cell leaves the ids of all others alone. Raises nbformat's ValidationError for metadata it cannot hold.
    """
    nbformat = _nbformat()
    seen: dict[tuple[str, str], int] = {}
    notebook = nbformat.v4.new_notebook(metadata=METADATA)
    for page in pages:
        before = seen.get((page.kind, page.key), 0)
        seen[page.kind, page.key] = before + 1
        make = nbformat.v4.new_code_cell if page.kind == "code" else nbformat.v4.new_markdown_cell
        metadata = {**page.metadata, **(LOCK if page.locked else {})}
        if page.tags:
            metadata["tags"] = list(page.tags)
        notebook.cells.append(make(page.source, id=_id(page, before), metadata=metadata))
    nbformat.validate(notebook)
    return _bytes(notebook)


def _nbformat() -> Any:
    """nbformat, most of whose functions have no types; 0.1 s, so not at start-up."""
    import nbformat

    return nbformat


def _bytes(notebook: Any) -> bytes:
    text: str = _nbformat().writes(notebook, version=4)  # sorted keys, one space of indent
    return f"{text.rstrip()}\n".encode()


def _id(page: Page, before: int) -> str:
    return hashlib.sha256(f"{page.kind}\0{page.key}\0{before}".encode()).hexdigest()[:12]


def texts(raw: bytes) -> list[str]:
    """Every string in the notebook's JSON, keys included; lists of lines joined. Raises ValueError."""
    return list(_texts(json.loads(raw)))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            yield "".join(value)
        else:
            for item in value:
                yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)

"""Strict TOML: every key known, every value of its type, every complaint with its path and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from coursekit.errors import BadInput, nearest

# Text that a page or Otter would render as HTML; `a < b` and `k<3` are not.
HTML = re.compile(r"<[A-Za-z/!?]|&[A-Za-z#]\w*;")

NAMES = {str: "text", int: "a whole number", float: "a number", list: "a list of texts", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys a table may have, with their types; `list` means a list of texts."""

    required: Mapping[str, type]
    optional: Mapping[str, type] = field(default_factory=dict)

    @property
    def all(self) -> dict[str, type]:
        """Required and optional keys together."""
        return {**self.required, **self.optional}


class TomlFile:
    """One TOML file of the course: its data, and the lines its tables and keys stand on."""

    def __init__(self, label: str, text: str) -> None:
        self.label = label
        self.text = text
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"{label}: not valid TOML: {error}; mend the syntax there") from None

    @classmethod
    def read(cls, root: Path, path: Path) -> TomlFile:
        """Reads `path`, shown in messages relative to `root`. Raises BadInput."""
        label = path.relative_to(root).as_posix()
        try:
            return cls(label, path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            raise BadInput(f"{label}: not UTF-8 text; save it as UTF-8") from None

    def place(self, table: str = "", index: int = 0, key: str = "") -> str:
        """`path:line` of a key in the table's occurrence `index` (from 0), or of the table's header."""
        header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]\]?\s*(#.*)?") if table else None
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=") if key else None
        seen, inside, line_of_header = -1, header is None, 1
        for number, line in enumerate(self.text.split("\n"), start=1):
            if header and header.fullmatch(line):
                seen += 1
                inside = seen == index
                line_of_header = number if inside else line_of_header
            elif re.match(r"\s*\[\[?[\w.\s\"-]+\]", line):
                inside = False
            elif inside and wanted and wanted.match(line):
                return f"{self.label}:{number}"
        return f"{self.label}:{line_of_header}"

    def refuse(self, sentence: str, table: str = "", index: int = 0, key: str = "") -> NoReturn:
        """Raises BadInput with the place in front."""
        raise BadInput(f"{self.place(table, index, key)}: {sentence}")

    def check(self, values: Mapping[str, Any], fields: Fields, table: str = "", index: int = 0) -> None:
        """Refuses unknown keys, missing keys and wrong types of one table."""
        what = f"[{table}]" if table else "the file"
        for key in values:
            if key not in fields.all:
                self.refuse(f"unknown key {key!r} in {what}{nearest(key, fields.all)}", table, index, key)
        for key in fields.required:
            if key not in values:
                self.refuse(f"{what} has no {key!r}; add it ({NAMES[fields.required[key]]})", table, index)
        for key, value in values.items():
            if not _is(value, fields.all[key]):
                self.refuse(f"{key!r} is {value!r}; expected {NAMES[fields.all[key]]}", table, index, key)

    def tables(self, name: str, fields: Fields) -> list[dict[str, Any]]:
        """The checked `[[name]]` tables. Raises BadInput."""
        found = self.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.refuse(f"{name!r} must be written as [[{name}]] tables", key=name)
        for index, values in enumerate(found):
            self.check(values, fields, name, index)
        return found

    def unique(self, name: str, key: str) -> None:
        """Refuses two `[[name]]` tables with one value of `key`."""
        first: dict[str, int] = {}
        for index, values in enumerate(self.data.get(name, [])):
            value = values[key]
            if value in first:
                there = self.place(name, first[value], key)
                self.refuse(f"{key} {value!r} is taken since {there}; rename one", name, index, key)
            first[value] = index

    def plain(self, name: str, key: str) -> None:
        """Refuses HTML and empty text in `key` of the `[[name]]` tables: it is shown to students."""
        for index, values in enumerate(self.data.get(name, [])):
            found = HTML.search(values[key])
            if found:
                self.refuse(f"{key!r} holds HTML ({found.group()!r}); write plain text", name, index, key)
            if not values[key].strip():
                self.refuse(f"{key!r} is empty; write a sentence", name, index, key)


def _is(value: object, kind: type) -> bool:
    if isinstance(value, bool):
        return False
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, (int, float) if kind is float else kind)

"""Looks for what is private in the files of a release: solutions, hidden cases, mistakes, outputs.

A private fragment is found in any file, in notebook metadata, in attachments and in members of archives,
whatever its spacing and line breaks. *Not* found: a solution in other words, in an image, or encrypted.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from coursekit.model import Materials
from coursekit.notebook.document import texts
from coursekit.notebook.marks import Line
from coursekit.notebook.master import Master

# A shorter line, spaces not counted, says nothing (`return J`), unless it is a student's one-line answer.
LEAST = 16
LEAST_ANSWER = 6
LEAST_ID = 3  # and not a plain word: `AB12` and `slopes_on_columns`, not `sign`

# Lines that any program may share: unpacking shapes, empty arrays, loops, returned names, imports, comments.
COMMON = re.compile(
    r"""(
      [\w,\s]+=\s*[\w.]+\.shape(\[[^\]]*\])?
    | [\w,\s]+=\s*len\(\w+\)
    | [\w,\s]+=\s*np\.(zeros|ones|empty)(_like)?\([^+*/@-]*\)
    | (for|while|if|elif|else|with|try|def|class|import|from)\b[^*/@+]*
    | return\s+[\w,\s()]*
    | ([\w,\s]+=\s*)?\w+\([\w,\s]*\)
    | @test_case\(.*
    | \#.*
    | ["']{3}.*
    )""",
    re.VERBOSE,
)
BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
NUMBER = re.compile(r"\d*\.?\d+(?:e[+-]?\d+)?")
LEAST_DIGITS = 6  # `0.826188` gives an answer away, `0.7` does not
PRIVATE_NAME = re.compile(r"(^|/)(reference\.py|master\.py|[^/]*_hidden[^/]*|mistakes\.toml|accepted\.toml)$")
IMPORTS_REFERENCE = re.compile(r"^\s*(import|from)\s+reference\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Leak:
    """Something private in a released file."""

    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Secret:
    """A private text, how a message calls it, and whether it counts only as a word of its own.

    Spaces are removed from `text`, and from what it is looked for in, unless it is a word.
    """

    text: str
    what: str
    word: bool = False

    def is_in(self, text: str, squeezed: str) -> bool:
        """Whether it stands in `text`, whose form without spaces is `squeezed`."""
        if not self.word:
            return self.text in squeezed
        return self.text in text and bool(re.search(rf"(?<!\w){re.escape(self.text)}(?!\w)", text))


def find_leaks(files: Mapping[str, bytes], master: Master, materials: Materials) -> list[Leak]:
    """Everything private in `files` (path → bytes), in the order of files; empty if there is nothing."""
    public = "".join(squeeze(file.text) for file in materials.case_files if not file.hidden)
    secrets = [
        *_solution(master),
        *_blocks(master),
        *_hidden(materials, public),
        *_catalogue(materials),
        *_variants(materials, master),
    ]
    leaks: list[Leak] = []
    for name, raw in files.items():
        if PRIVATE_NAME.search(name):
            leaks.append(Leak(name, "a file of this name is private"))
        if name.endswith(".ipynb"):
            leaks += [Leak(name, what) for what in _outputs(raw)]
        found = dict.fromkeys(what for text in views(name, raw) for what in _found(text, secrets))
        leaks += [Leak(name, what) for what in found]
    return leaks


def squeeze(text: str) -> str:
    """`text` without white space and backslashes, which continue lines and escape quotes."""
    return re.sub(r"[\s\\]+", "", text)


def views(name: str, raw: bytes, depth: int = 3) -> Iterator[str]:
    """All texts in a file: itself, strings of a notebook or JSON, base64, members of archives."""
    text = raw.decode("utf-8", errors="replace")
    yield text
    if name.endswith((".ipynb", ".json")):
        with suppress(ValueError):  # not JSON after all: its text is looked at anyway
            yield from texts(raw)
    if depth and zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.namelist():
                yield member
                yield from views(member, archive.read(member), depth - 1)
    for match in BASE64.finditer(text) if depth else ():
        try:
            inner = base64.b64decode(match.group(), validate=True)
        except binascii.Error:
            continue
        yield from views("", inner, depth - 1)


def _found(text: str, secrets: Iterable[Secret]) -> Iterator[str]:
    squeezed = squeeze(text)
    for secret in secrets:
        if secret.is_in(text, squeezed):
            yield secret.what
    if IMPORTS_REFERENCE.search(text):
        yield "imports the Reference"


def _outputs(raw: bytes) -> Iterator[str]:
    try:
        cells = json.loads(raw)["cells"]
    except (ValueError, KeyError, TypeError):
        yield "is no notebook that can be read"
        return
    for number, cell in enumerate(cells, start=1):
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"cell {number} holds the output of a run"


def _solution(master: Master) -> Iterator[Secret]:
    for cell in master.cells:
        for offset, (line, kind) in enumerate(zip(cell.source.split("\n"), cell.kinds, strict=False)):
            place = f"{master.path}:{cell.line + offset}"
            if kind is Line.SOLUTION:
                yield from _line(line, f"solution line of {place}", LEAST)
            elif kind is Line.ANSWER:
                yield from _line(line.rpartition("# SOLUTION")[0], f"answer of {place}", LEAST_ANSWER)


def _blocks(master: Master) -> Iterator[Secret]:
    """Whole solutions: one of lines that are each too short or too common is a secret all the same."""
    for cell in master.cells:
        given: list[str] = []
        block: list[str] = []
        lines = [*zip(cell.source.split("\n"), cell.kinds, strict=False), ("", Line.GIVEN)]
        for offset, (line, kind) in enumerate(lines):
            if kind is Line.SOLUTION:
                block.append(line)
                continue
            if block and not (len(block) == 1 and any(_line(block[0], "", LEAST))):
                what = f"solution of {master.path}:{cell.line + offset - len(block)}"
                text = squeeze("".join(block))
                # What is too short to be looked for alone is looked for below what stands above it.
                yield Secret(text if len(text) >= LEAST else squeeze("".join([*given[-2:], *block])), what)
            block = []
            if kind is Line.GIVEN:
                given.append(line)


def _hidden(materials: Materials, public: str) -> Iterator[Secret]:
    """Lines of hidden cases, except those that a public case has too."""
    for file in materials.case_files:
        for number, line in enumerate(file.text.split("\n") if file.hidden else (), start=1):
            what = f"hidden case line of {file.path}:{number}"
            yield from (secret for secret in _line(line, what, LEAST) if secret.text not in public)
            for match in NUMBER.finditer(line):
                digits = match.group().partition("e")[0].replace(".", "").strip("0")
                if len(digits) >= LEAST_DIGITS and match.group() not in public:
                    yield Secret(match.group(), f"number {match.group()} of {file.path}:{number}", word=True)


def _catalogue(materials: Materials) -> Iterator[Secret]:
    entries = [("mistake", one) for one in materials.mistakes] + [
        ("answer", one) for one in materials.answers
    ]
    for kind, entry in entries:
        yield Secret(squeeze(entry.hint), f"hint of {kind} {entry.id}")
        yield Secret(squeeze(entry.explanation), f"explanation of {kind} {entry.id}")
        if len(entry.id) >= LEAST_ID and re.search(r"[\d_-]", entry.id):
            yield Secret(entry.id, f"id of {kind} {entry.id}", word=True)


def _variants(materials: Materials, master: Master) -> Iterator[Secret]:
    """Lines of accepted variants, except those of code that is given: a variant may inline a given helper."""
    given = "".join(
        squeeze(cell.source) for cell in master.cells if cell.kind == "code" and not cell.is_answer
    )
    for variant in materials.accepted:
        yield Secret(squeeze(variant.code), f"accepted variant {variant.id}")
        for line in variant.code.split("\n"):
            what = f"line of accepted variant {variant.id}"
            yield from (secret for secret in _line(line, what, LEAST) if secret.text not in given)


def _line(line: str, what: str, least: int) -> Iterator[Secret]:
    code = line.strip()
    if not COMMON.fullmatch(code):
        text = squeeze(code.split("  #")[0])
        if len(text) >= least:
            yield Secret(text, f"{what}: `{code[:60]}`")

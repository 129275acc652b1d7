"""Hostile text made harmless and legible: control characters visible, length bounded, names as file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from markupsafe import Markup, escape

NAME_LENGTH = 60  # longer names are cut on pages; the gradebook and the CSV keep them whole
MESSAGE_LENGTH = 2000  # what the judge lets through for a public case
MARKS = 4  # combining marks on one letter; no script needs more, and a hundred hide the lines around

JOINERS = "\u200c\u200d"  # format characters that Persian, Indic scripts and emoji are written with
SLUG_LENGTH = 40

_CODE = re.compile(r"`([^`\n]{1,200})`")


def shown(text: str, length: int = NAME_LENGTH) -> str:
    """One line of text without hidden characters, at most `length` and a note of what was cut."""
    return _cut("".join(map(_visible, _few_marks(text))), length)


def shown_lines(text: str, length: int = MESSAGE_LENGTH) -> str:
    """Like `shown`, with line breaks kept."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    return _cut("\n".join("".join(map(_visible, _few_marks(line))) for line in lines), length)


def with_code(text: str) -> Markup:
    """A message as HTML: escaped, `names` in backticks set as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(shown_lines(text)))))  # escaped just before


def page_name(student: str) -> str:
    """The file name of a student's page: letters to recognise, a hash to be unique, never a path."""
    plain = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].strip("-")
    mark = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{slug or 'student'}-{mark}.html"


def plural(count: int, noun: str) -> str:
    """`1 case`, `3 cases`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _visible(char: str) -> str:
    """A character that can be seen: control pictures for ASCII, the code point for the rest."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if char not in JOINERS and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return f"⟨U+{code:04X}⟩"
    return char


def _few_marks(text: str) -> str:
    kept, run = [], 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if run <= MARKS:
            kept.append(char)
    return "".join(kept)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}… ({len(text)} characters)"

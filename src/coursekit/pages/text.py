"""Hostile text made harmless and legible: hidden characters visible, length bounded, names as file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from markupsafe import Markup, escape

NAME_LENGTH = 60  # longer names are cut on pages; the gradebook and the CSV keep them whole
MESSAGE_LENGTH = 800  # enough for a sentence with a small array in it; the gradebook keeps the rest
MARK_LENGTH = len("⟨U+10FFFF⟩")  # the most that one character can become
MARKS = 4  # combining marks on one letter; no script needs more, and a hundred hide the lines around

JOINERS = "\u200c\u200d"  # format characters that Persian, Indic scripts and emoji are written with
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # controls, formats, surrogates, no characters, line ends
SLUG_LENGTH = 40

_CODE = re.compile(r"`([^`\n]{1,200})`")


def shown(text: str, length: int = NAME_LENGTH) -> str:
    """One line of text without hidden characters, at most `length` and a note of what was cut."""
    if text.isascii() and text.isprintable():
        return _cut(text, length)  # nearly all text: the long way costs a report its seconds
    return _cut("".join(map(_visible, _few_marks(text))), length)


def shown_lines(text: str, length: int = MESSAGE_LENGTH) -> str:
    """Like `shown`, with line breaks kept."""
    lines = text.replace("\r\n", "\n").strip("\n").split("\n")
    return _cut("\n".join(shown(line, len(line) * MARK_LENGTH) for line in lines), length)


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
    """A character that can be seen, or its code point: many fonts have no pictures for control characters."""
    hidden = unicodedata.category(char) in HIDDEN and char not in JOINERS
    return f"⟨U+{ord(char):04X}⟩" if hidden else char


def _few_marks(text: str) -> str:
    kept, run = [], 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if run <= MARKS:
            kept.append(char)
    return "".join(kept)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}… ({len(text)} characters)"

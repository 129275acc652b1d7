"""File names as data: the student's id, the form to show, and which names are passed over."""

from __future__ import annotations

import unicodedata

from coursekit.errors import printable
from coursekit.intake.caps import SHOWN_WIDTH

NOTEBOOK = ".ipynb"

# The release brings these itself and wins, whatever the student sent under those names.
RELEASED = frozenset({"gradtools", "tests", "oracle.npz"})

# Written by machines beside the work, never by a student on purpose. Names with a leading dot count too.
_MACHINE = frozenset({"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"})

# What staff keeps in a folder of submissions. Anything else there is a submission, if a useless one:
# a hand-in that is passed over in silence would be a silent zero.
_STAFF_NAMES = frozenset(
    {"README.md", "README.txt", "README", "requirements.txt", "release.json", "timestamp.txt"}
)
_STAFF_ENDINGS = (".csv", ".db", ".db-wal", ".db-shm", ".yml", ".yaml", ".toml", ".log")

_KINDS = {
    ".py": "a Python file",
    ".html": "a web page",
    ".htm": "a web page",
    ".pdf": "a PDF",
    ".zip": "an archive",
    ".tar": "an archive",
    ".gz": "an archive",
    ".tgz": "an archive",
    ".7z": "an archive",
    ".rar": "an archive",
    ".docx": "a text document",
    ".doc": "a text document",
    ".txt": "a text file",
    ".md": "a text file",
    ".json": "a JSON file",
}


def shown(name: str) -> str:
    """`name` in a sentence: on one line, escaped, and cut."""
    return printable(name, SHOWN_WIDTH)


def escaped(name: str) -> str:
    r"""`name` as text that every store takes, uncut; different names stay different (`\` is doubled).

    Bytes that are no UTF-8 arrive as lone surrogates and leave as `\udcff`.
    """
    doubled = name.replace("\\", "\\\\")
    return printable(doubled, len("\\U00000000") * len(doubled))


def student_id(name: str) -> str:
    """The id that a name gives: composed (NFC, so that é is one id) and escaped. Data, never a path."""
    return escaped(unicodedata.normalize("NFC", name))


def stem(name: str) -> str:
    """`ada` of `ada.ipynb`, `ada.pdf`, `ada.ipynb.txt`."""
    base = name
    for ending in (*sorted(_KINDS, key=len, reverse=True), NOTEBOOK):
        if base.lower().endswith(ending) and len(base) > len(ending):
            base = base[: -len(ending)]
    return base


def is_notebook(name: str) -> bool:
    """Whether the name ends as a notebook's does."""
    return name.lower().endswith(NOTEBOOK)


def is_passed_over(name: str) -> bool:
    """Hidden, or made by a machine."""
    return name.startswith(".") or name in _MACHINE


def is_staffs(name: str) -> bool:
    """What lies beside submissions without being one: rosters, gradebooks, logs."""
    return name in _STAFF_NAMES or name.lower().endswith(_STAFF_ENDINGS)


def kind_by_name(name: str) -> str:
    """`a PDF`, `a web page`, … for a name that is no notebook's."""
    for ending, kind in _KINDS.items():
        if name.lower().endswith(ending):
            return kind
    return "a file of another kind"

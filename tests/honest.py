"""Honest work that looks odd, as data: the entries of `oddities/`, each made into what is handed in."""

import functools
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import honest_forms
from whole import ROOT

from coursekit.build.notebooks import solved_notebook, with_function
from coursekit.intake.names import stem, student_id
from coursekit.notebook.edit import with_cell

SLUG = "hw2_bptt"
FOLDER = Path(__file__).parent / "oddities"


@functools.cache
def solved() -> bytes:
    """The notebook with its solutions."""
    return solved_notebook(ROOT, SLUG)


@dataclass
class Oddity:
    """One entry. `notes` is how many cells fail in it; `otter` says why real Otter is not asked, if so."""

    id: str
    why: str
    first: str = ""
    cell: str = ""
    replace: dict = field(default_factory=dict)
    form: str = ""
    name: str = ""
    files: dict = field(default_factory=dict)
    notes: int = 0
    otter: str = ""

    @cached_property
    def notebook(self) -> bytes:
        """The solved notebook with the oddity in it."""
        raw = solved()
        for function, code in self.replace.items():
            raw = with_function(raw, function, code)
        if self.first:
            raw = with_cell(raw, self.first, first=True)
        if self.cell:
            raw = with_cell(raw, self.cell)
        return honest_forms.form(self.form, raw) if self.form else raw

    def hand_in(self, folder: Path) -> str:
        """Writes it into the folder of submissions; returns the student's id."""
        if self.files:
            own = folder / self.id
            for name, text in {f"{SLUG}.ipynb": "", **self.files}.items():
                (own / name).parent.mkdir(parents=True, exist_ok=True)
                (own / name).write_text(text)
            (own / f"{SLUG}.ipynb").write_bytes(self.notebook)
            return self.id
        name = self.name or f"{self.id}.ipynb"
        (folder / name).write_bytes(self.notebook)
        return student_id(stem(name))


def oddities() -> list[Oddity]:
    """All of them, in the order of their files."""
    return [
        Oddity(**entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text("utf-8"))["oddity"]
    ]

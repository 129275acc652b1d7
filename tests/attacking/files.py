"""The files of `tests/attacks/`: a header that says what must happen, and what the student hands in."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coursekit.notebook.edit import with_cell

FOLDER = Path(__file__).resolve().parents[1] / "attacks"
REQUIRED = ("class", "claim", "must", "base", "earns", "naive")
OPTIONAL = ("says", "otter", "passes")
BASES = ("stub", "solved")
EARNS = ("nothing", "part", "everything", "ungradable", "missing")
# What an attack does to a grader that shares a process with its students.
#   forges    a score above the honest one, by file, standard output or exit code
#   steals    a token or an expected value is in what the student is told
#   breaches  the student is told that a limit or a fence did not hold
#   spoils    another student's grade is another one, or there is none
#   hangs     the batch does not end
#   litters   a process, file or shared memory is left
#   tampers   the gradebook, the tests or the reference are others than before
#   -         nothing: see `must`
EFFECTS = ("forges", "steals", "breaches", "spoils", "hangs", "litters", "tampers")
_HEADER = re.compile(r"# (\w+): (.+)")
_CELL = re.compile(r"^# %%( first)?\n", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """One file. `earns` is what it must come to; `naive` what a naive grader suffers; `says` a pattern.

    `passes` names a level that does not stop it, or `everywhere`, with the reason; `otter` says what
    `otter run` suffers.
    """

    id: str
    kind: int
    claim: str
    must: str
    base: str
    earns: str
    naive: tuple[str, ...]
    says: str
    otter: str
    passes: dict[str, str]
    text: str

    def passes_at(self, level: str) -> bool:
        """Whether its header says that this level does not stop it."""
        return bool({level, "everywhere"} & set(self.passes))

    @property
    def builds(self) -> bool:
        """Whether the file builds a hand-in of its own form, and is no notebook's cells."""
        return not _CELL.search(self.text)

    def notebook(self, bases: dict[str, bytes]) -> bytes:
        """The base notebook with the attack's cells before or after its own."""
        raw = bases[self.base]
        parts = _CELL.split(self.text)[1:]
        cells = list(zip(parts[::2], parts[1::2], strict=True))
        for first, source in [cell for cell in cells if not cell[0]] + [c for c in cells[::-1] if c[0]]:
            raw = with_cell(raw, source, first=bool(first))
        return raw

    def hand_in(self, folder: Path, bases: dict[str, bytes]) -> str:
        """Writes what is handed in into the folder of submissions; returns the student's id."""
        if not self.builds:
            (folder / f"{self.id}.ipynb").write_bytes(self.notebook(bases))
            return self.id
        student = self._builder()(folder, self.id, bases)
        return student or self.id

    def _builder(self) -> Callable[[Path, str, dict[str, bytes]], str | None]:
        spec = importlib.util.spec_from_loader(self.id, loader=None)
        assert spec is not None
        module = importlib.util.module_from_spec(spec)
        exec(compile(self.text, f"{self.id}.py", "exec"), module.__dict__)  # noqa: S102 - our own file
        return module.hand_in


def read(path: Path) -> Attack:
    """One attack. Raises ValueError for a header that is not as it must be."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    for line in text.splitlines():
        match = _HEADER.fullmatch(line)
        if not match:
            break
        header[match[1]] = match[2].strip()
    problem = _problem(header, path.stem)
    if problem:
        raise ValueError(f"{path.name}: {problem}")
    naive = () if header["naive"] == "-" else tuple(header["naive"].split())
    return Attack(
        path.stem,
        int(header["class"]),
        header["claim"],
        header["must"],
        header["base"],
        header["earns"],
        naive,
        header.get("says", ""),
        header.get("otter", ""),
        dict([header["passes"].split(": ", 1)]) if "passes" in header else {},
        text,
    )


def _problem(header: dict[str, str], stem: str) -> str:
    if tuple(header)[: len(REQUIRED)] != REQUIRED:
        return f"the header has {', '.join(header) or 'nothing'}; expected {', '.join(REQUIRED)}"
    if unknown := set(header) - set(REQUIRED) - set(OPTIONAL):
        return f"unknown: {', '.join(unknown)}"
    if not stem.startswith(f"{int(header['class']):02d}_"):
        return "the name does not begin with the class"
    if header["base"] not in BASES or not (header["earns"] in EARNS or header["earns"].isdigit()):
        return f"base is one of {BASES}, earns one of {EARNS} or points"
    if header["naive"] != "-" and set(header["naive"].split()) - set(EFFECTS):
        return f"naive is - or some of {EFFECTS}"
    return ""


def attacks() -> list[Attack]:
    """All of them, by name."""
    return [read(path) for path in sorted(FOLDER.glob("[0-9]*.py"))]

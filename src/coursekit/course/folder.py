"""Where the course lies and what its folders hold: `Course(root)` reads one assignment's private files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from coursekit.course.cases import read_cases
from coursekit.course.manifest import read_accepted, read_answers, read_assignment, read_mistakes
from coursekit.course.tables import TomlFile
from coursekit.errors import BadInput, nearest
from coursekit.model import Accepted, Assignment, Case, CaseFile, Mistake, WrongAnswer

MARKER = "[tool.coursekit]"
SLUG = re.compile(r"[a-z][a-z0-9_]*")


def find_course(start: Path | None = None) -> Path:
    """The folder at or above `start` (the working directory) whose pyproject.toml has [tool.coursekit].

    Raises BadInput if there is none, or if a pyproject.toml on the way cannot be read.
    """
    here = (start or Path.cwd()).resolve()
    for folder in [here, *here.parents]:
        file = folder / "pyproject.toml"
        if file.is_file() and "coursekit" in _tools(file):
            return folder
    raise BadInput(
        f"no course at or above {here}: no pyproject.toml there has {MARKER}; "
        "change into the course's folder or give --course DIR"
    )


def slugs(root: Path) -> tuple[str, ...]:
    """Names of all assignments of the course at `root`, sorted."""
    return Course(root).slugs()


def _tools(file: Path) -> dict[str, object]:
    try:
        tools = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadInput(f"{file} cannot be read: {error}; mend it or give --course DIR") from error
    return tools if isinstance(tools, dict) else {}


class Course:
    """The folders of one course below `root`. Nothing is cached: every call reads the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def slugs(self) -> tuple[str, ...]:
        """Names of all assignments: the folders of `autograder/` that hold an assignment.toml, sorted."""
        files = (self.root / "autograder").glob("*/assignment.toml")
        return tuple(sorted(file.parent.name for file in files if SLUG.fullmatch(file.parent.name)))

    def folder(self, slug: str) -> Path:
        """`autograder/<slug>`. Raises BadInput, with the nearest name, if there is no such assignment."""
        known = self.slugs()
        if slug not in known:
            raise BadInput(f"no assignment {slug!r} in {self.root / 'autograder'}{nearest(slug, known)}")
        return self.root / "autograder" / slug

    def assignment(self, slug: str) -> Assignment:
        """The assignment with its questions and cases. Raises BadInput for the first thing that is wrong."""
        cases = [case for _, found in self._cases(slug) for case in found]
        return read_assignment(self.root, self.folder(slug) / "assignment.toml", slug, cases)

    def case_files(self, slug: str) -> tuple[CaseFile, ...]:
        """All case files, in the assignment's order of questions, public before hidden. Raises BadInput."""
        files = [file for file, _ in self._cases(slug)]
        order = [question.id for question in self.assignment(slug).questions]
        return tuple(sorted(files, key=lambda file: (order.index(file.question), file.hidden)))

    def mistakes(self, slug: str) -> tuple[Mistake, ...]:
        """The catalogue of mistakes; empty where there is no mistakes.toml. Raises BadInput."""
        return read_mistakes(self.root, self.folder(slug) / "mistakes.toml")

    def answers(self, slug: str) -> tuple[WrongAnswer, ...]:
        """The named wrong answers; empty where there is no mistakes.toml. Raises BadInput."""
        return read_answers(self.root, self.folder(slug) / "mistakes.toml")

    def accepted(self, slug: str) -> tuple[Accepted, ...]:
        """The correct variants; empty where there is no accepted.toml. Raises BadInput."""
        return read_accepted(self.root, self.folder(slug) / "accepted.toml")

    def place(self, slug: str, name: str, table: str, index: int, key: str) -> str:
        """`path:line` of a key in the table's occurrence `index` (from 0) of the TOML file `name`."""
        return TomlFile.read(self.root, self.folder(slug) / name).place(table, index, key)

    def master(self, slug: str) -> tuple[str, str]:
        """Path (relative to the course) and text of `solutions/<slug>/master.py`. Raises BadInput."""
        self.folder(slug)
        file = self.root / "solutions" / slug / "master.py"
        if not file.is_file():
            raise BadInput(f"{self.relative(file)} does not exist; an assignment needs its master notebook")
        return self.relative(file), read_text(file)

    def data(self, slug: str) -> dict[str, bytes]:
        """Released data files, `oracle.npz` among them: all files of `data/`, by path relative to it."""
        folder = self.folder(slug) / "data"
        files = _files(folder)
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    def sources(self, slug: str) -> dict[str, bytes]:
        """Everything one assignment is made of, by path relative to the course, sorted."""
        folders = (self.folder(slug), self.root / "solutions" / slug)
        found = sorted(path for folder in folders for path in _files(folder))
        return {self.relative(path): path.read_bytes() for path in found}

    def relative(self, path: Path) -> str:
        """`path` as messages show it: relative to the course, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def _cases(self, slug: str) -> list[tuple[CaseFile, list[Case]]]:
        folder = self.folder(slug)
        return [
            read_cases(self.relative(path), read_text(path), hidden=hidden)
            for hidden in (False, True)
            for path in sorted((folder / ("hidden" if hidden else "public")).glob("*.py"))
        ]


def _files(folder: Path) -> list[Path]:
    """All files below `folder`, sorted; without caches and hidden files, which no author means to release."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part == "__pycache__" or part[0] == "." for part in path.relative_to(folder).parts)
    )


def read_text(file: Path) -> str:
    """The file's text with its line ends as `\\n`. Raises BadInput if it is not UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{file} is not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from None

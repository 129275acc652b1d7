"""One thing found at the door: whose it is, what is wrong with it, and how to read it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from coursekit.errors import BadInput
from coursekit.intake.caps import (
    FOLDER_ENTRIES,
    HELPER_BYTES,
    HELPER_DEPTH,
    HELPER_FILES,
    HELPER_FOLDERS,
    MIB,
    NOTEBOOK_BYTES,
)
from coursekit.intake.files import CHANGED, folder, names_in, read_file, what_is, wrong_kind
from coursekit.intake.names import RELEASED, escaped, is_notebook, is_passed_over, shown
from coursekit.model import Submission


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in: the notebook's bytes, and the files beside it by relative path (`data/x.csv`)."""

    notebook: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The notebook's own, where it came alone; else of lines `hash  path`, as sha256sum writes."""
        notebook = _sha256(self.notebook)
        if not self.files:
            return notebook
        lines = [
            f"{notebook}  notebook",
            *(f"{_sha256(raw)}  {name}" for name, raw in sorted(self.files.items())),
        ]
        return _sha256("\n".join(lines).encode())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notebook lies: `parts` below `root`; its folder is the student's own unless `alone`."""

    root: str
    parts: tuple[str, ...]
    nbgrader: bool = False

    @property
    def alone(self) -> bool:
        """Directly in the folder given: the files beside it are other students'."""
        return len(self.parts) == 1

    @property
    def label(self) -> str:
        """The path to show in a sentence."""
        return shown("/".join(self.parts))

    @property
    def file(self) -> str:
        """The path to record, uncut."""
        return escaped("/".join(self.parts))

    def read(self) -> HandedIn:
        """The notebook and its helper files. Raises BadInput with one sentence."""
        with folder(self.root, self.parts[:-1], self.label) as descriptor:
            notebook = read_file(self.parts[-1], descriptor, NOTEBOOK_BYTES, self.label)
        if self.alone:
            return HandedIn(notebook)
        helpers = _Helpers(self)
        helpers.walk(self.parts[:-1])
        return HandedIn(notebook, helpers.files, tuple(helpers.remarks))


@dataclass(frozen=True, slots=True)
class Found:
    """A submission at the door. `problem` is one sentence where it cannot be graded, else empty.

    `missing` says that the student has a folder and handed in nothing. `remarks` are for the student too;
    `staff_remarks` may name other students.
    """

    submission: Submission
    problem: str = ""
    missing: bool = False
    remarks: tuple[str, ...] = ()
    staff_remarks: tuple[str, ...] = ()
    place: Place | None = None

    def read(self) -> HandedIn:
        """Reads it again, for grading. Raises BadInput where it is no longer what was found."""
        if self.place is None:
            raise BadInput(self.problem)
        handed_in = self.place.read()
        if handed_in.sha256 != self.submission.sha256:
            raise BadInput(f"{self.place.label} {CHANGED}")
        return handed_in


class _Helpers:
    """Gathers the files beside one notebook, within the caps; refuses links, pipes and devices among them."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.files: dict[str, bytes] = {}
        self.remarks: list[str] = []
        self._folders = -1  # the notebook's own is not beside it
        self._seen = 0
        self._bytes = 0

    def walk(self, parts: tuple[str, ...]) -> None:
        label = shown("/".join(parts))
        depth = len(parts) - len(self.place.parts) + 1
        if depth > HELPER_DEPTH:
            raise BadInput(
                f"{label} lies {depth} folders deep; expected at most {HELPER_DEPTH}: flatten the folder"
            )
        self._folders += 1
        if self._folders > HELPER_FOLDERS:
            raise BadInput(
                f"beside {self.place.label} lie more than {HELPER_FOLDERS} folders (at {label}); "
                "expected a few: hand in only what the notebook needs"
            )
        with folder(self.place.root, parts, label) as descriptor:
            names = names_in(descriptor, FOLDER_ENTRIES, label)
            for name in names:
                if not self._skips(name, depth):
                    self._take(name, descriptor, (*parts, name))

    def _skips(self, name: str, depth: int) -> bool:
        stamp = self.place.nbgrader and name == "timestamp.txt"
        if is_passed_over(name) or (depth == 0 and (stamp or name in RELEASED)):
            return True
        if not name.isprintable() or "\\" in name:
            self.remarks.append(f"the file {shown(name)} was left out: its name is not plain text")
            return True
        return False

    def _take(self, name: str, descriptor: int, parts: tuple[str, ...]) -> None:
        label = shown("/".join(parts))
        kind = what_is(name, descriptor, label)
        if kind == "folder":
            if not is_notebook(name):
                self.walk(parts)
        elif kind != "file":
            raise BadInput(wrong_kind(label, kind))
        elif not is_notebook(name):  # another notebook is no helper: nothing can import it
            self._count(label)
            raw = read_file(name, descriptor, HELPER_BYTES, label)
            self._bytes += len(raw)
            if self._bytes > HELPER_BYTES:
                raise BadInput(
                    f"the files beside {self.place.label} hold more than {HELPER_BYTES // MIB} MiB; "
                    "expected small modules and data: hand in only what the notebook needs"
                )
            self.files["/".join(parts[len(self.place.parts) - 1 :])] = raw

    def _count(self, label: str) -> None:
        self._seen += 1
        if self._seen > HELPER_FILES:
            raise BadInput(
                f"beside {self.place.label} lie more than {HELPER_FILES} files (at {label}); "
                "expected a few: hand in only what the notebook needs"
            )


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()

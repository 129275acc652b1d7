"""Who is in the cohort: made from the materials, one member for each way in which submissions differ."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursekit.build.cohort.formats import BROKEN, FORMATS, deeply_nested, very_many_cells, with_broken_cell
from coursekit.build.notebooks import with_function, with_mistake
from coursekit.intake.names import student_id
from coursekit.mistakes.substitute import function_source
from coursekit.model import Materials
from coursekit.notebook.edit import cell_with, parse, source_of, stopped_at, with_cell

# A class that shows every kind; more where the materials have more mistakes.
SIZE = 60

# Names that would run as a formula in a spreadsheet, as a tag in a page, as a command in a terminal; and one
# that is no UTF-8.
_STRANGE = (
    '=HYPERLINK("http:example","hostile-formula")',
    "hostile-<img src=x onerror=alert(1)>",
    "hostile-\x1b[31m\x1b[2Jansi\x07",
    "hostile-\u202egnp.emanrewer",
    "hostile-\udcff\udcfe",
)


@dataclass(frozen=True, slots=True)
class Member:
    """A student of the cohort, as intake will call them.

    `kind` is correct, mistake, half-finished, broken or hostile. `expected` is full (all points), named
    (points lost, the mistake named), part (some points), none (no point), ungradable or missing.
    """

    student: str
    kind: str
    expected: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """What a member hands in, by path below the cohort's folder; `strange`: by a name few systems take."""

    member: Member
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    pipes: tuple[str, ...] = ()
    strange: bool = False


def members(materials: Materials, solved: bytes, stub: bytes, size: int = SIZE) -> list[HandIn]:
    """The whole cohort. `solved` and `stub` are the notebook with its solutions and as students get it.

    Raises BadInput where a mistake or a variant does not fit `solved`.
    """
    names = _names(materials)
    cohort = [
        *_correct(materials, solved, names),
        *_mistaken(materials, solved),
        *_half_finished(materials, solved, stub),
        *_broken(materials, solved, names["TARGET"]),
        *_hostile(materials, solved, stub, names),
    ]
    twins = range(max(2, size - len(cohort)))  # two at least: the same file from two students is a kind too
    return cohort + [_one(f"twin-{number + 1:02d}", "correct", "full", solved) for number in twins]


def _one(name: str, kind: str, expected: str, raw: bytes, *, strange: bool = False) -> HandIn:
    return HandIn(Member(student_id(name), kind, expected), {f"{name}.ipynb": raw}, strange=strange)


def _correct(materials: Materials, solved: bytes, names: dict[str, str]) -> Iterator[HandIn]:
    yield _one("style-reference", "correct", "full", solved)
    for accepted in materials.accepted:
        raw = with_function(solved, accepted.function, accepted.code)
        yield _one(f"style-{accepted.id}", "correct", "full", raw)
    for style in _table("styles.toml", "style"):
        raw = with_cell(solved, _fill(style["code"], names), first=style.get("first", False))
        yield _one(f"style-{style['id']}", "correct", "full", raw)
    for name, form in FORMATS.items():
        yield _one(f"format-{name}", "correct", "full", form(solved))
    slug = materials.assignment.slug
    importing = with_cell(solved, "import my_tools\nassert my_tools.answer == 42", first=True)
    yield HandIn(
        Member("style-helper-file", "correct", "full"),
        {
            f"style-helper-file/{slug}.ipynb": importing,
            "style-helper-file/my_tools.py": b"answer = 42\n",
            "style-helper-file/tests/q1.py": b"raise SystemExit('the release has its own tests')\n",
        },
    )
    yield HandIn(
        Member("style-nbgrader", "correct", "full"),
        {
            f"style-nbgrader/{slug}/{slug}.ipynb": solved,
            f"style-nbgrader/{slug}/timestamp.txt": b"2026-10-01 12:00:00 UTC\n",
        },
    )


def _mistaken(materials: Materials, solved: bytes) -> Iterator[HandIn]:
    for mistake in materials.mistakes:
        yield _one(f"mistake-{mistake.id}", "mistake", "named", with_mistake(solved, mistake))


def _half_finished(materials: Materials, solved: bytes, stub: bytes) -> Iterator[HandIn]:
    questions = [question for question in materials.assignment.questions if question.functions]
    for question in questions[1:]:
        raw = stopped_at(solved, stub, question.functions[0])
        yield _one(f"half-up-to-{question.id}", "half-finished", "part", raw)
    for question in questions if len(questions) > 1 else []:
        raw = solved
        for function in question.functions:
            cell = source_of(parse(stub)["cells"][cell_with(stub, function)])
            raw = with_function(raw, function, function_source(cell, function))
        yield _one(f"half-without-{question.id}", "half-finished", "part", raw)
    yield _one("half-untouched", "half-finished", "none", stub)


def _broken(materials: Materials, solved: bytes, target: str) -> Iterator[HandIn]:
    slug = materials.assignment.slug
    for name, (ending, content) in BROKEN.items():
        member = Member(f"broken-{name}", "broken", "ungradable")
        yield HandIn(member, {f"broken-{name}{ending}": content(solved)})
    raw = with_broken_cell(solved, target)
    yield _one("broken-one-cell", "broken", "part", raw)
    yield HandIn(Member("broken-folder", "broken", "ungradable"), folders=("broken-folder.ipynb",))
    yield HandIn(
        Member("broken-two-notebooks", "broken", "ungradable"),
        {"broken-two-notebooks/final.ipynb": solved, "broken-two-notebooks/final (2).ipynb": solved},
    )
    yield HandIn(Member("broken-nothing", "broken", "missing"), folders=("broken-nothing",))
    yield HandIn(
        Member("broken-other-assignment", "broken", "missing"),
        {f"broken-other-assignment/not_{slug}/not_{slug}.ipynb": solved},
    )


def _hostile(materials: Materials, solved: bytes, stub: bytes, names: dict[str, str]) -> Iterator[HandIn]:
    bases = {"solved": solved, "stub": stub}
    for entry in _table("hostile.toml", "hostile"):
        raw = with_cell(bases[entry["base"]], _fill(entry["code"], names))
        yield _one(f"hostile-{entry['id']}", "hostile", entry["expected"], raw)
    yield _one("hostile-many-cells", "hostile", "ungradable", very_many_cells(solved))
    yield _one("hostile-deep", "hostile", "ungradable", deeply_nested(solved))
    slug = materials.assignment.slug
    evil = b"import os\nos._exit(0)\n"
    shadows = (
        "numpy.py",
        "gradtools/__init__.py",
        "otter/__init__.py",
        "sitecustomize.py",
        "conftest.py",
        "ast.py",
    )
    yield HandIn(
        Member("hostile-shadow-modules", "hostile", "none"),
        {
            f"hostile-shadow-modules/{slug}.ipynb": stub,
            **{f"hostile-shadow-modules/{name}": evil for name in shadows},
        },
    )
    link = Member("hostile-link", "hostile", "ungradable")
    yield HandIn(link, links={"hostile-link.ipynb": "style-reference.ipynb"})
    helper = Member("hostile-helper-link", "hostile", "ungradable")
    yield HandIn(
        helper,
        {f"hostile-helper-link/{slug}.ipynb": solved},
        links={"hostile-helper-link/gradebook.db": "../../gradebook.db"},
    )
    yield HandIn(Member("hostile-pipe", "hostile", "ungradable"), pipes=("hostile-pipe.ipynb",))
    for name in _STRANGE:
        yield _one(name, "hostile", "full", solved, strange=True)


def _table(file: str, table: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / file).read_text("utf-8"))[table]
    return entries


def _fill(code: str, names: dict[str, str]) -> str:
    return re.sub(r"\b(FUNCTIONS|OUTER|TARGET)\b", lambda match: names[match[1]], code)


def _names(materials: Materials) -> dict[str, str]:
    """What FUNCTIONS, OUTER and TARGET of the tables stand for, as source.

    TARGET, the function to attack, is called by no other and of the question with the fewest cases.
    """
    ranked = sorted(materials.assignment.questions, key=lambda question: len(question.cases))
    called = _called(materials.reference)
    functions = [name for question in materials.assignment.questions for name in question.functions]
    outer = [name for name in functions if name not in called]
    cheapest = [name for question in ranked for name in question.functions if name in outer]
    return {"FUNCTIONS": repr(tuple(functions)), "OUTER": repr(tuple(outer)), "TARGET": cheapest[0]}


def _called(reference: str) -> set[str]:
    """Names that functions of the Reference use, other than their own."""
    return {
        inner.id
        for node in ast.parse(reference).body
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and inner.id != node.name
    }

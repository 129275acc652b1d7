"""assignment.toml, mistakes.toml and accepted.toml as the model's records."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterable
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

from coursekit.course.tables import Fields, TomlFile
from coursekit.errors import BadInput, nearest
from coursekit.model import Accepted, Assignment, Case, Limits, Mistake, Question, WrongAnswer

QUESTION = re.compile(r"q[1-9][0-9]*")
ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
ANSWER_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")

HEAD = Fields(
    {"slug": str, "title": str}, {"due": str, "limits": dict, "prose_rows": list, "question": object}
)
QUESTIONS = Fields({"id": str, "title": str, "functions": list}, {"minutes": int, "rows": list})
MISTAKES = Fields({"id": str, "function": str, "right": str, "wrong": str, "explanation": str, "hint": str})
ANSWERS = Fields({"id": str, "variable": str, "wrong": str, "explanation": str, "hint": str})
CATALOGUE = Fields({}, {"mistake": object, "answer": object})
ACCEPTED = Fields({"id": str, "function": str, "code": str})
LIMITS = Fields({}, {item.name: type(item.default) for item in dataclass_fields(Limits)})


def read_assignment(root: Path, path: Path, slug: str, cases: Iterable[Case]) -> Assignment:
    """The assignment of `path` with its cases put into its questions. Raises BadInput."""
    file = TomlFile.read(root, path)
    _check_head(file, slug)
    by_question: dict[str, list[Case]] = {}
    for case in cases:
        by_question.setdefault(case.question, []).append(case)
    tables = file.tables("question", QUESTIONS)
    for index, table in enumerate(tables):
        if not QUESTION.fullmatch(table["id"]):
            file.refuse(f"question id {table['id']!r}; expected q1, q2, …", "question", index, "id")
    file.unique("question", "id")
    known = [table["id"] for table in tables]
    for id in by_question:
        if id not in known:
            folder = path.parent.relative_to(root).as_posix()
            raise BadInput(
                f"{folder}: there are case files for {id!r}, and {file.label} has no such question"
                f"{nearest(id, known)}; add [[question]] or remove the files"
            )
    questions = [
        _question(file, index, table, by_question.get(table["id"], [])) for index, table in enumerate(tables)
    ]
    return Assignment(
        slug,
        file.data["title"],
        tuple(questions),
        _limits(file),
        str(file.data.get("due", "")),
        tuple(map(str, file.data.get("prose_rows", ()))),
    )


def _check_head(file: TomlFile, slug: str) -> None:
    data = file.data
    file.check(data, HEAD)
    if data["slug"] != slug:
        file.refuse(f"slug is {data['slug']!r}, its folder is {slug!r}; make them equal", key="slug")
    if not data.get("question"):
        file.refuse("no [[question]]; an assignment needs at least one")
    if data.get("due"):
        try:
            datetime.datetime.fromisoformat(data["due"])
        except ValueError:
            file.refuse(
                f"due is {data['due']!r}; expected ISO 8601 as in '2025-10-31T23:59:00+01:00'", key="due"
            )


def _question(file: TomlFile, index: int, table: dict[str, Any], cases: list[Case]) -> Question:
    id = table["id"]
    if not any(not case.hidden for case in cases):
        file.refuse(
            f"{id} has no public case; write public/{id}.py, which grader.check({id!r}) reads",
            "question",
            index,
            "id",
        )
    for name in table["functions"]:
        if not name.isidentifier():
            file.refuse(f"{name!r} is not a Python name", "question", index, "functions")
    seen: set[str] = set()
    for case in cases:
        if case.name in seen:
            file.refuse(
                f"two cases of {id} are called {case.name!r}; names are unique over public/{id}.py and "
                f"hidden/{id}_hidden.py: rename one",
                "question",
                index,
                "id",
            )
        seen.add(case.name)
    ordered = sorted(cases, key=lambda case: case.hidden)  # stable: public first, each in file order
    return Question(
        id,
        table["title"],
        tuple(table["functions"]),
        tuple(ordered),
        table.get("minutes", 0),
        tuple(table.get("rows", ())),
    )


def _limits(file: TomlFile) -> Limits:
    values = file.data.get("limits", {})
    file.check(values, LIMITS, "limits")
    for key, value in values.items():
        if value < 0 or (value == 0 and key != "restarts"):
            file.refuse(f"{key} is {value}; expected a positive number", "limits", key=key)
    return Limits(**values)


def read_mistakes(root: Path, path: Path) -> tuple[Mistake, ...]:
    """The `[[mistake]]` tables of `path`; empty where there is no file. Raises BadInput."""
    if not path.is_file():
        return ()
    file = TomlFile.read(root, path)
    tables = _catalogue(file, "mistake", MISTAKES, ID)
    for index, table in enumerate(tables):
        if table["right"] == table["wrong"]:
            file.refuse(f"mistake {table['id']}: right equals wrong", "mistake", index, "wrong")
        if table["right"].endswith("\n"):
            file.refuse(
                f"mistake {table['id']}: right ends in a line break, which the last line of a cell does not "
                "have; end right and wrong before it",
                "mistake",
                index,
                "right",
            )
    return tuple(Mistake(**table) for table in tables)


def read_answers(root: Path, path: Path) -> tuple[WrongAnswer, ...]:
    """The `[[answer]]` tables of `path`; empty where there is no file. Raises BadInput."""
    if not path.is_file():
        return ()
    file = TomlFile.read(root, path)
    tables = _catalogue(file, "answer", ANSWERS, ANSWER_ID)
    mistakes = {table.get("id") for table in file.data.get("mistake", ())}
    for index, table in enumerate(tables):
        if table["id"] in mistakes:
            file.refuse(f"id {table['id']!r} is that of a mistake; rename one", "answer", index, "id")
        try:
            ast.parse(table["wrong"], mode="eval")
        except SyntaxError as error:
            file.refuse(
                f"answer {table['id']}: wrong is not one Python expression ({error.msg}); correct it",
                "answer",
                index,
                "wrong",
            )
    return tuple(WrongAnswer(**table) for table in tables)


def _catalogue(file: TomlFile, name: str, fields: Fields, ids: re.Pattern[str]) -> list[dict[str, Any]]:
    """The `[[name]]` tables of mistakes.toml, with what is the same for mistakes and answers checked."""
    file.check(file.data, CATALOGUE)
    tables = file.tables(name, fields)
    _check_ids(file, name, tables, ids)
    file.plain(name, "hint")
    file.plain(name, "explanation")
    return tables


def read_accepted(root: Path, path: Path) -> tuple[Accepted, ...]:
    """The `[[accepted]]` tables of `path`; empty where there is no file. Raises BadInput."""
    if not path.is_file():
        return ()
    file = TomlFile.read(root, path)
    file.check(file.data, Fields({}, {"accepted": object}))
    tables = file.tables("accepted", ACCEPTED)
    _check_ids(file, "accepted", tables)
    return tuple(Accepted(**table) for table in tables)


def _check_ids(file: TomlFile, name: str, tables: list[dict[str, Any]], ids: re.Pattern[str] = ID) -> None:
    signs = "digits, ., - and _" if ids is ANSWER_ID else "digits, - and _"
    for index, table in enumerate(tables):
        if not ids.fullmatch(table["id"]):
            file.refuse(f"id {table['id']!r}; expected letters, {signs}, a letter first", name, index, "id")
    file.unique(name, "id")

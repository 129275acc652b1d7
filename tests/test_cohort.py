"""The made-up cohort: every kind is in it, it meets the fate it is said to meet, and it never changes."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import io
import json
import os
import re
import sys
import types
import warnings
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from local_caller import LocalCaller
from smallcourse import MATERIALS, REFERENCE

from coursekit.build import cohort as cohort_module
from coursekit.build.cohort import HandIn, make_cohort, members
from coursekit.build.cohort import write as write_module
from coursekit.build.cohort.members import _table
from coursekit.errors import BadInput
from coursekit.intake import collect
from coursekit.judge.judge import Judge
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.explain import explain
from coursekit.model import Accepted, Materials, score_of
from coursekit.notebook.submitted import read_submitted

SLUG = "hw0_small"
STUBS = {
    "slope": 'def slope(h):\n    raise NotImplementedError("q1: slope")',
    "jacobian": 'def jacobian(h, W_hh):\n    raise NotImplementedError("q2: jacobian")',
    "limit": "limit = ...",
}
MATERIALS_WITH_VARIANT: Materials = dataclasses.replace(
    MATERIALS,
    accepted=(Accepted("slope_by_product", "slope", "def slope(h):\n    return (1 - h) * (1 + h)\n"),),
)


def _notebook(*sources: str) -> bytes:
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"c{i}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for i, source in enumerate(sources)
    ]
    text = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "# Small"}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [text, *cells]}).encode()


SOLVED = _notebook(*[part.strip() for part in REFERENCE.split("\n\n\n")])
STUB = _notebook("import numpy as np", *STUBS.values())
COHORT = members(MATERIALS_WITH_VARIANT, SOLVED, STUB)


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(write_module, "solved_notebook", lambda root, slug: SOLVED)
    monkeypatch.setattr(write_module, "student_notebook", lambda root, slug: STUB)
    make_cohort(tmp_path, MATERIALS_WITH_VARIANT, tmp_path / "submissions")
    return tmp_path / "submissions"


def test_there_are_sixty_and_no_two_of_one_name() -> None:
    students = [hand_in.member.student for hand_in in COHORT]

    assert len(students) >= 60
    assert len({student.casefold() for student in students}) == len(students)


def test_a_larger_cohort_has_more_twins() -> None:
    larger = members(MATERIALS_WITH_VARIANT, SOLVED, STUB, size=len(COHORT) + 10)

    assert len(larger) == len(COHORT) + 10
    assert larger[-1].files["twin-12.ipynb"] == SOLVED


def test_every_kind_and_every_fate_is_there() -> None:
    assert {hand_in.member.kind for hand_in in COHORT} == {
        "correct",
        "mistake",
        "half-finished",
        "broken",
        "hostile",
    }
    assert {hand_in.member.expected for hand_in in COHORT} == {
        "full",
        "named",
        "part",
        "none",
        "ungradable",
        "missing",
    }


def test_every_mistake_and_every_variant_has_a_student() -> None:
    students = {hand_in.member.student for hand_in in COHORT}

    assert {f"mistake-{mistake.id}" for mistake in MATERIALS.mistakes} <= students
    assert "style-slope_by_product" in students


def test_the_same_course_gives_the_same_bytes() -> None:
    assert members(MATERIALS_WITH_VARIANT, SOLVED, STUB) == COHORT


def test_intake_finds_exactly_the_members_and_refuses_exactly_those_said(written: Path) -> None:
    found = {one.submission.student: one for one in collect(written, SLUG)}

    assert set(found) == {hand_in.member.student for hand_in in COHORT}
    for hand_in in COHORT:
        one = found[hand_in.member.student]
        assert one.missing == (hand_in.member.expected == "missing")
        if hand_in.member.expected in ("ungradable", "missing"):
            with pytest.raises(BadInput):
                read_submitted(one.read().notebook, one.submission.file)
        else:
            assert one.problem == ""
            assert read_submitted(one.read().notebook, one.submission.file).cells


def test_a_second_cohort_does_not_overwrite_the_first(written: Path) -> None:
    with pytest.raises(BadInput, match="is there already"):
        make_cohort(written, MATERIALS_WITH_VARIANT, written)


def test_a_name_that_the_file_system_refuses_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(self: Path, raw: bytes) -> int:
        raise OSError("no such name here")

    monkeypatch.setattr(Path, "write_bytes", refusing)
    strange = next(hand_in for hand_in in COHORT if hand_in.strange)

    assert not write_module._write(strange, tmp_path)
    with pytest.raises(OSError, match="no such name"):
        write_module._write(COHORT[0], tmp_path)


def test_a_mistake_that_does_not_fit_is_refused() -> None:
    with pytest.raises(BadInput, match="expected exactly one"):
        members(MATERIALS, _notebook("x = 1"), STUB)


# What the honest members earn: judged in this process, which is safe for code of our own


class Caller(LocalCaller):
    """Runs cells one by one, as the worker does: one that fails stops no other."""

    def __init__(self, cells: tuple[str, ...]) -> None:
        super().__init__("")
        for cell in cells:
            with contextlib.suppress(Exception):
                exec(re.sub("(?m)^%.*", "", cell), self.namespace)  # noqa: S102 - trusted code of the cohort


HONEST = [
    hand_in
    for hand_in in COHORT
    if hand_in.member.kind != "hostile" and hand_in.member.expected in ("full", "named", "part", "none")
]


@pytest.mark.parametrize("hand_in", HONEST, ids=lambda hand_in: hand_in.member.student)
def test_honest_work_earns_what_is_expected(hand_in: HandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = types.ModuleType("my_tools")
    helper.answer = 42
    monkeypatch.setitem(sys.modules, "my_tools", helper)
    monkeypatch.setenv("MPLBACKEND", "agg")
    raw = next(raw for path, raw in hand_in.files.items() if path.endswith(".ipynb"))
    judge = Judge(MATERIALS.assignment, MATERIALS.case_files, MATERIALS.reference)
    with contextlib.ExitStack() as stack:  # some of them change numpy's settings for the whole process
        for kept in (
            warnings.catch_warnings(),
            np.errstate(),
            np.printoptions(),
            redirect_stdout(io.StringIO()),
        ):
            stack.enter_context(kept)
        warnings.simplefilter("ignore")
        caller = Caller(read_submitted(raw, "x").sources)
        outcomes = explain(
            Catalogue(MATERIALS.reference, MATERIALS.mistakes),
            MATERIALS.assignment,
            judge.run(caller, b"key"),
        )
    earned, possible = score_of(outcomes).earned, MATERIALS.assignment.possible
    match hand_in.member.expected:
        case "full":
            assert earned == possible
        case "none":
            assert earned == 0
        case "part":
            assert 0 < earned < possible
        case "named":
            assert earned < possible
            assert hand_in.member.student.removeprefix("mistake-") in {
                outcome.mistake for outcome in outcomes
            }


# The tables


HOSTILE = _table("hostile.toml", "hostile")


@pytest.mark.parametrize("entry", HOSTILE, ids=lambda entry: entry["id"])
def test_an_attack_says_on_what_it_stands_and_what_it_may_earn(entry: dict[str, str]) -> None:
    assert set(entry) == {"id", "base", "expected", "code"}
    assert (entry["base"], entry["expected"]) in {("stub", "none"), ("solved", "full"), ("solved", "part")}
    assert ("TARGET" in entry["code"]) == (entry["expected"] == "part")


@pytest.mark.parametrize(
    "entry",
    [
        entry
        for entry in (*HOSTILE, *_table("styles.toml", "style"))
        if not re.search("(?m)^[%!]", entry["code"])
    ],
    ids=lambda entry: entry["id"],
)
def test_every_cell_of_the_tables_is_python_but_the_one_that_is_not(entry: dict[str, str]) -> None:
    if entry["id"] == "unfinished-scratch-cell":
        with pytest.raises(SyntaxError):
            ast.parse(entry["code"])
    else:
        ast.parse(entry["code"])


def test_few_members_run_into_a_time_limit() -> None:
    endless = [entry["id"] for entry in HOSTILE if re.search("while True|itertools.repeat", entry["code"])]

    assert endless == ["endless-loop", "endless-loop-in-c"]


def test_the_names_of_functions_are_filled_in() -> None:
    for hand_in in COHORT:
        for raw in hand_in.files.values():
            assert not re.search(rb"\b(FUNCTIONS|OUTER|TARGET)\b", raw)


def test_tables_lie_in_the_package() -> None:
    folder = Path(os.fspath(cohort_module.__file__)).parent

    assert {path.name for path in folder.glob("*.toml")} == {"hostile.toml", "styles.toml"}

"""docs/security.md says what the suite has seen: its tables, its results and the attack files agree."""

import importlib.util
import tomllib

import pytest
from attacking import results
from attacking.files import FOLDER, attacks
from whole import ROOT

TOOL = ROOT / "tools" / "security_table.py"
PAGE = ROOT / "docs" / "security.md"
IDS = {attack.id for attack in attacks()}


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("security_table", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh(tool):
    page = PAGE.read_text(encoding="utf-8")

    assert page == tool.with_tables(page), "run `python tools/security_table.py`"


@pytest.mark.parametrize("level", ["namespaces", "landlock", "process"])
def test_the_results_are_of_these_attacks(level):
    assert IDS == set(results.stored()[level]), "run `python tools/security_table.py --run`"


@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_what_passes_says_so_in_its_header(level):
    passing = {id for id, how in results.stored()[level].items() if how == "passes"}

    assert {attack.id for attack in attacks() if attack.passes_at(level)} == passing


def test_every_promise_to_a_naive_grader_was_seen_kept():
    naive = results.stored()["naive"]

    assert {one.id: sorted(one.naive) for one in attacks() if one.naive} == naive


def test_every_class_says_what_stops_it():
    told = tomllib.loads((FOLDER / "classes.toml").read_text(encoding="utf-8"))

    assert {str(attack.kind) for attack in attacks()} == set(told)
    assert [] == [kind for kind, entry in told.items() if not entry.get("apart")]


def test_a_page_without_its_marks_is_not_fresh(tool):
    page = PAGE.read_text(encoding="utf-8").replace("| 1 | ", "| one | ")

    assert page != tool.with_tables(page)

"""The course covers all that its source pages teach: every row has a question, or prose of a notebook."""

from __future__ import annotations

import tomllib

import pytest

from coursekit.course import Course

LEFT_OUT = {"S4-27"}  # an advertisement


@pytest.fixture(scope="module")
def inventory(root) -> set[str]:
    """The ids of all rows."""
    pages = tomllib.loads((root / "tests/data/inventory.toml").read_text(encoding="utf-8"))
    return {row for page in pages.values() for row in page}


@pytest.fixture(scope="module")
def named(root) -> dict[str, list[str]]:
    """Row → where an assignment.toml names it, such as "hw2_bptt q3" or "hw2_bptt prose"."""
    course = Course(root)
    places: dict[str, list[str]] = {}
    for slug in course.slugs():
        assignment = course.assignment(slug)
        homes = [(f"{slug} {question.id}", question.rows) for question in assignment.questions]
        for place, rows in [*homes, (f"{slug} prose", assignment.prose_rows)]:
            for row in rows:
                places.setdefault(row, []).append(place)
    return places


def test_the_inventory_is_whole(inventory):
    """Five pages, numbered without a gap but for the one row that is left out."""
    last = {"S0": 46, "S1": 56, "S2": 52, "S3": 19, "S4": 28}
    expected = {f"{page}-{row:02}" for page, rows in last.items() for row in range(1, rows + 1)}

    assert expected - LEFT_OUT == inventory


def test_every_row_has_a_home(inventory, named):
    assert sorted(inventory - set(named)) == []


def test_no_row_is_named_that_the_inventory_does_not_have(inventory, named):
    assert {row: places for row, places in named.items() if row not in inventory} == {}


def test_a_place_names_a_row_once(named):
    assert {row: places for row, places in named.items() if len(places) > len(set(places))} == {}

"""A mistake changes exactly one place of exactly one function."""

import pytest

from coursekit.errors import BadInput
from coursekit.mistakes.substitute import apply_mistake, function_source
from coursekit.model import Mistake

SOURCE = """import numpy as np

def slope(h):
    return 1 - h**2

def jacobian(h, W_hh):
    return slope(h)[:, None] * W_hh
"""


def mistake(**changes):
    fields = {"id": "TJ01", "function": "slope", "right": "1 - h**2", "wrong": "1 - h"}
    return Mistake(**{**fields, "explanation": "", "hint": "", **changes})


def test_only_the_named_function_changes():
    wrong = apply_mistake(SOURCE, mistake())

    assert function_source(wrong, "slope") == "def slope(h):\n    return 1 - h\n"
    assert function_source(SOURCE, "jacobian") == function_source(wrong, "jacobian")


def test_a_text_that_occurs_twice_is_refused():
    with pytest.raises(BadInput, match="occurs 2 times in slope"):
        apply_mistake(SOURCE, mistake(right="h"))


def test_a_text_that_does_not_occur_is_refused():
    with pytest.raises(BadInput, match="occurs 0 times"):
        apply_mistake(SOURCE, mistake(right="1 - z"))


def test_the_same_text_in_another_function_does_not_count():
    doubled = SOURCE + "\n\ndef other(h):\n    return 1 - h**2\n"

    assert (
        function_source(apply_mistake(doubled, mistake()), "other") == "def other(h):\n    return 1 - h**2\n"
    )


def test_an_unknown_function_offers_the_nearest_name():
    with pytest.raises(BadInput, match="did you mean 'slope'"):
        apply_mistake(SOURCE, mistake(function="slop"))

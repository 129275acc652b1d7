"""The Reference with mistakes in it, whatever they do to it."""

import numpy as np
import pytest
from smallcourse import MISTAKES, REFERENCE, mistake

from coursekit.mistakes import catalogue as module
from coursekit.mistakes.budget import Budget
from coursekit.mistakes.catalogue import Catalogue

AT_MODULE_LEVEL = REFERENCE + "\nquarter = slope(np.array([0.5]))\n"
H = np.array([0.5, -0.2])


def test_a_function_carries_its_own_mistakes_and_calls_others_that_carry_theirs():
    catalogue = Catalogue(REFERENCE, MISTAKES)
    s2, j1 = MISTAKES[1], MISTAKES[2]
    W_hh = np.array([[1.0, 2.0], [3.0, 4.0]])
    function = catalogue.function("jacobian", (j1,), (s2,))

    np.testing.assert_allclose(function(H, W_hh), (H**2)[:, None] * W_hh.T)
    np.testing.assert_allclose(catalogue.function("slope", ())(H), 1 - H**2)


def test_mistakes_of_one_place_exclude_one_another():
    assert Catalogue(REFERENCE, MISTAKES).function("slope", MISTAKES[:2]) is None


def test_there_is_no_unknown_function():
    assert Catalogue(REFERENCE, MISTAKES).function("slop", ()) is None


def test_a_reference_that_cannot_be_executed_with_a_mistake_has_no_names():
    raising = mistake("S9", "slope", "1 - h**2", "1 - no**2")
    catalogue = Catalogue(AT_MODULE_LEVEL, (raising,))

    assert {} == catalogue.names((raising,))
    assert catalogue.function("jacobian", (), (raising,)) is None


def test_a_reference_that_does_not_end_with_a_mistake_is_tried_once():
    endless = mistake("S9", "slope", "    return 1 - h**2", "    while True:\n        pass")
    catalogue = Catalogue(AT_MODULE_LEVEL, (endless,))

    assert Budget(one_seconds=0.05).run(lambda: catalogue.names((endless,))) is None
    assert {} == catalogue.names((endless,))


def test_our_own_reference_must_execute():
    with pytest.raises(ZeroDivisionError):
        Catalogue("x = 1 / 0", ())


def test_no_more_references_are_kept_than_needed(monkeypatch):
    monkeypatch.setattr(module, "MODULES", 2)
    catalogue = Catalogue(REFERENCE, MISTAKES)
    for one in MISTAKES:
        catalogue.names((one,))

    assert len(catalogue._names) == 2

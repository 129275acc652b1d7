"""What naming promises, on inputs that no audit saw. `tools/name_rate.py` measures the same on many more."""

import random

import naming
import pytest

SINGLES, PAIRS, OTHERS = 14, 16, 12


@pytest.fixture(scope="module", params=naming.slugs())
def subject(request):
    with naming.quietly():
        return naming.Subject(request.param)


def test_single_mistakes_are_named_right(subject):
    with naming.quietly():
        rate = naming.singles(subject, random.Random(1), SINGLES)

    assert rate.tried == SINGLES
    assert rate.share >= 0.95, [*rate.wrong, *rate.silent]
    assert [] == rate.wrong


def test_pairs_within_a_question_are_named_right(subject):
    with naming.quietly():
        rate = naming.pairs(subject, random.Random(2), PAIRS)

    assert rate.tried == PAIRS
    assert rate.share >= 0.8, [*rate.wrong, *rate.silent]


def test_other_wrong_code_gets_no_wrong_name(subject):
    with naming.quietly():
        rate = naming.others(subject, random.Random(3), OTHERS)

    assert rate.tried == OTHERS
    assert [] == rate.wrong

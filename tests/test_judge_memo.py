"""What our own functions answered is kept by content, and only so much of it."""

import numpy as np

from coursekit.judge.memo import Memo, content
from coursekit.judge.reference import reference_module
from coursekit.judge.remembering import remembering
from coursekit.wire import FunctionRef, Returned


def call(*args, **kwargs):
    return content("f", args, kwargs)


def test_calls_are_told_apart_by_their_arguments_alone():
    x = np.arange(6.0).reshape(2, 3)

    assert call(x, k=1) == call(x.copy(), k=1)
    assert call(x, a=1, b=2) == call(x, b=2, a=1)
    different = [call(x), call(x.T), call(x + 1), call(x, k=2), call(x, FunctionRef("g")), call(x.tolist())]
    assert len(different) == len(set(different))


def test_the_least_used_are_dropped_first():
    memo = Memo(most=10)
    for name in "ab":
        memo.keep(name, Returned(name), 4)
    memo.get("a")

    memo.keep("c", Returned("c"), 4)

    assert [Returned("a"), None, Returned("c")] == [memo.get(name) for name in "abc"]


def test_what_is_too_large_for_it_is_not_kept():
    memo = Memo(most=10)

    memo.keep("a", Returned("a"), 11)

    assert memo.get("a") is None


def test_other_inputs_start_anew():
    memo = Memo()
    memo.start(b"one key")
    memo.keep("a", Returned("a"), 4)

    memo.start(b"one key")
    assert memo.get("a") == Returned("a")

    memo.start(b"another key")
    assert memo.get("a") is None


SOURCE = """
asked = []


def inner(x):
    asked.append("inner")
    return x


def cell(x, rng=None):
    asked.append("cell")
    return {"y": inner(x) * 2, "z": [x, 1]}


def drawn(x, rng):
    asked.append("drawn")
    return x + rng.random()


def opaque(x):
    asked.append("opaque")
    return {"f": inner}
"""


def repeating():
    """The Reference above, its list of what was asked, and a memo that has met the same key twice."""
    memo = Memo()
    memo.start(b"one key")
    memo.start(b"one key")
    module = reference_module(SOURCE)
    return remembering(module, memo), module.asked, memo


def test_the_reference_answers_the_same_question_once():
    reference, asked, _ = repeating()

    first = reference.cell(np.arange(3.0))
    second = reference.cell(np.arange(3.0))

    assert ["cell", "inner"] == asked
    np.testing.assert_array_equal(first["y"], second["y"])
    reference.cell(np.arange(3.0) + 1e-300)
    assert ["cell", "inner"] * 2 == asked, "another input is another question"


def test_what_a_case_does_with_an_answer_changes_no_later_one():
    reference, _, _ = repeating()

    for _ in range(3):
        answer = reference.cell(np.arange(3.0))
        assert [0.0, 2.0, 4.0] == answer["y"].tolist()
        answer["y"][:] = 9.0
        answer["z"].append(9)
        assert 3 == len(answer["z"])


def test_only_plain_data_is_kept():
    reference, asked, _ = repeating()
    rng = np.random.default_rng(0)

    assert reference.drawn(1.0, rng) != reference.drawn(1.0, rng)
    reference.opaque(1.0), reference.opaque(1.0)

    assert ["drawn", "drawn", "opaque", "opaque"] == asked


def test_nothing_is_kept_where_every_submission_has_its_own_key():
    reference, asked, memo = repeating()
    for key in (b"a", b"b", b"c"):
        memo.start(key)
        reference.inner(1.0)

    assert 3 == len(asked)

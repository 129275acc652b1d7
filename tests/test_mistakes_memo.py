"""What our own functions answered is kept by content, and only so much of it."""

import numpy as np

from coursekit.judge.proxy import Call
from coursekit.mistakes.memo import Memo, content
from coursekit.wire import FunctionRef, Returned


def call(*args, reply=None, **kwargs):
    return Call("f", args, kwargs, Returned(reply))


def test_calls_are_told_apart_by_their_arguments_alone():
    x = np.arange(6.0).reshape(2, 3)

    assert content(call(x, k=1, reply=0)) == content(call(x.copy(), k=1, reply=9))
    assert content(call(x, a=1, b=2)) == content(call(x, b=2, a=1))
    different = [call(x), call(x.T), call(x + 1), call(x, k=2), call(x, FunctionRef("g")), call(x.tolist())]
    assert len(different) == len({content(one) for one in different})


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

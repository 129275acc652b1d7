"""Which answers can carry a name: not zeros, not constants, not one number for two mistakes."""

import numpy as np
import pytest

from coursekit.judge.proxy import Call
from coursekit.mistakes.catalogue import Catalogue
from coursekit.mistakes.evidence import Evidence
from coursekit.mistakes.replay import Replayer, Version
from coursekit.model import Mistake
from coursekit.wire import Returned

REFERENCE = """
import numpy as np


def step(x, cache):
    return {"dx": 2 * x, "dw": x.sum() + x, "cache": cache}


def number(x):
    return float(3 * x.sum())


def word(n):
    return "rnn" if n < 5 else "lstm" if n > 20 else "gru"


def fixed():
    return np.ones(2)
"""


def mistake(id, function, right, wrong):
    return Mistake(id, function, right, wrong, "", "")


TABLE = {
    one.id: one
    for one in (
        mistake("no dx", "step", "2 * x", "0 * x"),
        mistake("no dw", "step", "x.sum() + x", "0 * x"),
        mistake("dw nan", "step", "x.sum() + x", "x.sum() + x + float('nan')"),
        mistake("dx three", "step", "2 * x", "3 * x"),
        mistake("dx one", "step", "2 * x", "2 * x / x"),
        mistake("dw square", "step", "x.sum() + x", "x.sum() ** 2 + x"),
        mistake("negative", "number", "3 *", "-3 *"),
        mistake("mean", "number", "x.sum()", "x.mean()"),
        mistake("late", "word", "n < 5", "n < 7"),
        mistake("long", "word", "n > 20", "n > 10"),
        mistake("two", "fixed", "np.ones(2)", "np.array([2.0, 2.0])"),
    )
}
CATALOGUE = Catalogue(REFERENCE, TABLE.values())
RNG = np.random.default_rng(3)
STEPS = [(RNG.standard_normal(3), np.arange(4.0) + n) for n in range(2)]


def evidence(ids, calls):
    own = tuple(TABLE[id] for id in ids)
    recorded = [Call(own[0].function, args, {}, Returned(None)) for args in calls]
    return Evidence(Replayer(CATALOGUE), Version(own[0].function, own), recorded)


@pytest.mark.parametrize(
    ("ids", "calls", "constant"),
    [
        (["no dx"], STEPS, False),  # dw is still there
        (["no dx", "no dw"], STEPS, True),  # only the argument is handed on
        (["no dx", "dw nan"], STEPS, True),
        (["dx one", "no dw"], STEPS, True),  # ones, whatever was asked
        (["dx one", "no dw"], STEPS[:1], False),  # asked once, nobody can tell
        (["dx three"], STEPS, False),
        (["two"], [(), ()], False),  # a function without arguments is constant by right
    ],
)
def test_what_is_constant(ids, calls, constant):
    assert constant is evidence(ids, calls).constant


@pytest.mark.parametrize(
    ("ids", "calls", "holds"),
    [
        (["dx three", "dw square"], STEPS, True),
        (["no dx", "dw square"], STEPS, True),  # the zeros are one's own
        (["no dx", "no dw"], STEPS, False),
        (["negative", "mean"], [(RNG.standard_normal(3),) for _ in range(2)], False),  # two numbers
        (["negative", "mean"], [(RNG.standard_normal(3),) for _ in range(3)], True),
        (["late", "long"], [(n,) for n in (1, 6, 15)], False),  # two wrong words
        (["late", "long"], [(n,) for n in (1, 5, 6, 15)], True),
    ],
)
def test_what_two_mistakes_can_be_named_by(ids, calls, holds):
    assert holds is evidence(ids, calls).holds_a_pair()


def test_zeros_that_only_both_together_make_name_neither():
    upper = mistake("upper", "step", "2 * x", "2 * x * (x > 0)")
    lower = mistake("lower", "step", "x.sum() + x, ", "x.sum() ** 2 + x, ")
    below = mistake("below", "step", '"dx": ', '"dx": (x < 0) * ')
    recorded = [Call("step", args, {}, Returned(None)) for args in STEPS]

    def holds(*own):
        catalogue = Catalogue(REFERENCE, own)
        return Evidence(Replayer(catalogue), Version("step", own), recorded).holds_a_pair()

    assert holds(upper, lower)
    assert holds(below, lower)
    assert not holds(upper, below)

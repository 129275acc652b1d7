"""A failed case is asked to its end; a worker that is lost on the way is asked no more."""

import numpy as np
import pytest
from local_caller import LocalCaller
from smallcourse import REFERENCE

from coursekit.judge.proxy import Record, StudentNames
from coursekit.judge.reference import reference_module
from coursekit.judge.rest import MOST, AskedNames, ask_rest
from coursekit.wire import Raised, TimedOut

INPUTS = [np.array([0.1, -0.2]), np.array([0.5, 0.3]), np.array([0.0, 0.9])]


def asked(case):
    names = AskedNames(reference_module(REFERENCE))
    case(names)
    return names.asked


def three(names):
    for h in INPUTS:
        h = h.copy()
        names["slope"](h)
        h[:] = 0  # what a case does with its arrays afterwards changes nothing


def answered(source, questions, stopped_after):
    caller, record = LocalCaller(source), Record()
    names = StudentNames(caller, record)
    for name, args, kwargs in questions[:stopped_after]:
        names[name](*args, **kwargs)
    return ask_rest(names, record, questions), record


def test_what_was_not_asked_is_asked():
    alive, record = answered(REFERENCE.replace("h**2", "h"), asked(three), 1)

    assert alive
    assert [h.tolist() for h in INPUTS] == [call.args[0].tolist() for call in record.calls]
    np.testing.assert_allclose(record.calls[2].reply.value, [1.0, 0.1])


def test_an_exception_is_an_answer():
    alive, record = answered(
        REFERENCE.replace("1 - h**2", "int('1' if h[0] < 0.4 else 'no') - h**2"), asked(three), 0
    )

    assert alive
    assert [False, True, False] == [isinstance(call.reply, Raised) for call in record.calls]


def test_a_function_that_is_not_there_is_passed_over():
    alive, record = answered(REFERENCE.replace("def slope", "def other"), asked(three), 0)

    assert alive
    assert [] == record.calls


def test_a_lost_worker_is_asked_no_more(monkeypatch):
    monkeypatch.setattr(LocalCaller, "call", lambda *_: TimedOut(1.0))
    alive, record = answered(REFERENCE, asked(three), 0)

    assert not alive
    assert [] == record.calls


def test_functions_that_are_passed_become_the_students():
    source = "def twice(f, a):\n    return f(f(a))\n\ndef halved(a):\n    return a / 2\n"
    names = AskedNames(reference_module(source))
    names["twice"](names["halved"], 1.0)
    caller, record = LocalCaller(source.replace("a / 2", "a / 3")), Record()
    ask_rest(StudentNames(caller, record), record, names.asked)

    assert [pytest.approx(1 / 9)] == [call.reply.value for call in record.calls]


def test_a_case_that_asks_in_a_loop_is_cut_short():
    def many(names):
        for _ in range(MOST + 5):
            names["slope"](INPUTS[0])

    assert MOST == len(answered(REFERENCE, asked(many), 0)[1].calls)

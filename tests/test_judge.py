"""The judge says what happened to each case, tells no hidden number, blames nobody for our faults."""

import dataclasses

import numpy as np
import pytest
from local_caller import LocalCaller
from smallcourse import ASSIGNMENT, MATERIALS, REFERENCE

from coursekit.judge.judge import Judge
from coursekit.judge.verdict import verdict
from coursekit.model import Status
from coursekit.wire import Crashed, Raised, Returned, TimedOut

KEY = b"a key"


@pytest.fixture(scope="module")
def judge():
    return Judge(ASSIGNMENT, MATERIALS.case_files, REFERENCE)


def statuses(judge, source, **options):
    return [one.status.value for one in judge.run(LocalCaller(source), KEY, **options)]


def test_the_reference_passes_all(judge):
    assert ["passed"] * 4 == statuses(judge, REFERENCE)


def test_an_empty_notebook_is_missing_everywhere(judge):
    assert ["missing"] * 4 == statuses(judge, "")


def test_a_stub_is_missing_not_wrong(judge):
    stub = 'def slope(h):\n    raise NotImplementedError("q1: slope")\nlimit = ...\n'

    assert ["missing"] * 4 == statuses(judge, stub)


def test_a_wrong_answer_costs_only_the_cases_that_ask_for_it(judge):
    wrong = REFERENCE.replace("limit = 0.25", "limit = 0.5")

    assert ["passed", "passed", "passed", "failed"] == statuses(judge, wrong)


def test_an_exception_is_told_with_the_students_own_line(judge):
    raised = judge.run(LocalCaller("def slope(h):\n    return 1 / 0\n"), KEY)[0]

    assert Status.RAISED == raised.status
    assert "ZeroDivisionError: division by zero — cell 1, line 1: slope" == raised.rationale


def test_only_public_cases_on_request(judge):
    assert ["passed"] == statuses(judge, REFERENCE, hidden=False)


def test_the_same_key_draws_the_same_inputs(judge):
    first, second = (judge.run(LocalCaller(REFERENCE), KEY)[1] for _ in range(2))
    other = judge.run(LocalCaller(REFERENCE), b"another key")[1]

    assert np.array_equal(first.record.calls[0].args[0], second.record.calls[0].args[0])
    assert not np.array_equal(first.record.calls[0].args[0], other.record.calls[0].args[0])


def test_no_rationale_of_a_hidden_case_holds_a_number(judge):
    source = REFERENCE.replace("1 - h**2", "2 - h**2")

    hidden = [one for one in judge.run(LocalCaller(source), KEY) if one.case.hidden]
    told = " ".join(one.rationale for one in hidden)

    assert "failed" in {one.status.value for one in hidden}
    assert not any(character.isdigit() for character in told)


def test_numbers_in_a_students_exception_are_masked_for_hidden_cases(judge):
    source = "def slope(h):\n    raise ValueError(f'{h[0]} {h[1]:.3e} 123456')\n"

    hidden = judge.run(LocalCaller(source), KEY)[1]

    assert "ValueError: # # #" in hidden.rationale.replace("-", "")


def test_numbers_in_the_name_of_a_students_exception_are_masked_too(judge):
    source = "def slope(h):\n    raise type(f'Odd{h[0]}', (Exception,), {})('why')\n"

    hidden = judge.run(LocalCaller(source), KEY)[1]

    assert hidden.rationale.replace("-", "").startswith("Odd#: why")


def test_a_students_own_line_shows_the_numbers_that_people_write_and_no_others(judge):
    lines = ["cell 3, line 7: return 1 - 0.25 * h**2 + 1e-12 - 0.41231517 * 123456.5"]
    reply = Raised("ValueError", "why", (*lines,))
    caller = DyingCaller(REFERENCE, None, revives=True)
    caller.call = lambda *_: reply

    public, hidden = judge.run(caller, KEY)[:2]

    assert hidden.rationale == "ValueError: why — cell 3, line 7: return 1 - 0.25 * h**2 + 1e-12 - # * #"
    assert public.rationale.endswith(lines[0])


def test_a_case_that_fails_on_our_own_solution_is_broken_not_the_students():
    files = list(MATERIALS.case_files)
    files[1] = dataclasses.replace(
        files[1], text=files[1].text.replace("reference.slope(h)", "reference.slope(h) + 1")
    )
    broken = Judge(ASSIGNMENT, tuple(files), REFERENCE)

    assert "broken" == broken.run(LocalCaller(REFERENCE), KEY)[1].status.value


class DyingCaller(LocalCaller):
    """Answers the first call with `reply`; comes back once if `revives`."""

    def __init__(self, source, reply, revives):
        super().__init__(source)
        self.reply, self.revives = reply, revives

    def call(self, function, args, kwargs):
        if self.reply is None:
            return super().call(function, args, kwargs)
        reply, self.reply, self.alive = self.reply, None, False
        return reply

    def revive(self):
        self.alive = self.revives
        return self.alive


def test_a_crash_costs_the_case_at_hand_and_no_other(judge):
    judged = judge.run(DyingCaller(REFERENCE, Crashed("killed by a signal"), revives=True), KEY)

    assert ["crashed", "passed", "passed", "passed"] == [one.status.value for one in judged]


def test_a_time_out_without_restarts_ends_the_rest(judge):
    judged = judge.run(DyingCaller(REFERENCE, TimedOut(10.0), revives=False), KEY)

    assert ["timed_out"] * 4 == [one.status.value for one in judged]
    assert "not reached" in judged[1].rationale


def test_arguments_of_a_call_are_copies(judge):
    source = REFERENCE.replace("    return 1 - h**2", "    h[:] = 1 - h**2\n    return h")

    assert ["passed"] * 4 == statuses(judge, source)


def test_a_result_that_breaks_the_case_fails_it(judge):
    assert "failed" == statuses(judge, "def slope(h):\n    return {}\n")[1]


def test_a_passed_case_says_nothing():
    assert (Status.PASSED, "") == verdict(ASSIGNMENT.cases[0], None)


def test_replies_are_plain_data():
    assert Returned(1.0) == Returned(1.0)
    assert Raised("ValueError", "x", ()) == Raised("ValueError", "x", ())


def test_only_the_cases_that_a_function_can_reach_on_request(judge):
    reached = {
        name: [one.case.name for one in judge.run(LocalCaller(REFERENCE), KEY, reaching=name)]
        for name in ("slope", "jacobian")
    }

    assert ["slope at one half", "slope of fresh states", "jacobian of fresh states"] == reached["slope"]
    assert ["jacobian of fresh states"] == reached["jacobian"]


def test_our_own_solution_is_asked_once_while_the_inputs_stay_the_same(judge, monkeypatch):
    asked = []
    slope = judge.reference.slope
    monkeypatch.setattr(judge.reference, "slope", lambda h: asked.append(0) or slope(h))
    wrong = REFERENCE.replace("1 - h**2", "2 - h**2")

    counts = []
    for key in (b"k1", b"k1", b"k2"):
        judge.run(LocalCaller(wrong), key)
        counts.append(len(asked))

    first, second, third = counts
    assert second - first < first == third - second

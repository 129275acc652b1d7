"""Whatever is drawn: the Reference passes its own cases, and a gradient wrong by a thousandth fails."""

import functools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from local_caller import LocalCaller
from whole import ROOT, materials

from coursekit.course import Course
from coursekit.judge.judge import Judge
from coursekit.judge.modules import gradtools
from coursekit.judge.reference import reference_module
from coursekit.model import Status
from coursekit.wire import Returned

SLUGS = Course(ROOT).slugs()
WRONG_BY = 1.001
SIZES = st.integers(1, 6)
SCALES = st.sampled_from([0.05, 0.3, 0.7, 1.0])
SEEDS = st.integers(0, 2**32 - 1)


@functools.cache
def judge(slug):
    of = materials(slug)
    return Judge(of.assignment, of.case_files, of.reference)


@functools.cache
def reference(slug):
    return reference_module(materials(slug).reference)


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=8, deadline=None)
@given(key=st.binary(min_size=1, max_size=32))
def test_the_reference_passes_its_own_cases(slug, key):
    caller = LocalCaller(materials(slug).reference)

    judged = judge(slug).run(caller, key)

    assert {} == {one.case.key: one.rationale for one in judged if one.status is not Status.PASSED}


class SlightlyWrong(LocalCaller):
    """The Reference, except that one array of one function's result is larger by a thousandth."""

    def __init__(self, source, function, place):
        super().__init__(source)
        self._function, self._place = function, place

    def call(self, function, args, kwargs):
        reply = super().call(function, args, kwargs)
        if function != self._function or not isinstance(reply, Returned):
            return reply
        return Returned(scaled(reply.value, self._place))


def scaled(value, place):
    """`value` with the array at `place` (a key, a position, or None for the value itself) made larger."""
    if place is None:
        return value * WRONG_BY
    if isinstance(value, dict):
        return {**value, place: value[place] * WRONG_BY}
    return tuple(item * WRONG_BY if index == place else item for index, item in enumerate(value))


def places(value):
    """Where a result holds float arrays."""
    if isinstance(value, np.ndarray):
        return [None]
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    return [key for key, item in pairs if isinstance(item, np.ndarray) and item.dtype.kind == "f"]


@functools.cache
def gradients(slug):
    """(question, function, place) of every array that a graded backward function gives."""
    found = []
    judged = judge(slug).run(LocalCaller(materials(slug).reference), b"places")
    calls = {call.function: call for one in judged for call in one.record.calls}
    for question in materials(slug).assignment.questions:
        for name in question.functions:
            if ("backward" in name or "bptt" in name) and name in calls:
                found += [(question.id, name, place) for place in places(calls[name].reply.value)]
    return found


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if gradients(slug)])
@settings(max_examples=4, deadline=None)
@given(key=st.binary(min_size=1, max_size=32))
def test_a_gradient_wrong_by_a_thousandth_fails_in_its_own_question(slug, key):
    for question, function, place in gradients(slug):
        caller = SlightlyWrong(materials(slug).reference, function, place)

        failed = [
            one.case.key
            for one in judge(slug).run(caller, key, reaching=function)
            if one.case.question == question and one.case.hidden and one.status is Status.FAILED
        ]

        assert failed, (function, place)


CELLS = {
    "rnn": ("hw2_bptt", "rnn_inputs"),
    "lstm": ("hw4_lstm", "lstm_inputs"),
    "gru": ("hw5_gru", "gru_inputs"),
}


def run(cell, sizes, scale, seed):
    """Inputs of that cell, its forward function, and the gradients of the Reference's backward."""
    slug, draw = CELLS[cell]
    tools, module = gradtools(), reference(slug)
    inputs = getattr(tools, draw)(np.random.default_rng(seed), *sizes, scale=scale)
    arguments = tools.parameters(inputs)
    upstream = [inputs[name] for name in ("dY", "dhT", "dcT") if name in inputs]
    forward = getattr(module, f"{cell}_forward")
    *_, cache = forward(*arguments.values())
    return arguments, forward, upstream, getattr(module, f"{cell}_backward")(*upstream, cache)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CELLS)), st.tuples(SIZES, SIZES, SIZES, SIZES), SCALES, SEEDS)
def test_every_shape_and_scale_passes_and_a_thousandth_more_fails(cell, sizes, scale, seed):
    tools = gradtools()
    _, _, _, right = run(cell, sizes, scale, seed)

    tools.same_all(right, right, "gradients")

    for name in right:
        if np.any(right[name]):
            with pytest.raises(tools.Mismatch):
                tools.same_all(scaled(right, name), right, "gradients")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(CELLS)), st.tuples(SIZES, SIZES, SIZES, SIZES), SCALES, SEEDS)
def test_the_gradient_check_tells_them_apart_without_a_reference(cell, sizes, scale, seed):
    tools = gradtools()
    arguments, forward, upstream, right = run(cell, sizes, scale, seed)
    at = dict(enumerate(upstream))

    tools.check_gradient(forward, right, arguments, at, rng=np.random.default_rng(seed))

    for name in arguments:
        wrong = scaled(right, f"d{name}")
        if np.linalg.norm(right[f"d{name}"]) > 0.2:  # a thousandth of less is below what differences resolve
            with pytest.raises(tools.Mismatch):
                tools.check_gradient(forward, wrong, arguments, at, rng=np.random.default_rng(seed))

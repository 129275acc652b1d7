"""Named wrong answers: each fails in its own question and nowhere else, and together they fail every case.

The Reference stands in the student's place, with one variable set to the wrong answer.
"""

from __future__ import annotations

import ast
import builtins
import functools
import math
import re
import warnings

import numpy as np
import pytest
from local_caller import LocalCaller
from whole import ROOT, materials

from coursekit.course import Course
from coursekit.judge.judge import Judge
from coursekit.model import Status

SLUGS = Course(ROOT).slugs()
KEY = b"wrong answers"
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.]*\w)")

every_assignment = pytest.mark.parametrize("slug", SLUGS)


def executed(source):
    """A caller for the source; overflow is a subject of this course."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return LocalCaller(source)


@functools.cache
def judge(slug):
    """Only the cases that read a variable: no other sees what it is set to."""
    of = materials(slug)
    found = Judge(of.assignment, of.case_files, of.reference)
    namespace = executed(of.reference).namespace
    found.cases = tuple(one for one in found.cases if any(not callable(namespace[p]) for p in one.parameters))
    return found


@functools.cache
def reference(slug):
    judge(slug)  # makes gradtools importable
    return executed(materials(slug).reference).namespace


@functools.cache
def variables(slug):
    """Variable → the cases that read it."""
    found = {}
    for bound in judge(slug).cases:
        for name in bound.parameters:
            if not callable(reference(slug)[name]):
                found.setdefault(name, set()).add(bound.case.key)
    return found


@functools.cache
def outcomes(slug):
    """Answer id → the judged cases that did not pass."""
    of, found = materials(slug), {}
    for answer in of.answers:
        caller = executed(f"{of.reference}\n{answer.variable} = {answer.wrong}\n")
        judged = judge(slug).run(caller, KEY)
        found[answer.id] = [one for one in judged if one.status is not Status.PASSED]
    return found


def right_values(slug):
    """Every wrong answer with the value in whose place it stands."""
    return [(answer, reference(slug)[answer.variable]) for answer in materials(slug).answers]


def equal(one, other):
    """Whether two answers are the same to five digits."""
    try:
        return bool(np.allclose(one, other, rtol=1e-5, atol=0, equal_nan=True))
    except (TypeError, ValueError):  # texts, or lists of other lengths
        return type(one) is type(other) and one == other


def tells(text, right):
    """Whether the text holds the right answer: its letter as an option, its letters, a number."""
    if isinstance(right, str):
        if len(right) > 1:
            return right.lower() in text.lower()
        option = rf"[\"'`*(]{right}[\"'`*)]|\b(option|letter|answer|choice)( is)? {right}\b|\b{right} ·"
        return bool(re.search(option, text, re.IGNORECASE))
    numbers = [float(match) for match in NUMBER.findall(text)]
    numbers += [WORDS.index(word) for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS]
    secret = [right] if np.ndim(right) == 0 else [one for one in right if one not in (0, 1)]
    return any(math.isclose(number, one, rel_tol=1e-3) for number in numbers for one in secret)


@every_assignment
def test_every_variable_that_is_graded_has_wrong_answers(slug):
    assert {answer.variable for answer in materials(slug).answers} == set(variables(slug))


@every_assignment
def test_a_variable_belongs_to_one_question(slug):
    for name, cases in variables(slug).items():
        assert {key.partition(":")[0] for key in cases} == {name.partition("_")[0]}


@every_assignment
def test_a_wrong_answer_fails_in_its_own_question_and_nowhere_else(slug):
    odd = []
    for answer in materials(slug).answers:
        failed = {one.case.key for one in outcomes(slug)[answer.id]}
        if not failed or not failed <= variables(slug)[answer.variable]:
            odd.append((answer.id, failed))
    assert odd == []


@every_assignment
def test_a_wrong_answer_fails_with_a_sentence_and_is_never_our_fault(slug):
    failed = [one for found in outcomes(slug).values() for one in found]

    assert {one.status for one in failed} == {Status.FAILED}
    assert all(one.rationale and "could not be used" not in one.rationale for one in failed)


@every_assignment
def test_every_case_that_reads_a_variable_can_fail(slug):
    failed = {one.case.key for found in outcomes(slug).values() for one in found}

    assert failed == set().union(*variables(slug).values())


@every_assignment
def test_every_variable_can_fail_a_case_that_looks_at_values(slug):
    hidden = {bound.case.key for bound in judge(slug).cases if bound.case.hidden}
    caught = {
        answer.variable
        for answer in materials(slug).answers
        if {one.case.key for one in outcomes(slug)[answer.id]} <= hidden  # so its form is right
    }
    assert caught == set(variables(slug))


@every_assignment
def test_the_reference_passes_what_wrong_answers_fail(slug):
    judged = judge(slug).run(executed(materials(slug).reference), KEY)

    assert {one.status for one in judged} == {Status.PASSED}


@every_assignment
def test_no_two_wrong_answers_of_a_variable_are_equal(slug):
    values = {}
    for answer in materials(slug).answers:
        wrong = eval(answer.wrong, dict(reference(slug)))
        values.setdefault(answer.variable, []).append((answer.id, wrong))
    for found in values.values():
        twins = [(a, b) for n, (a, one) in enumerate(found) for b, two in found[:n] if equal(one, two)]
        assert twins == []


@every_assignment
def test_hints_and_explanations_do_not_tell_the_answer(slug):
    telling = [
        (answer.id, text)
        for answer, right in right_values(slug)
        for text in (answer.hint, answer.explanation)
        if tells(text, right)
    ]
    assert telling == []


TELLING = [
    ("b", 'It is "b".', "Think of b as a number."),
    ("a", "Option a is right.", "Is a gradient small?"),
    ("SNXB", "Try snxb.", "Letters S, N, X and B."),
    (19, "There are 19.", "There are 190."),
    (3, "Count to three.", "Count to 13, or to 3.5."),
    (0.366, "About 0.3661.", "About 0.36."),
    ([0.25, 1.0, 0.0], "One fourth is 0.25.", "Between 0 and 1."),
    (2.731e5, "Some 2.731e5 times.", "Some 2.731 times."),
]


@pytest.mark.parametrize(("right", "telling", "silent"), TELLING)
def test_what_tells_an_answer(right, telling, silent):
    assert (tells(telling, right), tells(silent, right)) == (True, False)


@every_assignment
def test_a_wrong_answer_can_stand_where_the_right_one_stands(slug):
    """It uses names bound before, and nothing else reads the variable: so the notebook runs as before."""
    tree = ast.parse(materials(slug).reference)
    bound, before, read = set(dir(builtins)), {}, set()
    for node in tree.body:
        names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        read |= {name.id for name in names if isinstance(name.ctx, ast.Load)}
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.Import):
            bound |= {alias.asname or alias.name for alias in node.names}
        else:
            stored = {name.id for name in names if isinstance(name.ctx, ast.Store)}
            before |= dict.fromkeys(stored & set(variables(slug)), frozenset(bound))
            bound |= stored
    assert read & set(variables(slug)) == set()
    for answer in materials(slug).answers:
        names = [node for node in ast.walk(ast.parse(answer.wrong)) if isinstance(node, ast.Name)]
        own = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        assert {name.id for name in names} - own <= before[answer.variable], answer.id

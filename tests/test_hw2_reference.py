"""hw2: the Reference against torch's numbers and complex steps; its cases against mistakes and variants."""

from __future__ import annotations

import ast
import copy
import sys
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from coursekit.course import Course
from coursekit.judge.modules import gradtools
from coursekit.judge.reference import reference_module
from coursekit.mistakes.substitute import apply_mistake, function_span
from coursekit.notebook.master import read_master

ROOT = Path(__file__).parents[1]
SLUG = "hw2_bptt"
COURSE = Course(ROOT)
ASSIGNMENT = COURSE.assignment(SLUG)
SOURCE = read_master(*reversed(COURSE.master(SLUG))).reference
REFERENCE = reference_module(SOURCE)
QUESTION_OF = {function: q.id for q in ASSIGNMENT.questions for function in q.functions}
MISTAKES = COURSE.mistakes(SLUG)
ACCEPTED = COURSE.accepted(SLUG)
ORACLE = dict(np.load(ROOT / "tests/data/oracle/rnn.npz"))
PARAMETERS = ("x", "h0", "W_ih", "W_hh", "b_ih", "b_hh")

Key = tuple[str, bool, str]  # question, hidden, title


@pytest.fixture(autouse=True)
def numpy_may_overflow() -> Iterator[None]:
    """Mistakes overflow and divide by zero; that is theirs to show."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


@cache
def loaded_cases() -> tuple[tuple[Key, Any], ...]:
    """Every case, loaded with Otter's own class, with the Reference as `reference`."""
    from otter.test_files.exception_test import ExceptionTestFile

    gradtools()
    found = []
    before = sys.modules.get("reference")
    sys.modules["reference"] = REFERENCE
    try:
        for file in COURSE.case_files(SLUG):
            for case in ExceptionTestFile.from_string(file.text, path=file.path).test_cases:
                found.append(((file.question, file.hidden, case.name), case.body))
    finally:
        if before is None:
            del sys.modules["reference"]
        else:
            sys.modules["reference"] = before
    return tuple(found)


def failures(module: ModuleType, key: bytes = b"a key") -> dict[Key, Exception]:
    """Cases that fail when the module answers in the student's place, each call with its own copies."""
    gradtools().use_key(key)
    names = {
        name: copying(value) if isinstance(value, FunctionType) else value
        for name, value in vars(module).items()
        if not name.startswith("_")
    }
    failed: dict[Key, Exception] = {}
    for title, body in loaded_cases():
        try:
            body.call_func(names)
        except Exception as error:
            failed[title] = error
    return failed


def copying(function: FunctionType) -> Any:
    return lambda *args, **kwargs: function(*copy.deepcopy(args), **copy.deepcopy(kwargs))


def oracle(shape: str) -> dict[str, np.ndarray]:
    """Torch's arrays of one shape, by their last name."""
    return {key.split("/")[2]: value for key, value in ORACLE.items() if key.startswith(f"rnn/{shape}/")}


def callers(function: str) -> set[str]:
    """The function and all functions of the Reference that reach it."""
    calls = {
        node.name: {
            c.func.id for c in ast.walk(node) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)
        }
        for node in ast.parse(SOURCE).body
        if isinstance(node, ast.FunctionDef)
    }
    reached = {function}
    while more := {name for name, called in calls.items() if called & reached} - reached:
        reached |= more
    return reached


# The Reference


@pytest.mark.parametrize("shape", ["s", "m", "l"])
def test_forward_and_backward_agree_with_torch(shape: str) -> None:
    torch = oracle(shape)

    Y, hT, saved = REFERENCE.rnn_forward(*(torch[name] for name in PARAMETERS))
    grads = REFERENCE.rnn_backward(torch["dY"], torch["dhT"], saved)

    assert_allclose(Y, torch["Y"], rtol=1e-9, atol=1e-11)
    assert_allclose(hT, torch["hT"], rtol=1e-9, atol=1e-11)
    for name, value in grads.items():
        assert_allclose(value, torch[name], rtol=1e-9, atol=1e-11, err_msg=name)


@pytest.mark.parametrize("shape", ["s", "m", "l"])
def test_jacobians_and_their_product_agree_with_torch(shape: str) -> None:
    torch = oracle(shape)
    Y, W_hh = torch["Y"][:, :1], torch["W_hh"]  # the oracle has sample 0 alone

    J = [REFERENCE.tanh_jacobian(h_t, W_hh)[0] for h_t in Y]
    single = [REFERENCE.tanh_jacobian_single(h_t[0], W_hh) for h_t in Y]
    P = REFERENCE.jacobian_product(Y, W_hh, 0, len(Y))[0]

    assert_allclose(J, torch["J"], rtol=1e-9, atol=1e-12)
    assert_allclose(single, torch["J"], rtol=1e-9, atol=1e-12)
    assert_allclose(P, torch["P"], rtol=1e-9, atol=1e-9 * np.abs(torch["P"]).max())


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_gradient_agrees_with_the_complex_step(name: str) -> None:
    net = gradtools().rnn_inputs(np.random.default_rng(3))
    arguments = gradtools().parameters(net)
    direction = np.random.default_rng(4).standard_normal(net[name].shape)

    def loss(value: np.ndarray) -> Any:
        args = {key: np.asarray(a, dtype=complex) for key, a in {**arguments, name: value}.items()}
        h, total = args["h0"], 0
        for x_t, dy in zip(args["x"], net["dY"], strict=True):
            h = REFERENCE.rnn_step_forward(x_t, h, *list(args.values())[2:])[0]
            total = total + (h * dy).sum()
        return total + (h * net["dhT"]).sum()

    grads = REFERENCE.rnn_backward(net["dY"], net["dhT"], REFERENCE.rnn_forward(**arguments)[2])
    exact = gradtools().complex_derivative(loss, net[name], direction)

    assert_allclose((grads[f"d{name}"] * direction).sum(), exact, rtol=1e-12, atol=1e-12)


def test_truncation_with_one_chunk_is_the_whole_gradient() -> None:
    net = gradtools().rnn_inputs(np.random.default_rng(5))
    arguments = gradtools().parameters(net)

    whole = REFERENCE.rnn_backward(net["dY"], 0 * net["dhT"], REFERENCE.rnn_forward(**arguments)[2])
    cut = REFERENCE.truncated_bptt(**arguments, dY=net["dY"], k=5)

    for name, value in cut.items():
        assert_allclose(value, whole[name], rtol=1e-13, err_msg=name)


# The cases


def test_the_reference_passes_every_case_with_any_key() -> None:
    assert failures(REFERENCE, b"") == {}
    assert failures(REFERENCE, b"another key") == {}


def test_an_untouched_notebook_passes_no_case() -> None:
    failed = failures(ModuleType("empty"))

    assert set(failed) == {title for title, _ in loaded_cases()}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.id)
def test_a_mistake_loses_points_in_its_own_question_and_where_its_function_is_called(mistake: Any) -> None:
    failed = failures(reference_module(apply_mistake(SOURCE, mistake)))

    own = QUESTION_OF[mistake.function]
    reach = {QUESTION_OF[name] for name in callers(mistake.function) if name in QUESTION_OF}
    assert any(question == own and hidden for question, hidden, _ in failed)
    assert {question for question, _, _ in failed} <= reach


@pytest.mark.parametrize("variant", ACCEPTED, ids=lambda v: v.id)
def test_an_accepted_variant_passes_every_case(variant: Any) -> None:
    start, end = function_span(SOURCE, variant.function)
    source = SOURCE[:start] + variant.code + SOURCE[end:]

    assert failures(reference_module(source)) == {}


def test_hints_lead_and_do_not_show_the_right_line() -> None:
    for mistake in MISTAKES:
        assert mistake.right not in mistake.hint, mistake.id
        assert mistake.hint.rstrip().endswith(("?", ".")), mistake.id

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
MASTER = read_master(*reversed(COURSE.master(SLUG)))
SOURCE = MASTER.reference
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


def failures(
    module: ModuleType, key: bytes = b"a key", questions: set[str] | None = None
) -> dict[Key, Exception]:
    """Cases (of those questions) that fail when the module answers in the student's place."""
    gradtools().use_key(key)
    names = {
        name: copying(value) if isinstance(value, FunctionType) else value
        for name, value in vars(module).items()
        if not name.startswith("_")
    }
    failed: dict[Key, Exception] = {}
    for title, body in loaded_cases():
        if questions is not None and title[0] not in questions:
            continue
        try:
            body.call_func(names)
        except Exception as error:
            failed[title] = error
    return failed


def copying(function: FunctionType) -> Any:
    """As the wire does: no call sees another's arguments."""
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


def reach(function: str) -> set[str]:
    """Questions that a change of the function can touch: no other function's text changes."""
    return {QUESTION_OF[name] for name in callers(function) if name in QUESTION_OF}


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
def test_a_mistake_fails_a_hidden_case_of_its_own_question(mistake: Any) -> None:
    failed = failures(reference_module(apply_mistake(SOURCE, mistake)), questions=reach(mistake.function))

    own = QUESTION_OF[mistake.function]
    assert any(question == own and hidden for question, hidden, _ in failed)


@pytest.mark.parametrize("variant", ACCEPTED, ids=lambda v: v.id)
def test_an_accepted_variant_passes_every_case(variant: Any) -> None:
    start, end = function_span(SOURCE, variant.function)
    source = SOURCE[:start] + variant.code + SOURCE[end:]

    assert failures(reference_module(source), questions=reach(variant.function)) == {}


def test_hints_lead_and_do_not_show_the_right_line() -> None:
    for mistake in MISTAKES:
        assert mistake.right not in mistake.hint, mistake.id
        assert mistake.wrong not in mistake.hint, mistake.id
        assert mistake.hint.rstrip().endswith(("?", ".")), mistake.id


def test_the_assignment_has_one_hundred_points_in_twelve_questions() -> None:
    starred = sum(ASSIGNMENT.question(id).possible for id in ("q7", "q11"))

    assert (ASSIGNMENT.possible, len(ASSIGNMENT.questions)) == (100, 12)
    assert starred <= 15


# Choices: every wrong option is explained, in words that do not name the right one

CHOICES = ("q8_retain", "q8_noise", "q9_updated", "q10_sharing")
LETTERS = {"q8_symptoms": "VEB", "q10_conditions": "SNBX"}


def wrong_answers() -> Iterator[tuple[str, str]]:
    """Every answer that is wrong in one letter."""
    for name in CHOICES:
        yield from ((name, option) for option in "abcd" if option != getattr(REFERENCE, name))
    for name, options in LETTERS.items():
        right = getattr(REFERENCE, name)
        for place, letter in enumerate(right):
            yield from ((name, right[:place] + o + right[place + 1 :]) for o in options if o != letter)
    for letter in "abcdef":
        yield "q12_long", "".join(sorted(set(REFERENCE.q12_long) ^ {letter}))


def with_answer(name: str, value: Any) -> ModuleType:
    """The Reference with one other answer."""
    module = ModuleType("answered")
    vars(module).update(vars(REFERENCE))
    setattr(module, name, value)
    return module


@pytest.mark.parametrize(("name", "answer"), list(wrong_answers()))
def test_a_wrong_option_is_explained_and_costs_one_hidden_case(name: str, answer: str) -> None:
    failed = failures(with_answer(name, answer), questions={name.partition("_")[0]})

    ((title, error),) = failed.items()
    assert title[1], "a public case would give the key away"
    assert len(error.blind) > len(name) + 30
    assert f'"{getattr(REFERENCE, name)}"' not in error.blind


@pytest.mark.parametrize(
    "name", [*CHOICES, *LETTERS, "q12_long", "q2_factors", "q9_old", "q10_ratio", "q12_cats"]
)
@pytest.mark.parametrize("value", [..., None])
def test_an_answer_that_is_not_given_is_called_missing(name: str, value: Any) -> None:
    failed = failures(with_answer(name, value), questions={name.partition("_")[0]})

    assert {error.rung for error in failed.values()} == {"missing"}
    assert {hidden for _, hidden, _ in failed} == {False, True}


def test_answers_may_be_written_in_small_letters_and_with_blanks() -> None:
    for name, answer in (("q8_retain", " C "), ("q8_symptoms", "veev veb"), ("q12_long", "A, C, D, F")):
        assert failures(with_answer(name, answer)) == {}, name


# Numbers of the text, computed


def test_numbers_that_are_asked_for() -> None:
    R = REFERENCE
    terms = R.weight_grad_by_step(R.rest_dH, R.rest_Y, R.rest_h)
    run = R.trace_1d(0.5, 0.1, np.zeros(10))
    steps = [[R.dependency_distance(*R.SENTENCES[n], flag) for flag in (False, True)] for n in (1, 2)]

    assert R.q2_factors == 20 - 1
    assert_allclose(R.q9_old, np.linalg.norm(terms[:40].sum(0)) / np.linalg.norm(terms.sum(0)), rtol=1e-3)
    assert_allclose(R.q10_ratio, 2 / 2.35e-4, rtol=1e-4)
    assert_allclose(R.q10_factor, R.decay_rate(np.array([2.35e-4, *[1] * 18, 2.0])), rtol=1e-4)
    assert_allclose([R.q10_half, R.q10_cap], [2 * 0.5**19, 2 * 1.5**19], rtol=1e-4)
    assert_allclose(R.q10_tripled, 2.35e-4 * 3**19, rtol=1e-3)
    assert_allclose([R.q12_first, R.q12_tenth], run["cum_fwd"][[0, 9]], rtol=1e-5)
    assert_allclose(
        [R.q12_fold, R.q12_between], [1 / run["cum_fwd"][9], run["cum_fwd"][0] / run["cum_fwd"][9]], rtol=1e-4
    )
    assert [R.q12_cats, R.q12_cat] == [[*words, *all_tokens] for words, all_tokens in steps]
    assert R.q12_signals == [0.7 ** row[0][0] for row in steps]


def test_numbers_of_the_worked_examples() -> None:
    R = REFERENCE
    W_hh = np.array([[0.5, -1.0], [2.0, 0.3]])
    fixed = 0.9
    for _ in range(200):
        fixed = np.tanh(2 * fixed)

    assert_allclose(np.tanh([2.0, -0.8]), [0.9640, -0.6640], atol=5e-5)
    assert_allclose(R.numeric_grad(R.steep, np.array([1.0, 2.0]), 0.5), [75.25, 152.0], rtol=1e-12)
    assert_allclose([fixed, 2 * (1 - fixed**2)], [0.9575, 0.1664], atol=5e-5)
    assert_allclose(2.35e-4 / np.finfo(np.float32).eps, 1971, atol=1)
    assert_allclose(R.rnn_flow("identity", 0.5, 2), [0.5, 1.0])
    assert_allclose(R.jacobian_norms(np.array([[[0.6, -0.8]]]), W_hh)[0], 0.8262, atol=5e-5)


def test_numbers_of_the_figures_and_the_summary() -> None:
    R = REFERENCE
    firsts = [R.spectral_experiment(seed, 1.5)[0][0] for seed in range(5)]
    rng = np.random.default_rng(0)
    W, x, none = rng.standard_normal((8, 8)) / 8**0.5, 0.1 * rng.standard_normal((40, 1, 8)), np.zeros(8)
    ends = {}
    for times in (0.5, 1, 2, 4):
        Y = R.rnn_forward(x, np.zeros((1, 8)), np.eye(8), times * W, none, none)[0]
        ends[times] = R.jacobian_norms(Y, times * W)[0, 0]

    assert_allclose([min(firsts), max(firsts)], [0.003, 130], rtol=0.1)
    assert ends[2] < ends[1] < ends[4]
    assert 12 < np.log10(ends[4] / ends[0.5]) < 13
    assert 36 < 40 * np.log10(8) < 37
    assert R.q9_old < 0.01
    assert 0.7**13 == pytest.approx(0.01, rel=0.05)


def test_the_run_that_opens_the_notebook_is_what_the_reference_gives() -> None:
    shipped = dict(np.load(ROOT / "autograder" / SLUG / "data" / "runs.npz"))
    for size, norms in shipped.items():
        rng = np.random.default_rng(0)
        W_hh = np.linalg.qr(rng.standard_normal((64, 64)))[0]
        x, none = float(size) * rng.standard_normal((100, 1, 64)), np.zeros(64)
        Y, hT, saved = REFERENCE.rnn_forward(x, np.zeros((1, 64)), np.eye(64), W_hh, none, none)
        grads = REFERENCE.rnn_backward(np.zeros_like(Y), np.full_like(hT, 1 / 8), saved)
        assert_allclose(norms[1:], REFERENCE.hidden_grad_norms(grads["dH"]), rtol=1e-6, err_msg=size)
        assert_allclose(norms[0], np.linalg.norm(grads["dh0"]), rtol=1e-6)

    lost = {size: -np.log10(norms[0] / norms[-1]) for size, norms in shipped.items()}
    assert lost["0"] == pytest.approx(0, abs=1e-9)
    assert 19 < lost["1"] < 20


def test_released_oracle_is_part_of_ours() -> None:
    released = np.load(ROOT / "autograder" / SLUG / "data" / "oracle.npz")

    for name in released:
        np.testing.assert_array_equal(released[name], ORACLE[name])


# The notebook's form


def words(cell: Any) -> int:
    """Words of a cell, rulers of tables not counted."""
    return sum(1 for word in cell.source.replace("|", " ").split() if set(word) - {"-"})


def test_the_first_stub_comes_soon() -> None:
    first = next(number for number, cell in enumerate(MASTER.cells) if cell.is_answer)

    assert first <= 6
    assert sum(words(cell) for cell in MASTER.cells[:first] if cell.kind == "markdown") <= 300


def test_no_prompt_is_long() -> None:
    prompts = [cell for cell in MASTER.cells if cell.kind == "markdown" and "## q" in cell.source]

    assert len(prompts) == 12
    for cell in prompts:
        prompt = cell.source[cell.source.index("## q") :]  # a part's heading and last figure may stand before
        assert len(prompt.split()) <= 180, cell.source[:40]

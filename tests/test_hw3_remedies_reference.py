"""hw3: the Reference against torch's numbers and complex steps; the text's numbers; mistakes and variants."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from coursekit.course import Course
from coursekit.judge.modules import gradtools
from coursekit.judge.reference import copying, reference_module
from coursekit.mistakes.substitute import apply_mistake, function_span
from coursekit.notebook.master import read_master

ROOT = Path(__file__).parents[1]
SLUG = "hw3_remedies"
COURSE = Course(ROOT)
ASSIGNMENT = COURSE.assignment(SLUG)
SOURCE = read_master(*reversed(COURSE.master(SLUG))).reference
REFERENCE = reference_module(SOURCE)
QUESTION_OF = {function: q.id for q in ASSIGNMENT.questions for function in q.functions}
MISTAKES = COURSE.mistakes(SLUG)
ACCEPTED = COURSE.accepted(SLUG)
ORACLE = dict(np.load(ROOT / "autograder" / SLUG / "data" / "oracle.npz"))
NORMS = {
    "batchnorm": (REFERENCE.batchnorm_forward, REFERENCE.batchnorm_backward),
    "layernorm": (REFERENCE.layernorm_forward, REFERENCE.layernorm_backward),
}
NETS = [
    (act, norm, residual)
    for act in ("relu", "tanh", "sigmoid", "identity")
    for norm in (None, "batch", "layer")
    for residual in (False, True)
]

Key = tuple[str, bool, str]  # question, hidden, title


@pytest.fixture(autouse=True)
def numpy_may_overflow() -> Iterator[None]:
    """Overflow is a subject of this assignment, and mistakes divide by zero."""
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


def failures(module: ModuleType, question: str = "", key: bytes = b"a key") -> set[Key]:
    """Cases (of one question, or all) that fail when the module answers in the student's place."""
    gradtools().use_key(key)
    names = {
        name: copying(value) if isinstance(value, FunctionType) else value
        for name, value in vars(module).items()
        if not name.startswith("_")
    }
    failed = set()
    for title, body in loaded_cases():
        if question in ("", title[0]):
            try:
                body.call_func(names)
            except Exception:
                failed.add(title)
    return failed


def oracle(group: str) -> dict[str, np.ndarray]:
    return {key.split("/")[1]: value for key, value in ORACLE.items() if key.startswith(f"{group}/")}


def ratio(norms: np.ndarray) -> float:
    return float(norms[0] / norms[-1])


def close(got: Any, expected: Any, name: str = "") -> None:
    assert_allclose(got, expected, rtol=1e-9, atol=1e-11, err_msg=name)


# The Reference against torch's numbers


@pytest.mark.parametrize("kind", NORMS)
def test_normalisation_agrees_with_torch(kind: str) -> None:
    torch = oracle(kind)
    forward, backward = NORMS[kind]

    y, saved = forward(torch["x"], torch["gamma"], torch["beta"], torch["eps"])

    close(y, torch["y"])
    for name in ("x_hat", "inv_std", "gamma"):
        close(saved[name], torch[name], name)
    for name, value in backward(torch["dy"], saved).items():
        close(value, torch[name], name)


@pytest.mark.parametrize("act", ["relu", "tanh"])
def test_residual_block_agrees_with_torch(act: str) -> None:
    torch = oracle("residual")

    y, saved = REFERENCE.residual_forward(torch["x"], torch["W"], act)
    grads = REFERENCE.residual_backward(torch["dy"], saved)

    close(y, torch[f"y_{act}"])
    close(grads["dx"], torch[f"dx_{act}"])
    close(grads["dW"], torch[f"dW_{act}"])


@pytest.mark.parametrize(("act", "norm", "residual"), NETS)
def test_gradient_norms_agree_with_torch(act: str, norm: str | None, residual: bool) -> None:
    torch = oracle("norms")

    norms = REFERENCE.gradient_norms(torch["x"], torch["dy"], torch["Ws"], act, norm, residual)

    assert_allclose(norms, torch[f"{act}_{norm}_{residual}"], rtol=1e-9)


def test_clipping_agrees_with_torch() -> None:
    torch = oracle("clip")

    clipped, total = REFERENCE.clip_by_global_norm([torch["g0"], torch["g1"]], float(torch["max_norm"]))

    close(total, torch["total"])
    close(clipped[0], torch["out0"])
    close(clipped[1], torch["out1"])


def test_the_first_figure_shows_what_torch_measured() -> None:
    plain = REFERENCE.gradient_norms(*REFERENCE.deep_net("relu", 1, 50), "relu")
    batch = REFERENCE.gradient_norms(*REFERENCE.deep_net("relu", 1, 50), "relu", "batch")

    assert_allclose(plain, ORACLE["depth/plain"], rtol=1e-9)
    assert_allclose(batch, ORACLE["depth/batch"], rtol=1e-9)


# Complex steps: exact derivatives without a reference


def exact_gradient(f: Any, x: np.ndarray) -> np.ndarray:
    """All partial derivatives of the number f(x), by complex steps."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        direction = np.zeros(x.shape)
        direction[index] = 1
        gradient[index] = gradtools().complex_derivative(f, x, direction)
    return gradient


@pytest.mark.parametrize("kind", NORMS)
def test_normalisation_agrees_with_the_complex_step(kind: str) -> None:
    given = oracle(kind)
    forward, backward = NORMS[kind]
    args = {name: given[name] for name in ("x", "gamma", "beta")}
    grads = backward(given["dy"], forward(*args.values(), given["eps"])[1])

    for name, value in args.items():

        def loss(moved: Any, name: str = name) -> Any:
            return (forward(*{**args, name: moved}.values(), given["eps"])[0] * given["dy"]).sum()

        assert_allclose(grads[f"d{name}"], exact_gradient(loss, value), rtol=1e-12, atol=1e-13, err_msg=name)


def test_residual_block_agrees_with_the_complex_step() -> None:
    given = oracle("residual")
    args = {name: given[name] for name in ("x", "W")}
    grads = REFERENCE.residual_backward(given["dy"], REFERENCE.residual_forward(*args.values(), "tanh")[1])

    for name, value in args.items():

        def loss(moved: Any, name: str = name) -> Any:
            return (
                REFERENCE.residual_forward(*{**args, name: moved}.values(), "tanh")[0] * given["dy"]
            ).sum()

        assert_allclose(grads[f"d{name}"], exact_gradient(loss, value), rtol=1e-12, atol=1e-13, err_msg=name)


@pytest.mark.parametrize("norm", [None, "batch", "layer"])
@pytest.mark.parametrize("residual", [False, True])
def test_gradient_norms_agree_with_the_complex_step(norm: str | None, residual: bool) -> None:
    given = oracle("norms")
    one, zero = np.ones(6), np.zeros(6)

    def above(layer: int) -> Any:
        def loss(a: Any) -> Any:
            for W in given["Ws"][layer:]:
                z = a @ W.T
                if norm:
                    z = NORMS[f"{norm}norm"][0](z, one, zero, REFERENCE.EPS)[0]
                a = np.tanh(z) + (a if residual else 0)
            return (a * given["dy"]).sum()

        return loss

    norms = REFERENCE.gradient_norms(given["x"], given["dy"], given["Ws"], "tanh", norm, residual)

    state = given["x"]
    for layer in range(6):
        assert_allclose(norms[layer], np.linalg.norm(exact_gradient(above(layer), state)), rtol=1e-12)
        if layer < 5:
            z = state @ given["Ws"][layer].T
            if norm:
                z = NORMS[f"{norm}norm"][0](z, one, zero, REFERENCE.EPS)[0]
            state = np.tanh(z) + (state if residual else 0)


def test_tanh_recurrence_agrees_with_the_complex_step() -> None:
    rng = np.random.default_rng(4)
    W, x, dhT = 0.7 * rng.standard_normal((6, 6)), rng.standard_normal((5, 3, 6)), rng.standard_normal((3, 6))

    def last(start: int) -> Any:
        def loss(h: Any) -> Any:
            for x_t in x[start:]:
                h = np.tanh(x_t + h @ W.T)
            return (h * dhT).sum()

        return loss

    h, expected = np.zeros((3, 6)), []
    for t in range(6):
        expected.append(np.linalg.norm(exact_gradient(last(t), h)))
        h = np.tanh(x[t] + h @ W.T) if t < 5 else h

    assert_allclose(REFERENCE.tanh_gradient_norms(W, x, dhT), expected, rtol=1e-12)


def test_the_cliffs_gradient_agrees_with_the_complex_step() -> None:
    for w in (0.9, 1.0, 1.1):
        slope = gradtools().complex_derivative(lambda v: (v**20 - 0.5) ** 2, w, 1.0)

        assert_allclose(REFERENCE.cliff_descent(w, 0.01, 1)[1], w - 0.01 * slope, rtol=1e-12)


def test_training_descends_the_loss_of_the_text() -> None:
    rng = np.random.default_rng(5)
    W, x, target = rng.standard_normal((4, 4)), rng.standard_normal((5, 4)), rng.standard_normal((5, 4))
    slope = exact_gradient(lambda V: 0.5 * ((x @ V.T - target) ** 2).sum(), W)

    errors = REFERENCE.train_and_track(W, x, target, 0.1, 1)

    assert_allclose(errors, [REFERENCE.orthogonality_error(V) for V in (W, W - 0.1 * slope)], rtol=1e-12)


# Torch itself, where it is installed: what the oracle lacks


SHAPES = {
    "batchnorm": [(7, 1), (8, 5)],
    "layernorm": [(1, 4), (7, 1), (8, 5)],
}  # torch refuses a batch of one


@pytest.mark.parametrize(("kind", "shape"), [(kind, shape) for kind in NORMS for shape in SHAPES[kind]])
def test_normalisation_agrees_with_live_torch(kind: str, shape: tuple[int, int]) -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(6)
    x, dy, gamma, beta = (rng.standard_normal(s) for s in (shape, shape, shape[1], shape[1]))
    forward, backward = NORMS[kind]
    y, saved = forward(x, gamma, beta, 1e-5)
    grads = backward(dy, saved)

    leaves = [torch.tensor(a, requires_grad=True) for a in (x, gamma, beta)]
    if kind == "batchnorm":
        made = torch.nn.functional.batch_norm(leaves[0], None, None, *leaves[1:], training=True, eps=1e-5)
    else:
        made = torch.nn.functional.layer_norm(leaves[0], shape[1:], *leaves[1:], eps=1e-5)
    made.backward(torch.tensor(dy))

    close(y, made.detach().numpy())
    for name, leaf in zip(("dx", "dgamma", "dbeta"), leaves, strict=True):
        assert_allclose(grads[name], leaf.grad.numpy(), rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("bad", [1.0, np.inf, -np.inf, np.nan, 0.0])
@pytest.mark.parametrize("max_norm", [1.0, 13.0, 50.0])
def test_clipping_agrees_with_live_torch_on_what_is_not_finite_too(bad: float, max_norm: float) -> None:
    torch = pytest.importorskip("torch")
    arrays = [np.array([3.0, 4.0]), np.array([[12.0 * bad]]), np.array([[0.5, -1.0], [0.0, 2.0]])]
    parameters = [torch.nn.Parameter(torch.zeros(a.shape, dtype=torch.float64)) for a in arrays]
    for parameter, array in zip(parameters, arrays, strict=True):
        parameter.grad = torch.tensor(array)

    clipped, total = REFERENCE.clip_by_global_norm(arrays, max_norm)
    expected = torch.nn.utils.clip_grad_norm_(parameters, max_norm)

    assert_allclose(total, expected.numpy(), rtol=1e-12)
    for got, parameter in zip(clipped, parameters, strict=True):
        assert_allclose(got, parameter.grad.numpy(), rtol=1e-12)


def test_clipping_by_value_agrees_with_live_torch() -> None:
    torch = pytest.importorskip("torch")
    array = np.array([-3.0, -0.2, 0.0, 0.7, 5.0])
    parameter = torch.nn.Parameter(torch.zeros(5, dtype=torch.float64))
    parameter.grad = torch.tensor(array)
    torch.nn.utils.clip_grad_value_([parameter], 0.5)

    assert_array_equal(REFERENCE.clip_by_value([array], 0.5)[0], parameter.grad.numpy())


def test_recurrent_gradients_agree_with_live_torch() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(7)
    W, x, dhT = 0.7 * rng.standard_normal((6, 6)), rng.standard_normal((9, 3, 6)), rng.standard_normal((3, 6))
    h = torch.zeros((3, 6), dtype=torch.float64, requires_grad=True)
    states = [h]
    for x_t in torch.tensor(x):
        states.append(torch.tanh(x_t + states[-1] @ torch.tensor(W).T))
        states[-1].retain_grad()
    states[-1].backward(torch.tensor(dhT))

    expected = [float(torch.linalg.norm(state.grad)) for state in states]
    assert_allclose(REFERENCE.tanh_gradient_norms(W, x, dhT), expected, rtol=1e-9)


def test_initial_laws_are_those_of_live_torch() -> None:
    torch = pytest.importorskip("torch")
    with torch.random.fork_rng():
        torch.manual_seed(0)
        W = torch.empty(500, 300, dtype=torch.float64)
        glorot = torch.nn.init.xavier_uniform_(W.clone()).numpy()
        he = torch.nn.init.kaiming_normal_(W.clone(), nonlinearity="relu").numpy()

    assert_allclose(abs(REFERENCE.glorot_uniform(0, 300, 500)).max(), abs(glorot).max(), rtol=1e-3)
    assert_allclose(REFERENCE.he_normal(0, 300, 500).std(), he.std(), rtol=0.01)


# Constructions, and numbers that the text gives


def test_orthogonal_draws_are_spread_evenly() -> None:
    drawn = np.array([REFERENCE.orthogonal(seed, 3) for seed in range(2000)])

    assert_allclose(drawn.transpose(0, 2, 1) @ drawn, np.tile(np.eye(3), (2000, 1, 1)), atol=1e-12)
    assert_allclose(drawn.mean(axis=0), np.zeros((3, 3)), atol=5 / np.sqrt(3 * 2000))
    assert_allclose((np.linalg.det(drawn) > 0).mean(), 0.5, atol=0.05)


def test_random_matrices_follow_the_circular_law() -> None:
    H = 512
    drawn = (
        REFERENCE.glorot_uniform(0, H, H),
        REFERENCE.he_normal(0, H, H),
        np.random.default_rng(0).uniform(-(H**-0.5), H**-0.5, (H, H)),
    )

    radii = [np.abs(np.linalg.eigvals(W)).max() for W in drawn]

    assert_allclose(radii, REFERENCE.q2_radius, rtol=0.05)
    assert_allclose(np.linalg.norm(drawn[0], 2), 2, rtol=0.05)
    assert_allclose(np.linalg.norm(drawn[2], 2), 2 / np.sqrt(3), rtol=0.05)


def test_a_rotation_under_tanh_loses_what_the_text_says() -> None:
    shares = [ratio(REFERENCE.tanh_gradient_norms(*REFERENCE.turning(s))) for s in (0, 0.1, 1)]

    assert_allclose(shares, [REFERENCE.q4_silent, REFERENCE.q4_small, REFERENCE.q4_unit], rtol=1e-3)
    assert shares[2] < 1e-20
    W = REFERENCE.turning(1)[0]
    assert REFERENCE.orthogonality_error(W) < 1e-12


def test_fifty_glorot_layers_have_the_bounds_of_the_text() -> None:
    lower, upper, actual = REFERENCE.singular_value_bounds(REFERENCE.deep_net("tanh", 1, 50)[2])

    assert 4e-109 < lower < 5e-109
    assert 2e14 < upper < 3e14
    assert 4.8 < actual < 4.9


def test_depth_makes_of_gradients_what_the_text_says() -> None:
    r = REFERENCE.depth_explorer

    assert 2e-8 < r("relu", 0.5**0.5, 50, None, False)[0] < 5e-8
    assert 0.5 < r("relu", 1, 50, None, False)[0] < 2
    assert r("relu", 1, 50, "batch", False)[0] > 10_000
    assert r("relu", 1, 50, None, True)[0] > 10_000_000_000
    assert 1 < r("relu", 50**-0.5, 50, None, True)[0] < 10
    assert 0.1 < r("relu", 1, 50, "layer", False)[0] < 1
    assert r("sigmoid", 1, 50, "layer", False)[0] < 1e-20
    assert 0.5 < r("sigmoid", 1, 50, "batch", False)[0] < 2
    assert r("sigmoid", 1, 50, None, False)[0] < 1e-30


def test_shared_and_own_matrices_follow_one_power_of_the_gain() -> None:
    x, dy, Ws = REFERENCE.deep_net("identity", 0.8, 50)
    stacks = (Ws, np.repeat(Ws[:1], 50, axis=0))

    measured = [ratio(REFERENCE.gradient_norms(x, dy, stack, "identity")) for stack in stacks]
    larger = [ratio(REFERENCE.gradient_norms(x, dy, 1.25 * stack, "identity")) for stack in stacks]

    assert_allclose(measured, [REFERENCE.q8_own, REFERENCE.q8_shared], rtol=1e-3)
    assert_allclose(np.divide(larger, measured), 1.25**50, rtol=1e-9)


def test_training_leaves_orthogonality_as_the_text_says() -> None:
    x, target, _ = REFERENCE.deep_net("tanh", 1, 1)
    errors = REFERENCE.train_and_track(REFERENCE.orthogonal(0, 64), x, target, 0.0005, 100)

    assert errors[0] < 1e-12
    assert 0.4 < errors[1] < 0.6
    assert 6.5 < errors[100] < 7.5


def test_the_cliff_throws_as_the_text_says() -> None:
    free = REFERENCE.cliff_descent(1.2, 0.02, 40)
    held = REFERENCE.cliff_descent(1.2, 0.02, 40, 1.0)

    assert round(free[1]) == -966
    assert np.isfinite(free).sum() == 3
    assert np.isinf(free[3])
    assert abs(held[15:] - 0.5 ** (1 / 20)).max() < 0.02
    assert np.isfinite(REFERENCE.cliff_descent(1.2, 0.001, 4)).sum() == 3
    assert round(0.5 ** (1 / 20), 4) == 0.9659


def test_relu_halves_the_mean_square() -> None:
    z = np.linspace(-10, 10, 200_001)
    density = np.exp(-(z**2) / 2)

    halved = (density * REFERENCE.phi("relu", z) ** 2).sum() / (density * z**2).sum()

    assert_allclose(halved, REFERENCE.q8_relu_layer**2, rtol=1e-4)
    assert_allclose(REFERENCE.q8_relu_fifty, REFERENCE.q8_relu_layer**50, rtol=1e-12)


# The cases


def test_the_assignment_is_worth_a_hundred_points_and_covers_its_inventory() -> None:
    # The rows of the inventory's table A3.
    table = """S0-10 S0-36 S0-38 S0-39 S1-21 S1-29 S1-31 S1-32 S1-44 S1-45 S1-48 S1-54 S2-11 S2-14 S2-15 S2-16
    S3-14 S3-16 S3-19 S4-03 S4-04 S4-05 S4-06 S4-08 S4-10 S4-11 S4-14 S4-15 S4-16 S4-17 S4-18 S4-19 S4-20
    S4-21 S4-23 S4-24 S4-25 S4-28"""

    assert ASSIGNMENT.possible == 100
    assert {row for question in ASSIGNMENT.questions for row in question.rows} == set(table.split())


def test_the_reference_passes_every_case_with_any_key() -> None:
    assert failures(REFERENCE, key=b"") == set()
    assert failures(REFERENCE, key=b"another key") == set()


def test_an_untouched_notebook_passes_no_case() -> None:
    assert failures(ModuleType("empty")) == {title for title, _ in loaded_cases()}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.id)
def test_a_mistake_loses_points_in_its_own_question(mistake: Any) -> None:
    own = QUESTION_OF[mistake.function]

    failed = failures(reference_module(apply_mistake(SOURCE, mistake)), own)

    assert any(hidden for _, hidden, _ in failed)


@pytest.mark.parametrize("variant", ACCEPTED, ids=lambda v: v.id)
def test_an_accepted_variant_passes_every_case_of_its_question(variant: Any) -> None:
    start, end = function_span(SOURCE, variant.function)
    source = SOURCE[:start] + variant.code + SOURCE[end:]

    assert failures(reference_module(source), QUESTION_OF[variant.function]) == set()


def test_hints_lead_and_do_not_show_the_right_line() -> None:
    for mistake in MISTAKES:
        assert mistake.right not in mistake.hint, mistake.id
        assert mistake.hint.rstrip().endswith(("?", ".")), mistake.id

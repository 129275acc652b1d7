"""hw1: the Reference against torch, complex steps and known facts; its prose against computation."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.testing import assert_allclose

from coursekit.course import Course
from coursekit.judge.modules import gradtools, reference_as
from coursekit.judge.reference import reference_module
from coursekit.notebook.master import read_master

ROOT = Path(__file__).parents[1]
SLUG = "hw1_jacobians"
COURSE = Course(ROOT)
ASSIGNMENT = COURSE.assignment(SLUG)
MASTER = read_master(*reversed(COURSE.master(SLUG)))
REFERENCE = reference_module(MASTER.reference)
ORACLE = dict(np.load(ROOT / f"autograder/{SLUG}/data/oracle.npz"))
JORDAN = np.array([[0.9, 10.0], [0.0, 0.9]])
PROSE = " ".join("\n".join(cell.source for cell in MASTER.cells if cell.kind == "markdown").split())


def radius(W):
    return np.abs(np.linalg.eigvals(W)).max()


def at_rest(step, h=0.1, n=400):
    """Where a scalar recurrence settles."""
    for _ in range(n):
        h = step(h)
    return h


def normal_mean(f):
    """Mean of f over a standard normal z."""
    z = np.linspace(-12, 12, 240001)
    density = np.exp(-(z**2) / 2)
    return float((density * f(z)).sum() / density.sum())


# Against the oracle, complex steps and torch


@pytest.mark.parametrize("shape", ["s", "m", "l"])
def test_path_product_of_torchs_jacobians_is_torchs_product(shape):
    J, P = ORACLE[f"rnn/{shape}/J"], ORACLE[f"rnn/{shape}/P"]

    assert_allclose(REFERENCE.path_product(J), P, rtol=1e-9, atol=1e-9 * np.abs(P).max())


@pytest.mark.parametrize(
    ("name", "f"), [("tanh", np.tanh), ("sigmoid", lambda z: 1 / (1 + np.exp(-z))), ("identity", lambda z: z)]
)
def test_slopes_agree_with_complex_steps(name, f):
    z = np.linspace(-5, 5, 101)

    exact = gradtools().complex_derivative(f, z, np.ones_like(z))

    assert_allclose(REFERENCE.activation_derivative(name, z), exact, rtol=0, atol=1e-12)


def test_slope_from_output_agrees_with_complex_steps():
    z = np.linspace(-3, 3, 61)

    exact = gradtools().complex_derivative(np.tanh, z, np.ones_like(z))

    assert_allclose(REFERENCE.slope_from_output(np.tanh(z)), exact, rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "leaky_relu"])
def test_slopes_agree_with_torch_at_zero_and_far_out(name):
    torch = pytest.importorskip("torch")
    z = torch.tensor([-1000.0, -2.0, 0.0, 0.7, 1000.0], dtype=torch.float64, requires_grad=True)
    act = getattr(torch, name, None) or torch.nn.functional.leaky_relu

    act(z).sum().backward()

    assert_allclose(REFERENCE.activation_derivative(name, z.detach().numpy()), z.grad.numpy(), atol=1e-15)


def test_path_product_agrees_with_torchs_jacobian():
    torch = pytest.importorskip("torch")
    draw = np.random.default_rng(1).standard_normal
    W, x, h0 = 0.7 * draw((4, 4)), draw((6, 4)), draw(4)

    def last(h):
        for drive in torch.tensor(x):
            h = torch.tanh(torch.tensor(W) @ h + drive)
        return h

    Js, h = [], h0
    for drive in x:
        h = np.tanh(W @ h + drive)
        Js.append(REFERENCE.slope_from_output(h)[:, None] * W)
    P = torch.autograd.functional.jacobian(last, torch.tensor(h0)).numpy()

    assert_allclose(REFERENCE.path_product(np.array(Js)), P, rtol=1e-9, atol=1e-12)


# Facts that must be right


def test_nothing_warns_far_out():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in ("sigmoid", "tanh", "relu", "leaky_relu", "identity"):
            assert np.isfinite(REFERENCE.activation_derivative(name, np.array([-1000.0, 1000.0]))).all()


def test_a_radius_above_one_vanishes_through_tanh():
    h = at_rest(lambda h: np.tanh(2 * h))

    factor = 2 * REFERENCE.slope_from_output(h)

    assert h == pytest.approx(0.957504, abs=1e-6)
    assert factor == pytest.approx(0.166372, abs=1e-6)
    assert factor**20 == pytest.approx(2.6e-16, rel=0.02)


def test_sigmoid_at_rest_at_one_half_explodes():
    def step(h):
        return 1 / (1 + np.exp(-(8 * h - 4)))

    assert step(0.5) == 0.5
    assert (8 * REFERENCE.activation_derivative("sigmoid", np.array(0.0))) ** 20 == pytest.approx(2**20)


def test_verdict_never_says_more_than_the_bound():
    assert REFERENCE.verdict(np.array([[2.0]]), 1.0) == "undecided"
    assert REFERENCE.verdict(np.array([[8.0]]), 0.25) == "undecided"
    assert REFERENCE.verdict(np.array([[3.99]]), 0.25) == "vanishes"


def test_products_of_radius_zero_matrices_explode():
    A, B = REFERENCE.vanishing_pair()

    assert radius(A) == radius(B) == 0
    assert np.linalg.norm(REFERENCE.path_product(np.array([B, A] * 10)), 2) == pytest.approx(2**20)


def test_norms_do_not_decide_a_product():
    J = REFERENCE.nilpotent_big()
    below_one = np.array([[[1 - 1 / k**2]] for k in range(2, 1001)])

    assert np.linalg.norm(J, 2) == 2
    assert not np.any(REFERENCE.path_product(np.array([J, J])))
    assert REFERENCE.path_product(below_one)[0, 0] == pytest.approx(1001 / 2000)


def test_entries_do_not_decide_a_radius():
    assert radius(np.full((100, 100), 0.1)) == pytest.approx(10)
    assert radius(REFERENCE.small_entries()) > 1
    assert radius(REFERENCE.big_entries()) < 1e-6


def test_circular_law():
    assert REFERENCE.random_radius(0, 200, 0.1, 4) == pytest.approx(0.1 * np.sqrt(200), rel=0.06)


def test_every_answer_of_the_master_is_free_of_objections():
    """The keys of the choices: one option a question has nothing against it, and the master chose it."""
    for file in COURSE.case_files(SLUG):
        if not file.hidden or "AGAINST" not in file.text:
            continue
        module = case_module(file.path, file.text)
        chosen = [
            getattr(REFERENCE, name)
            for name in re.findall(rf'({file.question}_\w+), reference\.\1, "\1", "abcd", AGAINST', file.text)
        ]
        assert [option for option in "abcd" if option not in module.AGAINST] == chosen


def case_module(path: str, text: str) -> ModuleType:
    gradtools()
    module = ModuleType(path)
    with reference_as(REFERENCE):
        exec(compile(text, path, "exec"), module.__dict__)  # noqa: S102 - our own case file
    return module


# Numbers of the prose: each stands there as written, and is what is computed

POWERS = np.array([np.linalg.norm(np.linalg.matrix_power(JORDAN, n), 2) for n in range(1, 201)])
REAL = ORACLE["rnn/l/J"]
F32 = float(np.finfo("float32").max)
TURNING = np.array([[0.0, 2.0], [0.5, 0.0]])
NUMBERS = {
    "grows 38.7-fold before it fades": f"{POWERS.max():.1f}",
    "leave half a percent": "half" if round(0.9**50, 3) == 0.005 else "not half",
    "$0.7^{20}$ = 7.98e-4": f"{0.7**20:.2e}".replace("e-0", "e-"),
    "loses 87.8 %": f"{100 * (1 - 0.9**20):.1f}",
    "the slopes cross at 1.663": f"{1.66292:.3f}",
    "has rms slope 0.707": f"{normal_mean(lambda z: (z > 0) + (z == 0) / 2) ** 0.5:.3f}",
    "leave 3e-8 of a gradient": f"{0.5**25:.0e}".replace("e-0", "e-"),
    "It grows 3325-fold and changes": f"{1.5**20:.0f}",
    "growth to 38.7 at n = 9": f"{POWERS.max():.1f} at n = {POWERS.argmax() + 1}",
    "and below 1 from n = 63": f"n = {1 + np.flatnonzero(POWERS >= 1).max() + 1}",
    "$\\sigma_{\\max} = \\sqrt{45}$ = 6.7082": (
        f"{REFERENCE.spectral_norm(np.array([[3.0, 0.0], [4.0, -5.0]])):.4f}"
    ),
    "(the one of the surprise reaches 38.7)": f"{POWERS.max():.1f}",
    "the bound for 3 steps is 0.125": f"{(0.25 * np.linalg.norm(TURNING, 2)) ** 3:g}",
    "settles at a factor of 0.166": f"{2 * (1 - at_rest(lambda h: np.tanh(2 * h)) ** 2):.3f}",
    "that give $2^{20}$ after ten rounds": f"2^{{{round(np.log2(4.0**10))}}}",
    "0.01 gives radius 0.23": f"{0.01 * 512**0.5:.2f}",
    "and 0.1 gives 2.3": f"{0.1 * 512**0.5:.1f}",
    "holds in float16 (28)": str(REFERENCE.steps_until(1.5, "float16", "overflow")),
    "a factor of 1.5 takes 219 layers": str(REFERENCE.steps_until(1.5, "float32", "overflow")),
    "36 layers take a factor of 11.8": f"{F32 ** (1 / 36):.1f}",
    "largest 65504, smallest normal $2^{-14}$": f"{np.finfo('float16').max:.0f}",
    "0.9 leaves 2.7e-5 of a gradient": f"{0.9**100:.1e}".replace("e-0", "e-"),
    "1.2 makes 8e7 of it": f"{1.2**100:.0e}".replace("e+0", "e"),
    "runs from 9.5e-7 to 1.05e6": f"{0.5**20:.1e} to {2.0**20:.2e}".replace("e-0", "e-").replace("e+0", "e"),
    "sigmoid for |z| < 1.663 only": "1.663",
    "multiply to 3.6e-11": f"{np.linalg.norm(REFERENCE.path_product(REAL), 2):.1e}",
    "norms allows 5.4e-5": f"{np.linalg.norm(REAL, 2, axis=(1, 2)).prod():.1e}".replace("e-0", "e-"),
    "overshoots by six orders": "six"
    if round(np.log10(np.linalg.norm(REAL, 2, axis=(1, 2)).prod() / 3.6e-11)) == 6
    else "not six",
}


@pytest.mark.parametrize("text", NUMBERS)
def test_number_of_the_prose(text):
    assert text in PROSE
    assert NUMBERS[text] in text


def test_the_slopes_cross_where_the_prose_says():
    left, right = (
        REFERENCE.activation_derivative("tanh", z) - REFERENCE.activation_derivative("sigmoid", z)
        for z in (np.array(1.6625), np.array(1.6635))
    )

    assert left > 0 > right


def test_answers_of_the_master_are_those_of_the_facts():
    assert REFERENCE.q1_listing == [0.9, 0.0718, 0.0052]
    assert_allclose(REFERENCE.q1_people, 0.005726, rtol=1e-4)
    assert_allclose(
        REFERENCE.q2_powers, [9.536743e-7, 7.979227e-4, 0.1215767, 1, 6.7275, 3325.2567, 1048576], rtol=1e-6
    )
    assert_allclose(REFERENCE.q2_ratio, 127482, rtol=1e-5)
    assert_allclose(
        REFERENCE.q3_mean[0], normal_mean(lambda z: REFERENCE.activation_derivative("sigmoid", z)), atol=1e-5
    )
    assert_allclose(
        REFERENCE.q3_mean[1], normal_mean(lambda z: REFERENCE.activation_derivative("tanh", z)), atol=1e-5
    )
    assert_allclose(REFERENCE.q3_at_one[:2], [0.196612, 0.419974], atol=1e-5)
    assert_allclose(REFERENCE.q3_saturation, 1 - np.array([0, 0.5, 0.9, 0.99]) ** 2)
    assert_allclose(REFERENCE.q3_z, 1.4722, rtol=1e-4)
    assert_allclose(REFERENCE.q6_bound, 9.095e-13, rtol=1e-4)
    counts = [("float32", 1.5), ("float32", 2), ("float32", 10), ("float16", 1.5), ("float64", 1.5)]
    assert REFERENCE.q9_counts == [REFERENCE.steps_until(f, dtype, "overflow") for dtype, f in counts]
    assert_allclose(REFERENCE.q10_hundred, [2.65614e-5, 1, 13780.6], rtol=1e-5)
    assert_allclose(REFERENCE.q10_largest, [0.0769450, 0.00592053], rtol=1e-5)


def test_points_and_minutes_of_the_title_table():
    rows = re.findall(r"^\| (q\d+) .* \| (\d+) \| (\d+) \|$", MASTER.cells[0].source, re.M)

    assert {q.id: (q.possible, q.minutes) for q in ASSIGNMENT.questions} == {
        id: (int(points), int(minutes)) for id, points, minutes in rows
    }
    assert ASSIGNMENT.possible == 100

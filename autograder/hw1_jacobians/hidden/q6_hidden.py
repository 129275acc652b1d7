"""q6, hidden: other matrices, few and many factors, both verdicts in every case, numbers and choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q6_hidden"

VERDICTS = ("vanishes", "undecided")
AGAINST = {
    "a": (
        "The slope is one part of the factor; the other part is W. Try one unit with the weight 8 and the "
        "bias -4, at rest at one half."
    ),
    "b": (
        "A radius bounds no product: think of q5, and of slopes that change from step to step. Which size "
        "of W does the bound use?"
    ),
    "d": "That is too strict. The slope shrinks by four as well: how large may W then be?",
}


def of_norm(rng, size):
    """A 6 x 6 matrix of that spectral norm; its radius is smaller, its Frobenius norm larger."""
    W = rng.standard_normal((6, 6))
    return W * (size / reference.spectral_norm(W))


def judged(verdict, *pairs):
    """Every (W, gamma) gets the Reference's verdict."""
    for W, gamma in pairs:
        said = gradtools.call(verdict, "verdict", W, gamma)
        gradtools.right_choice(said, reference.verdict(W, gamma), "verdict", VERDICTS)


@test_case(name="bound: other numbers", points=1)
def bound_values(jacobian_norm_bound):
    rng = gradtools.rng("q6: bound: other numbers")
    W, gamma = 0.7 * rng.standard_normal((6, 6)), rng.uniform(0.3, 0.9)
    bound = gradtools.call(jacobian_norm_bound, "jacobian_norm_bound", W, gamma, 5)
    gradtools.same(bound, reference.jacobian_norm_bound(W, gamma, 5), "bound")


@test_case(name="bound: no factor, one, and 200", points=1)
def bound_edges(jacobian_norm_bound):
    W = of_norm(gradtools.rng("q6: bound: no factor, one, and 200"), 1.5)
    for n in (0, 1, 200):
        bound = gradtools.call(jacobian_norm_bound, "jacobian_norm_bound", W, 0.25, n)
        gradtools.same(bound, reference.jacobian_norm_bound(W, 0.25, n), "bound")


@test_case(name="bound: it holds for a real product", points=1)
def bound_holds(jacobian_norm_bound):
    rng = gradtools.rng("q6: bound: it holds for a real product")
    W = np.array([[0.9, rng.uniform(5, 10)], [0, 0.9]])
    P = np.linalg.multi_dot([rng.uniform(0.8, 1, (2, 1)) * W for _ in range(6)])
    bound = gradtools.is_number(
        gradtools.call(jacobian_norm_bound, "jacobian_norm_bound", W, 1.0, 6), "bound"
    )
    gradtools.holds(
        bound >= np.linalg.norm(P, 2), "bound", "no product of six such Jacobians is larger", bound
    )
    gradtools.same(bound, reference.jacobian_norm_bound(W, 1.0, 6), "bound")


@test_case(name="verdict: other numbers", points=1)
def verdict_values(verdict):
    rng = gradtools.rng("q6: verdict: other numbers")
    judged(
        verdict,
        (of_norm(rng, 0.95), 1.0),
        (of_norm(rng, 1.05), 1.0),
        (of_norm(rng, 3.9), 0.25),
        (of_norm(rng, 4.1), 0.25),
    )


@test_case(name="verdict: small radius, large norm", points=1)
def verdict_radius(verdict):
    rng = gradtools.rng("q6: verdict: small radius, large norm")
    W = np.array([[0.5, rng.uniform(3, 9)], [0, 0.5]])
    judged(verdict, (W, 1.0), (W / 20, 1.0), (np.full((6, 6), 0.15), 1.0), (np.full((6, 6), 0.18), 1.0))


@test_case(name="verdict: exactly one, and very large", points=1)
def verdict_edges(verdict):
    judged(
        verdict,
        (np.eye(4), 1.0),
        (0.5 * np.eye(4), 1.0),
        (4 * np.eye(3), 0.25),
        (1e6 * np.eye(3), 1.0),
    )


@test_case(name="numbers: the bound for sigmoid", points=1)
def numbers(q6_bound, q6_critical):
    gradtools.close_number(q6_bound, 0.25**20, "q6_bound")
    gradtools.close_number(q6_critical, 4.0, "q6_critical")


@test_case(name="choice: what sigmoid guarantees", points=1)
def choice(q6_sigmoid):
    gradtools.right_choice(q6_sigmoid, reference.q6_sigmoid, "q6_sigmoid", "abcd", AGAINST)

"""q7: a product in the right order, two constructions, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q7"

J_1, J_2 = np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([[2.0, 0.0], [1.0, 0.0]])


def matrices(vanishing_pair):
    """A and B, from a tuple, a list, or an array that holds both."""
    got = gradtools.call(vanishing_pair, "vanishing_pair")
    pair = list(got) if type(got) is np.ndarray and got.ndim else got
    pair = gradtools.outputs(pair, ["A", "B"], "vanishing_pair")
    return [gradtools.is_array(M, (2, 2), letter, "(2, 2)") for letter, M in zip("AB", pair, strict=True)]


@test_case(name="product: worked example", points=1)
def product_example(path_product):
    P = gradtools.call(path_product, "path_product", np.stack([J_1, J_2]))
    gradtools.same(P, [[2.0, 2.0], [1.0, 1.0]], "P", "(S, S)")


@test_case(name="product: a vector taken through three steps", points=1)
def product_vector(path_product):
    rng = np.random.default_rng(7)
    Js, v = rng.standard_normal((3, 4, 4)), rng.standard_normal(4)
    P = gradtools.is_array(gradtools.call(path_product, "path_product", Js), (4, 4), "P", "(S, S)")
    gradtools.same(P @ v, Js[2] @ (Js[1] @ (Js[0] @ v)), "P @ v", "(S,)")


@test_case(name="vanishing_pair: form", points=1)
def pair_form(vanishing_pair):
    A, B = matrices(vanishing_pair)
    norm = np.linalg.norm(A @ B, 2)
    gradtools.holds(norm > 1, "A @ B", "it stretches some vector", norm)


@test_case(name="nilpotent_big: form, and not zero", points=1)
def nilpotent_form(nilpotent_big):
    J = gradtools.is_array(gradtools.call(nilpotent_big, "nilpotent_big"), (2, 2), "J", "(2, 2)")
    gradtools.holds(np.linalg.norm(J, 2) > 1, "J", "its spectral norm is above 1", np.linalg.norm(J, 2))


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q7_half, q7_bound):
    gradtools.is_number(q7_half, "q7_half")
    gradtools.is_choice(q7_bound, "q7_bound", "abcd")

"""q7, hidden: other factors, few and many, the constructions, the number and the choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q7_hidden"

AGAINST = {
    "a": (
        "q6 measured one unit with tanh and a weight of 2: its radius is above 1. What became of its product?"
    ),
    "c": (
        "The bound says how large the product can be at most. Does a growing ceiling lift what is below it?"
        " Think of your nilpotent_big, too."
    ),
    "d": "q7_half is a product of numbers below 1 each. Where does it tend to?",
}


def matrices(vanishing_pair):
    """A and B, from a tuple, a list, or an array that holds both."""
    got = gradtools.call(vanishing_pair, "vanishing_pair")
    pair = list(got) if type(got) is np.ndarray and got.ndim else got
    pair = gradtools.outputs(pair, ["A", "B"], "vanishing_pair")
    return [gradtools.is_array(M, (2, 2), letter, "(2, 2)") for letter, M in zip("AB", pair, strict=True)]


def radius(M):
    return np.abs(np.linalg.eigvals(M)).max()


@test_case(name="product: other numbers", points=1)
def product_values(path_product):
    Js = 0.7 * gradtools.rng("q7: product: other numbers").standard_normal((5, 6, 6))
    P = gradtools.call(path_product, "path_product", Js)
    gradtools.same(P, reference.path_product(Js), "P", "(S, S)")


@test_case(name="product: one factor, none, one unit", points=1)
def product_edges(path_product):
    rng = gradtools.rng("q7: product: one factor, none, one unit")
    for Js in (rng.standard_normal((1, 4, 4)), np.zeros((0, 4, 4)), rng.standard_normal((3, 1, 1))):
        P = gradtools.call(path_product, "path_product", Js)
        gradtools.same(P, reference.path_product(Js), "P", "(S, S)")


@test_case(name="product: 200 factors", points=1)
def product_long(path_product):
    Js = gradtools.rng("q7: product: 200 factors").standard_normal((200, 10, 10)) / 3
    P = gradtools.call(path_product, "path_product", Js)
    gradtools.same(P, reference.path_product(Js), "P", "(S, S)")


@test_case(name="vanishing_pair: apart and together", points=1)
def pair_property(vanishing_pair):
    A, B = matrices(vanishing_pair)
    gradtools.holds(radius(A) < 1, "A", "its spectral radius is below 1", radius(A))
    gradtools.holds(radius(B) < 1, "B", "its spectral radius is below 1", radius(B))
    gradtools.holds(radius(A @ B) > 1, "A @ B", "its spectral radius is above 1", radius(A @ B))


@test_case(name="nilpotent_big: large, and zero when applied twice", points=1)
def nilpotent_property(nilpotent_big):
    J = gradtools.is_array(gradtools.call(nilpotent_big, "nilpotent_big"), (2, 2), "J", "(2, 2)")
    norm = np.linalg.norm(J, 2)
    gradtools.holds(norm > 1, "J", "its spectral norm is above 1", norm)
    square = np.abs(J @ J).max() / norm**2
    gradtools.holds(square <= 1e-9, "J @ J", "it is zero", square)


@test_case(name="number: factors below one, product not zero", points=1)
def number(q7_half):
    gradtools.close_number(q7_half, 1001 / 2000, "q7_half")


@test_case(name="choice: bound and behaviour", points=1)
def choice(q7_bound):
    gradtools.right_choice(q7_bound, reference.q7_bound, "q7_bound", "abcd", AGAINST)

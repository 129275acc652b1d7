"""q1, hidden: both laws at other sizes, what a seed does, the numbers, and the choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q1_hidden"

AGAINST = {
    "b": "Their networks were feed-forward, and every layer had weights of its own.",
    "c": "Twice the variance for relu is a later result, and it is itself a rule for the start.",
    "d": "Layers that normalise came five years later; their remedy was the size of the weights.",
}

STD, BOUND, HE = (2 / 768) ** 0.5, (6 / 768) ** 0.5, (2 / 256) ** 0.5


def drawn(initialise, function, case):
    """About 20,000 weights of other fans, and the fans."""
    rng = gradtools.rng(case)
    seed, fan_in, fan_out = (int(rng.integers(*ends)) for ends in ((10**6,), (70, 100), (200, 260)))
    W = gradtools.call(initialise, function, seed, fan_in, fan_out)
    return gradtools.is_array(W, (fan_out, fan_in), "W", "(fan_out, fan_in)"), fan_in, fan_out


@test_case(name="glorot: the bound at other sizes", points=1)
def glorot_bound(glorot_uniform):
    W, fan_in, fan_out = drawn(glorot_uniform, "glorot_uniform", "q1: glorot: the bound at other sizes")
    bound = (6 / (fan_in + fan_out)) ** 0.5
    gradtools.close_number(np.abs(W).max(), bound, "largest entry of W", rtol=0.01)


@test_case(name="glorot: evenly spread around zero", points=1)
def glorot_even(glorot_uniform):
    W, fan_in, fan_out = drawn(glorot_uniform, "glorot_uniform", "q1: glorot: evenly spread around zero")
    bound = (6 / (fan_in + fan_out)) ** 0.5
    for share in (-0.5, 0.0, 0.5):
        below = (share * bound > W).mean()
        claim = "a uniform law on (-b, b) puts equal shares on equal intervals"
        gradtools.holds(abs(below - (1 + share) / 2) < 0.03, "W", claim, below)


@test_case(name="he: a normal law of the right variance", points=1)
def he_normal_law(he_normal):
    W, fan_in, _ = drawn(he_normal, "he_normal", "q1: he: a normal law of the right variance")
    gradtools.close_number(W.var(), 2 / fan_in, "variance of W", rtol=0.08)
    for z, share in ((-1.0, 0.1587), (0.0, 0.5), (1.0, 0.8413)):
        below = (z * (2 / fan_in) ** 0.5 > W).mean()
        claim = "its entries follow a normal law of mean 0"
        gradtools.holds(abs(below - share) < 0.03, "W", claim, below)


@test_case(name="seeds: the same gives the same, another gives other numbers", points=1)
def seeds(glorot_uniform, he_normal):
    seed = int(
        gradtools.rng("q1: seeds: the same gives the same, another gives other numbers").integers(10**6)
    )
    for function, label in ((glorot_uniform, "glorot_uniform"), (he_normal, "he_normal")):
        first, again, other = (
            gradtools.is_array(gradtools.call(function, label, s, 3, 5), (5, 3), "W", "(fan_out, fan_in)")
            for s in (seed, seed, seed + 1)
        )
        gradtools.holds(np.allclose(first, again), label, "one seed gives the same numbers every time")
        gradtools.holds(not np.allclose(first, other), label, "another seed gives other numbers")


@test_case(name="numbers: fans 256 and 512", points=1)
def numbers(q1_glorot_std, q1_glorot_bound, q1_he_std):
    gradtools.close_number(q1_glorot_std, STD, "q1_glorot_std")
    gradtools.close_number(q1_glorot_bound, BOUND, "q1_glorot_bound")
    gradtools.close_number(q1_he_std, HE, "q1_he_std")


@test_case(name="choice: what the paper showed", points=1)
def choice(q1_paper):
    gradtools.right_choice(q1_paper, reference.q1_paper, "q1_paper", "abcd", AGAINST)

"""q1, hidden: other factors, many steps, the numbers and the choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q1_hidden"

AGAINST = {
    "a": (
        "Exploding would show as a gradient that grows on its way back. Here the last word has the ordinary"
        " size: which end is the unusual one?"
    ),
    "c": (
        "A gradient can also be small because it was multiplied by many small factors on its way. Does a "
        "small one at the first word tell you that the loss cannot be lowered there?"
    ),
    "d": (
        "The same weights serve at every word. If the gradient at the last words is not small, do those "
        "weights stay where they are?"
    ),
}


@test_case(name="chain: other numbers", points=1)
def chain_values(scalar_chain):
    rng = gradtools.rng("q1: chain: other numbers")
    for w, n in ((rng.uniform(0.6, 0.95), 7), (rng.uniform(1.1, 1.6), 9)):
        chain = gradtools.call(scalar_chain, "scalar_chain", w, n)
        gradtools.same(chain, reference.scalar_chain(w, n), "chain", "(n,)")


@test_case(name="chain: a negative factor", points=1)
def chain_negative(scalar_chain):
    w = -gradtools.rng("q1: chain: a negative factor").uniform(0.6, 1.6)
    chain = gradtools.call(scalar_chain, "scalar_chain", w, 6)
    gradtools.same(chain, reference.scalar_chain(w, 6), "chain", "(n,)")


@test_case(name="chain: 200 steps, and one", points=1)
def chain_long(scalar_chain):
    w = gradtools.rng("q1: chain: 200 steps, and one").uniform(0.3, 0.7)
    for n in (200, 1):
        chain = gradtools.call(scalar_chain, "scalar_chain", w, n)
        chain = gradtools.is_array(chain, (n,), "chain", "(n,)")
        gradtools.same(
            chain / reference.scalar_chain(w, n), np.ones(n), "chain, each entry against its own size", "(n,)"
        )


@test_case(name="numbers: the listing and the rumour", points=1)
def numbers(q1_listing, q1_people):
    listing = gradtools.is_array(q1_listing, (3,), "q1_listing", "(3,)")
    gradtools.same(np.round(listing, 4), [0.9, 0.0718, 0.0052], "q1_listing", "(3,)")
    gradtools.close_number(q1_people, 0.9**49, "q1_people")


@test_case(name="choice: what it is called", points=1)
def choice(q1_meaning):
    gradtools.right_choice(q1_meaning, reference.q1_meaning, "q1_meaning", "abcd", AGAINST)

"""q1: the powers of one number, and the form of three answers."""

import gradtools
from otter.test_files import test_case

OK_FORMAT = False
name = "q1"


@test_case(name="chain: worked example", points=1)
def chain_example(scalar_chain):
    chain = gradtools.call(scalar_chain, "scalar_chain", -0.5, 3)
    gradtools.same(chain, [-0.5, 0.25, -0.125], "chain", "(n,)")


@test_case(name="chain: no step", points=1)
def chain_empty(scalar_chain):
    chain = gradtools.call(scalar_chain, "scalar_chain", 0.9, 0)
    gradtools.is_array(chain, (0,), "chain for n = 0", "(n,)")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q1_listing, q1_people, q1_meaning):
    gradtools.is_array(q1_listing, (3,), "q1_listing", "(3,)")
    gradtools.is_number(q1_people, "q1_people")
    gradtools.is_choice(q1_meaning, "q1_meaning", "abcd")

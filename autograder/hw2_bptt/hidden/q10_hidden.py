"""q10, hidden: other seeds and settings, the numbers, conditions, sharing."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q10_hidden"


@test_case(name="experiment: other settings", points=1)
def experiment_values(spectral_experiment):
    rng = gradtools.rng("q10: experiment: other settings")
    for rho, T, H, D, x_scale in ((0.6, 12, 5, 2, 0.5), (1.2, 9, 3, 4, 0.1), (0.9, 1, 6, 3, 1.0)):
        args = int(rng.integers(1, 10**9)), rho, T, H, D, x_scale
        norms, measured = reference.spectral_experiment(*args)
        got = gradtools.call(spectral_experiment, "spectral_experiment", *args)
        gradtools.same_entry(got, 0, norms, "norms", "(T,)", rtol=1e-4)
        gradtools.same_entry(got, 1, measured, "measured")


@test_case(name="flow: every activation", points=1)
def flow_values(rnn_flow):
    rng = gradtools.rng("q10: flow: every activation")
    for act in ("tanh", "sigmoid", "identity"):
        scale, T = float(rng.uniform(0.5, 2.0)), int(rng.integers(5, 12))
        flow = gradtools.call(rnn_flow, "rnn_flow", act, scale, T)
        gradtools.same(flow, reference.rnn_flow(act, scale, T), "flow", "(T,)")


@test_case(name="numbers of the report", points=1)
def numbers(q10_ratio, q10_factor, q10_half, q10_cap, q10_tripled):
    gradtools.close_number(q10_ratio, reference.q10_ratio, "q10_ratio")
    gradtools.close_number(q10_factor, reference.q10_factor, "q10_factor")
    gradtools.close_number(q10_half, reference.q10_half, "q10_half")
    gradtools.close_number(q10_cap, reference.q10_cap, "q10_cap", rtol=1e-2)
    gradtools.close_number(q10_tripled, reference.q10_tripled, "q10_tripled", rtol=1e-2)


CONDITIONS = (
    {
        "N": "can gradients vanish although one direction is stretched? Saturated units say yes.",
        "B": "is there a network with a large singular value whose gradients vanish all the same?",
        "X": "every factor's norm is at most that singular value. What does that say of a product of norms?",
    },
    {
        "S": "large weights may saturate their units. Does the product then grow?",
        "B": "large weights may saturate their units. Does the product then grow?",
        "X": "if no factor stretches anything, can their product?",
    },
    {
        "S": "one unit with weight 2 settles where its factor is 0.17.",
        "N": "W_hh and diag(slopes) W_hh have different eigenvalues; q11 builds the exception.",
        "B": "one unit with weight 2 settles where its factor is 0.17.",
    },
    {
        "S": "without slopes the eigenvalues of the power are powers. What if one of them is 1 or more?",
        "N": "without slopes, what becomes of a matrix power in the long run when all moduli are small?",
        "X": "this one is linear, with one matrix at every step: look at the powers of its eigenvalues.",
    },
)


@test_case(name="conditions", points=1)
def conditions(q10_conditions):
    taken = gradtools.letters(q10_conditions, "q10_conditions", "SNBX", 4)
    right = reference.q10_conditions
    for number, (letter, answer, why) in enumerate(zip(taken, right, CONDITIONS, strict=True), 1):
        gradtools.right_choice(letter, answer, f"q10_conditions, statement {number}", "SNBX", why)


SHARING = {
    "a": "norms of factors multiply, whichever matrices they come from. Try fifty different ones.",
    "b": "a product shrinks when its factors shrink most vectors; no common eigenvector is needed. Try it.",
    "d": "scale one shared matrix by 0.5 and look at its powers.",
}


@test_case(name="is sharing the cause", points=1)
def sharing(q10_sharing):
    gradtools.right_choice(q10_sharing, reference.q10_sharing, "q10_sharing", "abcd", SHARING)

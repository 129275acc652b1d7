"""q2, hidden: gate by gate, both forms, one sample; the flip on other weights; two questions."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q2_hidden"


def arguments(case, **sizes):
    """Arguments of gru_cell."""
    net = gradtools.parameters(gradtools.gru_inputs(gradtools.rng(case), T=1, **sizes))
    return net.pop("x")[0], *net.values()


def one_gate(gru_cell, letter, block):
    """The student's values of one gate, and the right ones."""
    args = arguments(f"q2: cell: {letter}")
    got = gradtools.call(gru_cell, "gru_cell", *args)
    gates = gradtools.is_array(gradtools.entry(got, 1, "gates"), (3, 4, 6), "gates", "(N, 4, H)")
    return gates[:, block], reference.gru_cell(*args)[1][:, block]


@test_case(name="cell: r", points=1)
def gate_r(gru_cell):
    gradtools.same(*one_gate(gru_cell, "r", 0), "r", "(N, H)")


@test_case(name="cell: z", points=1)
def gate_z(gru_cell):
    gradtools.same(*one_gate(gru_cell, "z", 1), "z", "(N, H)")


@test_case(name="cell: n", points=1)
def candidate(gru_cell):
    got, expected = one_gate(gru_cell, "n", 2)
    args = arguments("q2: cell: n")
    other = reference.gru_cell(*args, reset_after=False)[1][:, 2]
    if np.abs(got - other).max() < 1e-6:
        text = "`n` is that of the other form: reset acts before the product here, and should act after."
        raise gradtools.Mismatch("n", "value", text, text)
    gradtools.same(got, expected, "n", "(N, H)")


@test_case(name="cell: u", points=1)
def recurrent(gru_cell):
    gradtools.same(*one_gate(gru_cell, "u", 3), "u", "(N, H)")


@test_case(name="cell: h_t, also for one sample", points=1)
def state(gru_cell):
    for samples in (3, 1):
        args = arguments("q2: cell: h_t, also for one sample", N=samples)
        got = gradtools.call(gru_cell, "gru_cell", *args)
        gradtools.same_entry(got, 0, reference.gru_cell(*args)[0], "h_t", "(N, H)")


@test_case(name="cell, reset before: h_t and gates", points=1)
def before(gru_cell):
    args = arguments("q2: cell, reset before: h_t and gates")
    got = gradtools.call(gru_cell, "gru_cell", *args, reset_after=False)
    h_t, gates = reference.gru_cell(*args, reset_after=False)
    gradtools.same_entry(got, 1, gates, "gates with reset_after=False", "(N, 4, H)")
    gradtools.same_entry(got, 0, h_t, "h_t with reset_after=False", "(N, H)")


@test_case(name="flip: other weights", points=1)
def flip(flip_update_gate):
    arrays = list(arguments("q2: flip: other weights"))[2:]
    got = gradtools.call(flip_update_gate, "flip_update_gate", *arrays)
    names = ("W_ih", "W_hh", "b_ih", "b_hh")
    gradtools.same_all(
        got, reference.flip_update_gate(*arrays), names, ("(3H, D)", "(3H, H)", "(3H,)", "(3H,)")
    )


KEEP = "c"
NOT_KEPT = {
    "a": "put z = 0 into this notebook's equation for h_t: what is left?",
    "b": "look for the paper that swaps the two factors; there are such papers.",
    "d": "r acts inside the candidate. Does the candidate reach h_t where the old state passes whole?",
}


@test_case(name="which z keeps", points=1)
def keep(q2_keep):
    gradtools.right_choice(q2_keep, KEEP, "q2_keep", "abcd", NOT_KEPT)


FORMS = (
    ("B", "in this notation r stands inside the bracket that W multiplies."),
    ("A", "put r = 0 into both forms of n and see which terms remain."),
    ("A", "in one of the forms the third block multiplies something other than h_prev."),
    ("B", "is r multiplied in before the units are mixed by the product, or after?"),
    ("A", "is r multiplied in before the units are mixed by the product, or after?"),
)


@test_case(name="which form is which", points=1)
def forms(q2_forms):
    letters = gradtools.letters(q2_forms, "q2_forms", "AB", 5)
    for number, (letter, (right, why)) in enumerate(zip(letters, FORMS, strict=True), 1):
        label = f"q2_forms, statement {number}"
        if letter != right:
            text = f"`{label}`: {why}"
            raise gradtools.Mismatch("q2_forms", "value", text, text)

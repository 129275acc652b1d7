"""q2: one step of a GRU in both forms, and the other convention of the update gate."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q2"

W_HH = np.array([[1.0, 0.5], [2.0, -1.0], [-1.0, 1.0], [0.0, 2.0], [2.0, 1.0], [4.0, -0.5]])
B_HH = np.array([0.3, -0.2, 0.1, 0.4, 0.4, -0.5])
# What reaches the arguments of sigma and tanh from the input and its bias, so that they come out as wished.
DRIVE = np.log([3, 1 / 3, 4, 1 / 4, 2, 1 / 3]) - np.array([0.3, 1.8, -1.4, -1.6, 0.3, 0.5])
STEP = np.array([[2.0]]), np.array([[0.5, -1.0]]), np.full((6, 1), 0.5), W_HH, DRIVE - 1, B_HH


@test_case(name="cell: worked example", points=1)
def cell_example(gru_cell):
    got = gradtools.call(gru_cell, "gru_cell", *STEP)
    gradtools.same_entry(got, 1, [[[0.75, 0.25], [0.8, 0.2], [0.6, -0.8], [0.4, 2.0]]], "gates", "(N, 4, H)")
    gradtools.same_entry(got, 0, [[0.52, -0.84]], "h_t", "(N, H)")


@test_case(name="cell, reset before: worked example", points=1)
def before_example(gru_cell):
    got = gradtools.call(gru_cell, "gru_cell", *STEP, reset_after=False)
    candidate = np.tanh([np.log(2) + 0.6, 0.625 - np.log(3)])
    gates = [[[0.75, 0.25], [0.8, 0.2], candidate, [0.9, 1.125]]]
    gradtools.same_entry(got, 1, gates, "gates with reset_after=False", "(N, 4, H)")
    state = [[0.4 + 0.2 * candidate[0], 0.8 * candidate[1] - 0.2]]
    gradtools.same_entry(got, 0, state, "h_t with reset_after=False", "(N, H)")


@test_case(name="flip: shapes, and what must stay", points=1)
def flip_example(flip_update_gate):
    arrays = STEP[2], W_HH, DRIVE, B_HH
    names, letters = ("W_ih", "W_hh", "b_ih", "b_hh"), ("(3H, D)", "(3H, H)", "(3H,)", "(3H,)")
    flipped = gradtools.outputs(
        gradtools.call(flip_update_gate, "flip_update_gate", *arrays), names, "flip_update_gate"
    )
    for got, given, label, shape in zip(flipped, arrays, names, letters, strict=True):
        new = gradtools.is_array(got, given.shape, label, shape)
        gradtools.same(new[[0, 1, 4, 5]], given[[0, 1, 4, 5]], f"{label}, rows of r and n")
        gradtools.same(np.abs(new), np.abs(given), f"{label}, without signs", shape)


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q2_keep, q2_forms):
    gradtools.is_choice(q2_keep, "q2_keep", "abcd")
    gradtools.letters(q2_forms, "q2_forms", "AB", 5)

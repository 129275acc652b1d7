"""q3: one step on numbers that can be worked out by hand, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q3"

# Two samples, two units. The pre-activations come first; the input weights that lead to them are solved for.
A = np.log([[4, 1, 3, 1 / 4, 2, 1 / 3, 9, 3], [1 / 4, 3, 9, 1, 3, 1 / 2, 1, 4]])
X_T, H_PREV, C_PREV = np.eye(2), np.array([[0.5, -1.0], [2.0, 1.0]]), np.array([[1.0, -2.0], [-1.0, 0.5]])
W_HH = np.array([[1, 2], [0, -1], [3, 1], [-2, 1], [-1, 0], [2, 2], [1, -1], [0, 1.0]])
B_IH, B_HH = np.full(8, 0.25), np.array([-0.5, 0.25, 0.5, 1.0, 0.75, -1.0, -0.25, 2.0])
W_IH = (A - H_PREV @ W_HH.T - B_IH - B_HH).T
ARGUMENTS = (X_T, H_PREV, C_PREV, W_IH, W_HH, B_IH, B_HH)

# Per sample: i, f, g, o, each for both units. Unit 0 of sample 0 is the worked example.
GATES = np.array(
    [[[0.8, 0.5], [0.75, 0.2], [0.6, -0.8], [0.9, 0.75]], [[0.2, 0.75], [0.9, 0.5], [0.8, -0.6], [0.5, 0.8]]]
)
CELL = np.array([[1.23, -0.8], [-0.74, -0.2]])
STATE = GATES[:, 3] * np.tanh(CELL)

LABELS = ("f", "g", "i", "o", "x", "+", "tanh")


@test_case(name="cell: worked example", points=1)
def cell(lstm_cell):
    got = gradtools.call(lstm_cell, "lstm_cell", *ARGUMENTS)
    gradtools.same_entry(got, 2, GATES, "gates", "(N, 4, H)")
    gradtools.same_entry(got, 1, CELL, "c_t", "(N, H)")
    gradtools.same_entry(got, 0, STATE, "h_t", "(N, H)")


@test_case(name="step: cache of the worked example", points=1)
def step(lstm_step_forward):
    got = gradtools.call(lstm_step_forward, "lstm_step_forward", *ARGUMENTS)
    expected = {"x_t": X_T, "h_prev": H_PREV, "c_prev": C_PREV, "c_t": CELL, "gates": GATES}
    gradtools.same_all(gradtools.entry(got, 2, "cache"), expected | {"W_ih": W_IH, "W_hh": W_HH}, "cache")
    gradtools.same_entry(got, 0, STATE, "h_t", "(N, H)")


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q3_i, q3_f, q3_g, q3_o, q3_gates, q3_wiring):
    for label, letter in {"q3_i": q3_i, "q3_f": q3_f, "q3_g": q3_g, "q3_o": q3_o}.items():
        gradtools.is_choice(letter, label, "abcde")
    gradtools.is_number(q3_gates, "q3_gates")
    if type(q3_wiring) is not str:
        gradtools.is_choice(q3_wiring, "q3_wiring", LABELS)
    seven = q3_wiring.split()
    gradtools.holds(len(seven) == 7, "q3_wiring", "it is one text of seven labels with blanks between them")
    for place, label in enumerate(seven, start=1):
        gradtools.is_choice(label, f"place {place} of q3_wiring", LABELS)

"""q1, hidden: other sizes, the numbers of one size, and the table of three cells."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q1_hidden"


@test_case(name="savings: other sizes and biases", points=1)
def savings_values(gru_savings):
    rng = gradtools.rng("q1: savings: other sizes and biases")
    for gru in (0, 1, 2):
        for lstm in (0, 1, 2):
            D, H = int(rng.integers(3, 9)), int(rng.integers(10, 20))
            savings = gradtools.call(gru_savings, "gru_savings", D, H, gru, lstm)
            gradtools.same(savings, reference.gru_savings(D, H, gru, lstm), "savings", rtol=1e-9)


@test_case(name="parameters of a GRU and of an RNN", points=1)
def parameters(q1_gru, q1_rnn):
    block = 512 * (256 + 512)
    gradtools.same(q1_gru, [3 * (block + 512 * n) for n in (1, 2, 0)], "q1_gru")
    gradtools.same(q1_rnn, [block + 512 * n for n in (1, 2)], "q1_rnn")


@test_case(name="savings with two biases against one", points=1)
def unequal(q1_keras):
    gradtools.close_number(q1_keras, reference.gru_savings(256, 512, 2, 1), "q1_keras")


TABLE = (
    ("R", "count what each cell computes from input and state at one step: gates and candidates."),
    ("G", "add its gates and its candidate, and compare."),
    ("L", "add its gates and its candidate, and compare."),
    ("L", "look which of the three keeps a cell beside its state."),
    ("G", "a candidate is no gate: count only what says how much."),
    ("R", "look which of the three multiplies its state by nothing that lies between 0 and 1."),
    ("R", "every block is one more matrix product."),
    ("L", "with D and H equal, parameters go with the number of blocks."),
    ("N", "look at the first figure: how much was left of each, fresh from the start?"),
)


@test_case(name="table of three cells", points=1)
def table(q1_table):
    letters = gradtools.letters(q1_table, "q1_table", "RLGN", 9)
    for number, (letter, (right, why)) in enumerate(zip(letters, TABLE, strict=True), 1):
        label = f"q1_table, statement {number}"
        if letter != right:
            text = f"`{label}`: {why}"
            raise gradtools.Mismatch("q1_table", "value", text, text)

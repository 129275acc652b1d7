"""q9, hidden: output and weights on other numbers, large scores too; three numbers and the reasons."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q9_hidden"


def head(case, sharp=1.0):
    """Arguments of attention: six positions, dimension 4."""
    rng = gradtools.rng(case)
    WQ, WK, WV = rng.standard_normal((3, 4, 4))
    return rng.standard_normal((6, 4)), sharp * WQ, WK, WV, int(rng.integers(0, 6))


@test_case(name="attention: output", points=1)
def output(attention):
    args = head("q9: attention: output")
    got = gradtools.call(attention, "attention", *args)
    gradtools.same_entry(got, 0, reference.attention(*args)[0], "o", "(d,)")


@test_case(name="attention: weights, and large scores", points=1)
def weights(attention):
    for sharp in (1.0, 1e4):
        args = head("q9: attention: weights, and large scores", sharp)
        got = gradtools.call(attention, "attention", *args)
        gradtools.same_entry(got, 1, reference.attention(*args)[1], "alpha", "(n,)")


@test_case(name="three numbers over 100 steps", points=1)
def numbers(q9_alpha, q9_gate, q9_rnn):
    gradtools.close_number(q9_alpha, 1 / 100, "q9_alpha")
    gradtools.close_number(q9_gate, 0.99**100, "q9_gate")
    gradtools.close_number(q9_rnn, 0.9**100, "q9_rnn")


REASONS = {
    "a": "one of the reasons left out: what does path_length say about a distance within one layer?",
    "b": "one of the reasons left out: may step 50 of an RNN be computed before step 49?",
    "c": "one letter is wrong: compare a uniform weight over 100 positions with 0.99 to the power of 100.",
    "d": "one of the reasons left out: what must each kind keep in memory while a stream runs on?",
    "e": "one of the reasons left out: shuffle the other rows of X and look at the output at t.",
    "f": "one letter is wrong: by which number is the gradient multiplied on its one step?",
    "g": "one of the reasons left out: multiply a matrix by a vector that holds a single 1.",
}
RIGHT = set("abdeg")


@test_case(name="why Transformers, and where not", points=1)
def reasons(q9_why):
    chosen = set(gradtools.letters(q9_why, "q9_why", "abcdefg"))
    for letter in sorted(chosen ^ RIGHT):
        text = f"`q9_why`: {REASONS[letter]}"
        raise gradtools.Mismatch("q9_why", "value", text, text)

"""q12, hidden: the whole tree, the timeline and two distances in years."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q12_hidden"


@test_case(name="model: the whole tree", points=1)
def tree(choose_model):
    for length in (1, 49, 50, 51, 1000):
        for bits in range(8):
            answers = bool(bits & 1), bool(bits & 2), bool(bits & 4)
            model = gradtools.call(choose_model, "choose_model", length, *answers)
            chosen = gradtools.is_choice(model, "model", ("rnn", "transformer", "gru", "lstm"))
            claim = "every combination of answers leads to the right leaf of the tree"
            gradtools.holds(chosen == reference.choose_model(length, *answers), "model", claim)


TIMELINE = (
    ("D", "the gate that an LSTM had at first not: who added it?"),
    ("A", "ask who could have told it before there was an LSTM, and where."),
    ("G", "its first version appeared three years before the Transformer."),
    ("F", "the paper on the difficulty of training recurrent networks, after deep learning had begun."),
    ("C", "the first LSTM, a journal paper."),
    ("E", "about deep feed-forward networks, and named after its first author by most libraries."),
    ("B", "its title says that something is difficult; it came between the thesis and the first LSTM."),
)


@test_case(name="timeline", points=1)
def timeline(q12_timeline):
    letters = gradtools.letters(q12_timeline, "q12_timeline", "ABCDEFG", 7)
    for number, (letter, (right, why)) in enumerate(zip(letters, TIMELINE, strict=True), 1):
        label = f"q12_timeline, statement {number}"
        if letter != right:
            text = f"`{label}`: {why}"
            raise gradtools.Mismatch("q12_timeline", "value", text, text)


@test_case(name="two distances in years", points=1)
def gaps(q12_gaps):
    gradtools.same(q12_gaps, [1997 - 1994, 2014 - 1997], "q12_gaps")

"""q4, hidden: other weights, with and without the read-out; one step; LSTM against GRU."""

import gradtools
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q4_hidden"


def arguments(case, **sizes):
    """x, h0 and net."""
    net = gradtools.parameters(gradtools.gru_inputs(gradtools.rng(case), **sizes))
    return net.pop("x"), net.pop("h0"), net


@test_case(name="without tanh", points=1)
def plain(tied_lstm_forward):
    args = *arguments("q4: without tanh"), False
    got = gradtools.call(tied_lstm_forward, "tied_lstm_forward", *args)
    gradtools.same(got, reference.tied_lstm_forward(*args), "states without tanh", "(T, N, H)")


@test_case(name="with tanh", points=1)
def shown(tied_lstm_forward):
    args = *arguments("q4: with tanh"), True
    got = gradtools.call(tied_lstm_forward, "tied_lstm_forward", *args)
    gradtools.same(got, reference.tied_lstm_forward(*args), "states with tanh", "(T, N, H)")


@test_case(name="one step, one sample", points=1)
def edges(tied_lstm_forward):
    for readout in (True, False):
        args = *arguments("q4: one step, one sample", T=1, N=1), readout
        got = gradtools.call(tied_lstm_forward, "tied_lstm_forward", *args)
        expected = reference.tied_lstm_forward(*args)
        gradtools.same(got, expected, f"states, readout_tanh={readout}", "(T, N, H)")


PAIR = (
    ("T", "name what lies between 0 and 1 in the LSTM, and what is squashed by tanh before it is stored."),
    ("T", "name the blocks of q2 and say of each whether it tells how much, or what."),
    ("T", "what does each hand from one step to the next?"),
    ("F", "which of the two numbers counts a block with tanh as well?"),
    ("T", "look at your printed savings for equal biases."),
    ("F", "could an equation settle how well something is learned from data?"),
    ("T", "look at the two factors in q2's equation for h_t: who decides about keeping, who about writing?"),
)


@test_case(name="LSTM against GRU", points=1)
def pair(q4_pair):
    letters = gradtools.letters(q4_pair, "q4_pair", "TF", 7)
    for number, (letter, (right, why)) in enumerate(zip(letters, PAIR, strict=True), 1):
        label = f"q4_pair, statement {number}"
        if letter != right:
            text = f"`{label}`: {why}"
            raise gradtools.Mismatch("q4_pair", "value", text, text)

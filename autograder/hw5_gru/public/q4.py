"""q4: an LSTM with tied gates beside a GRU whose reset gate is open."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q4"


@test_case(name="worked example", points=1)
def example(tied_lstm_forward):
    net = {"W_ih": np.zeros((3, 1)), "W_hh": np.zeros((3, 1))}
    net |= {"b_ih": np.array([0.0, np.log(3), np.log(2)]), "b_hh": np.zeros(3)}
    arguments = np.zeros((2, 1, 1)), np.array([[0.2]]), net
    plain = gradtools.call(tied_lstm_forward, "tied_lstm_forward", *arguments, False)
    gradtools.same(plain, [[[0.3]], [[0.375]]], "states without tanh", "(T, N, H)")
    shown = gradtools.call(tied_lstm_forward, "tied_lstm_forward", *arguments, True)
    gradtools.same(shown, np.tanh([[[0.3]], [[0.375]]]), "states with tanh", "(T, N, H)")


@test_case(name="without tanh, a GRU whose reset gate is 1", points=1)
def open_reset(tied_lstm_forward):
    rng = np.random.default_rng(4)
    net = gradtools.parameters(gradtools.gru_inputs(rng, T=4))
    x, h = net.pop("x"), net.pop("h0")
    got = gradtools.call(tied_lstm_forward, "tied_lstm_forward", x, h, net, False)
    expected = []
    for t in range(4):  # one step of such a GRU: a share 1 - z of the way from the old state to n
        total = np.hstack([x[t], h]) @ np.hstack([net["W_ih"], net["W_hh"]]).T + (net["b_ih"] + net["b_hh"])
        share = 1 / (1 + np.exp(total[:, 6:12]))
        h = h + share * (np.tanh(total[:, 12:]) - h)
        expected.append(h)
    gradtools.same(got, expected, "states", "(T, N, H)")


@test_case(
    name="form of the answer",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q4_pair):
    gradtools.letters(q4_pair, "q4_pair", "TF", 7)

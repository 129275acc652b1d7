"""q9: one attention head, lengths of paths, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q9"


@test_case(name="attention: worked example", points=1)
def attention_example(attention):
    X, one = np.log([[1.0], [4.0], [1.0]]), np.eye(1)
    for t, score in ((1, np.log(4) ** 2), (0, 0.0)):
        got = gradtools.call(attention, "attention", X, one, one, one, t)
        weights = np.array([1.0, np.exp(score), 1.0])
        gradtools.same_entry(got, 1, weights / weights.sum(), f"alpha at t = {t}", "(n,)")
        gradtools.same_entry(got, 0, [np.log(4) * weights[1] / weights.sum()], f"o at t = {t}", "(d,)")


@test_case(name="path length", points=1)
def path_example(path_length):
    for n in (1, 7, 100):
        for arch in ("rnn", "lstm", "gru"):
            gradtools.same(gradtools.call(path_length, "path_length", arch, n), n, f"length for {arch}")
        direct = gradtools.call(path_length, "path_length", "transformer", n)
        gradtools.same(direct, 1, "length for transformer")


@test_case(
    name="form of the answers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q9_alpha, q9_gate, q9_rnn, q9_why):
    gradtools.is_number(q9_alpha, "q9_alpha")
    gradtools.is_number(q9_gate, "q9_gate")
    gradtools.is_number(q9_rnn, "q9_rnn")
    gradtools.letters(q9_why, "q9_why", "abcdefg")

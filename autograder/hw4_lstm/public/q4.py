"""q4: two steps by hand, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q4"

ROW = np.array([[0.0], [0.0], [1.0], [0.0]])  # only the candidate looks at anything
X = np.array([[[np.log(2) - 1]], [[np.log(3) - 0.6]]])
C = np.array([[[np.log(2)]], [[0.5 * np.log(2) + 0.4]]])
Y = 0.5 * np.tanh(C)
GATES = [[[[0.5], [0.5], [0.6], [0.5]]], [[[0.5], [0.5], [0.8], [0.5]]]]
NETWORK = (X, np.array([[0.5]]), np.array([[2 * (np.log(2) - 0.3)]]), ROW, 2 * ROW, np.zeros(4), np.zeros(4))


@test_case(name="worked example", points=1)
def example(lstm_forward):
    got = gradtools.call(lstm_forward, "lstm_forward", *NETWORK)
    gradtools.same_entry(got, 0, Y, "Y", "(T, N, H)")
    gradtools.same_entry(got, 1, Y[-1], "hT", "(N, H)")
    gradtools.same_entry(got, 2, C[-1], "cT", "(N, H)")
    cache = gradtools.entry(got, 3, "cache")
    gradtools.same_all(cache, {"C": C, "gates": GATES}, "cache", {"C": "(T, N, H)", "gates": "(T, N, 4, H)"})


@test_case(
    name="four numbers and a letter",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q4_shut_h, q4_open_c, q4_open_slope, q4_deaf_at, q4_history):
    given = {
        "q4_shut_h": q4_shut_h,
        "q4_open_c": q4_open_c,
        "q4_open_slope": q4_open_slope,
        "q4_deaf_at": q4_deaf_at,
    }
    for label, number in given.items():
        gradtools.is_number(number, label)
    gradtools.is_choice(q4_history, "q4_history", "abcd")

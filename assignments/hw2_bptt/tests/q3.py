"""q3: one step forward, and the whole sequence."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q3"

W_IH, W_HH = np.array([[0.5], [-1.0]]), np.array([[0.5, -1.0], [2.0, 0.3]])
B_IH, B_HH = np.array([0.1, 0.2]), np.array([-0.2, 0.04])
X_T, H_PREV, H_T = np.array([[2.0]]), np.array([[0.6, -0.8]]), np.tanh([[2.0, -0.8]])


@test_case(name="step: worked example and its cache", points=1)
def step_example(rnn_step_forward):
    got = gradtools.call(rnn_step_forward, "rnn_step_forward", X_T, H_PREV, W_IH, W_HH, B_IH, B_HH)
    gradtools.same_entry(got, 0, H_T, "h_t", "(N, H)")
    expected = {"x_t": X_T, "h_prev": H_PREV, "h_t": H_T, "W_ih": W_IH, "W_hh": W_HH}
    gradtools.same_all(gradtools.entry(got, 1, "cache"), expected, "cache")


@test_case(
    name="sequence: three steps",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def sequence_example(rnn_forward):
    # The arguments of tanh are chosen first, and the inputs that lead to them are solved for.
    a = np.array([[[2.0, -0.8]], [[1.0, -3.0]], [[0.5, 0.0]]])
    Y = np.tanh(a)
    x = a - B_IH - B_HH - np.concatenate([H_PREV[None], Y[:-1]]) @ W_HH.T
    got = gradtools.call(rnn_forward, "rnn_forward", x, H_PREV, np.eye(2), W_HH, B_IH, B_HH)
    gradtools.same_entry(got, 0, Y, "Y", "(T, N, H)")
    gradtools.same_entry(got, 1, Y[-1], "hT", "(N, H)")

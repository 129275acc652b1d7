"""q3: a step with its cache, and a whole sequence."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q3"

# All weights are 0, so the gates stand where the biases put them.
X_T, H_PREV = np.array([[1.0, -1.0]]), np.array([[0.8], [0.4]])[:1]
STILL = np.zeros((3, 2)), np.zeros((3, 1)), np.array([np.log(3), 0.0, 0.0]), np.array([0.0, 0.0, 0.5])


@test_case(name="step: worked example and its cache", points=1)
def step_example(gru_step_forward):
    for after in (True, False):
        got = gradtools.call(gru_step_forward, "gru_step_forward", X_T, H_PREV, *STILL, reset_after=after)
        n = np.tanh(0.375 if after else 0.5)
        gradtools.same_entry(got, 0, [[0.4 + n / 2]], f"h_t, reset_after={after}", "(N, H)")
        cache = gradtools.entry(got, 1, "cache")
        gates = [[[0.75], [0.5], [n], [0.5]]]
        expected = {"x_t": X_T, "h_prev": H_PREV, "gates": gates, "W_ih": STILL[0], "W_hh": STILL[1]}
        gradtools.same_all(cache, expected, "cache")
        gradtools.same_entry(cache, "reset_after", after)


@test_case(
    name="sequence: worked example",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def sequence_example(gru_forward):
    quiet = *STILL[:2], np.zeros(3), np.zeros(3)
    got = gradtools.call(gru_forward, "gru_forward", np.repeat(X_T[None], 3, axis=0), H_PREV, *quiet)
    gradtools.same_entry(got, 0, [[[0.4]], [[0.2]], [[0.1]]], "Y", "(T, N, H)")
    gradtools.same_entry(got, 1, [[0.1]], "hT", "(N, H)")

"""q7: truncated backpropagation through time."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q7"

X = np.array([[[np.log(2) - 0.2]], [[np.log(3) - 0.3]], [[-0.4]]])
NETWORK = (
    X,
    np.array([[0.4]]),
    np.array([[1.0]]),
    np.array([[0.5]]),
    np.zeros(1),
    np.zeros(1),
    np.ones((3, 1, 1)),
)


@test_case(
    name="worked example: k = 3, 2 and 1",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def example(truncated_bptt):
    x, before, slope = X.ravel(), np.array([0.4, 0.6, 0.8]), np.array([0.64, 0.36, 1.0])
    for k, dH in ((3, [1.27, 1.5, 1.0]), (2, [1.18, 1.0, 1.0]), (1, [1.0, 1.0, 1.0])):
        grads = gradtools.call(truncated_bptt, "truncated_bptt", *NETWORK, k)
        gradtools.same_entry(grads, "dH", np.reshape(dH, (3, 1, 1)), f"dH for k = {k}", "(T, N, H)")
        da = dH * slope
        expected = {"dW_ih": [[da @ x]], "dW_hh": [[da @ before]], "db_ih": [da.sum()], "db_hh": [da.sum()]}
        gradtools.same_all(grads, expected, "grads")

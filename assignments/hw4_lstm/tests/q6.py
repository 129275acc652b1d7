"""q6: rows and columns whose numbers name their place, and small counts."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q6"


@test_case(name="layout: worked example", points=1)
def layout_example(concat_to_torch):
    W, b = np.arange(1.0, 13.0).reshape(4, 3), np.arange(1.0, 5.0)
    got = gradtools.call(concat_to_torch, "concat_to_torch", W, b, 2)
    W_ih, W_hh, b_ih, b_hh = gradtools.outputs(got, ("W_ih", "W_hh", "b_ih", "b_hh"), "concat_to_torch")
    gradtools.same(W_ih, [[5, 6], [2, 3], [8, 9], [11, 12]], "W_ih", "(4H, D)")
    gradtools.same(W_hh, [[4], [1], [7], [10]], "W_hh", "(4H, H)")
    both = gradtools.is_array(b_ih, (4,), "b_ih", "(4H,)") + gradtools.is_array(b_hh, (4,), "b_hh", "(4H,)")
    gradtools.same(both, [2, 1, 3, 4], "b_ih + b_hh", "(4H,)")


@test_case(name="counts: D = 3, H = 2", points=1)
def counts_example(param_count):
    for kind, n_bias, expected in (("rnn", 1, 12), ("lstm", 1, 48), ("lstm", 2, 56), ("gru", 2, 42)):
        count = gradtools.call(param_count, "param_count", kind, 3, 2, n_bias)
        gradtools.same(count, expected, f"parameters of {kind}, biases {n_bias}")


@test_case(
    name="three numbers",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q6_one_bias, q6_two_biases, q6_no_bias):
    given = {"q6_one_bias": q6_one_bias, "q6_two_biases": q6_two_biases, "q6_no_bias": q6_no_bias}
    for label, number in given.items():
        gradtools.is_number(number, label)

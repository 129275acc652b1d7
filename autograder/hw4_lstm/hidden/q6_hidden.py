"""q6, hidden: each output of the conversion, both forwards side by side, and the counts."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q6_hidden"

D, H = 4, 6


def listing(case):
    """A joined matrix and its bias, as many listings keep them; rows f, i, c, o, columns h, x."""
    rng = gradtools.rng(case)
    return 0.7 * rng.standard_normal((4 * H, H + D)), 0.3 * rng.standard_normal(4 * H)


def converted(concat_to_torch, W, b):
    """The student's four arrays."""
    got = gradtools.call(concat_to_torch, "concat_to_torch", W, b, D)
    return gradtools.outputs(got, ("W_ih", "W_hh", "b_ih", "b_hh"), "concat_to_torch")


def joined_bias(b_ih, b_hh):
    """The sum of both biases: only it acts, and how it is shared out is free."""
    b_ih = gradtools.is_array(b_ih, (4 * H,), "b_ih", "(4H,)")
    return b_ih + gradtools.is_array(b_hh, (4 * H,), "b_hh", "(4H,)")


@test_case(name="W_ih", points=1)
def input_weights(concat_to_torch):
    W, b = listing("q6: W_ih")
    gradtools.same(
        converted(concat_to_torch, W, b)[0], reference.concat_to_torch(W, b, D)[0], "W_ih", "(4H, D)"
    )


@test_case(name="W_hh", points=1)
def state_weights(concat_to_torch):
    W, b = listing("q6: W_hh")
    gradtools.same(
        converted(concat_to_torch, W, b)[1], reference.concat_to_torch(W, b, D)[1], "W_hh", "(4H, H)"
    )


@test_case(name="sum of the biases", points=1)
def biases(concat_to_torch):
    W, b = listing("q6: sum of the biases")
    got = joined_bias(*converted(concat_to_torch, W, b)[2:])
    gradtools.same(got, reference.concat_to_torch(W, b, D)[2], "b_ih + b_hh", "(4H,)")


@test_case(name="both forms give one cell", points=1)
def one_cell(concat_to_torch):
    W, b = listing("q6: both forms give one cell")
    rng = gradtools.rng("q6: both forms give one cell: states")
    x_t, h_prev, c_prev = (rng.standard_normal((3, size)) for size in (D, H, H))
    f, i, c, o = np.split(np.concatenate([h_prev, x_t], axis=1) @ W.T + b, 4, axis=1)
    c_t = reference.sigmoid(f) * c_prev + reference.sigmoid(i) * np.tanh(c)
    W_ih, W_hh, b_ih, b_hh = converted(concat_to_torch, W, b)
    W_ih = gradtools.is_array(W_ih, (4 * H, D), "W_ih", "(4H, D)")
    W_hh = gradtools.is_array(W_hh, (4 * H, H), "W_hh", "(4H, H)")
    got = reference.lstm_cell(x_t, h_prev, c_prev, W_ih, W_hh, joined_bias(b_ih, b_hh), np.zeros(4 * H))
    gradtools.same(got[1], c_t, "c_t of torch's form", "(N, H)")
    gradtools.same(got[0], reference.sigmoid(o) * np.tanh(c_t), "h_t of torch's form", "(N, H)")


@test_case(name="counts: other sizes", points=1)
def counts(param_count):
    rng = gradtools.rng("q6: counts: other sizes")
    for kind in ("rnn", "lstm", "gru"):
        for n_bias in (0, 1, 2):
            sizes = int(rng.integers(5, 40)), int(rng.integers(41, 90))
            count = gradtools.call(param_count, "param_count", kind, *sizes, n_bias)
            gradtools.same(count, reference.param_count(kind, *sizes, n_bias), f"parameters of {kind}")


@test_case(name="D = 256, H = 512", points=1)
def large(q6_one_bias, q6_two_biases, q6_no_bias):
    given = {
        "q6_one_bias": (q6_one_bias, 1),
        "q6_two_biases": (q6_two_biases, 2),
        "q6_no_bias": (q6_no_bias, 0),
    }
    for label, (number, n_bias) in given.items():
        gradtools.close_number(number, reference.param_count("lstm", 256, 512, n_bias), label, rtol=1e-6)

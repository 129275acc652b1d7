"""q11, hidden: arrays and total for themselves, below the threshold, inf, by value, numbers, choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q11_hidden"

AGAINST = {
    "a": "Clip a gradient that is below the threshold: does it change?",
    "c": "What is it that is too long after backward, the weights or the gradient?",
    "d": "Clip [3, 4] and [12] to 1, each by its own norm. Do they still point where they did together?",
}

SHORT_1, SHORT_13 = 1 - 13 / (13 + 1e-6), 13 - 169 / (13 + 1e-6)
ZEROS, FINITE = 2, 0


def gradients(case, scale=3.0):
    """Arrays of several shapes; one of them much larger than the others."""
    rng = gradtools.rng(case)
    shapes = ((6, 4), (6, 6), (6,), (2, 3))
    return [
        scale * factor * rng.standard_normal(shape)
        for factor, shape in zip((1, 5, 0.3, 1), shapes, strict=True)
    ]


def arrays(got, expected):
    """The clipped arrays, one after the other."""
    labels = [f"clipped[{k}]" for k in range(len(expected))]
    clipped = gradtools.outputs(gradtools.entry(got, 0, "clipped"), labels)
    gradtools.same_all(clipped, tuple(expected), labels)


@test_case(name="global norm: clipped arrays", points=1)
def clipped_arrays(clip_by_global_norm):
    for max_norm in (1.0, 5.0):
        args = gradients("q11: global norm: clipped arrays"), max_norm
        got = gradtools.call(clip_by_global_norm, "clip_by_global_norm", *args)
        arrays(got, reference.clip_by_global_norm(*args)[0])


@test_case(name="global norm: total", points=1)
def total(clip_by_global_norm):
    args = gradients("q11: global norm: total"), 2.0
    got = gradtools.call(clip_by_global_norm, "clip_by_global_norm", *args)
    gradtools.same_entry(got, 1, reference.clip_by_global_norm(*args)[1], "total")


@test_case(name="global norm: below the threshold, and all zeros", points=1)
def below(clip_by_global_norm):
    grads = gradients("q11: global norm: below the threshold, and all zeros", scale=0.1)
    for given in (grads, [0 * g for g in grads]):
        got = gradtools.call(clip_by_global_norm, "clip_by_global_norm", given, 50.0)
        arrays(got, given)


@test_case(name="global norm: one inf", points=1)
def one_inf(clip_by_global_norm):
    grads = gradients("q11: global norm: one inf")
    grads[2][1] = np.inf
    got = gradtools.call(clip_by_global_norm, "clip_by_global_norm", grads, 1.0)
    gradtools.same_entry(got, 1, np.inf, "total")
    zeros = [np.zeros(g.shape) for g in grads]
    zeros[2][1] = np.nan
    arrays(got, zeros)


@test_case(name="by value: other numbers", points=1)
def by_value(clip_by_value):
    rng = gradtools.rng("q11: by value: other numbers")
    grads, c = gradients("q11: by value: other numbers"), rng.uniform(0.5, 2)
    got = gradtools.call(clip_by_value, "clip_by_value", grads, c)
    labels = [f"clipped[{k}]" for k in range(len(grads))]
    gradtools.same_all(gradtools.outputs(got, labels), tuple(reference.clip_by_value(grads, c)), labels)


@test_case(name="numbers: just short of the threshold", points=1)
def numbers(q11_short_1, q11_short_13, q11_inf, q11_nan):
    gradtools.close_number(q11_short_1, SHORT_1, "q11_short_1", rtol=3e-3)
    gradtools.close_number(q11_short_13, SHORT_13, "q11_short_13", rtol=3e-3)
    gradtools.close_number(q11_inf, ZEROS, "q11_inf")
    gradtools.close_number(q11_nan, FINITE, "q11_nan")


@test_case(name="choice: what clipping does", points=1)
def choice(q11_clipping):
    gradtools.right_choice(q11_clipping, reference.q11_clipping, "q11_clipping", "abcd", AGAINST)

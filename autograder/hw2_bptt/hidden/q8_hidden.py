"""q8, hidden: other numbers, small norms, one sample."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q8_hidden"


@test_case(name="norms: other numbers, and a vanishing run", points=1)
def norms_values(hidden_grad_norms):
    rng = gradtools.rng("q8: norms: other numbers, and a vanishing run")
    dH = rng.standard_normal((5, 3, 6))
    norms = gradtools.call(hidden_grad_norms, "hidden_grad_norms", dH)
    gradtools.same(norms, reference.hidden_grad_norms(dH), "norms", "(T,)")
    dH = rng.standard_normal((30, 1, 4)) * 0.1 ** np.arange(30, 0, -1)[:, None, None]
    norms = gradtools.call(hidden_grad_norms, "hidden_grad_norms", dH)
    norms = gradtools.is_array(norms, (30,), "norms", "(T,)")
    expected = reference.hidden_grad_norms(dH)
    gradtools.same(norms / expected, np.ones(30), "norms, each against its own size", "(T,)")


@test_case(name="rate: other numbers", points=1)
def rate_values(decay_rate):
    rng = gradtools.rng("q8: rate: other numbers")
    for T in (2, 7, 20):
        norms = np.exp(3 * rng.standard_normal(T))
        rate = gradtools.call(decay_rate, "decay_rate", norms)
        gradtools.same(rate, reference.decay_rate(norms), "rate")


@test_case(name="plot: other norms", points=1)
def plot_values(plot_gradient_norms):
    rng = gradtools.rng("q8: plot: other norms")
    norms = [np.exp(3 * rng.standard_normal(T)) for T in (6, 9, 2)]
    axes = gradtools.drawn_by(plot_gradient_norms, "plot_gradient_norms", norms, ["one", "two", "three"])
    for number, values in enumerate(norms, 1):
        gradtools.has_line(axes, values[::-1], f"line {number}", np.arange(len(values)))
    gradtools.has_log_axis(axes)
    gradtools.has_labels(axes)


RETAIN = {
    "a": "a vanished gradient would be an array of small numbers or zeros, and not None.",
    "b": "backward reaches a weight through the gradient of a state. What becomes of that one?",
    "d": "a state that is computed from weights requires a gradient all by itself; ask h_3.requires_grad.",
}


@test_case(name="where torch's gradient of a state is", points=1)
def retain(q8_retain):
    gradtools.right_choice(q8_retain, reference.q8_retain, "q8_retain", "abcd", RETAIN)


NOISE = {
    "a": "floating point errs relative to the size of a number; a small number is as sharp as a large one.",
    "c": "compare the number with the spacing of float32 near 1 before you call it noise.",
    "d": "every product of floats is rounded; the question is how much, compared with the number.",
}


@test_case(name="is a small gradient noise", points=1)
def noise(q8_noise):
    gradtools.right_choice(q8_noise, reference.q8_noise, "q8_noise", "abcd", NOISE)


SYMPTOMS = (
    {"E": "what explodes does not lie flat.", "B": "only one of the two leaves the loss where it was."},
    {
        "V": "a vanished gradient changes no weight, so no weight becomes nan.",
        "B": "only one reaches infinity.",
    },
    {"V": "weights that get no gradient do not swing.", "B": "one of the two does not move weights at all."},
    {"E": "an explosion is not silent.", "B": "only one of the two is silent."},
    {"E": "nan in the log is hard to overlook.", "B": "compare how each shows in a log of the loss."},
    {"V": "a cap makes large things smaller; it does not enlarge small ones.", "B": "a cap works one way."},
    {
        "V": "is anything learned from far back by a network whose weights jump about?",
        "E": "is anything learned from far back by a network whose early gradient is zero?",
    },
)


@test_case(name="symptoms", points=1)
def symptoms(q8_symptoms):
    taken = gradtools.letters(q8_symptoms, "q8_symptoms", "VEB", 7)
    right = reference.q8_symptoms
    for number, (letter, answer, why) in enumerate(zip(taken, right, SYMPTOMS, strict=True), 1):
        gradtools.right_choice(letter, answer, f"q8_symptoms, statement {number}", "VEB", why)

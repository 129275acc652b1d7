"""q8, hidden: plain, normalised and residual nets, edge sizes, many layers, the numbers and choices."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q8_hidden"

AGAINST_RELU = {
    "a": "A unit that is off passes nothing, and each layer still multiplies by its weights.",
    "b": "Look at both slopes far to the left and far to the right.",
    "d": "Measure a relu net at half the variance: the look cell of this question does.",
}
AGAINST_LAYERS = {
    "a": "Compare your two numbers for own and shared matrices: is either of them near 1?",
    "c": "Write the Jacobian of two layers after one another: is it a sum?",
    "b": "He's variance is a cure of one layer after the other, and you have seen it work.",
}

RELU_LAYER, RELU_FIFTY, HE_LAYER = 2**-0.5, 2.0**-25, 1.0


def network(case, L=4, N=8, H=12, scale=0.4):
    """Inputs, upstream gradient and layers; large enough that no relu net is dead."""
    rng = gradtools.rng(case)
    normal = rng.standard_normal
    return normal((N, H)), normal((N, H)), scale * normal((L, H, H))


def each_to_its_size(gradient_norms, args, rtol=1e-5):
    """Every norm against its own size: small ones count as much as large ones."""
    L = len(args[2])
    norms = gradtools.call(gradient_norms, "gradient_norms", *args)
    norms = gradtools.is_array(norms, (L + 1,), "norms", "(L + 1,)")
    expected = reference.gradient_norms(*args)
    label = "norms, each against its own size"
    gradtools.same(norms / expected, np.ones(L + 1), label, "(L + 1,)", rtol=rtol)


@test_case(name="plain: tanh, relu, sigmoid", points=1)
def plain(gradient_norms):
    for act in ("tanh", "relu", "sigmoid"):
        each_to_its_size(gradient_norms, (*network("q8: plain: tanh, relu, sigmoid"), act))


@test_case(name="residual: tanh and relu", points=1)
def residual(gradient_norms):
    for act in ("tanh", "relu"):
        each_to_its_size(gradient_norms, (*network("q8: residual: tanh and relu"), act, None, True))


@test_case(name="batch norm, plain and residual", points=1)
def batch(gradient_norms):
    case = "q8: batch norm, plain and residual"
    for act, residual in (("relu", False), ("sigmoid", False), ("tanh", True)):
        each_to_its_size(gradient_norms, (*network(case), act, "batch", residual))


@test_case(name="layer norm, plain and residual, one sample", points=1)
def layer(gradient_norms):
    case = "q8: layer norm, plain and residual, one sample"
    for act, residual in (("relu", False), ("sigmoid", False), ("tanh", True)):
        each_to_its_size(gradient_norms, (*network(case), act, "layer", residual))
    each_to_its_size(gradient_norms, (*network(case, L=3, N=1, H=6), "sigmoid", "layer", False))


@test_case(name="one layer, one sample", points=1)
def edges(gradient_norms):
    case = "q8: one layer, one sample"
    each_to_its_size(gradient_norms, (*network(case, L=1, N=3, H=6), "tanh", None, True))
    each_to_its_size(gradient_norms, (*network(case, L=3, N=1, H=6), "sigmoid"))
    each_to_its_size(gradient_norms, (*network(case, L=1, N=1, H=2), "identity"))


@test_case(name="200 layers, and 20,000 weights", points=1)
def many(gradient_norms):
    case = "q8: 200 layers, and 20,000 weights"
    each_to_its_size(gradient_norms, (*network(case, L=200, N=3, H=6, scale=0.1), "tanh", None, True), 1e-3)
    each_to_its_size(gradient_norms, (*network(case, L=2, N=20, H=100, scale=0.1), "tanh"))


@test_case(name="numbers: relu, and shared matrices", points=1)
def numbers(q8_relu_layer, q8_relu_fifty, q8_he_layer, q8_own, q8_shared):
    gradtools.close_number(q8_relu_layer, RELU_LAYER, "q8_relu_layer")
    gradtools.close_number(q8_relu_fifty, RELU_FIFTY, "q8_relu_fifty", rtol=6e-3)
    gradtools.close_number(q8_he_layer, HE_LAYER, "q8_he_layer")
    x, dy, Ws = reference.deep_net("identity", 0.8, 50)
    for got, stack, label in ((q8_own, Ws, "q8_own"), (q8_shared, np.repeat(Ws[:1], 50, 0), "q8_shared")):
        norms = reference.gradient_norms(x, dy, stack, "identity")
        gradtools.close_number(got, norms[0] / norms[-1], label, rtol=2e-3)


@test_case(name="choice: relu against sigmoid", points=1)
def choice_relu(q8_relu):
    gradtools.right_choice(q8_relu, reference.q8_relu, "q8_relu", "abcd", AGAINST_RELU)


@test_case(name="choice: layers against steps", points=1)
def choice_layers(q8_layers):
    gradtools.right_choice(q8_layers, reference.q8_layers, "q8_layers", "abcd", AGAINST_LAYERS)

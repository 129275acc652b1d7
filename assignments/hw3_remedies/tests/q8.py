"""q8: gradient norms through a deep network, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q8"

X = np.array([[1.0, 0.0, 2.0], [-1.0, 2.0, 1.0], [0.5, -1.0, 0.0], [2.0, 1.0, -0.5]])
DY = np.array([[1.0, -1.0, 0.5], [0.5, 2.0, -1.0], [-1.0, 0.0, 1.0], [1.0, 1.0, -2.0]])
WS = np.array(
    [
        [[1.0, -0.5, 0.5], [0.5, 2.0, -1.0], [0.0, 1.0, 1.0]],
        [[0.5, 1.0, -1.0], [-1.0, 1.5, 0.5], [1.0, 0.0, 2.0]],
    ]
)


@test_case(name="worked example, plain and residual", points=1)
def example(gradient_norms):
    x, dy = np.ones((1, 2)), np.array([[3.0, 4.0]])
    Ws = np.array([[[1.0, -2.0], [3.0, 0.0]], [[1.0, 1.0], [0.0, 2.0]]])
    norms = gradtools.call(gradient_norms, "gradient_norms", x, dy, Ws, "relu")
    gradtools.same(norms, [33.0, 130**0.5, 5.0], "norms", "(L + 1,)")
    norms = gradtools.call(gradient_norms, "gradient_norms", x, dy, Ws, "relu", residual=True)
    gradtools.same(norms, [2826**0.5, 261**0.5, 5.0], "norms with residual", "(L + 1,)")


@test_case(name="tanh, plain and residual, against central differences", points=1)
def central_differences(gradient_norms):
    for residual in (False, True):

        def layer(a, W, shortcut=residual):
            return np.tanh(np.einsum("ij,nj->ni", W, a)) + shortcut * a

        tops = (lambda a: (DY * layer(layer(a, WS[0]), WS[1])).sum(), lambda a: (DY * layer(a, WS[1])).sum())
        slopes = [
            gradtools.numeric_gradient(top, a) for top, a in zip(tops, (X, layer(X, WS[0])), strict=True)
        ]
        norms = gradtools.call(gradient_norms, "gradient_norms", X, DY, WS, "tanh", None, residual)
        expected = [np.linalg.norm(g) for g in (*slopes, DY)]
        gradtools.same(norms, expected, f"norms with residual = {residual}", "(L + 1,)")


@test_case(name="tanh, batch norm: torch's numbers", points=1)
def batch(gradient_norms):
    norms = gradtools.call(gradient_norms, "gradient_norms", X, DY, WS, "tanh", "batch")
    gradtools.same(norms, [1.88179048, 3.75270228, 3.93700394], "norms with batch norm", "(L + 1,)")


@test_case(name="tanh, layer norm: torch's numbers", points=1)
def layer(gradient_norms):
    norms = gradtools.call(gradient_norms, "gradient_norms", X, DY, WS, "tanh", "layer")
    gradtools.same(norms, [1.93977418, 3.08746898, 3.93700394], "norms with layer norm", "(L + 1,)")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q8_relu_layer, q8_relu_fifty, q8_he_layer, q8_own, q8_shared, q8_relu, q8_layers):
    gradtools.is_number(q8_relu_layer, "q8_relu_layer")
    gradtools.is_number(q8_relu_fifty, "q8_relu_fifty")
    gradtools.is_number(q8_he_layer, "q8_he_layer")
    gradtools.is_number(q8_own, "q8_own")
    gradtools.is_number(q8_shared, "q8_shared")
    gradtools.is_choice(q8_relu, "q8_relu", "abcd")
    gradtools.is_choice(q8_layers, "q8_layers", "abcd")

"""q3: slopes at chosen points, against differences, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q3"

ZERO = {"sigmoid": 0.25, "tanh": 1.0, "relu": 0.0, "leaky_relu": 0.01, "identity": 1.0}
FUNCTIONS = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "identity": lambda z: z,
}


@test_case(name="activations: worked example at z = 0", points=1)
def at_zero(activation_derivative):
    for activation, expected in ZERO.items():
        slope = gradtools.call(activation_derivative, "activation_derivative", activation, np.zeros(2))
        gradtools.same(slope, [expected, expected], f"slope of {activation} at 0", "shape of z")


@test_case(name="activations: against central differences", points=1)
def differences(activation_derivative):
    z, eps = np.array([[-2.0, -0.4, 0.3], [0.9, 1.5, 2.5]]), 1e-6
    for activation, f in FUNCTIONS.items():
        slope = gradtools.call(activation_derivative, "activation_derivative", activation, z)
        gradtools.same(slope, (f(z + eps) - f(z - eps)) / (2 * eps), f"slope of {activation}", "shape of z")


@test_case(name="slope_from_output: worked example", points=1)
def output_example(slope_from_output):
    slope = gradtools.call(slope_from_output, "slope_from_output", np.array([0.6, -0.8]))
    gradtools.same(slope, [0.64, 0.36], "slope", "shape of h")


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q3_largest, q3_at_one, q3_mean, q3_relu_rms, q3_saturation, q3_z, q3_activation):
    gradtools.is_array(q3_largest, (4,), "q3_largest", "(4,)")
    gradtools.is_array(q3_at_one, (5,), "q3_at_one", "(5,)")
    gradtools.is_array(q3_mean, (2,), "q3_mean", "(2,)")
    gradtools.is_number(q3_relu_rms, "q3_relu_rms")
    gradtools.is_array(q3_saturation, (4,), "q3_saturation", "(4,)")
    gradtools.is_number(q3_z, "q3_z")
    gradtools.is_choice(q3_activation, "q3_activation", "abcd")

"""q3, hidden: every activation for itself, far out, the numbers and the choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q3_hidden"

OUTPUTS = np.array([0.0, 0.5, 0.9, 0.99])
AGAINST = {
    "a": "Compare both slopes at z = 3. Which of the two activations is flatter there?",
    "c": "What is the slope of relu for a negative input? Half of all inputs may be negative.",
    "d": "Put two layers of identity after one another: how does that differ from one layer with one matrix?",
}


def one_activation(activation_derivative, activation, z):
    slope = gradtools.call(activation_derivative, "activation_derivative", activation, z)
    gradtools.same(
        slope, reference.activation_derivative(activation, z), f"slope of {activation}", "shape of z"
    )


@test_case(name="sigmoid: other numbers", points=1)
def sigmoid(activation_derivative):
    one_activation(
        activation_derivative,
        "sigmoid",
        2 * gradtools.rng("q3: sigmoid: other numbers").standard_normal((3, 6)),
    )


@test_case(name="tanh: other numbers", points=1)
def tanh(activation_derivative):
    one_activation(
        activation_derivative, "tanh", gradtools.rng("q3: tanh: other numbers").standard_normal((3, 6))
    )


def mixed(case):
    """Inputs of both signs, a zero, and a row that is negative throughout."""
    z = gradtools.rng(case).standard_normal((2, 3, 4))
    z[0, 0, 0], z[1, 0] = 0, -np.abs(z[1, 0])
    return z


@test_case(name="relu: other numbers, and zero", points=1)
def relu(activation_derivative):
    one_activation(activation_derivative, "relu", mixed("q3: relu: other numbers, and zero"))


@test_case(name="leaky_relu: other numbers, and zero", points=1)
def leaky_relu(activation_derivative):
    z = mixed("q3: leaky_relu: other numbers, and zero")
    one_activation(activation_derivative, "leaky_relu", z)
    one_activation(activation_derivative, "leaky_relu", -np.abs(z))


@test_case(name="identity: other numbers", points=1)
def identity(activation_derivative):
    one_activation(
        activation_derivative, "identity", gradtools.rng("q3: identity: other numbers").standard_normal(7)
    )


@test_case(name="far out: numbers, not nan", points=1)
def far_out(activation_derivative):
    z = np.array([-1000.0, 0.5, 1000.0])
    for activation in ("sigmoid", "tanh", "relu", "leaky_relu", "identity"):
        one_activation(activation_derivative, activation, z)


@test_case(name="slope_from_output: other numbers", points=1)
def output_values(slope_from_output):
    h = np.tanh(gradtools.rng("q3: slope_from_output: other numbers").standard_normal((5, 3, 6)))
    slope = gradtools.call(slope_from_output, "slope_from_output", h)
    gradtools.same(slope, reference.slope_from_output(h), "slope", "shape of h")


@test_case(name="slope_from_output: near saturation", points=1)
def output_saturated(slope_from_output):
    rng = gradtools.rng("q3: slope_from_output: near saturation")
    h = rng.choice([-1, 1], 6) * rng.uniform(0.98, 0.999, 6)
    slope = gradtools.call(slope_from_output, "slope_from_output", h)
    gradtools.same(slope, reference.slope_from_output(h), "slope", "shape of h")


@test_case(name="numbers: the table of slopes", points=1)
def table(q3_largest, q3_at_one):
    gradtools.same(q3_largest, [0.25, 1, 1, 1.0], "q3_largest", "(4,)", rtol=1e-3)
    s = 1 / (1 + np.exp(-1))
    gradtools.same(q3_at_one, [s * (1 - s), 1 - np.tanh(1) ** 2, 1, 0, 1], "q3_at_one", "(5,)", rtol=2e-4)


@test_case(name="numbers: slopes of a standard normal input", points=1)
def means(q3_mean, q3_relu_rms):
    z = np.linspace(-12, 12, 24001)
    density = np.exp(-(z**2) / 2) / np.exp(-(z**2) / 2).sum()
    expected = [(density * reference.activation_derivative(name, z)).sum() for name in ("sigmoid", "tanh")]
    gradtools.same(q3_mean, expected, "q3_mean", "(2,)", rtol=1e-3)
    gradtools.close_number(q3_relu_rms, 0.5**0.5, "q3_relu_rms", rtol=3e-3)


@test_case(name="numbers: saturation, read by the output", points=1)
def saturation(q3_saturation, q3_z):
    got = gradtools.is_array(q3_saturation, (4,), "q3_saturation", "(4,)")
    if np.allclose(got, 1 - np.tanh(OUTPUTS) ** 2, atol=1e-3):
        text = "`q3_saturation`: slopes where the *input* of tanh has those values; its output was meant."
        raise gradtools.Mismatch("q3_saturation", "value", text, text)
    gradtools.same(
        got / (1 - OUTPUTS**2), np.ones(4), "q3_saturation, each against its own size", "(4,)", rtol=6e-3
    )
    gradtools.close_number(q3_z, np.arctanh(0.9), "q3_z")


@test_case(name="choice: which activation", points=1)
def choice(q3_activation):
    gradtools.right_choice(q3_activation, reference.q3_activation, "q3_activation", "abcd", AGAINST)

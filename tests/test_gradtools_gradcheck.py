"""The gradient check is itself checked: a slightly wrong gradient is caught, rounding is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import gradtools
from coursekit.gradtools import Mismatch

REPEATABLE = settings(max_examples=25, derandomize=True, deadline=None, database=None)
NAMES = ("x", "h0", "W_ih", "W_hh", "b_ih", "b_hh")


def forward(x, h0, W_ih, W_hh, b_ih, b_hh):
    Y, h = [], h0
    for x_t in x:
        h = np.tanh(x_t @ W_ih.T + b_ih + h @ W_hh.T + b_hh)  # (N, H)
        Y.append(h)
    Y = np.stack(Y)  # (T, N, H)
    return Y, h, {"x": x, "h0": h0, "Y": Y, "W_ih": W_ih, "W_hh": W_hh}


def backward(dY, dhT, cache):
    x, h0, Y, W_ih, W_hh = cache.values()
    grads = {"dW_ih": np.zeros_like(W_ih), "dW_hh": np.zeros_like(W_hh), "db_ih": 0, "db_hh": 0}
    dx, dh = np.zeros_like(x), dhT
    for t in reversed(range(len(x))):
        da = (dY[t] + dh) * (1 - Y[t] ** 2)  # (N, H)
        grads["dW_ih"] += da.T @ x[t]
        grads["dW_hh"] += da.T @ (Y[t - 1] if t else h0)
        grads["db_ih"] = grads["db_ih"] + da.sum(axis=0)
        grads["db_hh"] = grads["db_hh"] + da.sum(axis=0)
        dx[t], dh = da @ W_ih, da @ W_hh
    return {"dx": dx, "dh0": dh, **grads}


def setting(case: str, **sizes):
    """inputs, upstream and right gradients of one draw."""
    p = gradtools.rnn_inputs(gradtools.rng(case), **sizes)
    inputs = gradtools.parameters(p)
    return inputs, {0: p["dY"], 1: p["dhT"]}, backward(p["dY"], p["dhT"], forward(**inputs)[2])


def failing(*args, **kwargs) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        gradtools.check_gradient(*args, **kwargs)
    return caught.value


@REPEATABLE
@given(st.integers(0, 10**6))
def test_right_gradients_pass_on_every_draw(seed):
    inputs, upstream, grads = setting(f"draw {seed}")
    gradtools.check_gradient(forward, grads, inputs, upstream)


@REPEATABLE
@given(st.integers(0, 10**6), st.sampled_from(NAMES))
def test_a_gradient_wrong_by_a_thousandth_in_one_array_is_caught_and_named(seed, name):
    inputs, upstream, grads = setting(f"draw {seed}")
    grads[f"d{name}"] = grads[f"d{name}"] * 1.001
    found = failing(forward, grads, inputs, upstream)

    assert (found.output, found.rung) == (f"d{name}", "value")


@REPEATABLE
@given(st.integers(0, 10**6), st.sampled_from(NAMES))
def test_a_gradient_off_by_rounding_is_right(seed, name):
    inputs, upstream, grads = setting(f"draw {seed}")
    grads[f"d{name}"] = grads[f"d{name}"] * (1 + 1e-8)
    gradtools.check_gradient(forward, grads, inputs, upstream)


@pytest.mark.parametrize("name", NAMES)
def test_one_wrong_entry_is_caught(name):
    inputs, upstream, grads = setting("one entry")
    grads[f"d{name}"].flat[-1] += 0.01

    assert failing(forward, grads, inputs, upstream).output == f"d{name}"


def test_edge_shapes_are_checked_alike():
    inputs, upstream, grads = setting("edge", T=1, N=1, D=1, H=1)
    gradtools.check_gradient(forward, grads, inputs, upstream)
    grads["dW_hh"] = grads["dW_hh"] + 1e-3

    assert failing(forward, grads, inputs, upstream).output == "dW_hh"


@pytest.mark.parametrize(
    ("wrong", "rung"),
    [
        (None, "missing"),
        ("text", "type"),
        (np.zeros(3), "shape"),
        (np.full((6, 6), np.nan), "finite"),
        (np.zeros((6, 6)), "value"),
    ],
)
def test_each_rung_below_the_value_is_named(wrong, rung):
    inputs, upstream, grads = setting("rungs")
    found = failing(forward, grads | {"dW_hh": wrong}, inputs, upstream)

    assert (found.output, found.rung) == ("dW_hh", rung)


def test_a_missing_gradient_is_named():
    inputs, upstream, grads = setting("missing")
    del grads["db_hh"]

    assert failing(forward, grads, inputs, upstream).output == "db_hh"
    gradtools.check_gradient(forward, grads, inputs, upstream, ["x", "W_hh"])


def test_gradients_may_come_as_a_tuple_or_alone():
    inputs, upstream, grads = setting("forms")
    gradtools.check_gradient(forward, tuple(grads[f"d{n}"] for n in NAMES), inputs, upstream, NAMES)
    gradtools.check_gradient(forward, grads["dW_hh"], inputs, upstream, ["W_hh"])
    gradtools.check_gradient(forward, {"W_hh": grads["dW_hh"]}, inputs, upstream, ["W_hh"])

    assert failing(forward, (grads["dx"],), inputs, upstream, NAMES).rung == "count"
    assert failing(forward, grads["dx"], inputs, upstream, NAMES).rung == "count"


def test_a_function_of_one_output_takes_its_upstream_as_an_array():
    x, v = np.array([0.3, -1.2]), np.array([2.0, -0.5])
    gradtools.check_gradient(np.tanh, v * (1 - np.tanh(x) ** 2), {"x": x}, v)

    assert failing(np.tanh, v * (1 - np.tanh(x)), {"x": x}, v).output == "dx"


def test_outputs_without_an_upstream_do_not_count():
    inputs, upstream, _ = setting("some outputs")
    dY, dhT = upstream.values()
    zero = np.zeros_like(dY)
    cache = forward(**inputs)[2]
    gradtools.check_gradient(forward, backward(zero, dhT, cache), inputs, (None, dhT))
    gradtools.check_gradient(forward, backward(dY, 0 * dhT, cache), inputs, {0: dY})


def test_inputs_that_are_no_float_arrays_are_passed_on():
    def scaled(x, times, name):
        return x * times if name == "scale" else None

    inputs = {"x": np.ones(3), "times": 4, "name": "scale"}
    gradtools.check_gradient(scaled, np.full(3, 4.0), inputs, np.ones(3))


def test_a_function_whose_output_does_not_fit_is_named_itself():
    inputs, upstream, grads = setting("forward")
    found = failing(lambda *a: forward(*a)[0][0], grads, inputs, upstream, function="rnn_forward")

    assert found.output == "output 1 of rnn_forward"
    assert failing(lambda *a: None, grads, inputs, upstream, function="rnn_forward").rung == "missing"


def test_few_calls_are_made():
    inputs, upstream, grads = setting("calls")
    calls = []
    gradtools.check_gradient(lambda *a: calls.append(1) or forward(*a), grads, inputs, upstream)

    assert len(calls) == 6 * len(NAMES)


def test_inputs_stay_as_they_are_even_if_the_function_spoils_them():
    inputs, upstream, grads = setting("spoils")
    before = {name: value.copy() for name, value in inputs.items()}

    def spoils(*args):
        result = forward(*[a.copy() for a in args])
        for a in args:
            a *= 0
        return result

    gradtools.check_gradient(spoils, grads, inputs, upstream)

    assert all(np.array_equal(before[name], inputs[name]) for name in before)


def test_the_message_says_what_is_wrong_what_is_right_and_what_to_try():
    inputs, upstream, grads = setting("message")
    grads["dW_hh"], grads["db_hh"] = -grads["dW_hh"], 3 * grads["db_hh"]
    found = failing(forward, grads, inputs, upstream, function="rnn_forward")

    assert str(found).startswith("`dW_hh` does not fit `rnn_forward`: along a random direction it says ")
    assert "Also off: `db_hh`. Right already: `dx`, `dh0`, `dW_ih` and `db_ih`." in str(found)
    assert "Try: the sign is turned, the same in every direction." in str(found)
    assert not any(digit in found.blind.replace("dh0", "") for digit in "0123456789")


def test_a_constant_factor_is_told():
    inputs, upstream, grads = setting("factor")

    assert "it is 0.3333 times" in str(failing(forward, grads | {"dx": grads["dx"] / 3}, inputs, upstream))
    assert "zero throughout" in str(failing(forward, grads | {"dx": 0 * grads["dx"]}, inputs, upstream))


def test_the_complex_step_agrees_where_the_function_is_analytic():
    inputs, upstream, grads = setting("complex")
    gradtools.check_gradient(forward, grads, inputs, upstream, method="complex", rtol=1e-12)
    grads["dW_ih"] = grads["dW_ih"] * (1 + 1e-9)

    assert failing(forward, grads, inputs, upstream, method="complex", rtol=1e-12).output == "dW_ih"


def test_a_lower_floor_tells_small_gradients_apart():
    inputs, upstream, grads = setting("small")
    upstream = {k: 1e-6 * v for k, v in upstream.items()}
    wrong = {k: 1e-6 * v for k, v in grads.items()} | {"dx": 1.01e-6 * grads["dx"]}
    gradtools.check_gradient(forward, wrong, inputs, upstream)

    assert failing(forward, wrong, inputs, upstream, floor=1e-6).output == "dx"


def test_numeric_gradient_fills_every_entry_and_leaves_x_alone():
    x = np.array([[0.5, -1.0], [2.0, 0.1]])
    numeric = gradtools.numeric_gradient(lambda a: float((a**3).sum()), x)

    assert numeric == pytest.approx(3 * x**2, abs=1e-8)
    assert x.tolist() == [[0.5, -1.0], [2.0, 0.1]]


def test_complex_derivative_is_exact_to_rounding():
    x, u = np.array([0.3, -1.2]), np.array([1.0, 2.0])
    exact = (1 - np.tanh(x) ** 2) * u

    assert gradtools.complex_derivative(np.tanh, x, u) == pytest.approx(exact, rel=1e-14)

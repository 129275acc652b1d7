"""Locating names the step and the gate, and finds nothing where nothing is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from coursekit import gradtools
from coursekit.gradtools.locating import find, sentences


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_forward(x, h0, c0, W_ih, W_hh, b_ih, b_hh):
    h, c, steps, Y = h0, c0, [], []
    for x_t in x:
        a = x_t @ W_ih.T + b_ih + h @ W_hh.T + b_hh  # (N, 4H)
        i, f, g, o = np.split(a, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c_t = f * c + i * g
        steps.append((h, c, i, f, g, o, c_t))
        h, c = o * np.tanh(c_t), c_t
        Y.append(h)
    return np.stack(Y), h, c, {"x": x, "steps": steps, "W_ih": W_ih, "W_hh": W_hh}


def lstm_backward(dY, dh, dc, cache, slip=""):
    grads = {"dW_ih": 0, "dW_hh": 0, "db_ih": 0, "db_hh": 0}
    dx = np.zeros_like(cache["x"])
    for t in reversed(range(len(dY))):
        h, c, i, f, g, o, c_t = cache["steps"][t]
        dh = dh + dY[t]
        dc = dc + dh * o * (1 - np.tanh(c_t) ** 2)
        df = dc * (c_t if slip == "f" else c) * f * (1 - f)
        if slip == "late" and t <= 2:
            df = 1.1 * df
        da = np.concatenate(
            [dc * g * i * (1 - i), df, dc * i * (1 - g**2), dh * np.tanh(c_t) * o * (1 - o)], axis=1
        )
        grads["dW_ih"] = grads["dW_ih"] + da.T @ cache["x"][t]
        grads["dW_hh"] = grads["dW_hh"] + da.T @ h
        grads["db_ih"] = grads["db_hh"] = grads["db_ih"] + da.sum(axis=0)
        dx[t] = da @ cache["W_ih"]
        dh = da @ (cache["W_hh"] if slip != "cut" or t == 0 else 0 * cache["W_hh"])
        dc = dc * f
    return {"dx": dx, "dh0": dh, "dc0": dc, **grads}


def with_slip(slip):
    return lambda *args: lstm_backward(*args, slip=slip)


def test_a_right_backward_fits_everywhere():
    found = find(lstm_forward, lstm_backward, "ifgo")

    assert found.first == 0
    assert found.steps == dict.fromkeys(range(5), True)
    assert list(found.blocks) == ["dh0", "dc0", "dW_ih", "dW_hh", "db_ih", "db_hh"]
    assert all(all(row.values()) for row in found.blocks.values())
    assert sentences(found) == ["backward fits forward at every step."]


def test_a_slip_in_one_gate_is_found_in_its_rows_only():
    found = find(lstm_forward, with_slip("f"), "ifgo")

    assert found.first == 1
    assert found.blocks["dW_hh"] == {"i": True, "f": False, "g": True, "o": True}
    assert found.blocks["dc0"] == {"all": True}
    assert "dW_ih, dW_hh, db_ih and db_hh are wrong only in the rows of f." in sentences(found)


def test_a_slip_from_some_step_on_is_found_there():
    found = find(lstm_forward, with_slip("late"), "ifgo")

    assert found.steps == {0: False, 1: False, 2: False, 3: True, 4: True}
    assert "dx is right at t = 4 and 3, wrong from t = 2 back to the start." in sentences(found)


def test_a_slip_between_steps_shows_from_two_steps_on():
    found = find(lstm_forward, with_slip("cut"), "ifgo")

    assert found.first == 2
    assert found.steps[4]
    assert not found.steps[3]
    assert sentences(found)[-1].startswith("1 step alone would be right, 2 are not: look at what one step")


def test_an_rnn_has_no_gates():
    def forward(x, h0, W_ih, W_hh, b_ih, b_hh):
        h = np.tanh(x[0] @ W_ih.T + b_ih + h0 @ W_hh.T + b_hh)
        return h[None], h, {"x": x, "h0": h0, "h": h, "W_ih": W_ih, "W_hh": W_hh}

    def backward(dY, dhT, cache):
        da = (dY[0] + dhT) * (1 - cache["h"] ** 2)
        grads = {"dW_ih": da.T @ cache["x"][0], "dW_hh": da.T @ cache["h0"], "db_ih": da.sum(0)}
        return {"dx": (da @ cache["W_ih"])[None], "dh0": da @ cache["W_hh"].T, **grads, "db_hh": da.mean(0)}

    inputs = gradtools.rnn_inputs(gradtools.rng("one step"), T=1)
    found = find(forward, backward, inputs=inputs)

    assert found.steps == {0: True}
    assert [name for name, row in found.blocks.items() if not row["all"]] == ["dh0", "db_hh"]
    assert "dh0 and db_hh are wrong." in sentences(found)


def test_gradients_of_another_shape_or_kind_are_wrong():
    wrong = with_slip("")

    def backward(*args):
        return wrong(*args) | {"dh0": np.zeros(3), "dW_hh": "text"}

    found = find(lstm_forward, backward, "ifgo")

    assert found.blocks["dh0"] == {"all": False}
    assert not any(found.blocks["dW_hh"].values())
    assert all(found.blocks["dW_ih"].values())


def test_the_table_is_printed(capsys):
    gradtools.locate(lstm_forward, with_slip("f"), "ifgo")
    printed = capsys.readouterr().out.splitlines()

    assert printed[0] == "dx     t=4 WRONG   t=3 WRONG   t=2 WRONG   t=1 WRONG   t=0 WRONG"
    assert "1 step alone:" in printed
    assert "dW_hh  i right   f WRONG   g right   o right" in printed
    assert "dc0    right" in printed


@pytest.mark.parametrize(
    ("forward", "backward", "message"),
    [
        (None, lstm_backward, "`lstm_forward` is not defined"),
        (lambda *a: None, lstm_backward, "`lstm_forward` is None"),
        (lstm_forward, lambda *a: {"dx": np.zeros((5, 3, 4))}, "`dh0` is missing"),
    ],
)
def test_what_does_not_come_back_is_named(forward, backward, message, capsys):
    gradtools.locate(forward, backward, "ifgo", names=("lstm_forward", "lstm_backward"))

    assert capsys.readouterr().out.startswith(message)


def test_a_stub_is_left_to_waits(capsys):
    def stub(*args):
        raise NotImplementedError("q6: lstm_backward")

    with gradtools.waits():
        gradtools.locate(lstm_forward, stub, "ifgo")

    assert capsys.readouterr().out == "waits for q6\n"

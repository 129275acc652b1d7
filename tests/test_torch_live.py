"""The References against torch itself, where it is installed, on what the stored numbers do not hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from whole import materials

from coursekit.judge.modules import gradtools
from coursekit.judge.reference import reference_module

torch = pytest.importorskip("torch")

WEIGHTS = ("W_ih", "W_hh", "b_ih", "b_hh")
CLOSE: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-11}


@pytest.fixture(scope="module")
def hw2() -> Any:
    return reference_module(materials("hw2_bptt").reference)


@pytest.fixture(scope="module")
def hw5() -> Any:
    return reference_module(materials("hw5_gru").reference)


def torch_rnn(net: dict[str, np.ndarray]) -> Any:
    """torch's tanh RNN with the weights of `net`."""
    module = torch.nn.RNN(net["W_ih"].shape[1], net["W_hh"].shape[0], dtype=torch.float64)
    with torch.no_grad():
        for name, weight in zip(WEIGHTS, module.parameters(), strict=True):
            weight.copy_(torch.tensor(net[name]))
    return module


@pytest.mark.parametrize("k", [1, 2, 3, 5, 7, 9])
def test_truncated_gradients_are_those_of_detached_chunks(hw2, k):
    """Chunks of k of 7 steps: the state goes on detached, all losses are summed, and each h_t is retained."""
    net = gradtools().rnn_inputs(np.random.default_rng(21), T=7, N=3, D=4, H=6)
    module, h, states = torch_rnn(net), torch.tensor(net["h0"])[None], []
    for x_t, dy in zip(torch.tensor(net["x"]), torch.tensor(net["dY"]), strict=True):
        if len(states) % k == 0:
            h = h.detach()
        _, h = module(x_t[None], h)
        h.retain_grad()
        states.append((h, (h[0] * dy).sum()))
    sum(loss for _, loss in states).backward()

    got = hw2.truncated_bptt(**gradtools().parameters(net), dY=net["dY"], k=k)

    assert_allclose(got["dH"], np.stack([state.grad[0].numpy() for state, _ in states]), **CLOSE)
    for name, weight in zip(WEIGHTS, module.parameters(), strict=True):
        assert_allclose(got[f"d{name}"], weight.grad.numpy(), **CLOSE, err_msg=name)


@pytest.mark.parametrize("size", [(1, 1, 1, 1), (7, 2, 3, 5)])
def test_a_tanh_network_and_its_way_back(hw2, size):
    net = gradtools().rnn_inputs(np.random.default_rng(22), *size)
    module = torch_rnn(net)
    x, h0 = (torch.tensor(net[name], requires_grad=True) for name in ("x", "h0"))
    Y, hT = module(x, h0[None])
    ((Y * torch.tensor(net["dY"])).sum() + (hT[0] * torch.tensor(net["dhT"])).sum()).backward()

    own_Y, _, cache = hw2.rnn_forward(**gradtools().parameters(net))
    grads = hw2.rnn_backward(net["dY"], net["dhT"], cache)

    assert_allclose(own_Y, Y.detach().numpy(), **CLOSE)
    for name, leaf in zip(("x", "h0", *WEIGHTS), (x, h0, *module.parameters()), strict=True):
        assert_allclose(grads[f"d{name}"], leaf.grad.numpy(), **CLOSE, err_msg=name)


@pytest.mark.parametrize(("n", "d", "t"), [(1, 3, 0), (6, 4, 2), (100, 8, 99)])
def test_attention(hw5, n, d, t):
    rng = np.random.default_rng(23)
    X, WQ, WK, WV = rng.standard_normal((n, d)), *rng.standard_normal((3, d, d))
    q, keys, values = (torch.tensor(X) @ torch.tensor(W).T for W in (WQ, WK, WV))
    expected = torch.nn.functional.scaled_dot_product_attention(q[None], keys[None], values[None])[0]

    o, alpha = hw5.attention(X, WQ, WK, WV, t)

    assert_allclose(o, expected[t].numpy(), **CLOSE)
    assert_allclose(alpha @ values.numpy(), expected[t].numpy(), **CLOSE)


def test_attentions_jacobian_at_every_other_position(hw5):
    rng = np.random.default_rng(24)
    X, WQ, WK, WV = rng.standard_normal((6, 4)), *rng.standard_normal((3, 4, 4))

    def output(inputs: Any) -> Any:
        q, keys, values = (inputs @ torch.tensor(W).T for W in (WQ, WK, WV))
        return torch.nn.functional.scaled_dot_product_attention(q[None], keys[None], values[None])[0]

    whole = torch.autograd.functional.jacobian(output, torch.tensor(X)).numpy()  # [t, i, k, j]
    for t in range(6):
        for k in set(range(6)) - {t}:
            assert_allclose(hw5.attention_jacobian(X, WQ, WK, WV, t, k), whole[t, :, k], **CLOSE)

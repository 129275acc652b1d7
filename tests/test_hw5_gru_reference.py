"""hw5: the Reference against torch's numbers, complex steps and the data that are released with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from coursekit.course import Course
from coursekit.judge.modules import gradtools
from coursekit.judge.reference import reference_module
from coursekit.notebook.master import read_master

ROOT = Path(__file__).parents[1]
SLUG = "hw5_gru"
COURSE = Course(ROOT)
REFERENCE = reference_module(read_master(*reversed(COURSE.master(SLUG))).reference)
ORACLE = dict(np.load(ROOT / "tests/data/oracle/gru.npz"))
DATA = ROOT / "autograder" / SLUG / "data"
PARAMETERS = ("x", "h0", "W_ih", "W_hh", "b_ih", "b_hh")
FORMS = [("gru", True), ("gru_v3", False)]


def oracle(model: str, shape: str) -> dict[str, np.ndarray]:
    """Torch's arrays of one shape, by their last name; both forms share their inputs."""
    inputs = {name: ORACLE[f"gru/{shape}/{name}"] for name in (*PARAMETERS, "dY", "dhT")}
    own = {key.split("/")[2]: value for key, value in ORACLE.items() if key.startswith(f"{model}/{shape}/")}
    return inputs | own


def complex_loss(after: bool, net: dict[str, np.ndarray], name: str, value: np.ndarray) -> Any:
    """The oracle's loss with complex arguments: dY and dhT against the states."""
    args = {key: np.asarray(a, dtype=complex) for key, a in {**net, name: value}.items()}
    h, total = args["h0"], 0
    for x_t, dy in zip(args["x"], net["dY"], strict=True):
        h = REFERENCE.gru_cell(x_t, h, *(args[key] for key in PARAMETERS[2:]), after)[0]
        total = total + (h * dy).sum()
    return total + (h * net["dhT"]).sum()


@pytest.mark.parametrize("shape", ["s", "m", "l"])
@pytest.mark.parametrize(("model", "after"), FORMS)
def test_forward_and_backward_agree_with_torch(model: str, after: bool, shape: str) -> None:
    torch = oracle(model, shape)

    Y, hT, saved = REFERENCE.gru_forward(*(torch[name] for name in PARAMETERS), after)
    grads = REFERENCE.gru_backward(torch["dY"], torch["dhT"], saved)

    assert_allclose(Y, torch["Y"], rtol=1e-9, atol=1e-11)
    assert_allclose(hT, torch["hT"], rtol=1e-9, atol=1e-11)
    for name, value in grads.items():
        assert_allclose(value, torch[name], rtol=1e-9, atol=1e-11, err_msg=name)


@pytest.mark.parametrize("shape", ["s", "m", "l"])
def test_jacobians_and_their_product_agree_with_torch(shape: str) -> None:
    torch = oracle("gru", shape)
    Y, _, saved = REFERENCE.gru_forward(*(torch[name] for name in PARAMETERS))
    before = np.concatenate([torch["h0"][None], Y[:-1]])[:, 0]  # the oracle has sample 0 alone

    J = [
        REFERENCE.gru_jacobian(h, gates[0], torch["W_hh"])
        for h, gates in zip(before, saved["gates"], strict=True)
    ]
    P = np.linalg.multi_dot([*J[::-1], np.eye(len(J[0]))])

    assert_allclose(J, torch["J"], rtol=1e-9, atol=1e-12)
    assert_allclose(P, torch["P"], rtol=1e-9, atol=1e-9 * np.abs(torch["P"]).max())


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("after", [True, False])
def test_every_gradient_agrees_with_the_complex_step(after: bool, name: str) -> None:
    net = gradtools().gru_inputs(np.random.default_rng(3))
    direction = np.random.default_rng(4).standard_normal(net[name].shape)

    saved = REFERENCE.gru_forward(**gradtools().parameters(net), reset_after=after)[2]
    grads = REFERENCE.gru_backward(net["dY"], net["dhT"], saved)
    exact = gradtools().complex_derivative(partial(complex_loss, after, net, name), net[name], direction)

    assert_allclose((grads[f"d{name}"] * direction).sum(), exact, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("after", [True, False])
def test_one_step_back_is_the_last_step_of_a_sequence(after: bool) -> None:
    net = gradtools().gru_inputs(np.random.default_rng(5), T=1)
    args = gradtools().parameters(net)

    saved = REFERENCE.gru_forward(**args, reset_after=after)[2]
    whole = REFERENCE.gru_backward(net["dY"], net["dhT"], saved)
    step = REFERENCE.gru_step_forward(args["x"][0], *list(args.values())[1:], after)[1]
    one = REFERENCE.gru_step_backward(net["dY"][0] + net["dhT"], step)

    assert_allclose(one["dh_prev"], whole["dh0"], rtol=1e-14)
    assert_allclose(one["dW_hh"], whole["dW_hh"], rtol=1e-14)


def test_the_two_forms_and_the_two_biases_differ_and_the_cell_with_r_1_is_a_tied_lstm() -> None:
    net = gradtools().gru_inputs(np.random.default_rng(6))
    args = gradtools().parameters(net)
    Y, _, saved = REFERENCE.gru_forward(**args)
    grads = REFERENCE.gru_backward(net["dY"], net["dhT"], saved)

    assert np.abs(Y - REFERENCE.gru_forward(**args, reset_after=False)[0]).max() > 0.05
    assert np.abs(grads["db_ih"][12:] - grads["db_hh"][12:]).max() > 0.1
    assert_allclose(grads["db_ih"][:12], grads["db_hh"][:12], rtol=1e-14)
    weights = {name: args[name] for name in PARAMETERS[2:]}
    opened = {name: value.copy() for name, value in weights.items()}
    opened["W_ih"][:6], opened["W_hh"][:6], opened["b_ih"][:6], opened["b_hh"][:6] = 0, 0, 50, 0
    gru = REFERENCE.gru_forward(args["x"], args["h0"], **opened)[0]
    tied = partial(REFERENCE.tied_lstm_forward, args["x"], args["h0"], weights)
    assert_allclose(tied(False), gru, rtol=1e-12, atol=1e-14)
    assert np.abs(tied(True) - gru).max() > 0.05
    assert np.abs(tied(False) - Y).max() > 0.05


def test_flipped_weights_give_the_states_of_the_other_convention() -> None:
    net = gradtools().gru_inputs(np.random.default_rng(7), T=1)
    x_t, h, *weights = (*gradtools().parameters(net).values(),)
    r, z, n, _ = np.moveaxis(REFERENCE.gru_cell(x_t[0], h, *weights)[1], 1, 0)

    flipped, gates = REFERENCE.gru_cell(x_t[0], h, *REFERENCE.flip_update_gate(*weights))

    assert_allclose(flipped, z * n + (1 - z) * h, rtol=1e-12)  # z = 1 replaces
    assert_allclose(gates[:, 0], r, rtol=1e-12)


@pytest.mark.parametrize(("t", "k"), [(0, 3), (3, 0), (4, 2)])
def test_attentions_jacobian_agrees_with_the_complex_step(t: int, k: int) -> None:
    rng = np.random.default_rng(8)
    X, (WQ, WK, WV) = rng.standard_normal((5, 4)), rng.standard_normal((3, 4, 4))

    J = REFERENCE.attention_jacobian(X, WQ, WK, WV, t, k)

    for j in range(4):
        moved = X.astype(complex)
        moved[k, j] += 1e-30j
        scores = (moved @ WK.T) @ (WQ @ moved[t]) / 2
        weights = np.exp(scores - scores.real.max())
        exact = ((weights / weights.sum()) @ (moved @ WV.T)).imag / 1e-30
        assert_allclose(J[:, j], exact, rtol=1e-12, atol=1e-14)


def test_the_value_term_alone_is_not_attentions_jacobian() -> None:
    rng = np.random.default_rng(9)
    X, (WQ, WK, WV) = rng.standard_normal((100, 8)), rng.standard_normal((3, 8, 8)) / 8**0.5
    alpha = REFERENCE.attention(X, 4 * WQ, WK, WV, 99)[1]
    whole = [np.linalg.norm(REFERENCE.attention_jacobian(X, 4 * WQ, WK, WV, 99, k), 2) for k in range(99)]

    assert np.median(whole) > 3 * np.median(alpha[:99]) * np.linalg.norm(WV, 2)


def test_readouts_gradients_agree_with_differences() -> None:
    rng = np.random.default_rng(10)
    hT, w, y = rng.standard_normal((7, 5)), rng.standard_normal(5), np.arange(7) % 2
    _, dhT, dw = REFERENCE.recall_readout(hT, w, y)

    numeric = gradtools().numeric_gradient

    assert_allclose(numeric(lambda a: REFERENCE.recall_readout(a, w, y)[0], hT), dhT, rtol=1e-6, atol=1e-9)
    assert_allclose(numeric(lambda a: REFERENCE.recall_readout(hT, a, y)[0], w), dw, rtol=1e-6, atol=1e-9)


def test_earlier_functions_of_the_solution_agree_with_complex_steps() -> None:
    """The plots use them, and the figures of the release are made with them."""
    rng = np.random.default_rng(11)
    for kind in ("rnn", "lstm"):
        net = REFERENCE.init_cell(kind, 3, 5, 0.5, 1)
        x, direction = rng.standard_normal((4, 2, 3)), rng.standard_normal(net["W_hh"].shape)
        hT, cache = REFERENCE.run_cell(kind, x, net)
        grads = REFERENCE.back_through(kind, 4, np.ones_like(hT), cache)
        losses = []
        for step in (1e-6, -1e-6):
            moved = net | {"W_hh": net["W_hh"] + step * direction}
            losses.append(REFERENCE.run_cell(kind, x, moved)[0].sum())
        assert_allclose((grads["dW_hh"] * direction).sum(), (losses[0] - losses[1]) / 2e-6, rtol=1e-7)


@pytest.mark.parametrize("label", ["RNN", "LSTM, bias 1", "GRU, bias 5"])
def test_the_released_flows_are_medians_of_the_references_flows(label: str) -> None:
    kind, bias = label.split(",")[0].lower(), float(label[-1]) if "bias" in label else 0.0
    norms = [REFERENCE.gradient_flow(kind, 100, 64, 8, bias, seed) for seed in range(20)]

    expected = np.median([one / one[-1] for one in norms], axis=0)

    with np.load(DATA / "flows.npz") as flows:
        assert_allclose(flows[label], expected, rtol=1e-6)


def test_fresh_gated_cells_forget_alike_and_a_bias_moves_them_by_many_orders() -> None:
    with np.load(DATA / "flows.npz") as flows:
        left = {name: float(flows[name][0]) for name in flows}

    assert max(left["RNN"], left["LSTM, bias 0"], left["GRU, bias 0"]) < 1e-19
    assert 1e-2 < left["LSTM, bias 0"] / left["GRU, bias 0"] < 1e2
    assert min(left["LSTM, bias 5"], left["GRU, bias 5"]) > 0.1
    assert 1e-10 < left["LSTM, bias 1"] < 1e-6  # "remember by default" it does not


def test_the_released_losses_are_those_of_the_references_training() -> None:
    with np.load(DATA / "recall.npz") as runs:
        begun = runs["30/RNN"][3, :5]

    losses = REFERENCE.train_recall("rnn", 30, 0.0, 3, 50, 1.0).reshape(5, 10).mean(axis=1)

    assert_allclose(losses, begun, rtol=1e-4)


def test_what_the_released_losses_say_about_limits() -> None:
    with np.load(DATA / "recall.npz") as runs:
        solved = {name: int((runs[name][:, -1] < 0.1).sum()) for name in runs}

    assert solved["30/LSTM, bias 0"] == 0
    assert solved["30/RNN"] >= 3
    assert solved["60/RNN"] >= 1
    assert solved["30/LSTM, bias 3"] == solved["30/GRU, bias 2"] == 10


def test_the_released_oracle_holds_the_gates_of_its_own_run() -> None:
    with np.load(DATA / "oracle.npz") as file:
        torch = {name.split("/")[-1]: file[name] for name in file}

    gates = REFERENCE.gru_forward(*(torch[name] for name in PARAMETERS))[2]["gates"]

    assert_allclose(torch["gates"], gates, rtol=1e-12)
    assert_allclose(torch["Y"], ORACLE["gru/s/Y"], rtol=0)


@pytest.mark.parametrize("size", [(1, 1, 1, 1), (7, 2, 3, 5)])
def test_forward_and_backward_agree_with_torch_where_it_is_installed(size: tuple[int, ...]) -> None:
    torch = pytest.importorskip("torch")
    net = gradtools().gru_inputs(np.random.default_rng(12), *size)
    args = gradtools().parameters(net)
    module = torch.nn.GRU(size[2], size[3], dtype=torch.float64)
    weights = [module.weight_ih_l0, module.weight_hh_l0, module.bias_ih_l0, module.bias_hh_l0]
    with torch.no_grad():
        for weight, name in zip(weights, PARAMETERS[2:], strict=True):
            weight.copy_(torch.tensor(net[name]))
    x, h0 = (torch.tensor(net[name], requires_grad=True) for name in PARAMETERS[:2])
    Y, hT = module(x, h0[None])
    ((Y * torch.tensor(net["dY"])).sum() + (hT[0] * torch.tensor(net["dhT"])).sum()).backward()

    saved = REFERENCE.gru_forward(**args)[2]
    grads = REFERENCE.gru_backward(net["dY"], net["dhT"], saved)

    assert_allclose(saved["Y"], Y.detach().numpy(), rtol=1e-9, atol=1e-11)
    for name, leaf in zip(PARAMETERS, [x, h0, *weights], strict=True):
        assert_allclose(grads[f"d{name}"], leaf.grad.numpy(), rtol=1e-9, atol=1e-11, err_msg=name)

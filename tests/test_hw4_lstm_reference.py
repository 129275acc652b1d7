"""hw4: the Reference against torch's numbers and complex steps; its choices, and every number of its text."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose

from coursekit.course import Course
from coursekit.judge.modules import gradtools, reference_as
from coursekit.judge.reference import copying, reference_module
from coursekit.notebook.master import read_master

ROOT = Path(__file__).parents[1]
SLUG = "hw4_lstm"
COURSE = Course(ROOT)
ASSIGNMENT = COURSE.assignment(SLUG)
MASTER = read_master(*reversed(COURSE.master(SLUG)))
R = reference_module(MASTER.reference)
ORACLE = dict(np.load(ROOT / "tests/data/oracle/lstm.npz"))
RELEASED = dict(np.load(ROOT / f"autograder/{SLUG}/data/oracle.npz"))
ARGUMENTS = ("x", "h0", "c0", "W_ih", "W_hh", "b_ih", "b_hh")
CLOSE: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-11}

Key = tuple[str, bool, str]  # question, hidden, title


@pytest.fixture(autouse=True)
def numpy_may_overflow() -> Iterator[None]:
    """Overflow is a subject of this course."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


@cache
def loaded_cases() -> tuple[tuple[Key, Any], ...]:
    """Every case, loaded with Otter's own class, with the Reference as `reference`."""
    from otter.test_files.exception_test import ExceptionTestFile

    gradtools()
    found = []
    with reference_as(R):
        for file in COURSE.case_files(SLUG):
            for case in ExceptionTestFile.from_string(file.text, path=file.path).test_cases:
                found.append(((file.question, file.hidden, case.name), case.body))
    return tuple(found)


def failures(names: dict[str, Any], question: str = "", key: bytes = b"a key") -> dict[Key, Any]:
    """Cases (of that question) that fail when these names are the student's."""
    gradtools().use_key(key)
    bound = {k: copying(v) if isinstance(v, FunctionType) else v for k, v in names.items()}
    failed = {}
    for title, body in loaded_cases():
        if question in ("", title[0]):
            try:
                body.call_func(bound)
            except Exception as error:
                failed[title] = error
    return failed


def answers(**changed: Any) -> dict[str, Any]:
    """The Reference's names, some with another value."""
    return {k: v for k, v in vars(R).items() if not k.startswith("_")} | changed


def oracle(shape: str) -> dict[str, np.ndarray]:
    """Torch's arrays of one shape, by their last name."""
    return {key.split("/")[2]: value for key, value in ORACLE.items() if key.startswith(f"lstm/{shape}/")}


def network(seed: int, **sizes: int) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Strong inputs with their upstream gradients, and forward's arguments among them."""
    net = gradtools().lstm_inputs(np.random.default_rng(seed), **sizes)
    return net, gradtools().parameters(net)


# The Reference


@pytest.mark.parametrize("shape", ["s", "m", "l"])
def test_forward_and_backward_agree_with_torch(shape: str) -> None:
    torch = oracle(shape)

    Y, hT, cT, saved = R.lstm_forward(*(torch[name] for name in ARGUMENTS))
    grads = R.lstm_backward(torch["dY"], torch["dhT"], torch["dcT"], saved)

    for name, value in {"Y": Y, "hT": hT, "cT": cT, "C": saved["C"], **grads}.items():
        assert_allclose(value, torch[name], err_msg=name, **CLOSE)


@pytest.mark.parametrize("shape", ["s", "m", "l"])
def test_jacobians_and_their_product_agree_with_torch(shape: str) -> None:
    torch = oracle(shape)
    cells = np.concatenate([torch["c0"][None], torch["C"]])[:, 0]  # the oracle has sample 0 alone
    gates = R.lstm_forward(*(torch[name] for name in ARGUMENTS))[3]["gates"][:, 0]
    J = [R.lstm_jacobian(cells[t], cells[t + 1], gates[t], torch["W_hh"]) for t in range(len(gates))]

    assert_allclose(J, torch["J"], **CLOSE)
    assert_allclose(np.linalg.multi_dot(J[::-1]), torch["P"], rtol=1e-9, atol=1e-9 * np.abs(torch["P"]).max())


def test_released_arrays_are_torchs_and_their_gates_are_those_of_the_same_run() -> None:
    torch = {key.split("/")[-1]: value for key, value in RELEASED.items()}
    before = np.concatenate([torch["c0"][None], torch["C"][:-1]])
    i, f, g, o = np.moveaxis(torch.pop("gates"), 2, 0)

    assert_allclose(f * before + i * g, torch["C"], **CLOSE)
    assert_allclose(o * np.tanh(torch["C"]), torch["Y"], **CLOSE)
    assert all(np.array_equal(value, oracle("s")[name]) for name, value in torch.items())


@pytest.mark.parametrize("name", ARGUMENTS)
def test_every_gradient_of_a_sequence_agrees_with_the_complex_step(name: str) -> None:
    net, arguments = network(3)
    direction = np.random.default_rng(4).standard_normal(net[name].shape)

    def loss(value: np.ndarray) -> Any:
        args = {key: np.asarray(a, dtype=complex) for key, a in {**arguments, name: value}.items()}
        h, c, total = args["h0"], args["c0"], 0
        for x_t, dy in zip(args["x"], net["dY"], strict=True):
            h, c, _ = R.lstm_cell(x_t, h, c, *list(args.values())[3:])
            total = total + (h * dy).sum()
        return total + (h * net["dhT"]).sum() + (c * net["dcT"]).sum()

    grads = R.lstm_backward(net["dY"], net["dhT"], net["dcT"], R.lstm_forward(**arguments)[3])
    exact = gradtools().complex_derivative(loss, net[name], direction)

    assert_allclose((grads[f"d{name}"] * direction).sum(), exact, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("position", range(7))
def test_every_gradient_of_a_step_agrees_with_the_complex_step(position: int) -> None:
    net, arguments = network(5, T=1)
    args = [net["x"][0], *list(arguments.values())[1:]]
    name = ("dx_t", "dh_prev", "dc_prev", "dW_ih", "dW_hh", "db_ih", "db_hh")[position]
    direction = np.random.default_rng(6).standard_normal(args[position].shape)

    def loss(value: np.ndarray) -> Any:
        h, c, _ = R.lstm_cell(*args[:position], value, *args[position + 1 :])
        return (h * net["dhT"]).sum() + (c * net["dcT"]).sum()

    grads = R.lstm_step_backward(net["dhT"], net["dcT"], R.lstm_step_forward(*args)[2])
    exact = gradtools().complex_derivative(loss, args[position], direction)

    assert_allclose((grads[name] * direction).sum(), exact, rtol=1e-12, atol=1e-12)


def test_the_jacobian_agrees_with_the_complex_step() -> None:
    net, arguments = network(7, T=1, N=1)
    x, h, c, *rest = [net["x"][0], *list(arguments.values())[1:]]
    cache_of = R.lstm_step_forward(x, h, c, *rest)[2]
    J = R.lstm_jacobian(cache_of["c_prev"][0], cache_of["c_t"][0], cache_of["gates"][0], net["W_hh"])

    def step(s: np.ndarray) -> np.ndarray:
        return np.concatenate(R.lstm_cell(x, s[None, :6], s[None, 6:], *rest)[:2], axis=1)[0]

    s = np.concatenate([h, c], axis=1)[0]
    columns = [gradtools().complex_derivative(step, s, unit) for unit in np.eye(12)]

    assert_allclose(J, np.stack(columns, axis=1), rtol=1e-12, atol=1e-13)


def test_going_back_is_a_row_vector_times_the_jacobian() -> None:
    net, arguments = network(8, T=1, N=1)
    cache_of = R.lstm_step_forward(net["x"][0], *list(arguments.values())[1:])[2]
    J = R.lstm_jacobian(cache_of["c_prev"][0], cache_of["c_t"][0], cache_of["gates"][0], net["W_hh"])
    grads = R.lstm_step_backward(net["dhT"], net["dcT"], cache_of)

    row = np.concatenate([net["dhT"][0], net["dcT"][0]]) @ J

    assert_allclose(row, np.concatenate([grads["dh_prev"][0], grads["dc_prev"][0]]), rtol=1e-12)


# torch is no dependency, and a skipped test fails in CI: so the test is there only where torch is.
if importlib.util.find_spec("torch"):

    @pytest.mark.parametrize(("T", "N", "D", "H"), [(1, 1, 1, 1), (4, 2, 3, 5), (200, 2, 3, 8)])
    def test_live_torch_agrees(T: int, N: int, D: int, H: int) -> None:
        """Shapes that the oracle lacks: one of everything, many steps; and the counts of parameters."""
        import torch

        net, arguments = network(9, T=T, N=N, D=D, H=H)
        module = torch.nn.LSTM(D, H).double()
        with torch.no_grad():
            for name, own in zip(("W_ih", "W_hh", "b_ih", "b_hh"), module.parameters(), strict=True):
                own.copy_(torch.tensor(net[name]))
        given = {name: torch.tensor(net[name], requires_grad=True) for name in ("x", "h0", "c0")}
        Y, (hT, cT) = module(given["x"], (given["h0"][None], given["c0"][None]))
        pairs = ((Y, "dY"), (hT[0], "dhT"), (cT[0], "dcT"))
        sum((value * torch.tensor(net[upstream])).sum() for value, upstream in pairs).backward()
        named = {**given, **dict(zip(("W_ih", "W_hh", "b_ih", "b_hh"), module.parameters(), strict=True))}

        ours = R.lstm_forward(**arguments)
        grads = R.lstm_backward(net["dY"], net["dhT"], net["dcT"], ours[3])

        for value, expected in zip(ours[:3], (Y, hT[0], cT[0]), strict=True):
            assert_allclose(value, expected.detach().numpy(), **CLOSE)
        for name, variable in named.items():
            assert_allclose(grads[f"d{name}"], variable.grad.numpy(), err_msg=name, rtol=1e-9, atol=1e-10)
        for kind, cell in (("rnn", torch.nn.RNN), ("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU)):
            assert R.param_count(kind, D, H, 2) == sum(p.numel() for p in cell(D, H).parameters())


# The cases


def test_the_reference_passes_every_case_with_any_key() -> None:
    assert failures(answers(), key=b"") == {}
    assert failures(answers(), key=b"another key") == {}


def test_the_assignment_has_one_hundred_points_in_eleven_questions() -> None:
    assert (ASSIGNMENT.possible, len(ASSIGNMENT.questions)) == (100, 11)
    assert ASSIGNMENT.question("q5").possible <= 15  # the starred one


def test_the_table_of_the_first_cell_says_the_points_and_minutes() -> None:
    for question in ASSIGNMENT.questions:
        row = next(
            line for line in MASTER.cells[0].source.split("\n") if question.id in line.replace("★", " ")
        )
        assert row.endswith(f"| {question.possible} | {question.minutes} |"), question.id


def wrong_answers() -> Iterator[tuple[str, str]]:
    """Every wrong letter of every choice, and every wiring with one wrong label."""
    for name, options in {
        "q2_forget_gate": "abcd",
        "q4_history": "abcd",
        "q10_omitted": "abcd",
        **dict.fromkeys(("q3_i", "q3_f", "q3_g", "q3_o"), "abcde"),
    }.items():
        yield from ((name, option) for option in options if option != getattr(R, name))
    right = R.q3_wiring.split()
    for place, old in enumerate(right):
        for label in ("f", "g", "i", "o", "x", "+", "tanh"):
            if label != old:
                yield "q3_wiring", " ".join([*right[:place], label, *right[place + 1 :]])


@pytest.mark.parametrize(("name", "answer"), list(wrong_answers()))
def test_a_wrong_option_is_explained_and_costs_one_hidden_case(name: str, answer: str) -> None:
    failed = failures(answers(**{name: answer}), name.partition("_")[0])

    ((title, error),) = failed.items()
    assert title[1], "a public case would give the key away"
    assert error.rung == "value"
    assert len(error.blind) > len(name) + 30
    assert f"`{name}` is {getattr(R, name)}" not in error.blind


VARIABLES = [name for name in answers() if name[0] == "q" and name[1].isdigit()]


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize("value", [..., None])
def test_an_answer_that_is_not_given_is_called_missing(name: str, value: Any) -> None:
    failed = failures(answers(**{name: value}), name.partition("_")[0])

    assert {error.rung for error in failed.values()} == {"missing"}
    assert {hidden for _, hidden, _ in failed} == {False, True}


@pytest.mark.parametrize("name", [name for name in VARIABLES if not isinstance(getattr(R, name), str)])
def test_a_wrong_number_costs_one_hidden_case(name: str) -> None:
    failed = failures(answers(**{name: 1.05 * getattr(R, name)}), name.partition("_")[0])

    assert [hidden for _, hidden, _ in failed] == [True]


def test_four_typed_digits_are_enough() -> None:
    typed = {
        name: float(f"{getattr(R, name):.4g}")
        for name in VARIABLES
        if not isinstance(getattr(R, name), str) and not name.startswith("q6")
    }

    assert failures(answers(**typed)) == {}


# Numbers of the text, computed


def test_numbers_that_are_asked_for() -> None:
    assert_allclose([R.q2_rnn, R.q2_lstm, R.q2_ratio], [2.656e-5, 0.3660, 13780.6], rtol=1e-3)
    assert_allclose([R.q2_bias_0, R.q2_bias_1, R.q2_bias_ln99], [7.9e-31, 2.48e-14, 0.366], rtol=2e-3)
    assert_allclose(R.q2_bias_1, R.retention(1.0, 100), rtol=1e-12)
    assert_allclose(R.bias_for_retention(0.99, 1), 4.595, atol=5e-4)
    assert [R.q6_one_bias, R.q6_two_biases, R.q6_no_bias] == [
        R.param_count("lstm", 256, 512, n) for n in (1, 2, 0)
    ]
    assert [R.q6_one_bias, R.q6_two_biases, R.q6_no_bias] == [1574912, 1576960, 1572864]


def with_gates_at(f: float, T: int) -> np.ndarray:
    """Cells after 1 … T steps of a unit with i = g = o = 1, from an empty cell."""
    bias = np.array([40.0, np.log(f / (1 - f + 1e-30)), 40.0, 40.0])
    start, W = np.zeros((1, 1)), np.zeros((4, 1))
    return R.lstm_forward(np.zeros((T, 1, 1)), start, start, W, W, bias, 0 * bias)[3]["C"].ravel()


def test_extremes_of_the_forget_gate() -> None:
    shut = R.lstm_cell(
        *np.zeros((1, 1, 1)), np.zeros((1, 1)), np.full((1, 1), 5.0), np.zeros((4, 1)), np.zeros((4, 1)),
        np.array([40.0, -40.0, 1.0, 40.0]), np.zeros(4),
    )[0]  # fmt: skip
    cells = with_gates_at(1.0, 30)
    slopes = 1 - np.tanh(cells) ** 2

    assert_allclose([R.q4_shut_h, shut.item()], 0.6420, atol=5e-5)
    assert_allclose(np.tanh(1), 0.7616, atol=5e-5)
    assert_allclose(cells, np.arange(1, 31), rtol=1e-12)
    assert_allclose([R.q4_open_slope, slopes[9]], 8.2e-9, rtol=0.01)
    assert R.q4_deaf_at == 1 + int(np.argmax(slopes == 0)) == 19


def test_numbers_of_the_first_guess_and_of_the_explorer() -> None:
    halves = [R.half_life(b) for b in (0, 1, 2, 4.6)]

    assert_allclose(0.9**100 / R.retention(1.0, 100), 1e9, rtol=0.1)
    assert_allclose(halves, [1, 2.2, 5.5, 69], rtol=0.01)
    assert_allclose(R.forget_bias_explorer(np.log(3), 3), [0.75, 0.5625, 0.4219], atol=5e-5)
    assert_allclose([R.half_life(np.log(3)), R.bias_for_retention(0.5625, 2)], [2.409, 1.0986], atol=5e-4)


def test_numbers_of_the_worked_examples() -> None:
    one, none = np.ones((1, 1)), np.zeros(4)
    W = np.log([[4.0], [3.0], [2.0], [9.0]])
    h, c, gates = R.lstm_cell(one, 0 * one, one, W, 0 * W, none, none)
    row = np.array([[0.0], [0.0], [1.0], [0.0]])
    x, c0 = np.array([np.log(2) - 1, np.log(3) - 0.6]).reshape(2, 1, 1), 2 * (np.log(2) - 0.3) * one
    Y, _, _, cache_of = R.lstm_forward(x, 0.5 * one, c0, row, 2 * row, none, none)

    assert_allclose(gates.ravel(), [0.8, 0.75, 0.6, 0.9], rtol=1e-12)
    assert_allclose([c.item(), h.item()], [1.23, 0.7583], atol=5e-5)
    assert_allclose([*x.ravel(), c0.item()], [-0.3069, 0.4986, 0.7863], atol=5e-5)
    assert_allclose(cache_of["gates"][:, 0, 2, 0], [0.6, 0.8], rtol=1e-12)
    assert_allclose(cache_of["C"].ravel(), [0.6931, 0.7466], atol=5e-5)
    assert_allclose(Y.ravel(), [0.3, 0.3166], atol=5e-5)
    assert_allclose(np.tanh(np.tanh(0.7)), 0.5402, atol=5e-5)
    assert R.param_count("lstm", 3, 2, 1) == 48


def test_the_worked_examples_of_the_way_back() -> None:
    one = np.ones((1, 1))
    W_hh = np.array([[1.0], [2.0], [-1.0], [0.5]])
    gates = np.array([[[0.8], [0.75], [0.6], [0.9]]])
    step = {"x_t": one, "h_prev": 0.5 * one, "c_prev": one, "c_t": np.log(3) * one, "gates": gates}
    grads = R.lstm_step_backward(one, 0.5 * one, {**step, "W_ih": np.ones((4, 1)), "W_hh": W_hh})
    J = R.lstm_jacobian(np.ones(1), np.array([np.log(3)]), gates[0], W_hh)

    assert_allclose([grads["dc_t"].item(), grads["dc_prev"].item()], [0.824, 0.618], rtol=1e-12)
    assert_allclose(grads["db_ih"], [0.0791, 0.1545, 0.4219, 0.0720], atol=5e-5)
    assert_allclose(J, [[0.0227, 0.2430], [-0.0410, 0.7500]], atol=5e-5)

    run = {"x": np.ones((2, 1, 1)), "h0": one, "c0": one, "Y": np.ones((2, 1, 1)), "W_ih": np.ones((4, 1))}
    run |= {"C": np.log([[[3.0]], [[2.0]]]), "W_hh": W_hh}
    run["gates"] = np.stack([gates, np.array([[[0.5], [0.2], [-0.8], [0.6]]])])
    grads = R.lstm_backward(np.array([[[1.0]], [[0.5]]]), 0.5 * one, 0.25 * one, run)

    assert_allclose(grads["dH"].ravel(), [1.0540, 1], atol=5e-5)
    assert_allclose(grads["dC"].ravel(), [0.4683, 0.634], atol=5e-5)
    assert_allclose([grads["dh0"].item(), grads["dc0"].item()], [0.0187, 0.3512], atol=5e-5)


def measured(net: dict[str, np.ndarray], T: int) -> tuple[float, float]:
    """Product of the forget gates, and d c_T / d c_0, of a one-unit network on zero inputs."""
    start = np.zeros((1, 1))
    cache_of = R.lstm_forward(np.zeros((T, 1, 1)), start, start, **net)[3]
    cells, P = np.concatenate([[0.0], cache_of["C"].ravel()]), np.eye(2)
    for t in range(T):
        P = R.lstm_jacobian(cells[[t]], cells[[t + 1]], cache_of["gates"][t, 0], net["W_hh"]) @ P
    return float(cache_of["gates"][:, 0, 1].prod()), float(P[1, 1])


def one_unit(weight: float, forget_bias: float) -> dict[str, np.ndarray]:
    """H = D = 1; input and output gate open; only the candidate sees the state."""
    W_hh = np.array([[0.0], [0.0], [weight], [0.0]])
    bias = np.array([10.0, forget_bias, 0.0, 10.0])
    return {"W_ih": np.zeros((4, 1)), "W_hh": W_hh, "b_ih": bias, "b_hh": np.zeros(4)}


@pytest.mark.parametrize(
    ("weight", "forget_bias", "direct", "full"),
    [
        (1.0, 10, 0.99909, 5.24e5),  # open gates, and it explodes
        (-0.5, 10, 0.99909, 1.9e-6),  # open gates, and it vanishes
        (-1.0, 10, 0.99909, 3.0e-83),
        (1.0, -10, 1.4e-87, 4.5e-5),  # shut gates, and it is alive
        (0.0, 10, 0.99909, 0.99909),  # equal only where the state leads nowhere
    ],
)
def test_the_direct_path_is_one_path_of_two(
    weight: float, forget_bias: float, direct: float, full: float
) -> None:
    product, derivative = measured(one_unit(weight, forget_bias), 20)

    assert_allclose(product, direct, rtol=0.02)
    assert_allclose(abs(derivative), full, rtol=0.02)


def test_the_pair_of_the_summary_is_the_references_own() -> None:
    explode, vanish = R.direct_lies()

    assert_allclose(measured(explode, 20), [0.999, 500_000], rtol=0.06)
    assert_allclose(np.abs(measured(vanish, 20)), [0.999, 0.000002], rtol=0.06)


def test_a_fresh_network_forgets_as_its_standing_gate_and_the_bias_moves_twenty_orders() -> None:
    """The two figures of fresh networks, as the notebook draws them."""
    share, left = {}, {}
    start, v = np.zeros((1, 64)), np.ones((1, 64))
    for b in (0, 1, 5):
        x = np.random.default_rng(b).standard_normal((100, 1, 8))
        gates = R.lstm_forward(x, start, start, **R.init_lstm(b, 8, 64, b))[3]["gates"]
        share[b] = np.median(R.cell_path(gates[:, 0, 1])[0])
        x = np.random.default_rng(0).standard_normal((100, 1, 8))
        saved = R.lstm_forward(x, start, start, **R.init_lstm(0, 8, 64, b))[3]
        norms = np.linalg.norm(R.lstm_backward(np.zeros((100, 1, 64)), v, start, saved)["dH"], axis=(1, 2))
        left[b] = norms[0] / norms[-1]

    assert_allclose(
        [np.log10(share[b]) for b in share], [np.log10(R.retention(b, 100)) for b in share], atol=1
    )
    assert 1e-15 < share[1] < 1e-13  # bias 1 remembers nothing by default
    assert 0.4 < share[5] < 0.6
    assert 19 < np.log10(left[5] / left[0]) < 23
    assert 1e-10 < left[1] < 1e-6


def test_the_listings_own_initialisation_keeps_nothing() -> None:
    """0.1 times normal weights on [h, x], rows f, i, c, o, forget bias 1: the median unit after 100 steps."""
    rng = np.random.default_rng(0)
    D, H = 16, 64
    b = np.zeros(4 * H)
    b[:H] = 1.0
    net = R.concat_to_torch(0.1 * rng.standard_normal((4 * H, H + D)), b, D)
    start = np.zeros((1, H))
    gates = R.lstm_forward(rng.standard_normal((100, 1, D)), start, start, *net)[3]["gates"]

    assert 1e-17 < np.median(R.cell_path(gates[:, 0, 1])[0]) < 1e-13

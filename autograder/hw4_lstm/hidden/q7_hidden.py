"""q7, hidden: the law of the draws, the forget bias, seeds; paths of other gates and of many steps."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q7_hidden"

KEYS = ("W_ih", "W_hh", "b_ih", "b_hh")
D, H = 20, 30


def fresh(init_lstm, seed, forget_bias):
    """The student's four arrays, in float64."""
    net = gradtools.call(init_lstm, "init_lstm", seed, D, H, forget_bias)
    shapes = {"W_ih": (4 * H, D), "W_hh": (4 * H, H), "b_ih": (4 * H,), "b_hh": (4 * H,)}
    return {key: gradtools.is_array(gradtools.entry(net, key), shapes[key], key) for key in KEYS}


def seed_of(case):
    """A seed that nobody can foresee."""
    return int(gradtools.rng(case).integers(1, 2**31))


@test_case(name="init: the law of the draws", points=1)
def law(init_lstm):
    net = fresh(init_lstm, seed_of("q7: init: the law of the draws"), 1.0)
    k = 1 / np.sqrt(H)
    rest = np.r_[0:H, 2 * H : 4 * H]  # rows that are not the forget gate's
    drawn = {"W_ih": net["W_ih"], "W_hh": net["W_hh"], "b_ih": net["b_ih"][rest], "b_hh": net["b_hh"][rest]}
    for key, values in drawn.items():
        claim = "its entries stay within the bounds of the uniform law"
        gradtools.holds(np.abs(values).max() <= k * (1 + 1e-6), key, claim, np.abs(values).max())
        # Of 90 draws the root mean square strays by 5 %, the mean by 0.06 k: the bounds are five times that.
        spread = np.sqrt((values**2).mean()) * np.sqrt(3) / k
        gradtools.holds(0.75 < spread < 1.25, key, "its entries are spread over the whole interval", spread)
        middle = abs(values.mean()) / k
        gradtools.holds(middle < 0.3, key, "its entries lie on both sides of zero alike", middle)
    gradtools.holds(
        not np.array_equal(net["b_ih"][rest], net["b_hh"][rest]), "b_hh", "it is drawn for itself"
    )


@test_case(name="init: the total forget bias", points=1)
def forget_bias(init_lstm):
    case = "q7: init: the total forget bias"
    bias = float(gradtools.rng(case).uniform(2, 5))
    net = fresh(init_lstm, seed_of(case), bias)
    total = (net["b_ih"] + net["b_hh"])[H : 2 * H]
    gradtools.same(total, np.full(H, bias), "b_ih + b_hh in the forget block", "(H,)")


@test_case(name="init: one seed, one network", points=1)
def seeds(init_lstm):
    seed = seed_of("q7: init: one seed, one network")
    first, other, again = (
        fresh(init_lstm, seed, 1.0),
        fresh(init_lstm, seed + 1, 1.0),
        fresh(init_lstm, seed, 1.0),
    )
    for key in ("W_ih", "W_hh"):
        gradtools.holds(np.array_equal(first[key], again[key]), key, "it is the same for the same seed")
        gradtools.holds(not np.array_equal(first[key], other[key]), key, "it differs for another seed")


@test_case(name="path: other gates", points=1)
def path_values(cell_path):
    f = gradtools.rng("q7: path: other gates").uniform(0.1, 1, (5, 6))
    path = gradtools.call(cell_path, "cell_path", f)
    gradtools.same(path, reference.cell_path(f), "path", "(T + 1, H)")
    path = gradtools.call(cell_path, "cell_path", f[:1])
    gradtools.same(path, reference.cell_path(f[:1]), "path of one step", "(T + 1, H)")


@test_case(name="path: 200 steps, each row to its own size", points=1)
def path_long(cell_path):
    f = gradtools.rng("q7: path: 200 steps, each row to its own size").uniform(0.5, 1, (200, 2))
    path = gradtools.call(cell_path, "cell_path", f)
    path = gradtools.is_array(path, (201, 2), "path", "(T + 1, H)")
    gradtools.same(path / reference.cell_path(f), np.ones((201, 2)), "path, each entry against its own size")

"""q2, hidden: other lines, both scales, seven lines, the numbers and the choice."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q2_hidden"

WEIGHTS = np.array([0.5, 0.7, 0.9, 1.0, 1.1, 1.5, 2.0])
STEPS = np.arange(21)
AGAINST = {
    "a": (
        "In q1 a bare number, without any saturation or learning rate, did both. What did it do many times "
        "over?"
    ),
    "b": (
        "Write the gradient after three steps by hand. Which sign stands between the factors: plus or times?"
    ),
    "d": (
        "A factor of 0.5 followed by one of 2 leaves everything as it was. Is it each single factor that "
        "counts?"
    ),
}


@test_case(name="plot_chain: other numbers", points=1)
def chain_values(plot_chain):
    w = gradtools.rng("q2: plot_chain: other numbers").uniform(1.05, 1.3)
    plot = gradtools.drawn_by(plot_chain, "plot_chain", w, 12)
    gradtools.has_line(plot, w ** np.arange(1, 13), "w^k", x=np.arange(1, 13))
    gradtools.holds(plot.yscale == "linear", "y axis", "it is linear when `log` is left out", plot.yscale)


@test_case(name="plot_chain: logarithmic", points=1)
def chain_log(plot_chain):
    w = gradtools.rng("q2: plot_chain: logarithmic").uniform(0.4, 0.8)
    plot = gradtools.drawn_by(plot_chain, "plot_chain", w, 30, True)
    line = gradtools.has_line(plot, w ** np.arange(1, 31), "w^k", x=np.arange(1, 31))
    gradtools.same(
        np.sort(line.y)[::-1] / w ** np.arange(1, 31), np.ones(30), "w^k, each point against its own size"
    )
    gradtools.has_log_axis(plot)


@test_case(name="plot_table: seven lines on a logarithmic axis", points=2)
def table_lines(plot_table):
    plot = gradtools.drawn_by(plot_table, "plot_table")
    for w in WEIGHTS:
        gradtools.has_line(plot, w**STEPS, "one of the seven lines", x=STEPS)
    gradtools.has_log_axis(plot)


@test_case(name="numbers: twenty steps", points=1)
def powers(q2_powers):
    got = gradtools.is_array(q2_powers, (7,), "q2_powers", "(7,)")
    gradtools.same(got / WEIGHTS**20, np.ones(7), "q2_powers, each against its own size", "(7,)", rtol=1.5e-3)


@test_case(name="numbers: ratio and loss", points=1)
def ratio_and_loss(q2_ratio, q2_lost):
    gradtools.close_number(q2_ratio, 0.9**20 / 0.5**20, "q2_ratio")
    gradtools.close_number(q2_lost, 1 - 0.9**20, "q2_lost")


@test_case(name="choice: what both have in common", points=1)
def choice(q2_mechanism):
    gradtools.right_choice(q2_mechanism, reference.q2_mechanism, "q2_mechanism", "abcd", AGAINST)

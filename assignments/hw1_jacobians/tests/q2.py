"""q2: the two plots, and the form of the answers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q2"


@test_case(name="plot_chain: the line", points=1)
def chain_line(plot_chain):
    plot = gradtools.drawn_by(plot_chain, "plot_chain", 0.9, 5)
    gradtools.has_line(plot, 0.9 ** np.arange(1, 6), "w^k", x=np.arange(1, 6))


@test_case(name="plot_chain: title and labels", points=1)
def chain_labels(plot_chain):
    gradtools.has_labels(gradtools.drawn_by(plot_chain, "plot_chain", 0.9, 5))


@test_case(name="plot_table: the line of 0.5, labels, scale", points=1)
def table_line(plot_table):
    plot = gradtools.drawn_by(plot_table, "plot_table")
    gradtools.has_line(plot, 0.5 ** np.arange(21), "w = 0.5", x=np.arange(21))
    gradtools.has_labels(plot)
    gradtools.has_log_axis(plot)


@test_case(
    name="answers: form",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def answers_form(q2_powers, q2_ratio, q2_lost, q2_mechanism):
    gradtools.is_array(q2_powers, (7,), "q2_powers", "(7,)")
    gradtools.is_number(q2_ratio, "q2_ratio")
    gradtools.is_number(q2_lost, "q2_lost")
    gradtools.is_choice(q2_mechanism, "q2_mechanism", "abcd")

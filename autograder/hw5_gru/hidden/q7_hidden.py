"""q7, hidden: other numbers, one unit, gates that stand open or shut."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q7_hidden"


def sample(case, **sizes):
    """Arguments of gru_jacobian, from one sample of a run of the Reference."""
    net = gradtools.parameters(gradtools.gru_inputs(gradtools.rng(case), T=1, N=1, **sizes))
    gates = reference.gru_forward(**net)[2]["gates"]
    return net["h0"][0], gates[0, 0], net["W_hh"]


@test_case(name="six units", points=1)
def values(gru_jacobian):
    args = sample("q7: six units")
    J = gradtools.call(gru_jacobian, "gru_jacobian", *args)
    gradtools.same(J, reference.gru_jacobian(*args), "J", "(H, H)")


@test_case(name="one unit; a hundred units", points=1)
def sizes(gru_jacobian):
    for units in (1, 100):
        args = sample("q7: one unit; a hundred units", H=units, scale=0.3)
        J = gradtools.call(gru_jacobian, "gru_jacobian", *args)
        gradtools.same(J, reference.gru_jacobian(*args), "J", "(H, H)")


@test_case(name="gates wide open and shut", points=1)
def extremes(gru_jacobian):
    h_prev, gates, W_hh = sample("q7: gates wide open and shut")
    for r, z in ((1.0, 0.0), (0.0, 0.0), (1.0, 1.0)):
        gates[0], gates[1] = r, z
        J = gradtools.call(gru_jacobian, "gru_jacobian", h_prev, gates, W_hh)
        expected = z * np.eye(6) + (1 - z) * r * (1 - gates[2] ** 2)[:, None] * W_hh[12:]
        gradtools.same(J, expected, "J with open or shut gates", "(H, H)")

"""q5: the gates of the diary while nothing is flagged, at a write flag and at a read flag."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q5"


VALUES = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])


def gates_at(diary, flags):
    """i, f, g, o, each (5,), for five values and the given write and read flags, with the state at 0."""
    W_ih, W_hh, b = gradtools.outputs(gradtools.call(diary, "diary"), ("W_ih", "W_hh", "b"), "diary")
    W_ih = gradtools.is_array(W_ih, (4, 3), "W_ih", "(4, 3)")
    gradtools.is_array(W_hh, (4, 1), "W_hh", "(4, 1)")
    b = gradtools.is_array(b, (4,), "b", "(4,)")
    page = np.array([[value, *flags] for value in VALUES])
    a = W_ih @ page.T + b[:, None]
    return np.where(np.arange(4)[:, None] == 2, np.tanh(a), 0.5 * (1 + np.tanh(0.5 * a)))


@test_case(name="nothing flagged: keep, do not write, be silent", points=1)
def idle(diary):
    i, f, _, o = gates_at(diary, (0.0, 0.0))
    gradtools.holds(f.min() > 0.99, "forget gate", "it stays above 0.99 while nothing is flagged", f.min())
    gradtools.holds(i.max() < 0.05, "input gate", "it stays below 0.05 while nothing is flagged", i.max())
    gradtools.holds(o.max() < 0.05, "output gate", "it stays below 0.05 while nothing is flagged", o.max())


@test_case(
    name="at a flag: write in place of the old value; read aloud",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def flagged(diary):
    i, f, g, o = gates_at(diary, (1.0, 0.0))
    gradtools.holds(i.min() > 0.9, "input gate", "it is above 0.9 at a write flag", i.min())
    gradtools.holds(f.max() < 0.1, "forget gate", "it is below 0.1 at a write flag", f.max())
    gradtools.same(i * g, np.tanh(VALUES), "what is written for values -2, -0.5, 0, 0.5, 2", rtol=0.05)
    o = gates_at(diary, (0.0, 1.0))[3]
    gradtools.holds(o.min() > 0.9, "output gate", "it is above 0.9 at a read flag", o.min())

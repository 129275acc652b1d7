"""q5, hidden: the diary is run on pages of noise and must keep, be silent, and replace."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q5_hidden"

TOLERANCE = 0.01  # the question's own
HOLD = 20  # steps between the last entry and the reading


def run(diary, rng, entries, N=8):
    """N diaries on pages of noise, that many entries, one reading: states (T, N), last entries (N,)."""
    W_ih, W_hh, b = gradtools.outputs(gradtools.call(diary, "diary"), ("W_ih", "W_hh", "b"), "diary")
    W_ih = gradtools.is_array(W_ih, (4, 3), "W_ih", "(4, 3)")
    W_hh = gradtools.is_array(W_hh, (4, 1), "W_hh", "(4, 1)")
    b = gradtools.is_array(b, (4,), "b", "(4,)")
    writes = 2 + 3 * np.arange(entries)
    T = writes[-1] + HOLD + 2
    page = np.zeros((T, N, 3))
    page[:, :, 0] = rng.standard_normal((T, N))
    page[writes, :, 1] = 1
    page[-1, :, 2] = 1
    start = np.zeros((N, 1))
    Y = reference.lstm_forward(page, start, start, W_ih, W_hh, b, np.zeros(4))[0]
    return Y[:, :, 0], page[writes[-1], :, 0]


@test_case(name="silent until it is asked", points=1)
def silent(diary):
    h, _ = run(diary, gradtools.rng("q5: silent until it is asked"), entries=1)
    loudest = np.abs(h[:-1]).max()
    gradtools.holds(
        loudest < TOLERANCE, "h_t", "it stays within the tolerance at every step without a read flag", loudest
    )


@test_case(name="shows what was written, after 20 steps of noise", points=1)
def shows(diary):
    h, value = run(diary, gradtools.rng("q5: shows what was written, after 20 steps of noise"), entries=1)
    off = np.abs(h[-1] - np.tanh(np.tanh(value))).max()
    claim = "at the read flag it shows the value written, within the tolerance, whatever rushed past"
    gradtools.holds(off < TOLERANCE, "h_t", claim, off)


@test_case(name="a new entry replaces the old one", points=1)
def replaces(diary):
    h, value = run(diary, gradtools.rng("q5: a new entry replaces the old one"), entries=2)
    off = np.abs(h[-1] - np.tanh(np.tanh(value))).max()
    gradtools.holds(off < TOLERANCE, "h_t", "after two entries it shows the second alone", off)

"""q11, hidden: the draws, the readout and its gradients, short trainings of a GRU, and limits."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q11_hidden"

# Adam divides a gradient by its own size, so rounding in tiny entries shows: 1e-4 instead of 1e-5.
TRAINED = 1e-4


@test_case(name="batch: the draws", points=1)
def batch_values(recall_batch):
    rng = gradtools.rng("q11: batch: the draws")
    for T in (7, 1):
        args = int(rng.integers(0, 1000)), 9, T
        got = gradtools.call(recall_batch, "recall_batch", *args)
        gradtools.same_all(got, reference.recall_batch(*args), ("x", "y"), ("(T, N, 2)", "(N,)"))


def states(case):
    """Arguments of recall_readout."""
    rng = gradtools.rng(case)
    return rng.standard_normal((7, 5)), rng.standard_normal(5), np.arange(7) % 2


@test_case(name="readout: loss, also a large one", points=1)
def readout_loss(recall_readout):
    hT, w, y = states("q11: readout: loss, also a large one")
    for size in (1.0, 1e3):
        got = gradtools.call(recall_readout, "recall_readout", hT, size * w, y)
        gradtools.same_entry(got, 0, reference.recall_readout(hT, size * w, y)[0], "loss")


@test_case(name="readout: dhT and dw", points=1)
def readout_gradients(recall_readout):
    args = states("q11: readout: dhT and dw")
    got = gradtools.call(recall_readout, "recall_readout", *args)
    _, dhT, dw = reference.recall_readout(*args)
    gradtools.same_entry(got, 1, dhT, "dhT", "(N, H)")
    gradtools.same_entry(got, 2, dw, "dw", "(H,)")


@test_case(name="training: six updates of a GRU", points=1)
def training_values(train_recall):
    rng = gradtools.rng("q11: training: six updates of a GRU")
    for steps in (6, 1):
        args = "gru", 4, float(rng.uniform(0.5, 2)), int(rng.integers(1, 100)), steps
        losses = gradtools.call(train_recall, "train_recall", *args)
        gradtools.same(losses, reference.train_recall(*args), "losses", "(steps,)", rtol=TRAINED)


LIMITS = "c"
NOT_THE_LIMITS = {
    "a": "a product of Jacobians depends on the weights. Do those of all ten seeds in the figure end alike?",
    "b": "look at the bars of the LSTM with bias 0, and compare them with those of the RNN.",
    "d": "compare the left and the right bars of one setting.",
}


@test_case(name="what to make of limits", points=1)
def limits(q11_limits):
    gradtools.right_choice(q11_limits, LIMITS, "q11_limits", "abcd", NOT_THE_LIMITS)

"""q11: the task, its loss, and training on it."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q11"


@test_case(name="batch: what is where", points=1)
def batch_properties(recall_batch):
    got = gradtools.outputs(gradtools.call(recall_batch, "recall_batch", 3, 5, 4), ("x", "y"), "recall_batch")
    x = gradtools.is_array(got[0], (4, 5, 2), "x", "(T, N, 2)")
    y = gradtools.is_array(got[1], (5,), "y", "(N,)")
    gradtools.holds(np.isin(y, (0, 1)).all(), "y", "it holds zeros and ones only")
    gradtools.same(x[0, :, 0], np.where(y == 1, 1.0, -1.0), "channel 0 of x at the first step", "(N,)")
    gradtools.same(x[1:, :, 0], np.zeros((3, 5)), "channel 0 of x at later steps", "(T - 1, N)")
    gradtools.holds(np.unique(x[:, :, 1]).size == 20, "x", "channel 1 has its own noise in every place")


@test_case(name="readout: worked example", points=1)
def readout_example(recall_readout):
    hT, w, y = np.array([[0.5, -1.0], [1.0, 0.0]]), np.log(3) * np.array([1.0, 0.5]), np.array([1, 0])
    got = gradtools.call(recall_readout, "recall_readout", hT, w, y)
    gradtools.same_all(got, (1.5 * np.log(2), [-0.25 * w, 0.375 * w], [0.25, 0.25]), ("loss", "dhT", "dw"))


@test_case(name="training: the loss of a short task falls", points=1)
def training_falls(train_recall):
    losses = gradtools.call(train_recall, "train_recall", "gru", 2, 0.0, 1, steps=12)
    losses = gradtools.is_array(losses, (12,), "losses", "(steps,)")
    gradtools.holds(abs(losses[0] - np.log(2)) < 0.3, "losses", "it begins near that of guessing", losses[0])
    gradtools.holds(losses[-1] < 0.9 * losses[0], "losses", "it ends well below its beginning", losses[-1])


@test_case(
    name="form of the answer",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def form(q11_limits):
    gradtools.is_choice(q11_limits, "q11_limits", "abcd")

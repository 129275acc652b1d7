"""q10, hidden: other numbers, an orthogonal start, and no step at all."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q10_hidden"


def task(case, N=5, H=4):
    """Start, inputs and target."""
    rng = gradtools.rng(case)
    normal = rng.standard_normal
    return 0.7 * normal((H, H)), normal((N, H)), normal((N, H))


@test_case(name="other numbers", points=1)
def values(train_and_track):
    args = (*task("q10: other numbers"), 0.03, 7)
    errors = gradtools.call(train_and_track, "train_and_track", *args)
    gradtools.same(errors, reference.train_and_track(*args), "errors", "(steps + 1,)")


@test_case(name="from a rotation, and no step at all", points=1)
def rotation(train_and_track):
    W, x, target = task("q10: from a rotation, and no step at all", H=6)
    start = np.linalg.svd(W)[0]
    errors = gradtools.call(train_and_track, "train_and_track", start, x, target, 0.02, 30)
    expected = reference.train_and_track(start, x, target, 0.02, 30)
    gradtools.same(errors, expected, "errors", "(steps + 1,)")
    errors = gradtools.call(train_and_track, "train_and_track", W, x, target, 0.02, 0)
    gradtools.same(errors, [reference.orthogonality_error(W)], "errors without a step", "(steps + 1,)")

"""q10: an orthogonal start, and what gradient descent makes of it."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q10"


@test_case(
    name="worked example",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def example(train_and_track):
    x, target = np.array([[1.0, 0.0]]), np.array([[2.0, 0.0]])
    errors = gradtools.call(train_and_track, "train_and_track", np.eye(2), x, target, 0.5, 2)
    gradtools.same(errors, [0.0, 1.25, 2.0625], "errors", "(steps + 1,)")

"""q3: bounds on a product of layers."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q3"


@test_case(
    name="worked example, and two that do not commute",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def examples(singular_value_bounds):
    there_and_back = np.array([np.diag([2.0, 0.5]), np.diag([0.5, 2.0])])
    got = gradtools.call(singular_value_bounds, "singular_value_bounds", there_and_back)
    gradtools.same_all(got, (0.25, 4.0, 1.0), ("lower", "upper", "actual"))
    # The first layer doubles what it moves into entry 0; the second triples entry 1 only.
    stack = np.array([[[0.0, 2.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 3.0]]])
    got = gradtools.call(singular_value_bounds, "singular_value_bounds", stack)
    gradtools.same_all(got, (1.0, 6.0, 3.0), ("lower", "upper", "actual"))

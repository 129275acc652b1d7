"""q7: shapes and total forget bias of a fresh network, and a direct path worked out by hand."""

import gradtools
import numpy as np
from otter.test_files import test_case

OK_FORMAT = False
name = "q7"


@test_case(name="init: shapes, bounds, the total forget bias", points=1)
def init_forget_bias(init_lstm):
    net = gradtools.call(init_lstm, "init_lstm", 0, 3, 4, 1.0)
    shapes = {"W_ih": (16, 3), "W_hh": (16, 4), "b_ih": (16,), "b_hh": (16,)}
    letters = {"W_ih": "(4H, D)", "W_hh": "(4H, H)", "b_ih": "(4H,)", "b_hh": "(4H,)"}
    arrays = {key: gradtools.entry(net, key) for key in shapes}
    arrays = {key: gradtools.is_array(arrays[key], shapes[key], key, letters[key]) for key in shapes}
    total = (arrays["b_ih"] + arrays["b_hh"])[4:8]
    gradtools.same(total, np.ones(4), "b_ih + b_hh in the forget block", "(H,)")
    for key in ("W_ih", "W_hh"):  # for H = 4 the bounds are -0.5 and 0.5
        low, high = arrays[key].min(), arrays[key].max()
        gradtools.holds(-0.5 <= low < -0.3, key, "its smallest entry lies between -0.5 and -0.3", low)
        gradtools.holds(0.3 < high <= 0.5, key, "its largest entry lies between 0.3 and 0.5", high)


@test_case(
    name="path: worked example",
    points=1,
    success_message="The public checks hold; others follow after you hand in.",
)
def path_example(cell_path):
    path = gradtools.call(cell_path, "cell_path", np.array([[0.5, 1.0], [0.2, 0.5], [0.1, 0.8]]))
    gradtools.same(path, [[0.01, 0.4], [0.02, 0.4], [0.1, 0.8], [1.0, 1.0]], "path", "(T + 1, H)")

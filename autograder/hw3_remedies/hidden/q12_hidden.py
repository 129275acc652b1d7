"""q12, hidden: clipped and unclipped descents from other starts, and the limits of six remedies."""

import gradtools
import numpy as np
import reference
from otter.test_files import test_case

OK_FORMAT = False
name = "q12_hidden"

LIMITS = {"clip": "c", "orthogonal": "b", "rate": "a", "relu": "e", "norm": "f", "residual": "d"}
ABOUT = {  # why the remedy is not this one: a question about what the chosen limit says
    "a": "Does it make *every* step of the optimiser shorter, short ones too?",
    "b": "Does it set the matrices to something exact before training begins?",
    "c": "Does it look at how long a whole gradient is before it acts?",
    "d": "Does it change the Jacobian of a layer by adding something to it?",
    "e": "Does it choose the slope of the activation?",
    "f": "Does it rescale the signal between the layers?",
}


@test_case(name="clipped: from both sides", points=1)
def clipped(cliff_descent):
    rng = gradtools.rng("q12: clipped: from both sides")
    for w0, max_norm in ((rng.uniform(1.1, 1.3), 1.0), (rng.uniform(0.92, 0.94), 1.0), (1.05, 2.5)):
        args = w0, rng.uniform(0.003, 0.007), 60, max_norm
        path = gradtools.call(cliff_descent, "cliff_descent", *args)
        gradtools.same(path, reference.cliff_descent(*args), "path", "(steps + 1,)")


@test_case(name="unclipped: over the cliff, and in the valley", points=1)
def unclipped(cliff_descent):
    rng = gradtools.rng("q12: unclipped: over the cliff, and in the valley")
    for w0, lr in ((rng.uniform(1.15, 1.3), rng.uniform(0.01, 0.03)), (0.9, rng.uniform(0.003, 0.007))):
        path = gradtools.call(cliff_descent, "cliff_descent", w0, lr, 8)
        path = gradtools.has_shape(path, (9,), "path", "(steps + 1,)")
        expected = reference.cliff_descent(w0, lr, 8)
        first = int(np.isfinite(expected).sum())  # from there on inf or nan, as it comes
        ratio = path[:first] / expected[:first]
        gradtools.same(ratio, np.ones(first), "path, each entry against its own size")
        left = not np.isfinite(path[first:]).any()
        gradtools.holds(left, "path", "once w has left float64 it stays inf or nan")


@test_case(name="match: the limits of six remedies", points=1)
def limits(q12_clip, q12_orthogonal, q12_rate, q12_relu, q12_norm, q12_residual):
    given = (q12_clip, q12_orthogonal, q12_rate, q12_relu, q12_norm, q12_residual)
    names = [f"q12_{remedy}" for remedy in LIMITS]
    chosen = [gradtools.is_choice(got, name, "abcdef") for got, name in zip(given, names, strict=True)]
    wrong = [
        (name, got) for name, got, limit in zip(names, chosen, LIMITS.values(), strict=True) if got != limit
    ]
    if wrong:
        text = " ".join(f"`{name}` = {got}: {ABOUT[got]}" for name, got in wrong)
        raise gradtools.Mismatch(wrong[0][0], "value", text, text)

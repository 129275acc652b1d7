"""Loads and exercises, once, what every notebook uses, so that a child finds it ready in memory."""

from __future__ import annotations

import gc
import io
import sys
from types import ModuleType
from typing import Any

from coursekit.worker import standins

_manager: Any = None

# Imported for their own sake: what notebooks import first, and what numpy and pyplot import late.
_MODULES = """
abc argparse base64 bisect collections contextlib copy csv dataclasses datetime decimal enum fractions
functools hashlib heapq importlib.resources inspect io itertools json logging math numbers operator os
pathlib pickle pprint random re secrets shutil statistics string struct sys tempfile textwrap threading
time timeit traceback types typing unittest uuid warnings weakref zipfile numpy.fft numpy.linalg
numpy.polynomial numpy.random numpy.testing numpy.typing numpy.lib.format matplotlib.pyplot
matplotlib.animation matplotlib.cm matplotlib.colors matplotlib.gridspec matplotlib.patches
matplotlib.ticker matplotlib.backends.backend_template matplotlib.backends.backend_agg
"""

_SOURCE = """
from __future__ import annotations
from dataclasses import dataclass
import numpy as np
@dataclass
class Cell:
    W: np.ndarray
    b: float = 0.0
def forward(x, W, b):
    h, hs = np.zeros(W.shape[0]), []
    for t in range(x.shape[0]):
        h = np.tanh(W @ h + x[t] + b)
        hs.append(h)
    return np.stack(hs), {"h": h}
"""


def up() -> None:
    """Import and exercise. Touches no student's code."""
    import importlib

    for name in _MODULES.split():
        importlib.import_module(name)
    _plain_python()
    _numbers()
    _transformer()
    _figures()
    standins.install()


def transform(source: str) -> str:
    """IPython's transformation of a cell: magics and shell escapes to calls of `get_ipython()`."""
    if _manager is None:
        _transformer()
    return str(_manager.transform_cell(source))


def freeze() -> None:
    """Leave nothing for a child's garbage collector to touch: every page it touches is copied."""
    gc.collect()
    gc.freeze()


def _plain_python() -> None:
    module = sys.modules["warm"] = ModuleType("warm")
    namespace = module.__dict__
    exec(compile(_SOURCE, "<warm>", "exec", dont_inherit=True), namespace)  # noqa: S102  our own text
    import numpy as np

    from coursekit.wire import decode, encode

    value, cache = namespace["forward"](np.ones((3, 4)), np.ones((4, 4)), 0.1)
    structure, buffers = encode([value, cache, (1, "a", 2.0, None, True)])
    decode(structure, b"".join(buffers))
    del sys.modules["warm"]


def _numbers() -> None:
    import numpy as np

    rng = np.random.default_rng(0)
    a = rng.standard_normal((8, 8))
    b = a.astype(np.float32)
    for matrix in (a, b):
        (
            np.linalg.norm(matrix @ matrix.T, 2),
            np.linalg.svd(matrix),
            np.linalg.eigvals(matrix),
            np.linalg.qr(matrix),
        )
        np.linalg.solve(matrix, matrix), np.einsum("ij,jk->ik", matrix, matrix)
        (
            np.exp(matrix),
            np.tanh(matrix),
            np.log(np.abs(matrix)),
            np.where(matrix > 0, matrix, 0),
            matrix.sum(0),
        )
        np.concatenate([matrix, matrix]), np.stack([matrix]), np.allclose(matrix, matrix), matrix.mean(axis=1)
    str(a), repr(b), f"{a[0, 0]:.3f}"
    np.random.seed(0), np.random.randn(3), np.random.rand(2), np.random.RandomState(0).randn(2)
    file = io.BytesIO()
    np.savez(file, a=a)
    file.seek(0)
    with np.load(file) as saved:
        saved["a"]


def _transformer() -> None:
    global _manager
    from IPython.core.inputtransformer2 import TransformerManager

    _manager = TransformerManager()  # type: ignore[no-untyped-call]
    _manager.transform_cell("%matplotlib inline\nx = !ls\n")


def _figures() -> None:
    import matplotlib as mpl
    import numpy as np

    mpl.use("template")
    from matplotlib import pyplot as plt

    from coursekit.worker import plots

    figure, axes = plt.subplots(2, 2, figsize=(8, 6), layout="constrained")
    x = np.linspace(0.1, 1, 20)
    axes[0, 0].plot(x, x, "o--", label="$x^2$")
    axes[0, 0].legend()
    axes[0, 1].bar([1, 2], [3, 4])
    axes[1, 0].semilogy(x, x)
    axes[1, 1].imshow(np.ones((3, 3)))
    axes[0, 0].set(title="t", xlabel="x", ylabel="y")
    axes[0, 0].grid(True)
    axes[0, 0].text(0, 0, "text")
    figure.suptitle("warm")
    figure.colorbar(axes[1, 1].images[0])
    figure.canvas.draw()
    plots.describe(axes[0, 0])
    other, _ = plt.subplots()
    other.tight_layout()
    other.savefig(io.BytesIO(), format="png")
    plt.close("all")
    mpl.rcdefaults()
    mpl.use("template")
    mpl.rcParams["figure.max_open_warning"] = 0

"""Random inputs that nobody can foresee and everybody can replay, strong enough to tell right from wrong."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.float64]]

_key = [b""]  # a plain cell and not a thread's own: a case in a helper thread must meet the same numbers


def use_key(key: bytes) -> None:
    """Set the secret that all later draws depend on; under plain Otter it stays empty."""
    _key[0] = bytes(key)


def rng(case: str) -> np.random.Generator:
    """A generator of its own for every case: the same key and case give the same numbers.

    The seed is SHA-256 of the key followed by the case's name in UTF-8.
    """
    digest = hashlib.sha256(_key[0] + case.encode()).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


def rnn_inputs(
    rng: np.random.Generator, T: int = 5, N: int = 3, D: int = 4, H: int = 6, *, scale: float = 0.7
) -> Arrays:
    """The strong configuration for a tanh RNN, in the order of `rnn_forward`'s arguments.

    x (T, N, D), h0 (N, H), W_ih (H, D), W_hh (H, H), b_ih (H,), b_hh (H,), then the upstream gradients
    dY (T, N, H) and dhT (N, H). All sizes differ and none is 1; h0 and both biases are not zero, and the
    biases differ; W_hh is asymmetric with entries of standard deviation `scale`.
    """
    return _inputs(rng, 1, T, N, D, H, scale, cell=False)


def gru_inputs(
    rng: np.random.Generator, T: int = 5, N: int = 3, D: int = 4, H: int = 6, *, scale: float = 0.7
) -> Arrays:
    """As `rnn_inputs`, with 3H rows in the order r, z, n."""
    return _inputs(rng, 3, T, N, D, H, scale, cell=False)


def lstm_inputs(
    rng: np.random.Generator, T: int = 5, N: int = 3, D: int = 4, H: int = 6, *, scale: float = 0.7
) -> Arrays:
    """As `rnn_inputs`, with 4H rows in the order i, f, g, o, c0 (N, H) after h0 and dcT (N, H) at the end."""
    return _inputs(rng, 4, T, N, D, H, scale, cell=True)


def parameters(inputs: Arrays) -> Arrays:
    """The arguments of forward: `inputs` without the upstream gradients, in the same order."""
    return {name: value for name, value in inputs.items() if name not in ("dY", "dhT", "dcT")}


def _inputs(
    rng: np.random.Generator, blocks: int, T: int, N: int, D: int, H: int, scale: float, cell: bool
) -> Arrays:
    draw = rng.standard_normal
    rows = blocks * H
    arrays = {"x": draw((T, N, D)), "h0": 0.5 * draw((N, H))}
    if cell:
        arrays["c0"] = 0.5 * draw((N, H))
    arrays["W_ih"] = 0.5 * draw((rows, D))
    arrays["W_hh"] = scale * draw((rows, H))
    arrays["b_ih"] = 0.3 * draw(rows)
    arrays["b_hh"] = 0.3 * draw(rows)
    arrays["dY"] = draw((T, N, H))
    arrays["dhT"] = draw((N, H))
    if cell:
        arrays["dcT"] = draw((N, H))
    return arrays

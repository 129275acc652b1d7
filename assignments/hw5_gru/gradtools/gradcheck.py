"""Does a gradient fit the forward function? Random upstream, random directions, central differences.

For L = sum(v * f(inputs)) and a unit direction u of one input, the claimed gradient g must satisfy

    sum(g * u)  =  (L(input + eps u) - L(input - eps u)) / (2 eps)

within 1e-6 * max(1, |left|, |right|), in three random directions for every input. (CONVENTIONS: on eleven
wrong BPTTs and 200 seeds nothing was missed, with no false alarm in 4,000. The central difference is
exact to order eps^2; see Griewank & Walther, Evaluating Derivatives, 2nd ed. 2008, section 1.1. The complex
step: Squire & Trapp, SIAM Review 40(1), 1998.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import draws
from .calling import call
from .cast import float_array, items, to_float
from .compare import is_array
from .mismatch import Mismatch
from .several import MISSING, entry, outputs
from .words import listed, number

EPS = 3e-6  # between 1e-6 and 1e-5: rounding (1e-16/eps) and curvature (eps^2) are both far below RTOL
RTOL = 1e-6
DIRECTIONS = 3
COMPLEX_EPS = 1e-20  # nothing is subtracted, so the step may be as small as we like

Upstream = Any  # an array, or outputs by position: {0: dY, 1: dhT} or (dY, dhT)


@dataclass(frozen=True, slots=True)
class Probe:
    """One directional derivative: what the gradient claims, and what the differences say."""

    analytic: float
    numeric: float

    def agrees(self, rtol: float, floor: float) -> bool:
        """Within rtol * max(floor, |analytic|, |numeric|); nan never agrees, nor does what has overflowed."""
        allowed = rtol * max(floor, abs(self.analytic), abs(self.numeric))
        return bool(np.isfinite(allowed)) and abs(self.analytic - self.numeric) <= allowed


def check_gradient(
    f: Callable[..., Any],
    grad_out: Any,
    inputs: Mapping[str, Any],
    upstream: Upstream,
    names: Sequence[str] | None = None,
    *,
    rng: np.random.Generator | None = None,
    function: str = "",
    method: str = "central",
    eps: float = EPS,
    rtol: float = RTOL,
    floor: float = 1.0,
) -> None:
    """The gradients `grad_out` fit the function `f`, for every named input. No reference is needed.

    f          called as f(*inputs.values()); returns one array, or several outputs of which `upstream`
               says which ones count: Y and hT of (Y, hT, cache) are {0: dY, 1: dhT}
    grad_out   a dict: the gradient of input `W_hh` under "dW_hh" (or "W_hh"); or a tuple in the order of
               `names`; or, where there is one name, the array itself
    inputs     name → array, in the order of f's arguments; entries that are no float arrays are passed on
    upstream   gradient at each output, of its shape
    names      the inputs to check; all float arrays when left out
    rng        source of the directions; `rng("check_gradient")` when left out
    function   what f is called in messages
    method     "central", or "complex" where f is analytic and takes complex arrays
    floor      gradients much smaller than this are not told apart; lower it for vanishing ones

    Calls f six times for every name. Raises Mismatch with the name of the gradient (rungs missing, type,
    shape, finite, value), or with f's own where its outputs do not fit `upstream`.
    """
    generator = draws.rng("check_gradient") if rng is None else rng
    arrays = {k: to_float(np.asarray(v)) for k, v in inputs.items() if _is_float(v)}
    checked = list(arrays) if names is None else list(names)
    run = Run(f, function or "forward", dict(inputs), _by_position(upstream), method, eps)
    results: dict[str, list[Probe]] = {}
    for position, name in enumerate(checked):
        claimed = _claimed(grad_out, name, position, len(checked), arrays[name].shape)
        results[name] = [run.probe(name, arrays[name], claimed, generator) for _ in range(DIRECTIONS)]
    wrong = [name for name in checked if not all(p.agrees(rtol, floor) for p in results[name])]
    if wrong:
        right = [name for name in checked if name not in wrong]
        raise _disagrees(wrong, right, results[wrong[0]], run.function)


def numeric_gradient(
    f: Callable[[NDArray[np.float64]], Any], x: Any, eps: float = EPS
) -> NDArray[np.float64]:
    """All partial derivatives of the number f(x), by central differences; two calls for every entry of x.

    x is not changed. Returns an array of the shape of x.
    """
    x = to_float(np.asarray(x))
    gradient = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[index] += eps
        behind[index] -= eps
        gradient[index] = (float(f(ahead)) - float(f(behind))) / (2 * eps)
    return gradient


def complex_derivative(f: Callable[[Any], Any], x: Any, direction: Any) -> NDArray[np.float64]:
    """Derivative of f at x along `direction`, exact to rounding: Im f(x + i h u) / h with h = 1e-20.

    f must be analytic and take complex arrays: no `abs`, no comparison, no cast to float.
    """
    step = np.asarray(x) + 1j * COMPLEX_EPS * np.asarray(direction)
    return np.asarray(np.imag(f(step)) / COMPLEX_EPS, dtype=float)


@dataclass(frozen=True, slots=True)
class Run:
    """One function with its inputs and upstream, ready to be probed along directions."""

    f: Callable[..., Any]
    function: str
    inputs: dict[str, Any]
    upstream: dict[int, NDArray[np.float64]]
    method: str
    eps: float

    def probe(
        self, name: str, value: NDArray[np.float64], claimed: NDArray[np.float64], rng: np.random.Generator
    ) -> Probe:
        """Compare along one random direction of unit length in the input `name`."""
        u = rng.standard_normal(value.shape)
        u /= np.linalg.norm(u) or 1.0
        with np.errstate(all="ignore"):  # finite numbers may overflow in the sum
            analytic = float(np.sum(claimed * u))
        return Probe(analytic, self.slope(name, value, u))

    def slope(self, name: str, value: NDArray[np.float64], u: NDArray[np.float64]) -> float:
        """dL along u. The outputs are subtracted before they are summed: nothing large cancels."""
        with np.errstate(all="ignore"):
            if self.method == "complex":
                moved = self._outputs(name, value + 1j * COMPLEX_EPS * u)
                return sum(float(np.sum(v * y.imag)) for v, y in self._pairs(moved)) / COMPLEX_EPS
            ahead = self._outputs(name, value + self.eps * u)
            behind = self._outputs(name, value - self.eps * u)
            change = {k: ahead[k] - behind[k] for k in ahead}
            return sum(float(np.sum(v * d)) for v, d in self._pairs(change)) / (2 * self.eps)

    def _pairs(self, arrays: dict[int, NDArray[Any]]) -> list[tuple[NDArray[np.float64], NDArray[Any]]]:
        return [(v, arrays[k]) for k, v in self.upstream.items()]

    def _outputs(self, name: str, value: NDArray[Any]) -> dict[int, NDArray[Any]]:
        """The outputs that have an upstream gradient, each checked for kind and shape."""
        result = call(self.f, self.function, *{**self.inputs, name: value}.values())
        complex_ok = self.method == "complex"
        if items(result) is None and list(self.upstream) == [0]:
            result = (result,)
        found = {}
        for k, v in self.upstream.items():
            label = f"output {k + 1} of {self.function}"
            array = float_array(entry(result, k, label), label, complex_ok)
            is_array(array.real, v.shape, label)
            found[k] = array
        return found


def _by_position(upstream: Upstream) -> dict[int, NDArray[np.float64]]:
    if isinstance(upstream, Mapping):
        pairs = list(upstream.items())
    elif isinstance(upstream, tuple):
        pairs = [(k, v) for k, v in enumerate(upstream) if v is not None]
    else:
        pairs = [(0, upstream)]
    return {int(k): np.asarray(v, dtype=float) for k, v in pairs}


def _claimed(
    grad_out: Any, name: str, position: int, count: int, shape: tuple[int, ...]
) -> NDArray[np.float64]:
    """The student's gradient for that input, through the rungs below "value"."""
    label = f"d{name}"
    if issubclass(type(grad_out), dict):
        bare = any(type(k) is str and k == name for k in dict.keys(grad_out))
        found = entry(grad_out, name if bare else label, label)
    elif count == 1 and items(grad_out) is None:
        found = grad_out
    else:
        members = items(grad_out)
        found = MISSING if members is None else outputs(grad_out, ["gradient"] * count, "backward")[position]
        if found is MISSING:
            tip = "Try: compare your `return` with the docstring."
            text = f"`{label}`: expected {count} gradients, in a dict or a tuple. {tip}"
            raise Mismatch(label, "count", text, text)
    return is_array(found, shape, label, f"shape of {name}")


def _is_float(value: Any) -> bool:
    return isinstance(value, (float, np.floating)) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "f"
    )


def _disagrees(wrong: list[str], right: list[str], probes: list[Probe], function: str) -> Mismatch:
    label = f"d{wrong[0]}"
    worst = max(probes, key=lambda p: abs(p.analytic - p.numeric))
    also = f" Also off: {listed([f'd{n}' for n in wrong[1:]])}." if wrong[1:] else ""
    good = f" Right already: {listed([f'd{n}' for n in right])}." if right else ""
    blind = f"`{label}` does not fit central differences of `{function}`.{also}{good}"
    message = (
        f"`{label}` does not fit `{function}`: along a random direction it says {number(worst.analytic)}; "
        f"central differences say {number(worst.numeric)}.{also}{good} Try: {_hint(probes)}."
    )
    return Mismatch(label, "value", message, blind)


def _hint(probes: list[Probe]) -> str:
    """A constant factor shows in all directions alike."""
    if not any(p.analytic for p in probes):
        return "it is zero throughout: is it ever added to"
    ratios = np.array([p.analytic / p.numeric if p.numeric else np.nan for p in probes])
    if np.ptp(ratios) <= 1e-4 * abs(ratios[0]):
        factor = (
            "the sign is turned" if abs(ratios[0] + 1) < 1e-4 else f"it is {ratios[0]:.4g} times too large"
        )
        return f"{factor}, the same in every direction"
    return "find each place where this input enters the forward function; each sends one term"

"""Ways in which a result can be wrong that are plain to see without knowing the mistake.

Each form says something literally true of one output on every recorded call: the negative of the right
array, its transpose, a multiple. A form names no mistake, so it never follows through; its hint leads and
shows no number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from coursekit.mistakes.agree import FOLLOWED, NAMED, agree
from coursekit.mistakes.parts import Axes
from coursekit.model import Mistake

Array = np.ndarray[Any, Any]

HALF_PRECISION = 5e-3  # a few roundings to ten binary digits, relative to the largest entry


@dataclass(frozen=True, slots=True)
class Pair:
    """One output of one call: what came, what is right, what its axes mean and how long the letters are."""

    got: Array
    right: Array
    axes: Axes
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Whether what came is right, to the tolerance that cases ask for."""
        return agree(self.got, self.right, FOLLOWED)

    def is_(self, other: Array) -> bool:
        """Whether what came is `other`."""
        return agree(self.got, other, NAMED)


def form_of(pairs: Sequence[Pair]) -> str:
    """The id of the first form that all calls show, one of them differing from what is right; else empty."""
    if not pairs or all(pair.agrees for pair in pairs):
        return ""
    return next((id for id, holds in _FORMS.items() if holds(pairs)), "")


def _each(holds: Callable[[Pair], bool]) -> Callable[[Sequence[Pair]], bool]:
    return lambda pairs: all(holds(pair) for pair in pairs)


def _zeros(pair: Pair) -> bool:
    return pair.got.shape == pair.right.shape and pair.got.size > 0 and not pair.got.any()


def _sign(pair: Pair) -> bool:
    return pair.right.dtype.kind != "b" and pair.is_(-pair.right)


def _transposed(pairs: Sequence[Pair]) -> bool:
    """Two axes have changed places, the same two in every call."""
    ndim = pairs[0].right.ndim
    return any(
        all(pair.right.ndim == ndim and pair.is_(pair.right.swapaxes(*two)) for pair in pairs)
        for two in combinations(range(ndim), 2)
    )


def _reversed(pair: Pair) -> bool:
    time = pair.axes.time
    return time is not None and pair.is_(np.flip(pair.right, time))


def _gates(pairs: Sequence[Pair]) -> bool:
    """Every block of rows is there, in another order: the same order in every call."""
    orders = [_order(pair) for pair in pairs]
    return orders[0] != () and all(order == orders[0] for order in orders)


def _order(pair: Pair) -> tuple[int, ...]:
    """Where each of the right blocks stands in what came; () where it is no rearrangement of them."""
    found = pair.axes.blocks
    if found is None or pair.got.shape != pair.right.shape or pair.right.shape[found[0]] % len(found[1]):
        return ()
    got, right = (np.split(array, len(found[1]), found[0]) for array in (pair.got, pair.right))
    order = [next((i for i, block in enumerate(right) if agree(g, block, NAMED)), -1) for g in got]
    return tuple(order) if sorted(order) == list(range(len(right))) else ()


def _shape(pair: Pair) -> bool:
    return pair.got.shape != pair.right.shape and agree(pair.got.ravel(), pair.right.ravel(), NAMED)


def _nan(pairs: Sequence[Pair]) -> bool:
    """From some step on, in the order of time or on the way back, numbers are not finite; the same in all."""
    return _border(pairs) is not None


def finite_steps(pairs: Sequence[Pair]) -> str:
    """`the first 2 steps are finite`, for outputs of the form `generic:nan`; else empty."""
    border = _border(pairs)
    if border is None:
        return ""
    end, count = border
    return f"the {end} {count} steps are finite" if count > 1 else f"only the {end} step is finite"


def _border(pairs: Sequence[Pair]) -> tuple[str, int] | None:
    found = {_border_of(pair) for pair in pairs if not pair.agrees}
    return found.pop() if len(found) == 1 else None


def _border_of(pair: Pair) -> tuple[str, int] | None:
    """("first" or "last", how many steps there are finite); None where there is no such border."""
    time = pair.axes.time
    if time is None or pair.got.shape != pair.right.shape or not np.isfinite(pair.right).all():
        return None
    others = tuple(axis for axis in range(pair.got.ndim) if axis != time)
    bad = [not fine for fine in np.atleast_1d(np.isfinite(pair.got).all(axis=others))]
    count = sum(bad)
    if not 0 < count < len(bad):
        return None
    if all(bad[-count:]):
        return "first", len(bad) - count
    return ("last", len(bad) - count) if all(bad[:count]) else None


def _half(pairs: Sequence[Pair]) -> bool:
    """Every entry is a number of half precision, and near the right one: a few roundings, no mistake."""
    return sum(pair.right.size for pair in pairs) > 3 and all(_halves(pair) for pair in pairs)


def _halves(pair: Pair) -> bool:
    got, right = pair.got, pair.right
    kinds = got.dtype.kind + right.dtype.kind
    if got.shape != right.shape or kinds != "ff" or not np.isfinite(got).all():
        return False
    with np.errstate(over="ignore"):
        exact = np.array_equal(got.astype(np.float16).astype(np.float64), got.astype(np.float64))
    return exact and agree(got, right, HALF_PRECISION)


def _factor(pairs: Sequence[Pair]) -> set[str]:
    """Names of the factors that all calls allow, such as "1/N", "2", "T"; empty where there is none."""
    if len({float(abs(value)) for pair in pairs for value in pair.right.ravel()[:9]} - {0.0}) < 3:
        return set()  # a number or two have a factor whatever they are
    allowed = [
        {name for name, factor in _factors(pair.sizes).items() if pair.is_(factor * pair.right)}
        for pair in pairs
    ]
    return set.intersection(*allowed)


def _factors(sizes: dict[str, int]) -> dict[str, float]:
    named = {"2": 2.0, **{letter: float(size) for letter, size in sizes.items()}}
    if "N" in sizes and "T" in sizes:
        named["N T"] = float(sizes["N"] * sizes["T"])
    return {**named, **{f"1/{name}": 1 / value for name, value in named.items() if value}}


def _mean(letter: str) -> Callable[[Sequence[Pair]], bool]:
    return lambda pairs: _factor(pairs) == {f"1/{letter}"}


_FORMS: dict[str, Callable[[Sequence[Pair]], bool]] = {
    "generic:zeros": _each(_zeros),
    "generic:nan": _nan,
    "generic:sign": _each(_sign),
    "generic:transposed": _transposed,
    "generic:gates": _gates,
    "generic:reversed": _each(_reversed),
    "generic:shape": _each(_shape),
    "generic:mean-batch": _mean("N"),
    "generic:mean-time": _mean("T"),
    "generic:factor": lambda pairs: bool(_factor(pairs)),
    "generic:half-precision": _half,
}


def _form(id: str, explanation: str, hint: str) -> tuple[str, Mistake]:
    return f"generic:{id}", Mistake(f"generic:{id}", "", "", "", explanation, hint)


# As mistakes without a function, so that pages tell them like the others.
GENERIC: dict[str, Mistake] = dict(
    (
        _form(
            "zeros",
            "zeros where numbers should be",
            "Is it filled after it is made, and is it the filled one that you return?",
        ),
        _form(
            "nan",
            "numbers that are not finite from one step on",
            "What does the first step that is not divide by, or let grow, that the one before it does not?",
        ),
        _form(
            "sign",
            "the right numbers with the wrong sign",
            "Which difference, or which minus, is the other way round?",
        ),
        _form(
            "transposed",
            "the right numbers with two axes exchanged",
            "What does each axis count, by the docstring? Where two are equally long, only numbers tell.",
        ),
        _form(
            "gates",
            "the right blocks of rows in another order",
            "In which order do the gates stand in the weights, and in which do you put them together?",
        ),
        _form(
            "reversed",
            "the right entries in the reverse order of time",
            "Which step does entry 0 belong to, and in which order does your loop meet the steps?",
        ),
        _form(
            "shape",
            "the right numbers in the wrong shape",
            "Print the shape of what you return beside the one in the docstring.",
        ),
        _form(
            "mean-batch",
            "averaged over the batch where the sum is asked for",
            "Does doubling the batch, every sample twice, double your numbers? Should it?",
        ),
        _form(
            "mean-time",
            "averaged over the steps where the sum is asked for",
            "Does a step more add its share to your numbers, or does it make the others count less?",
        ),
        _form(
            "factor",
            "the right numbers, all times one and the same factor",
            "What do you multiply or divide everything by, and is something counted twice?",
        ),
        _form(
            "half-precision",
            "right to three digits only: half precision somewhere",
            "Which dtype have the arrays that you compute with? Look at every one you make yourself.",
        ),
        _form(
            "other-reset",
            "the GRU's other form: the reset gate acts on the other side of the product",
            "There are two forms of the GRU: the state is reset before it is multiplied, or its product "
            "after. Which of them is asked for here?",
        ),
    )
)  # fmt: skip

"""Where a backward pass goes wrong: step by step, and gate by gate, without a reference.

The student's backward is compared with central differences of the student's *own* forward, so it finds
slips between the two; a slip that both share stays unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import draws
from .calling import call
from .compare import has_shape
from .gradcheck import EPS, RTOL, Probe, Run
from .mismatch import Mismatch
from .several import entry, outputs

DIRECTIONS = 2
UPSTREAM = ("dY", "dhT", "dcT")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Location:
    """What was found. True is right; an entry of another kind or shape is not right.

    steps     t → dx at that step, in the whole sequence
    first     the smallest number of steps that goes wrong when run alone; 0 where none does
    blocks    gradient → gate ("all" where there are none) → its rows; in a run of `first` steps, because an
              error spreads to every gate of the step before it
    """

    steps: dict[int, bool]
    first: int
    blocks: dict[str, dict[str, bool]]

    def __str__(self) -> str:
        run = f"{self.first or len(self.steps)} step{'s' * (self.first != 1)} alone"
        steps = {f"t={t}": ok for t, ok in sorted(self.steps.items(), reverse=True)}
        parts = _table({"dx": steps}), f"\n{run}:", _table(self.blocks), "", *sentences(self)
        return "\n".join(parts)


def locate(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    gates: str = "",
    inputs: Mapping[str, Any] | None = None,
    names: Sequence[str] = ("forward", "backward"),
) -> None:
    """Print which steps and which gates of `backward` do not fit `forward`.

    forward    forward(x, h0[, c0], W_ih, W_hh, b_ih, b_hh) → (Y, hT[, cT], cache)
    backward   backward(dY, dhT[, dcT], cache) → dict with "dx", "dh0", "dW_ih" and so on
    gates      the blocks of rows in their order: "" (RNN), "ifgo" (LSTM) or "rzn" (GRU)
    inputs     as `rnn_inputs` makes them, in the order of forward's arguments; strong ones when left out
    names      what the two functions are called in messages

    Prints the message instead where one of them does not return what it should.
    """
    try:
        print(find(forward, backward, gates, inputs, names))
    except Mismatch as found:
        print(found)


def find(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    gates: str = "",
    inputs: Mapping[str, Any] | None = None,
    names: Sequence[str] = ("forward", "backward"),
) -> Location:
    """What `locate` prints, as data. Raises Mismatch where a function does not return what it should."""
    make = {"": draws.rnn_inputs, "rzn": draws.gru_inputs}.get(gates, draws.lstm_inputs)
    arrays = {k: np.asarray(v, dtype=float) for k, v in (inputs or make(draws.rng("locate"))).items()}
    trial = _Trial(forward, backward, arrays, tuple(names), draws.rng("locate: directions"))
    T = len(arrays["x"])
    steps = {t: trial.agrees("x", np.s_[t : t + 1]) for t in range(T)}
    for n in range(1, T + 1):
        alone = trial.shortened(n)
        if not all(alone.agrees(name) for name in alone.inputs):
            return Location(steps, n, alone.by_gates(gates))
    return Location(steps, 0, trial.by_gates(gates))


def sentences(found: Location) -> list[str]:
    """What the tables mean, one thought a line."""
    if not found.first:
        return ["backward fits forward at every step."]
    said = [_about_steps(found.steps), *_about_gates(found.blocks)]
    if found.first == 1:
        return [*said, "One step alone is wrong already: look inside the step."]
    fewer = f"{found.first - 1} step{'s' * (found.first > 2)} alone would be right"
    place = "look at what one step hands back to the step before it, and at where the sums begin."
    return [*said, f"{fewer}, {found.first} are not: {place}"]


class _Trial:
    """One run of backward, and the means to ask forward whether a part of a gradient is right."""

    def __init__(
        self,
        forward: Callable[..., Any],
        backward: Callable[..., Any],
        arrays: dict[str, Array],
        names: tuple[str, ...],
        rng: np.random.Generator,
    ) -> None:
        self.forward, self.backward, self.arrays, self.names, self.rng = forward, backward, arrays, names, rng
        self.inputs = draws.parameters(arrays)
        upstream = [arrays[name] for name in UPSTREAM if name in arrays]
        made = call(forward, names[0], *self.inputs.values())
        labels = ["Y", *(f"output {k + 2}" for k in range(len(upstream) - 1)), "cache"]
        cache = outputs(made, labels, names[0])[-1]
        self.grads = call(backward, names[1], *upstream, cache)
        self.run = Run(forward, names[0], dict(self.inputs), dict(enumerate(upstream)), "central", EPS)

    def agrees(self, name: str, part: Any = np.s_[:]) -> bool:
        """Is that part (along the first axis) of the gradient of `name` right?"""
        value = self.inputs[name]
        try:
            claimed = has_shape(entry(self.grads, f"d{name}"), value.shape, f"d{name}")
        except Mismatch as found:
            if found.rung == "missing":
                raise
            return False
        probes = (self._probe(name, value, claimed, part) for _ in range(DIRECTIONS))
        return all(probe.agrees(RTOL, 1.0) for probe in probes)

    def by_gates(self, gates: str) -> dict[str, dict[str, bool]]:
        """Every gradient but dx, with each gate's rows for itself; "all" for what has no gates."""
        found = {}
        for name in [name for name in self.inputs if name != "x"]:
            rows: dict[str, Any] = {"all": np.s_[:]}
            if gates and name not in ("h0", "c0"):
                size = len(self.inputs[name]) // len(gates)
                rows = {gate: np.s_[i * size : (i + 1) * size] for i, gate in enumerate(gates)}
            found[f"d{name}"] = {gate: self.agrees(name, part) for gate, part in rows.items()}
        return found

    def shortened(self, steps: int) -> _Trial:
        """The same with the first `steps` steps only."""
        short = {name: a[:steps] if name in ("x", "dY") else a for name, a in self.arrays.items()}
        return _Trial(self.forward, self.backward, short, self.names, self.rng)

    def _probe(self, name: str, value: Array, claimed: Array, part: Any) -> Probe:
        u = np.zeros(value.shape)
        u[part] = self.rng.standard_normal(value[part].shape)
        u /= np.linalg.norm(u) or 1.0
        return Probe(float(np.sum(claimed * u)), self.run.slope(name, value, u))


def _about_steps(steps: dict[int, bool]) -> str:
    wrong = sorted((t for t, ok in steps.items() if not ok), reverse=True)
    right = sorted((t for t, ok in steps.items() if ok), reverse=True)
    if not wrong:
        return "dx is right at every step."
    if not right:
        return "dx is wrong at every step."
    if min(right) > max(wrong):
        return f"dx is right at t = {_and(right)}, wrong from t = {wrong[0]} back to the start."
    return f"dx is wrong at t = {_and(wrong)} only."


def _about_gates(blocks: Mapping[str, dict[str, bool]]) -> list[str]:
    """Gradients that are wrong in the same gates share a sentence."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, row in blocks.items():
        wrong = tuple(gate for gate, ok in row.items() if not ok)
        if wrong:
            alike.setdefault(wrong if len(wrong) < len(row) else (), []).append(name)
    said = []
    for wrong, names in alike.items():
        where = f" only in the rows of {_and(wrong)}" if wrong else ""
        said.append(f"{_and(names)} {'is' if len(names) == 1 else 'are'} wrong{where}.")
    return said


def _and(items: Sequence[Any]) -> str:
    words = [str(item) for item in items]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _table(rows: Mapping[str, Mapping[str, bool]]) -> str:
    """One line a gradient, its parts beside it."""
    lines = []
    for name, row in rows.items():
        parts = (f"{part} {'right' if ok else 'WRONG'}" for part, ok in row.items())
        lines.append(f"{name:<6} " + "   ".join(parts).replace("all ", ""))
    return "\n".join(lines)

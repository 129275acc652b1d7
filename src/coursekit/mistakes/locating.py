"""Says where a result first goes wrong: which output, which gates, which steps. It shows no number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from coursekit.mistakes.agree import FOLLOWED, agree
from coursekit.mistakes.forms import Array, Pair
from coursekit.mistakes.parts import Path

NONE_RIGHT = "No output is right: look at what all of them are made from."

Outputs = Mapping[Path, Sequence[Pair]]


def locate(outputs: Outputs, labels: Mapping[Path, str]) -> str:
    """One or two sentences about the outputs of one function over all its calls; empty where nothing helps.

    A part that came in another shape is left to the message of the case.
    """
    alike = {
        path: pairs for path, pairs in outputs.items() if all(p.got.shape == p.right.shape for p in pairs)
    }
    wrong = [path for path, pairs in alike.items() if not all(pair.agrees for pair in pairs)]
    right = [path for path in alike if path not in wrong]
    if not wrong:
        return ""
    bad = {path: alike[path] for path in wrong}
    gates = _about_gates(bad, labels)
    return " ".join(
        sentence
        for sentence in (
            _outputs(wrong, right, labels, "" if gates else NONE_RIGHT),
            gates,
            _first(_about_steps, bad, labels),
            _first(_about_samples, bad, labels),
            _accumulation(wrong, right, alike, labels),
            _alone(alike),
        )
        if sentence
    )


def _outputs(
    wrong: Sequence[Path], right: Sequence[Path], labels: Mapping[Path, str], none_right: str
) -> str:
    """Which outputs are right and which wrong; what is passed on unchanged counts for neither."""
    right = [path for path in right if len(path) < 2]  # entries of a cache are mostly arguments
    if not right and len(wrong) > 2:
        return none_right
    if not right:
        return ""
    return f"{_listed(right, labels)} {_is(right)} right, {_listed(wrong, labels)} {_is(wrong)} not."


def _about_gates(wrong: Outputs, labels: Mapping[Path, str]) -> str:
    """Outputs that are wrong in the same gates share half a sentence, where some gates are right."""
    alike: dict[str, list[Path]] = {}
    for path, pairs in wrong.items():
        gates = _wrong_gates(pairs)
        if gates:
            alike.setdefault(gates, []).append(path)
    said = [
        f"{_listed(paths, labels)} {_is(paths)} wrong only in the part of {_and(list(gates))}"
        for gates, paths in alike.items()
    ]
    return f"{'; '.join(said)}." if said else ""


def _wrong_gates(pairs: Sequence[Pair]) -> str:
    """The letters of gates that are wrong in any call; empty where all are, or gates are unknown."""
    found = pairs[0].axes.blocks
    if found is None:
        return ""
    axis, letters = found
    bad: set[str] = set()
    for pair in pairs:
        if pair.right.shape[axis] % len(letters):
            return ""
        blocks = (np.split(array, len(letters), axis) for array in (pair.got, pair.right))
        for letter, got, right in zip(letters, *blocks, strict=True):
            if not _near(got, right, pair):
                bad.add(letter)
    return "".join(letter for letter in letters if letter in bad) if len(bad) < len(letters) else ""


def _first(about: Callable[[Pair], str], wrong: Outputs, labels: Mapping[Path, str]) -> str:
    """What `about` says of the first output of which it says something, in the first call that shows it."""
    for path, pairs in wrong.items():
        said = next((said for said in (about(pair) for pair in pairs if not pair.agrees) if said), "")
        if said:
            return f"{f'`{labels[path]}`' if labels[path] else 'The result'} is {said}."
    return ""


def _about_samples(pair: Pair) -> str:
    """Whether only some samples of a batch are right."""
    if pair.axes.time is not None or "N" not in pair.axes.letters:
        return ""
    good = _right_along(pair, pair.axes.letters.index("N"))
    if not any(good) or all(good):
        return ""
    return "right for the first sample only" if not any(good[1:]) else "right for some samples, not for all"


def _about_steps(pair: Pair) -> str:
    """On the way, or on the way back."""
    time = pair.axes.time
    if time is None or pair.right.shape[time] < 2:
        return ""
    good = _right_along(pair, time)
    count = len(good)
    if all(good):
        return ""
    if not any(good):
        return "wrong at every step"
    bad = [t for t, fine in enumerate(good) if not fine]
    if bad[-1] - bad[0] + 1 != len(bad):
        return "right at some steps and wrong at others"
    word = "t =" if pair.axes.letters[time] == "T" else "entry"
    if len(bad) == 1:
        return f"wrong at {word} {bad[0]} only"
    if bad[-1] == count - 1:
        return f"right before {word} {bad[0]}, and wrong from there on"
    if bad[0] == 0:
        return f"right after {word} {bad[-1]}, and wrong from there back to the start"
    return f"wrong from {word} {bad[0]} to {bad[-1]} only"


def _accumulation(
    wrong: Sequence[Path], right: Sequence[Path], outputs: Outputs, labels: Mapping[Path, str]
) -> str:
    """Whether what belongs to single steps is right, and only what is summed over them is wrong."""
    steps = [path for path in right if any(_has_steps(pair) for pair in outputs[path])]
    sums = [path for path in wrong if labels[path].startswith(("dW", "db"))]
    if steps and sums and len(sums) == len(wrong):
        return "Each step by itself is right; look at how their shares are added up."
    return ""


def _alone(outputs: Outputs) -> str:
    """Whether sequences of one step come out right where longer ones do not."""
    lengths: dict[bool, list[bool]] = {True: [], False: []}
    for pairs in outputs.values():
        for pair in pairs:
            if "T" in pair.sizes:
                lengths[pair.sizes["T"] == 1].append(pair.agrees)
    if lengths[True] and all(lengths[True]) and not all(lengths[False]):
        return "A sequence of one step comes out right: look at what one step hands to the next."
    return ""


def _has_steps(pair: Pair) -> bool:
    time = pair.axes.time
    return time is not None and pair.right.shape[time] > 1


def _right_along(pair: Pair, axis: int) -> list[bool]:
    """Entry by entry along an axis, whether it is right."""
    count = pair.right.shape[axis]
    return [_near(pair.got.take(i, axis), pair.right.take(i, axis), pair) for i in range(count)]


def _near(got: Array, right: Array, whole: Pair) -> bool:
    """Whether a piece agrees; as part of the whole array, whose size is its measure."""
    if got.dtype.kind not in "fc" or not np.isfinite(whole.right).all() or not np.isfinite(got).all():
        return agree(got, right, FOLLOWED)
    scale = float(np.abs(whole.right).max(initial=0.0))
    return bool(np.abs(got - right).max(initial=0.0) <= FOLLOWED * scale)


def _listed(paths: Sequence[Path], labels: Mapping[Path, str]) -> str:
    return _and([f"`{labels[path]}`" if labels[path] else "the result" for path in paths])


def _is(paths: Sequence[Path]) -> str:
    return "is" if len(paths) == 1 else "are"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]

"""Whether the answers that a name rests on say anything: zeros, NaN and constants fit too many causes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from coursekit.judge.memo import size
from coursekit.judge.proxy import Call
from coursekit.mistakes.agree import FOLLOWED, agree
from coursekit.mistakes.parts import Path, parts
from coursekit.mistakes.replay import Replayer, Version, same_reply
from coursekit.wire import Returned

Array = np.ndarray[Any, Any]

# There are hundreds of pairs, and one or two wrong numbers fit several of them.
NUMBERS = 3


class Evidence:
    """The answers of one version of a function to the recorded calls, beside those of the Reference."""

    def __init__(self, replayer: Replayer, version: Version, calls: Sequence[Call]) -> None:
        self._replayer, self._version, self._calls = replayer, version, calls
        self._right = self._answers(Version(version.function))
        self._ours = self._answers(version)
        first = [_arguments(call) for call in calls[:1]]
        self._varied = any(not agree(_arguments(call), first[0], 0.0) for call in calls)

    @property
    def constant(self) -> bool:
        """Whether every output is zero, NaN, or the same in all calls, but for those that are arguments.

        Outputs that are so by right count for nothing; where all are, as of a function without arguments,
        nothing is held against it.
        """
        telling = {path for answer in self._right for path in answer} - self._empty(self._right)
        made = {path for path in telling if not self._is_argument(path)}
        return bool(made) and made <= self._empty(self._ours)

    def holds_a_pair(self) -> bool:
        """Whether the answers can name two mistakes.

        They cannot where fewer than three numbers or words are wrong, where both together make an output
        zero, NaN or constant that neither makes so alone, or where no output is left that is not so.
        """
        if self.constant or self._wrong_numbers() + self._wrong_words() < NUMBERS:
            return False
        alone: set[Path] = set()
        for mistake in self._version.own:
            single = Version(self._version.function, (mistake,), self._version.base)
            alone |= self._empty(self._answers(single))
        return self._empty(self._ours) <= alone | self._empty(self._right)

    def _wrong_numbers(self) -> int:
        """How many different finite numbers stand where the Reference has others."""
        found: set[complex] = set()
        for ours, right in zip(self._ours, self._right, strict=True):
            for path, array in ours.items():
                other = right.get(path)
                if other is None or other.shape != array.shape:
                    wrong = array
                else:
                    wrong = array[~np.isclose(array, other, rtol=FOLLOWED, atol=0.0, equal_nan=True)]
                found.update(wrong[np.isfinite(wrong)].ravel().tolist())
        return len(found)

    def _wrong_words(self) -> int:
        """How much is in the answers, other than the Reference's, that are words or plots."""
        right = Version(self._version.function)
        replies = [
            (self._replayer.reply(self._version, call), self._replayer.reply(right, call))
            for call in self._calls
        ]
        return sum(
            size(ours.value)
            for ours, theirs in replies
            if isinstance(ours, Returned) and not parts(ours.value) and not same_reply(ours, theirs, FOLLOWED)
        )

    def _is_argument(self, path: Path) -> bool:
        """Whether this output is an argument handed on, as most entries of a cache are."""
        return all(
            any(agree(answer[path], given, 0.0) for given in parts(_arguments(call)).values())
            for answer, call in zip(self._right, self._calls, strict=True)
            if path in answer
        )

    def _answers(self, version: Version) -> list[dict[Path, Array]]:
        """The numeric outputs call by call; none where it raises."""
        replies = [self._replayer.reply(version, call) for call in self._calls]
        return [parts(reply.value) if isinstance(reply, Returned) else {} for reply in replies]

    def _empty(self, answers: Sequence[dict[Path, Array]]) -> set[Path]:
        """Outputs that hang on nothing, over all the calls that return them."""
        found: dict[Path, list[Array]] = {}
        for answer in answers:
            for path, array in answer.items():
                found.setdefault(path, []).append(array)
        return {path for path, arrays in found.items() if self._says_nothing(arrays)}

    def _says_nothing(self, arrays: Sequence[Array]) -> bool:
        """Zeros, NaN, or the same whatever was asked (unless the same was asked every time)."""
        if all(not array.any() for array in arrays) or all(np.isnan(array).all() for array in arrays):
            return True
        same = all(np.array_equal(arrays[0], array, equal_nan=True) for array in arrays[1:])
        return self._varied and len(arrays) > 1 and same


def _arguments(call: Call) -> dict[int | str, Any]:
    return dict([*enumerate(call.args), *call.kwargs.items()])

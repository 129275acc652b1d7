"""Names a wrong number, choice or object: the known wrong answer that the student's variable holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from coursekit.mistakes.agree import NAMED, agree
from coursekit.model import WrongAnswer

# Numbers are typed with three digits or more.
TYPED = 1e-3


class Answers:
    """The known wrong answers of one assignment, and their values."""

    def __init__(self, answers: Iterable[WrongAnswer], names: Mapping[str, Any]) -> None:
        """`names` are the Reference's, over which the expressions are evaluated. Raises what one raises."""
        self._right = names
        self._of: dict[str, list[tuple[WrongAnswer, Any]]] = {}
        for answer in answers:
            value = eval(answer.wrong, dict(names))  # our own table
            self._of.setdefault(answer.variable, []).append((answer, value))

    def named(self, reads: Mapping[str, Any]) -> tuple[WrongAnswer, ...]:
        """For each variable that a case read, the wrong answer that it holds, if it is a known one."""
        found = [self._nearest(name, held) for name, held in reads.items()]
        return tuple(one for one in found if one is not None)

    def _nearest(self, name: str, held: Any) -> WrongAnswer | None:
        """The one that it is exactly, or else the first that it was typed for.

        What is near the right value (a large count, say) is named only where it is a wrong one exactly.
        """
        for tolerance in (0.0, NAMED, TYPED):
            if agree(held, self._right.get(name), tolerance):
                return None
            for answer, value in self._of.get(name, ()):
                if agree(held, value, tolerance):
                    return answer
        return None

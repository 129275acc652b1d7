"""The one exception of this package: an answer that is not what was asked for."""

from __future__ import annotations

RUNGS = ("missing", "count", "type", "shape", "finite", "value", "form", "property")


class Mismatch(AssertionError):
    """An answer that is not what was asked for; a case that raises it has failed.

    output   name of what was looked at, such as `dW_hh`
    rung     the first of RUNGS that did not hold; checking stops there
    blind    the message without any number that comes from values or inputs (shapes are allowed)

    `str(error)` is the full message of public cases: name · got · expected · what to try.
    """

    def __init__(self, output: str, rung: str, message: str, blind: str) -> None:
        if rung not in RUNGS:
            raise ValueError(f"rung is {rung!r}; expected one of {', '.join(RUNGS)}")
        super().__init__(output, rung, message, blind)  # all four, so that it can be copied
        self.output = output
        self.rung = rung
        self.message = message
        self.blind = blind

    def __str__(self) -> str:
        return self.message

"""One notebook of the audit and how it was graded."""

from __future__ import annotations

from dataclasses import dataclass

from coursekit.model import Outcome, Run, Status

WRONG_KINDS = ("mistake", "answer")  # what has to lose points


@dataclass(frozen=True, slots=True)
class Trial:
    """`kind` is reference, stub, accepted, mistake or answer; `question` is the one that it concerns.

    A trial of a mistake, an answer or an accepted variant may hold only the outcomes of the cases that
    the change can reach: all others run the Reference's own code.
    """

    kind: str
    id: str
    question: str
    run: Run

    @property
    def is_wrong(self) -> bool:
        """Whether this notebook is one that has to lose points."""
        return self.kind in WRONG_KINDS

    @property
    def lost(self) -> tuple[Outcome, ...]:
        """The outcomes that cost points, and are not our own fault."""
        return tuple(
            outcome
            for outcome in self.run.outcomes
            if outcome.points < outcome.case.points and outcome.status is not Status.BROKEN
        )

    @property
    def at_home(self) -> tuple[Outcome, ...]:
        """Those of them in the trial's own question."""
        return tuple(outcome for outcome in self.lost if outcome.case.question == self.question)

    @property
    def names(self) -> frozenset[str]:
        """What diagnosis called it in its own question."""
        return frozenset(outcome.mistake for outcome in self.at_home) - {""}

    @property
    def is_named(self) -> bool:
        """Whether diagnosis called it by its name, and by no other."""
        return self.names == {self.id}

    @property
    def caught_in_public(self) -> bool:
        """Whether a public case alone shows the student that something is wrong."""
        return any(not outcome.case.hidden for outcome in self.at_home)

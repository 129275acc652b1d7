"""Runs all cases of one assignment against one submission, and says what happened to each."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from coursekit.judge.caller import Caller
from coursekit.judge.cases import BoundCase, bind_cases
from coursekit.judge.memo import Memo, size
from coursekit.judge.modules import gradtools
from coursekit.judge.proxy import Gone, Record, StudentNames
from coursekit.judge.reach import Reach
from coursekit.judge.reference import reference_module
from coursekit.judge.remembering import remembering
from coursekit.judge.rest import Asked, AskedNames, ask_rest
from coursekit.judge.verdict import verdict
from coursekit.model import Assignment, Case, CaseFile, Status

# Numbers in the arguments of a call that is asked with other inputs, too. Sequences of hundreds of steps are
# as slow as all the rest, and one draw of them is enough.
MOST_AGAIN = 5_000


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one case before hints and follow-through, and what the case asked."""

    case: Case
    status: Status
    rationale: str
    record: Record
    seconds: float


class Judge:
    """All cases of an assignment, loaded once and run against any number of submissions."""

    def __init__(
        self,
        assignment: Assignment,
        files: tuple[CaseFile, ...],
        reference: str | None,
        memo: Memo | None = None,
    ) -> None:
        """`reference` is the Reference's source; None on a student's machine, where public cases do without.

        Where inputs repeat, `memo` holds what cases asked of the Reference before.

        Raises OurFault where a case file cannot be loaded.
        """
        self.assignment = assignment
        self.reference: ModuleType | None = None if reference is None else reference_module(reference)
        # What our own solution was asked by each case that it passes with this key.
        self._asked: tuple[bytes, dict[str, list[Asked]]] = b"", {}
        self._reached: dict[str, frozenset[str]] = {}
        self._reach = Reach(reference or "")
        self.cases: tuple[BoundCase, ...] = bind_cases(
            assignment, files, self.reference and remembering(self.reference, memo or Memo())
        )

    def run(self, caller: Caller, key: bytes, hidden: bool = True, reaching: str = "") -> tuple[Judged, ...]:
        """Runs every case (only public ones if not `hidden`) with inputs drawn from `key`.

        `reaching` names a function: cases that cannot run it are left out. A worker that died is made again
        before the next case; when that is no longer possible, the cases left are timed out. Nothing is raised
        for what the student's code does.
        """
        chosen = [
            bound
            for bound in self.cases
            if (hidden or not bound.case.hidden) and (not reaching or self.reaches(bound, reaching))
        ]
        # Public cases of all questions first: their messages are shown whole, and code that has met a hidden
        # input could tell it in one of them.
        order = sorted(range(len(chosen)), key=lambda number: chosen[number].case.hidden)
        judged = {number: self._one(chosen[number], caller, key) for number in order}
        in_order = tuple(judged[number] for number in range(len(chosen)))
        self._ask_rest(caller, in_order)
        return in_order

    def reaches(self, bound: BoundCase, function: str) -> bool:
        """Whether that case can run that function of the Reference, itself or through what it is given."""
        if bound.case.key not in self._reached:
            self._reached[bound.case.key] = self._reach.of(bound.parameters)
        return "env" in bound.parameters or function in self._reached[bound.case.key]

    def _one(self, bound: BoundCase, caller: Caller, key: bytes) -> Judged:
        record = Record()
        started = time.monotonic()
        if not caller.alive and not caller.revive():
            return Judged(
                bound.case,
                Status.TIMED_OUT,
                "not reached: the cases before it used up this submission's time or restarts",
                record,
                0.0,
            )
        error = _run(bound, StudentNames(caller, record), key)
        status, rationale = verdict(bound.case, error)
        if status in (Status.FAILED, Status.RAISED) and self.reference is not None:
            fault = self._fault(bound, self.reference, key)
            if fault is not None:
                status = Status.BROKEN
                rationale = f"our fault: the case fails on our own solution too ({type(fault).__name__})"
        return Judged(bound.case, status, rationale, record, time.monotonic() - started)

    def _fault(self, bound: BoundCase, reference: ModuleType, key: bytes) -> BaseException | None:
        """What the case raises for our own solution; asked once while the inputs stay the same."""
        if self._asked[0] != key:
            self._asked = key, {}
        if bound.case.key in self._asked[1]:
            return None
        names = AskedNames(reference)
        fault = _run(bound, names, key)
        if fault is None:
            # Asked with other inputs, too: what two mistakes do alike on one draw they seldom do on two.
            first = len(names.asked)
            _run(bound, names, key + b", again")
            again = (one for one in names.asked[first:] if size(one[1:]) <= MOST_AGAIN)
            self._asked[1][bound.case.key] = [*names.asked[:first], *again]
        return fault

    def _ask_rest(self, caller: Caller, judged: Sequence[Judged]) -> None:
        """After all verdicts, so that no time spent on names is missing for points."""
        for one in judged:
            asked = self._asked[1].get(one.case.key) if one.status in (Status.FAILED, Status.RAISED) else None
            if asked and not (caller.alive and ask_rest(StudentNames(caller, one.record), one.record, asked)):
                return


def _run(bound: BoundCase, names: Mapping[str, Any], key: bytes) -> BaseException | None:
    """What the case raised, or None. KeyboardInterrupt and our own SystemExit go through."""
    gradtools().use_key(key)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overflow is a subject of this course
        try:
            bound.run(names)
        except (Exception, Gone) as error:
            return error
    return None

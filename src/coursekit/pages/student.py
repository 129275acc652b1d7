"""What a student's page says, decided here and printed by the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coursekit.model import Assignment, Case, Named, Outcome, Question, Run, State, Status, score_of
from coursekit.pages import svg, words
from coursekit.pages.text import plural

UNNAMED = "No slip we know gives these numbers. Work the example in the notebook by hand, entry by entry."


@dataclass(frozen=True, slots=True)
class Happened:
    """Cases of one question that ended alike: how, what was said, and what they are called."""

    word: str
    sign: str
    kind: str
    said: str
    public: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One question on the page."""

    question: Question
    judged: bool
    earned: int
    possible: int
    withheld: int
    word: str
    sign: str
    kind: str
    happened: tuple[Happened, ...]
    likely: tuple[str, ...]
    think: tuple[str, ...]
    passed: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def lost(self) -> int:
        """Points neither earned nor waiting; what was not judged has lost nothing."""
        return self.possible - self.earned - self.withheld if self.judged else 0

    @property
    def points(self) -> str:
        """What stands for the earned points: never a bare 0 where some still wait or none was judged."""
        if not self.withheld:
            return str(self.earned) if self.judged else "–"
        return f"{self.earned} + ?" if self.earned or self.lost else "?"


def blocks(run: Run, assignment: Assignment, mistakes: Mapping[str, Named]) -> list[Block]:
    """Every question of the assignment, also those that the run has no outcomes of."""
    return [
        _block(question, [o for o in run.outcomes if o.case.question == question.id], mistakes)
        for question in assignment.questions
    ]


def read_first(found: Sequence[Block], run: Run) -> tuple[str, str]:
    """The one sentence to read, split after the id of the question that costs most (or after nothing)."""
    if not run.outcomes:
        return "", NO_SCORE[run.state]
    lost, waiting = sum(block.lost for block in found), sum(block.withheld for block in found)
    wait = f"{plural(waiting, 'point')} {'waits' if waiting == 1 else 'wait'} for staff, and none is lost"
    if not lost:
        return "", f"{wait}." if waiting else "Every case passed. Nothing is left to mend."
    worst = max(found, key=lambda block: block.lost)
    costs = f"all {lost}" if worst.lost == lost else f"{worst.lost} of your {lost}"
    first = f"costs {costs} lost points" if lost > 1 else "costs the one lost point"
    outcomes = [o for o in run.outcomes if o.case.question == worst.question.id and words.lost(o)]
    return worst.question.id, "; ".join(part for part in (first, _why(outcomes)) if part) + "."


NO_SCORE = {
    State.UNGRADABLE: "This submission could not be graded. It has no score, which is not a zero.",
    State.WAITING: "This submission waits to be graded. Nothing is decided yet.",
    State.MISSING: "Nothing was handed in.",
    State.GRADED: "No case was judged. Nothing is decided yet.",
}


def picture(found: Sequence[Block]) -> Markup:
    """The questions as one bar."""
    parts = [(block.question.id, block.earned, block.possible, block.withheld) for block in found]
    said = ", ".join(f"{id} {earned} of {possible}" for id, earned, possible, _ in parts)
    return svg.strip(parts, f"Points by question: {said}")


def _block(question: Question, outcomes: Sequence[Outcome], mistakes: Mapping[str, Named]) -> Block:
    score = score_of(list(outcomes))
    text, sign, kind = words.summary(outcomes)
    bad = [outcome for outcome in outcomes if words.lost(outcome)]
    passed = [o.case.name for o in outcomes if o.status is Status.PASSED and not words.lost(o)]
    return Block(
        question,
        bool(outcomes),
        score.earned,
        score.possible if outcomes else question.possible,
        score.withheld,
        text,
        sign,
        kind,
        _happened(outcomes),
        _once(mistakes[id].explanation for o in bad for id in o.mistake.split("+") if id in mistakes),
        _once(_thoughts(bad)),
        tuple(passed),
        _once(o.remark for o in outcomes),
    )


def _happened(outcomes: Sequence[Outcome]) -> tuple[Happened, ...]:
    """Cases that did not simply pass; those that ended alike stand together."""
    groups: dict[tuple[tuple[str, str, str], str], list[Case]] = {}
    for outcome in outcomes:
        if outcome.status is Status.PASSED and not words.lost(outcome):
            continue
        # What a broken case says is about our code, and for staff.
        said = "" if outcome.status is Status.BROKEN else outcome.rationale
        groups.setdefault((words.word(outcome), said), []).append(outcome.case)
    return tuple(
        Happened(*w, said, _names(cases, hidden=False), _names(cases, hidden=True))
        for (w, said), cases in groups.items()
    )


def _names(cases: Sequence[Case], *, hidden: bool) -> tuple[str, ...]:
    return tuple(case.name for case in cases if case.hidden is hidden)


def _thoughts(bad: Sequence[Outcome]) -> list[str]:
    hints = [outcome.hint for outcome in bad if outcome.hint]
    wrong = [outcome for outcome in bad if outcome.status is Status.FAILED and not outcome.mistake]
    return [*hints, UNNAMED] if wrong else hints


def _why(outcomes: Sequence[Outcome]) -> str:
    """Half a sentence on what the lost cases of one question have in common."""
    if all(outcome.status is Status.MISSING for outcome in outcomes):
        return "it is not written yet"
    named = [outcome.mistake for outcome in outcomes if outcome.mistake]
    if len(set(named)) != 1:
        return ""
    count = {0: "one slip"}.get(named[0].count("+"), "two slips together")
    verb = "explains" if count == "one slip" else "explain"
    if len(named) < len(outcomes):
        return f"{count} {verb} {len(named)} of its {len(outcomes)} failures"
    return f"{count} {verb} {'it' if len(named) == 1 else f'all {len(named)} failures'}"


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))

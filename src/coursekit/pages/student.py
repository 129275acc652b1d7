"""What a student's page says, decided here and printed by the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coursekit.model import Assignment, Mistake, Outcome, Question, Run, State, Status, score_of
from coursekit.pages import svg, words
from coursekit.pages.text import plural

UNNAMED = "No slip we know gives these numbers. Work the example in the notebook by hand, entry by entry."


@dataclass(frozen=True, slots=True)
class Happened:
    """Cases of one question that ended alike: what they are called, how they ended, what was said."""

    word: str
    sign: str
    kind: str
    cases: tuple[str, ...]
    hidden: bool
    said: str


@dataclass(frozen=True, slots=True)
class Block:
    """One question on the page."""

    question: Question
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
        """Points neither earned nor waiting."""
        return self.possible - self.earned - self.withheld


def blocks(run: Run, assignment: Assignment, mistakes: Mapping[str, Mistake]) -> list[Block]:
    """Every question of the assignment, also those that the run has no outcomes of."""
    return [
        _block(question, [o for o in run.outcomes if o.case.question == question.id], mistakes)
        for question in assignment.questions
    ]


def read_first(found: Sequence[Block], run: Run) -> str:
    """The one sentence to read: which question costs most, and whether one slip explains it."""
    if not run.outcomes:
        return NO_SCORE[run.state]
    lost, waiting = sum(block.lost for block in found), sum(block.withheld for block in found)
    wait = f"{plural(waiting, 'point')} {'waits' if waiting == 1 else 'wait'} for staff, and none is lost"
    if not lost:
        return f"Nothing is lost: {wait}." if waiting else "Every case passed. Nothing is left to mend."
    worst = max(found, key=lambda block: block.lost)
    costs = f"all {lost}" if worst.lost == lost else f"{worst.lost} of your {lost}"
    first = (
        f"{worst.question.id} costs {costs} lost points" if lost > 1 else f"{worst.question.id} costs 1 point"
    )
    outcomes = [o for o in run.outcomes if o.case.question == worst.question.id and words.lost(o)]
    return "; ".join(part for part in (first, _why(outcomes)) if part) + "."


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


def _block(question: Question, outcomes: Sequence[Outcome], mistakes: Mapping[str, Mistake]) -> Block:
    score = score_of(list(outcomes))
    text, sign, kind = words.summary(outcomes)
    bad = [outcome for outcome in outcomes if words.lost(outcome)]
    passed = [o.case.name for o in outcomes if o.status is Status.PASSED and not words.lost(o)]
    return Block(
        question,
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
    groups: dict[tuple[tuple[str, str, str], bool, str], list[str]] = {}
    for outcome in outcomes:
        if outcome.status is Status.PASSED and not words.lost(outcome):
            continue
        # What a broken case says is about our code, and for staff.
        said = "" if outcome.status is Status.BROKEN else outcome.rationale
        groups.setdefault((words.word(outcome), outcome.case.hidden, said), []).append(outcome.case.name)
    return tuple(Happened(*w, tuple(names), hidden, said) for (w, hidden, said), names in groups.items())


def _thoughts(bad: Sequence[Outcome]) -> list[str]:
    hints = [outcome.hint for outcome in bad if outcome.hint]
    wrong = [o for o in bad if o.status is Status.FAILED and not o.mistake and not o.hint]
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

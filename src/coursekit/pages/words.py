"""What a status is called on a page, and the sign beside it: never colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coursekit.model import Outcome, Status
from coursekit.pages.text import plural

# word, sign, kind; kinds are the three colours: good, bad, wait
STATUS = {
    Status.PASSED: ("passed", "✓", "good"),
    Status.FAILED: ("failed", "✗", "bad"),
    Status.RAISED: ("raised an error", "!", "bad"),
    Status.TIMED_OUT: ("timed out", "◷", "bad"),
    Status.CRASHED: ("crashed", "✕", "bad"),
    Status.MISSING: ("not written", "○", "bad"),
    Status.BROKEN: ("could not be graded", "?", "wait"),
}
FOLLOWED = ("follows through", "↪", "good")
PARTLY = ("partly", "◐", "bad")  # staff gave some of the points


def word(outcome: Outcome) -> tuple[str, str, str]:
    """(word, sign, kind) of one outcome; points decide where they and the status say different things."""
    if outcome.followed:
        return FOLLOWED
    if 0 < outcome.points < outcome.case.points:
        return PARTLY
    return STATUS[outcome.status]


def lost(outcome: Outcome) -> int:
    """Points of the case that are neither earned nor waiting."""
    return outcome.case.points - outcome.points - outcome.withheld


def summary(outcomes: Sequence[Outcome]) -> tuple[str, str, str]:
    """(words, sign, kind) of a whole question."""
    kinds = Counter(word(outcome) for outcome in outcomes)
    waiting = sum(outcome.withheld for outcome in outcomes)
    if not outcomes:
        return ("not graded", "–", "wait")
    if len(kinds) == 1:
        [only] = kinds
        return only
    bad = [(text, sign, n) for (text, sign, kind), n in kinds.most_common() if kind == "bad"]
    if not bad and not waiting:
        return ("passed", "✓", "good")
    texts = [f"{n} of {plural(len(outcomes), 'case')} {text}" for text, _, n in bad[:1]]
    texts += [f"{n} {text}" for text, _, n in bad[1:]]
    texts += [f"{plural(waiting, 'point')} wait" if waiting > 1 else "1 point waits"] if waiting else []
    return (", ".join(texts), bad[0][1] if bad else "?", "bad" if bad else "wait")

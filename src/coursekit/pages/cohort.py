"""What a class's runs say together: who needs staff, what was hard, which mistakes were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coursekit.model import Assignment, Outcome, Question, Run, State, Status, score_of
from coursekit.pages import words
from coursekit.pages.text import plural

WEAK = 0.10  # more than this share passing the public and failing the hidden cases: the public ones are weak
FIFTHS = 5
WRONG = (Status.FAILED, Status.RAISED)  # an answer, and a wrong one: what a mistake can be named for


@dataclass(frozen=True, slots=True)
class Need:
    """Something that only staff can settle, and whom it concerns; `notes` says more about each student."""

    what: str
    detail: str
    students: tuple[str, ...]
    notes: tuple[str, ...] = ()
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the class by score: its size and the scores it spans."""

    name: str
    size: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat map: bands of the class, and per question their shares of its points (None: not judged)."""

    bands: tuple[Band, ...]
    rows: tuple[tuple[Question, tuple[float | None, ...], float | None], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A question whose public cases pass while hidden ones fail, for `students` of `judged`."""

    question: Question
    students: tuple[str, ...]
    judged: int

    @property
    def share(self) -> float:
        """Of those who were judged."""
        return len(self.students) / self.judged if self.judged else 0.0

    @property
    def weak(self) -> bool:
        """Whether the public cases tell too little."""
        return self.share > WEAK


def cells(run: Run, assignment: Assignment) -> list[tuple[str, str]]:
    """(text, kind) of a student's points in each question: `2+1?` where a point waits, `–` for nothing."""
    found = []
    for question in assignment.questions:
        score = score_of([o for o in run.outcomes if o.case.question == question.id])
        text = f"{score.earned}+{score.withheld}?" if score.withheld else str(score.earned)
        kind = (
            "full" if score.earned == score.possible else "none" if not score.earned + score.withheld else ""
        )
        found.append((text, kind) if score.possible else ("–", ""))
    return found


def needs(runs: Iterable[Run]) -> list[Need]:
    """What waits for staff, the gravest first, each with whom it concerns."""
    runs = list(runs)
    unsafe = tuple(run.submission.student for run in runs if run.unsafe)
    return [
        *_broken(runs),
        *_by_state(runs, State.UNGRADABLE, "could not be graded"),
        *_by_state(runs, State.WAITING, "waiting to be graded"),
        *_by_status(runs, Status.CRASHED, "crashed"),
        *_by_status(runs, Status.TIMED_OUT, "timed out"),
        *([Need("graded with --unsafe", "grade again where isolation works", unsafe)] if unsafe else []),
        *_same_files(runs),
    ]


def needs_summary(found: Iterable[Need]) -> list[str]:
    """The same in a few words: `2 broken cases`, `3 could not be graded`."""
    found = list(found)
    broken = sum(need.broken for need in found)
    counts: dict[str, set[str]] = defaultdict(set)
    for need in found:
        if not need.broken:
            counts[need.what] |= set(need.students)
    return [
        *([plural(broken, "broken case")] if broken else []),
        *(f"{len(s)} {what}" for what, s in counts.items()),
    ]


def heat(runs: Iterable[Run], assignment: Assignment) -> Heat:
    """Shares of the points that could be earned, by question and by fifth of the class (fewer if few)."""
    judged = sorted(
        (run for run in runs if run.outcomes), key=lambda run: (run.score.earned, run.submission.student)
    )
    count = min(FIFTHS, len(judged))
    groups = [judged[i * len(judged) // count : (i + 1) * len(judged) // count] for i in range(count)]
    bands = [
        Band(name, len(group), group[0].score.earned, group[-1].score.earned)
        for name, group in zip(_band_names(count), groups, strict=True)
    ]
    rows = [
        (question, tuple(_share(group, question) for group in groups), _share(judged, question))
        for question in assignment.questions
    ]
    return Heat(tuple(bands), tuple(rows))


def mistakes_made(runs: Iterable[Run]) -> dict[str, tuple[str, ...]]:
    """Mistake id → students who made it, the most frequent first."""
    made: dict[str, dict[str, None]] = defaultdict(dict)
    for run in runs:
        for outcome in run.outcomes:
            for id in filter(None, outcome.mistake.split("+")):
                made[id][run.submission.student] = None
    ranked = sorted(made.items(), key=lambda item: (-len(item[1]), item[0]))
    return {id: tuple(students) for id, students in ranked}


def unnamed(runs: Iterable[Run], assignment: Assignment) -> list[tuple[Question, tuple[str, ...]]]:
    """Per question the students with a wrong answer that no mistake explains, the most frequent first."""
    found = []
    runs = list(runs)
    for question in assignment.questions:
        students = [
            run.submission.student
            for run in runs
            if any(o.case.question == question.id and _is_unnamed(o) for o in run.outcomes)
        ]
        if students:
            found.append((question, tuple(students)))
    return sorted(found, key=lambda item: -len(item[1]))


def gaps(runs: Iterable[Run], assignment: Assignment) -> list[Gap]:
    """Per question with both kinds of cases: who passed all public and failed some hidden ones."""
    runs = list(runs)
    found = []
    for question in assignment.questions:
        if len({case.hidden for case in question.cases}) < 2:
            continue
        judged = [
            (r.submission.student, [o for o in r.outcomes if o.case.question == question.id]) for r in runs
        ]
        judged = [(student, outcomes) for student, outcomes in judged if any(o.case.hidden for o in outcomes)]
        students = [student for student, outcomes in judged if _public_only(outcomes)]
        found.append(Gap(question, tuple(students), len(judged)))
    return sorted(found, key=lambda gap: -gap.share)


def _public_only(outcomes: Sequence[Outcome]) -> bool:
    lost = {
        hidden: sum(words.lost(o) for o in outcomes if o.case.hidden is hidden) for hidden in (False, True)
    }
    return not lost[False] and lost[True] > 0


def _is_unnamed(outcome: Outcome) -> bool:
    return outcome.status in WRONG and not outcome.mistake and words.lost(outcome) > 0


def _share(group: Sequence[Run], question: Question) -> float | None:
    outcomes = [o for run in group for o in run.outcomes if o.case.question == question.id]
    possible = sum(o.case.points - o.withheld for o in outcomes)
    return sum(o.points for o in outcomes) / possible if possible else None


def _band_names(count: int) -> tuple[str, ...]:
    if count == FIFTHS:
        return ("lowest fifth", "second", "third", "fourth", "top fifth")
    return {0: (), 1: ("one student",)}.get(count, ("lowest", *["next"] * (count - 2), "top"))


def _broken(runs: Sequence[Run]) -> list[Need]:
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for run in runs:
        for outcome in run.outcomes:
            if outcome.status is Status.BROKEN:
                case = outcome.case
                place = f"{case.key}, {plural(case.points, 'point')}, is broken"
                places[place, outcome.rationale].append(run.submission.student)
    return [Need(place, said, tuple(who), broken=True) for (place, said), who in sorted(places.items())]


def _by_state(runs: Sequence[Run], state: State, what: str) -> list[Need]:
    found = [run for run in runs if run.state is state and not run.outcomes]
    students = tuple(run.submission.student for run in found)
    return [Need(what, "", students, notes=tuple(run.reason for run in found))] if found else []


def _by_status(runs: Sequence[Run], status: Status, what: str) -> list[Need]:
    """One line for all questions, since what to do is the same: look whether the limits are too tight."""
    questions: dict[str, set[str]] = defaultdict(set)
    for run in runs:
        for outcome in run.outcomes:
            if outcome.status is status:
                questions[outcome.case.question].add(run.submission.student)
    students = {student for who in questions.values() for student in who}
    ordered = sorted(questions.items(), key=_by_number)
    detail = ", ".join(f"{question} ({len(who)})" for question, who in ordered)
    return [Need(what, detail, tuple(sorted(students)))] if students else []


def _same_files(runs: Sequence[Run]) -> list[Need]:
    files: dict[str, list[str]] = defaultdict(list)
    for run in runs:
        if run.submission.sha256:
            files[run.submission.sha256].append(run.submission.student)
    same = [tuple(students) for students in files.values() if len(students) > 1]
    return [Need("handed in the same file, byte for byte", "", students) for students in same]


def _by_number(item: tuple[str, object]) -> tuple[int, str]:
    return len(item[0]), item[0]  # q2 before q10

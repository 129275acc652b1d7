"""The words of the course as frozen records: assignments, cases, outcomes, scores, runs. No I/O.

Every record says what it *is*; nothing here reads a file, a clock or a database. Points are whole
numbers everywhere: a float could not be added up in two orders with one result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """The verdict on one case."""

    PASSED = "passed"
    FAILED = "failed"  # the function answered, and the answer is wrong
    RAISED = "raised"  # the student's code raised an exception
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"  # the process that ran the student's code died
    MISSING = "missing"  # nothing of that name in the notebook, or still a stub
    BROKEN = "broken"  # our fault: points are withheld until staff resolve it


class State(StrEnum):
    """What became of one submission."""

    GRADED = "graded"
    WAITING = "waiting"
    UNGRADABLE = "ungradable"
    MISSING = "missing"


class Isolation(StrEnum):
    """How strongly a worker is fenced in; recorded with every run."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Case:
    """One Otter test-case function. Public or hidden is decided by the folder its file lies in."""

    question: str
    name: str
    points: int
    hidden: bool

    @property
    def key(self) -> str:
        """Unique within an assignment; part of the seed, so a renamed case draws new inputs."""
        return f"{self.question}: {self.name}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its cases, the functions it grades, and the inventory rows it covers."""

    id: str
    title: str
    functions: tuple[str, ...]
    cases: tuple[Case, ...]
    minutes: int = 0
    rows: tuple[str, ...] = ()

    @property
    def possible(self) -> int:
        """Whole points of all its cases."""
        return sum(case.points for case in self.cases)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use. Seconds are wall-clock unless said otherwise."""

    call_seconds: float = 10.0
    cell_seconds: float = 60.0  # all cells together, per start of the worker
    total_seconds: float = 180.0  # the whole submission, restarts included
    cpu_seconds: int = 120  # hard limit of one worker process
    memory_mb: int = 2048  # address space beyond the warm interpreter's own
    file_mb: int = 64  # everything it may write
    open_files: int = 64
    threads: int = 32
    restarts: int = 8


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit of the course: `hw2_bptt`, its questions, limits and due date (ISO 8601 or empty)."""

    slug: str
    title: str
    questions: tuple[Question, ...]
    limits: Limits = Limits()
    due: str = ""
    prose_rows: tuple[str, ...] = ()  # inventory rows that the notebook's text covers, no question

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases, in the order of questions, public before hidden."""
        return tuple(case for question in self.questions for case in question.cases)

    @property
    def possible(self) -> int:
        """Whole points of all cases."""
        return sum(case.points for case in self.cases)

    def question(self, id: str) -> Question:
        """The question of that id. Raises KeyError."""
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Submission:
    """One file that one student handed in. `student` is data, never a path."""

    student: str
    assignment: str
    file: str
    sha256: str
    received_at: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one case of one submission.

    `points` is what was earned; `rationale` says what happened, `hint` what to think about; `remark`
    costs nothing. `mistake` is the id of the named mistake, or empty. For hidden cases no field holds
    an input or an expected value.
    """

    case: Case
    status: Status
    points: int
    rationale: str = ""
    hint: str = ""
    mistake: str = ""
    remark: str = ""
    seconds: float = 0.0
    followed: bool = False  # points earned by follow-through although the case itself failed

    @property
    def withheld(self) -> int:
        """Points that wait for staff: those of a broken case."""
        return self.case.points if self.status is Status.BROKEN else 0


@dataclass(frozen=True, slots=True)
class Score:
    """Earned / possible, in whole points; `withheld` points are neither lost nor given."""

    earned: int
    possible: int
    withheld: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.earned + other.earned, self.possible + other.possible, self.withheld + other.withheld
        )

    def __str__(self) -> str:
        return f"{self.earned}/{self.possible}"


def score_of(outcomes: tuple[Outcome, ...] | list[Outcome]) -> Score:
    """The score of a set of outcomes."""
    return Score(
        sum(outcome.points for outcome in outcomes),
        sum(outcome.case.points for outcome in outcomes),
        sum(outcome.withheld for outcome in outcomes),
    )


@dataclass(frozen=True, slots=True)
class CellNote:
    """A cell that failed in the worker: its number from 1, the error in one line, the student's own line."""

    cell: int
    error: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One grading of one submission with one autograder version. Runs are appended, never updated.

    `autograder` is the version hash of everything that can change a verdict; `seed` is the hex key from
    which every hidden input of this run was drawn, so that it can be replayed. `reason` is one sentence
    where `state` is not GRADED.
    """

    submission: Submission
    autograder: str
    isolation: Isolation
    state: State
    outcomes: tuple[Outcome, ...] = ()
    reason: str = ""
    seed: str = ""
    started_at: str = ""
    seconds: float = 0.0
    cell_notes: tuple[CellNote, ...] = ()
    remarks: tuple[str, ...] = ()
    unsafe: bool = False  # made with --unsafe at level `process`

    @property
    def score(self) -> Score:
        """Earned / possible over all outcomes."""
        return score_of(self.outcomes)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A named one-line change of the Reference that makes `function` wrong.

    `right` must occur exactly once in the function's source. `explanation` says what is wrong, on the
    class's page and as "most likely" on the student's; `hint` leads and never gives the answer.
    """

    id: str
    function: str
    right: str
    wrong: str
    explanation: str
    hint: str


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """A named wrong answer: the Python expression `wrong` in place of what the master assigns to `variable`.

    It is evaluated after the Reference, so it may use its names. `explanation` says what was confused,
    `hint` leads; neither gives the answer.
    """

    id: str
    variable: str
    wrong: str
    explanation: str
    hint: str

    @property
    def function(self) -> str:
        """What it is a mistake in; pages and tables name functions and variables alike."""
        return self.variable


Named = Mistake | WrongAnswer


@dataclass(frozen=True, slots=True)
class Accepted:
    """A correct variant: `code` replaces the whole of `function`. It must earn all points."""

    id: str
    function: str
    code: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One Otter test file: its path for messages, its text, and whether it lies in `hidden/`."""

    question: str
    path: str
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Materials:
    """All that grading one assignment needs, read once from the course."""

    assignment: Assignment
    case_files: tuple[CaseFile, ...]
    reference: str  # Python source: the master's solution cells without those tagged `otter_ignore`
    mistakes: tuple[Mistake, ...]
    accepted: tuple[Accepted, ...]
    answers: tuple[WrongAnswer, ...] = ()
    support: dict[str, bytes] = field(default_factory=dict)  # released data files, by relative path
    version: str = ""  # hash of everything above

    @property
    def named(self) -> dict[str, Named]:
        """Mistakes and wrong answers by id."""
        known: tuple[Named, ...] = (*self.mistakes, *self.answers)
        return {one.id: one for one in known}

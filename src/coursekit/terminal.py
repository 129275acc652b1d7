"""What the command line shows: progress, and results as tables. Names of students are shown escaped."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress
from rich.table import Table

from coursekit.errors import printable
from coursekit.model import CellNote, Outcome, State, Status, score_of

if TYPE_CHECKING:
    from pathlib import Path

    from coursekit.audit.table import Block
    from coursekit.sandbox.probes import Finding
    from coursekit.verbs.audit import AuditResult
    from coursekit.verbs.demo import Plan
    from coursekit.verbs.doctor import Diagnosis, Level
    from coursekit.verbs.grade import BatchResult

SIGNS = {
    Status.PASSED: "✓ passed",
    Status.FAILED: "✗ failed",
    Status.RAISED: "✗ raised",
    Status.TIMED_OUT: "✗ timed out",
    Status.CRASHED: "✗ crashed",
    Status.MISSING: "○ missing",
    Status.BROKEN: "! broken",
}

MOST_NOTICES = 5  # more would push the table above out of sight


def safe(text: str, length: int = 200) -> str:
    """`text` with control characters and rich's markup made harmless."""
    return escape(printable(text, length))


class _Terminal(Console):
    """A console that leaves it to its user what to do when nobody reads any more; rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise  # the one being handled: rich calls this from its `except`


class Progress:
    """A bar on standard error; calling it sets how many are done of how many, and what is under way.

    Where standard error takes nothing (the terminal is gone, the disk is full) it falls silent: that must not
    end a batch.
    """

    def __init__(self, title: str) -> None:
        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[note]}"),
            console=_Terminal(stderr=True),
        )
        self._task = self._bar.add_task(escape(title), total=None, note="")

    def __enter__(self) -> Progress:
        self._try(self._bar.start)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._bar.tasks[0].total is None:
            self._bar.live.transient = True  # nothing was begun: what is wrong is said on a clean screen
            self._try(self._bar.live.stop)  # the bar's own leaves an empty line in a log
        else:
            self._try(self._bar.stop)

    def __call__(self, done: int, total: int, note: str = "") -> None:
        self._bar.update(self._task, completed=done, total=total, note=safe(note, 40))

    @staticmethod
    def _try(show: Callable[[], None]) -> None:
        with suppress(OSError):
            show()


def batch_table(result: BatchResult) -> None:
    """What a batch did: counts by state, and one line for each submission that needs somebody."""
    console = _Terminal()
    graded = [run for run in result.runs if run.state is State.GRADED]
    rate = f", {len(result.runs) / result.seconds:.1f} a second" if result.seconds > 0 else ""
    ungraded = len(result.runs) - len(graded)
    console.print(
        f"{len(graded)} graded, {result.skipped} unchanged, {ungraded} could not be graded, "
        f"{result.broken} with a broken case; {result.seconds:.1f} s{rate}; isolation: {result.isolation}",
        highlight=False,
    )
    troubled = [run for run in result.runs if run.state is not State.GRADED]
    if troubled:
        table = Table("submission", "state", "why", box=None, pad_edge=False)
        for run in sorted(troubled, key=lambda run: run.submission.student):
            table.add_row(safe(run.submission.student, 40), run.state, safe(run.reason))
        console.print(table)
    for notice in result.notices[:MOST_NOTICES]:
        console.print(f"note: {safe(notice)}", highlight=False)
    if len(result.notices) > MOST_NOTICES:
        console.print(f"and {len(result.notices) - MOST_NOTICES} more notes", highlight=False)


def check_table(outcomes: tuple[Outcome, ...], notes: tuple[CellNote, ...]) -> int:
    """The public cases and what each said; returns the exit code."""
    console = _Terminal()
    for note in notes:
        console.print(f"cell {note.cell} stopped: {safe(note.error)}", highlight=False)
    table = Table("question", "check", "result", "what happened", box=None, pad_edge=False)
    for outcome in outcomes:
        table.add_row(
            outcome.case.question,
            safe(outcome.case.name),
            SIGNS[outcome.status],
            safe(outcome.rationale, 1000),
        )
    console.print(table)
    console.print(f"public checks only: {score_of(outcomes)} points", highlight=False)
    return 0 if all(outcome.status is Status.PASSED for outcome in outcomes) else 1


def audit_table(result: AuditResult, whole: bool) -> None:
    """A line for each assignment; with `whole` mistakes against cases, too; then what does not hold."""
    console = _Terminal()
    overview = Table("assignment", box=None, pad_edge=False)
    for title in ("mistakes", "named", "public", "answers", "named", "variants", "essential"):
        overview.add_column(title, justify="right")
    for one in result.assignments:
        mistakes, answers = one.of_kind("mistake"), one.of_kind("answer")
        columns = [column for block in one.blocks for column in block.columns if column.case.hidden]
        essential = sum(column.role == "essential" for column in columns)
        cells = (
            len(mistakes),
            sum(trial.is_named for trial in mistakes),
            sum(trial.caught_in_public for trial in mistakes),
            len(answers),
            sum(trial.is_named for trial in answers),
            len(one.of_kind("accepted")),
        )
        overview.add_row(one.assignment.slug, *map(str, cells), f"{essential}/{len(columns)}")
    if whole:
        for one in result.assignments:
            for block in one.blocks:
                _matrix(console, one.assignment.slug, block)
    console.print(overview)
    for one in result.assignments:
        for finding in one.findings:
            console.print(f"✗ {one.assignment.slug}: {safe(finding, 400)}", highlight=False, soft_wrap=True)
    for page in result.pages:
        console.print(f"mistakes against cases: {safe(str(page), 400)}", highlight=False, soft_wrap=True)
    console.print("audit: everything holds" if result.holds else "audit: refused", highlight=False)


def _matrix(console: Console, slug: str, block: Block) -> None:
    """One question: a row a mistake, a column a case; ● caught, ◉ caught by this case alone."""
    if not block.trials:
        return
    console.print(f"\n[bold]{slug} {block.question.id}[/bold] {safe(block.question.title)}", highlight=False)
    for number, column in enumerate(block.columns, 1):
        kind = "hidden" if column.case.hidden else "public"
        console.print(f"  {number:>2} {kind}, {column.role}: {safe(column.case.name)}", highlight=False)
    table = Table("mistake", box=None, pad_edge=False)
    for number in range(1, len(block.columns) + 1):
        table.add_column(str(number), justify="right")
    for trial in block.trials:
        signs = [
            "◉" if trial.id in column.alone else "●" if trial.id in column.catches else "·"
            for column in block.columns
        ]
        table.add_row(safe(trial.id), *signs)
    console.print(table)


def demo_summary(plan: Plan, result: BatchResult, page: Path) -> None:
    """How the made-up cohort fared, kind by kind, and the paths to look at."""
    from coursekit.verbs.demo import as_expected

    console = _Terminal()
    runs = {run.submission.student: run for run in result.runs}
    table = Table("kind", "handed in", "as expected", "points, lowest to highest", box=None, pad_edge=False)
    for kind in dict.fromkeys(member.kind for member in plan.members):
        members = [member for member in plan.members if member.kind == kind]
        fared = [as_expected(one, runs.get(one.student), plan.possible) for one in members]
        graded = [run for one in members if (run := runs.get(one.student)) and run.state is State.GRADED]
        earned = sorted(run.score.earned for run in graded)
        spread = f"{earned[0]} to {earned[-1]} of {plan.possible}" if earned else "none graded"
        table.add_row(kind, str(len(members)), str(sum(fared)), spread)
        for one, well in zip(members, fared, strict=True):
            if not well:
                table.add_row("", "", "", f"not as expected: {safe(one.student, 60)} ({one.expected})")
    console.print(table)
    console.print(f"all of it took {time.monotonic() - plan.started:.0f} s", highlight=False)
    for label, path in [
        ("release", plan.release),
        ("submissions", plan.submissions),
        ("gradebook", plan.gradebook),
        ("class report", page),
    ]:
        console.print(f"{label:<13}{path}", highlight=False, soft_wrap=True)


def doctor_table(diagnosis: Diagnosis) -> None:
    """A row a property, a column a level that works here; then the level that is taken, and the advice."""
    console = _Terminal()
    working = [level for level in diagnosis.levels if level.findings]
    if working:
        table = Table("student code …", *(level.isolation for level in working), box=None, pad_edge=False)
        for row in zip(*(level.findings for level in working), strict=True):
            signs = (_sign(level, one) for level, one in zip(working, row, strict=True))
            table.add_row(safe(row[0].probe.claim), *signs)
        console.print(table)
        for level in working:
            for one in level.broken:
                console.print(f"! {level.isolation}: {safe(one.told)}, against the promise", highlight=False)
    best = diagnosis.best
    console.print(f"batches are graded at level: {best.isolation if best else 'none'}", highlight=False)
    for line in diagnosis.advice:
        console.print(safe(line, 1000), highlight=False)


def _sign(level: Level, finding: Finding) -> str:
    if finding.holds:
        return "✓ holds"
    return "✗ BROKEN" if finding in level.broken else "– not promised"

"""The audit of one assignment as a page: mistakes against cases, and what does not hold."""

from __future__ import annotations

from collections.abc import Sequence

from coursekit.audit.table import Block
from coursekit.audit.trial import Trial
from coursekit.model import Assignment
from coursekit.pages.render import render


def page_of(assignment: Assignment) -> str:
    """The page's file name."""
    return f"{assignment.slug}.html"


def audit_page(
    assignment: Assignment, trials: Sequence[Trial], table: Sequence[Block], findings: Sequence[str]
) -> str:
    """For staff only: names mistakes and hidden cases.

    `table` is the heat map, a block a question; `findings` are the sentences on what does not hold.
    """
    mistakes = [trial for trial in trials if trial.kind == "mistake"]
    wrong = [trial for trial in trials if trial.is_wrong]
    columns = [column for block in table for column in block.columns]
    return render(
        "audit.html",
        assignment=assignment,
        findings=findings,
        mistakes=len(mistakes),
        answers=len(wrong) - len(mistakes),
        named=sum(trial.is_named for trial in wrong),
        accepted=sum(trial.kind == "accepted" for trial in trials),
        public=sum(trial.caught_in_public for trial in mistakes),
        blocks=[block for block in table if block.trials],
        essential=[column for column in columns if column.role == "essential" and column.case.hidden],
        covered=[column for column in columns if column.role in ("covered", "shared") and column.case.hidden],
    )

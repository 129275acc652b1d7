"""From runs to HTML: the three pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median, quantiles

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coursekit.mistakes.forms import GENERIC
from coursekit.model import Assignment, Named, Run, State
from coursekit.moments import moment
from coursekit.pages import cohort, student, svg, text

ROWS = 15  # mistakes that are shown at once; the rest is folded


def student_page(
    run: Run,
    assignment: Assignment,
    mistakes: Mapping[str, Named],
    *,
    run_id: int | None = None,
    late: bool | None = None,
) -> str:
    """The page for one student: what to read first, every question, what happened and what to think about.

    `mistakes` (by id) explain those that the run names; an unknown id is passed over. Of hidden cases the
    page shows what the run's outcomes say, and nothing of broken ones.
    """
    found = student.blocks(run, assignment, {**GENERIC, **mistakes})
    return render(
        "student.html",
        run=run,
        assignment=assignment,
        run_id=run_id,
        late=late,
        blocks=found,
        open=[block for block in found if block.lost or block.withheld],
        noted=[block for block in found if block.remarks and not (block.lost or block.withheld)],
        first=student.read_first(found, run),
        picture=student.picture(found) if run.outcomes else "",
    )


def class_page(
    runs: Mapping[int, Run],
    assignment: Assignment,
    mistakes: Mapping[str, Named],
    *,
    late: Sequence[int] = (),
    notices: Sequence[str] = (),
) -> str:
    """The page for staff: who needs them, scores, hard questions, mistakes, weak public cases, all students.

    `runs` by id in the order of students, `late` the ids of late ones, `notices` further sentences for staff.
    Links lead to `students/` and `page_name(student)`.
    """
    every = list(runs.values())
    needs = cohort.needs(every)
    scores = [run.score.earned for run in every if run.outcomes]
    made, unnamed = cohort.mistakes_made(every), cohort.unnamed(every, assignment)
    strangers = {student for _, students in unnamed for student in students}
    return render(
        "class.html",
        assignment=assignment,
        runs=runs,
        late=set(late),
        handed_in=sum(run.state is not State.MISSING for run in every),
        scores=scores,
        median=median(scores) if scores else None,
        dots=_dots(scores, assignment.possible) if scores else "",
        needs=needs,
        summary=cohort.needs_summary(needs),
        notices=notices,
        heat=cohort.heat(every, assignment),
        often=list(made.items())[:ROWS],
        seldom=list(made.items())[ROWS:],
        strangers=strangers,
        most=max(len(strangers), *map(len, made.values()), 1),
        mistakes={**GENERIC, **mistakes},
        unnamed=unnamed,
        gaps=cohort.gaps(every, assignment),
    )


@dataclass(frozen=True, slots=True)
class ClassLink:
    """A line of the index: one class, and where its page lies (relative)."""

    assignment: Assignment
    href: str
    handed_in: int
    median: float | None
    needs: int


def class_link(runs: Mapping[int, Run], assignment: Assignment, href: str) -> ClassLink:
    """The line of the index for one class."""
    scores = [run.score.earned for run in runs.values() if run.outcomes]
    handed_in = sum(run.state is not State.MISSING for run in runs.values())
    waiting = len(cohort.needs(runs.values()))
    return ClassLink(assignment, href, handed_in, median(scores) if scores else None, waiting)


def index_page(links: Sequence[ClassLink]) -> str:
    """The page that lists several classes."""
    return render("index.html", links=links)


def _dots(scores: Sequence[int], possible: int) -> Markup:
    low, middle, high = quantiles(scores, n=4, method="inclusive") if len(scores) > 1 else [scores[0]] * 3
    said = f"{len(scores)} scores from {min(scores)} to {max(scores)} of {possible}; "
    return svg.dot_plot(
        scores, possible, middle, f"{said}median {middle:g}, half lie between {low:g} and {high:g}"
    )


def render(name: str, **values: object) -> str:
    """A template of ours, filled in; every value is escaped unless it is Markup of ours."""
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> Environment:
    """Templates are compiled once a process; everything printed is escaped unless it is Markup of ours."""
    made = Environment(
        loader=PackageLoader("coursekit.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    source, _, _ = made.loader.get_source(made, "style.css") if made.loader else ("", None, None)
    made.globals["style"] = Markup(source)  # our own file
    made.globals |= {"bar": svg.bar, "cells": cohort.cells, "page_name": text.page_name}
    made.filters |= {
        "shown": text.shown,
        "shown_lines": text.shown_lines,
        "with_code": text.with_code,
        "plural": text.plural,
        "moment": _moment,
    }
    return made


def _moment(raw: str) -> str:
    """`2026-10-19 18:30 UTC`; what is no moment is shown as it is."""
    found = moment(raw)
    return f"{found:%Y-%m-%d %H:%M} UTC" if found else text.shown(raw)

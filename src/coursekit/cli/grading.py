"""What TAs call: grade, report, export, and the demo of all of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coursekit.cli.group import Course, cli
from coursekit.cli.running import shown_if_somebody_looks
from coursekit.errors import printable

if TYPE_CHECKING:
    from coursekit.verbs.grade import BatchResult


@cli.command()
@click.argument("assignment", metavar="HW")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--gradebook", type=click.Path(path_type=Path), help="SQLite file [default: HW.db].")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the reports [default: reports/HW].")
@click.option("--jobs", type=click.IntRange(1, 256), help="Judges at work [default: one a core].")
@click.option(
    "--isolation",
    type=click.Choice(["namespaces", "landlock", "process"]),
    help="Isolation level [default: the best that works here].",
)
@click.option("--unsafe", is_flag=True, help="Allow hidden cases at level `process`; marks every score.")
@click.option("--again", is_flag=True, help="Grade unchanged submissions too.")
@click.pass_obj
def grade(course: Course, /, assignment: str, submissions: Path, **options: Any) -> None:
    """Grade a file or a folder of submissions; write gradebook and reports.

    Graded again, only what has changed is run. Exit code 0: every submission has a result; 1: some could
    not be graded; 3: a case of ours is broken.

    \b
    Example:  coursekit grade hw2_bptt submissions/ --gradebook fall.db
    """
    out = options.pop("out") or Path("reports") / assignment
    gradebook = options.pop("gradebook") or Path(f"{assignment}.db")
    result = _grade(course.root, assignment, submissions, gradebook, **options)
    written = _report(course.root, gradebook, out, assignment)
    with shown_if_somebody_looks():
        _show_batch(result)
        click.echo(f"gradebook  {gradebook}\nreport     {written}")
    sys.exit(result.exit_code)


def _grade(root: Path, assignment: str, submissions: Path, gradebook: Path, **options: Any) -> BatchResult:
    from coursekit.terminal import Progress
    from coursekit.verbs.grade import grade as run

    with Progress(f"grading {printable(assignment)}") as progress:
        return run(root, assignment, submissions, gradebook, progress=progress, **options)


def _report(root: Path, gradebook: Path, out: Path, assignment: str = "all") -> Path:
    from coursekit.build.materials import load
    from coursekit.course import Course as Folder
    from coursekit.verbs.report import report as run

    known = {slug: load(root, slug).named for slug in Folder(root).slugs()}
    return run(gradebook, out, known, assignment).class_page


def _show_batch(result: BatchResult) -> None:
    from coursekit.terminal import batch_table

    batch_table(result)


@cli.command()
@click.argument("gradebook", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default="reports", show_default=True)
@click.pass_obj
def report(course: Course, gradebook: Path, out: Path) -> None:
    """Write class.html and one page per student from a gradebook.

    \b
    Example:  coursekit report fall.db --out reports/
    """
    click.echo(f"report     {_report(course.root, gradebook, out)}")


@cli.command()
@click.argument("gradebook", type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice(["csv"]), default="csv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default="grades.csv", show_default=True)
def export(gradebook: Path, kind: str, out: Path) -> None:
    """Write the current scores: one row a student and assignment, one column a question.

    \b
    Example:  coursekit export fall.db --out grades.csv
    """
    from coursekit.verbs.export import export as run

    click.echo(f"written    {run(gradebook, kind, out)}")


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), default="demo", show_default=True)
@click.option("--assignment", default="hw2_bptt", show_default=True)
@click.option("--jobs", type=click.IntRange(1, 256), help="Judges at work [default: one a core].")
@click.pass_obj
def demo(course: Course, out: Path, assignment: str, jobs: int | None) -> None:
    """The whole road on a made-up cohort: release, submissions of every kind, grades, reports.

    \b
    Example:  coursekit demo --out demo
    """
    from coursekit.terminal import demo_summary
    from coursekit.verbs.demo import prepare

    plan = prepare(course.root, assignment, out)
    result = _grade(
        course.root,
        assignment,
        plan.submissions,
        plan.gradebook,
        jobs=jobs,
        isolation=None,
        unsafe=False,
        again=True,
    )
    page = _report(course.root, plan.gradebook, plan.reports, assignment)
    _show_batch(result)
    demo_summary(plan, result, page)

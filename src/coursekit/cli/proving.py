"""What instructors call: release, audit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from coursekit.cli.group import Course, cli


@cli.command()
@click.argument("assignments", nargs=-1, metavar="[HW]...")
@click.option("--check", is_flag=True, help="Write nothing; answer whether assignments/ is up to date.")
@click.option("--no-audit", is_flag=True, help="Do not grade every mistake and variant first.")
@click.option(
    "--otter-zip", type=click.Path(path_type=Path), help="Also write autograder zips for otter run."
)
@click.pass_obj
def release(
    course: Course, assignments: tuple[str, ...], check: bool, no_audit: bool, otter_zip: Path | None
) -> None:
    """Write the students' folders under assignments/ from solutions/ and autograder/.

    Nothing is released that the audit speaks against.

    \b
    Example:  coursekit release hw2_bptt
              coursekit release --check
    """
    from coursekit.verbs.release import release as run

    gate = None if no_audit else _objections
    for line in run(course.root, assignments, check=check, otter_zip=otter_zip, gate=gate):
        click.echo(line)


def _objections(root: Path, slug: str) -> list[str]:
    """What the audit has against releasing an assignment."""
    from coursekit.terminal import Progress
    from coursekit.verbs.audit import audit as run

    with Progress(f"auditing {slug}") as progress:
        result = run(root, (slug,), progress=progress, release=False)
    return [finding for one in result.assignments for finding in one.findings]


@cli.command()
@click.argument("assignments", nargs=-1, metavar="[HW]...")
@click.option("--jobs", type=click.IntRange(1, 256), help="Judges at work [default: one a core].")
@click.option("--table", is_flag=True, help="Print mistakes against cases, question by question.")
@click.option(
    "--every-case", is_flag=True, help="Judge every notebook by all cases, not by those it can touch."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="audit",
    show_default=True,
    help="Folder for the tables as pages.",
)
@click.pass_obj
def audit(
    course: Course, assignments: tuple[str, ...], jobs: int | None, table: bool, every_case: bool, out: Path
) -> None:
    """Prove the tests: the Reference earns all, the stub nothing, every mistake loses its own points, named.

    Also: every case can fail, public cases alone catch 60 %, assignments/ is free of leaks and up to date.
    Exit code 0: all of it holds; 1: something does not, and is listed.

    \b
    Example:  coursekit audit hw2_bptt --table
    """
    from coursekit.terminal import Progress, audit_table
    from coursekit.verbs.audit import audit as run

    with Progress("auditing") as progress:
        result = run(course.root, assignments, jobs=jobs, progress=progress, every_case=every_case, out=out)
    audit_table(result, table)
    sys.exit(0 if result.holds else 1)

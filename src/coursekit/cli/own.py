"""What anybody calls on a machine of their own: check, doctor."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from coursekit.cli.group import Course, cli


@cli.command()
@click.argument("notebook", type=click.Path(path_type=Path))
@click.argument("questions", nargs=-1, metavar="[QUESTION]...")
def check(notebook: Path, questions: tuple[str, ...]) -> None:
    """Run the public checks on your own notebook: what `grader.check` says, from the terminal.

    The notebook stays where it was released: its `tests/` folder lies beside it. Exit code 0: every
    check passes; 1: one does not.

    \b
    Example:  coursekit check hw2_bptt.ipynb
              coursekit check hw2_bptt.ipynb q3
    """
    from coursekit.terminal import check_table
    from coursekit.verbs.check import check as run

    outcomes, notes = run(notebook, questions)
    sys.exit(check_table(outcomes, notes))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For other programs.")
@click.pass_obj
def doctor(course: Course, as_json: bool) -> None:
    """Which isolation level this machine has: each property is tried by a worker that must not manage.

    Exit code 0: hidden cases can be graded here and every promise holds; 1: not so, and what to do.

    \b
    Example:  coursekit doctor
              coursekit doctor --json
    """
    from coursekit.terminal import doctor_table
    from coursekit.verbs.doctor import doctor as run

    diagnosis = run(course.root_if_any)
    if as_json:
        click.echo(json.dumps(diagnosis.as_json(), indent=2, ensure_ascii=False))
    else:
        doctor_table(diagnosis)
    sys.exit(diagnosis.exit_code)

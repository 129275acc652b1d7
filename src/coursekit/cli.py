"""The command line: options in, one verb called, one sentence for every error, the right exit code.

Everything heavy is imported inside the commands, so that `coursekit --help` answers at once.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from coursekit.errors import BadInput, CoursekitError, printable

if TYPE_CHECKING:
    from coursekit.verbs.audit import AuditResult
    from coursekit.verbs.grade import BatchResult

INTERRUPTED = 130
OUR_FAULT = 3

_SHORT_OF = {
    errno.EMFILE: "too few file descriptors for us; raise the limit (`ulimit -n 1024`)",
    errno.ENFILE: "no file descriptors left; close some programs",
    errno.ENOSPC: "no space left on a disk; free some",
    errno.EDQUOT: "no space left for you on a disk; free some",
    errno.ENOMEM: "no memory left; close some programs or give fewer --jobs",
    errno.EAGAIN: "no room for more processes; close some programs or give fewer --jobs",
}


class Course:
    """Where the course is: `--course DIR`, or found by walking up from the working directory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def root(self) -> Path:
        """The course's root folder. Raises BadInput where there is none."""
        from coursekit.course import find_course

        return find_course(self._folder)

    @property
    def root_if_any(self) -> Path | None:
        """The same, or None: a student's machine has no course."""
        try:
            return self.root
        except BadInput:
            if self._folder is not None:
                raise
            return None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--course", "folder", type=click.Path(path_type=Path), help="The course's folder; else found upwards."
)
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.version_option(package_name="coursekit")
@click.pass_context
def cli(context: click.Context, folder: Path | None, debug: bool) -> None:
    """A numpy course on why recurrent networks forget, and the autograder that scores it.

    \b
    Instructors:  coursekit release hw2_bptt
    TAs:          coursekit grade hw2_bptt submissions/ --gradebook fall.db
    Students:     coursekit check hw2_bptt.ipynb
    """
    if debug:
        os.environ["COURSEKIT_DEBUG"] = "1"
    context.obj = Course(folder)


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
    result = _audit(root, (slug,), None)
    return [finding for one in result.assignments for finding in one.findings]


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
    with _shown_if_somebody_looks():
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

    mistakes = {mistake.id: mistake for slug in Folder(root).slugs() for mistake in load(root, slug).mistakes}
    return run(gradebook, out, mistakes, assignment).class_page


def _show_batch(result: BatchResult) -> None:
    from coursekit.terminal import batch_table

    batch_table(result)


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
@click.argument("assignments", nargs=-1, metavar="[HW]...")
@click.option("--jobs", type=click.IntRange(1, 256), help="Judges at work [default: one a core].")
@click.pass_obj
def audit(course: Course, assignments: tuple[str, ...], jobs: int | None) -> None:
    """Prove the tests: the Reference earns all, the stub nothing, every mistake loses its own points, named.

    Exit code 0: all of it holds; 1: something does not, and is listed.

    \b
    Example:  coursekit audit hw2_bptt
    """
    result = _audit(course.root, assignments, jobs)
    sys.exit(0 if result.holds else 1)


def _audit(root: Path, assignments: tuple[str, ...], jobs: int | None) -> AuditResult:
    from coursekit.terminal import Progress, audit_table
    from coursekit.verbs.audit import audit as run

    with Progress("auditing") as progress:
        result = run(root, assignments, jobs=jobs, progress=progress)
    audit_table(result)
    return result


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


def main() -> None:
    """Entry point: runs the command and turns every error into one sentence and its exit code."""
    _open_what_is_closed()
    # One thread for BLAS: judges are one a core, and a check needs no more.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = run(sys.argv[1:])
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not stop the tidying up
    sys.exit(code)


def _open_what_is_closed() -> None:
    """Descriptors 0 to 2 that whoever started us has closed: else a socket or the gradebook becomes one."""
    null = os.open(os.devnull, os.O_RDWR)
    while null <= 2:
        os.set_inheritable(null, True)  # the judges need theirs as well
        null = os.open(os.devnull, os.O_RDWR)
    os.close(null)
    # Python has none of its own where they were closed.
    sys.stdout = sys.stdout or os.fdopen(1, "w")
    sys.stderr = sys.stderr or os.fdopen(2, "w")


@contextmanager
def _shown_if_somebody_looks() -> Iterator[None]:
    """The work is done and recorded: that its result cannot be shown changes no exit code."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            _say(f"the result cannot be shown ({error.strerror}); it is in the gradebook and the reports")
        _write_to_nobody()


def _write_to_nobody() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: list[str]) -> int:
    """Runs `coursekit ARGUMENTS` and returns the exit code."""
    try:
        cli.main(arguments, prog_name="coursekit", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return BadInput.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted; what was graded is in the gradebook, run the same command again to go on")
        return INTERRUPTED
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except CoursekitError as error:
        _reraise_in_debug()
        _say(printable(str(error), 1000))
        return error.exit_code
    except BrokenPipeError:
        _write_to_nobody()
        return 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _SHORT_OF:
            _reraise_in_debug()
            _say(f"this machine has {_SHORT_OF[error.errno]}; then run the same command again")
            return OUR_FAULT
        _reraise_in_debug()
        _say(printable(f"our fault: {type(error).__name__}: {error}; run with --debug to see where", 1000))
        return OUR_FAULT
    return 0


def _say(sentence: str) -> None:
    click.echo(f"coursekit: {sentence}", err=True)


def _reraise_in_debug() -> None:
    if os.environ.get("COURSEKIT_DEBUG"):
        raise

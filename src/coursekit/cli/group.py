"""The command `coursekit` itself, and where its course is."""

from __future__ import annotations

import os
from pathlib import Path

import click

from coursekit.errors import BadInput


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

"""The command line: options in, one verb called, one sentence for every error, the right exit code.

Everything heavy is imported inside the commands, so that `coursekit --help` answers at once.
"""

from coursekit.cli import grading, own, proving
from coursekit.cli.group import cli
from coursekit.cli.running import main, run

__all__ = ["cli", "grading", "main", "own", "proving", "run"]

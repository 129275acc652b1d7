"""Runs a command line and turns whatever happens into one sentence and an exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from coursekit.cli.group import cli
from coursekit.errors import BadInput, CoursekitError, printable

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
def shown_if_somebody_looks() -> Iterator[None]:
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

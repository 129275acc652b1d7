"""A child's life: fence itself in, run the cells, answer calls until the judge hangs up."""

from __future__ import annotations

import os
import random
import sys
import warnings
from typing import Any, NoReturn

import numpy as np

from coursekit.wire import frames, messages
from coursekit.wire.decoding import decode
from coursekit.wire.encoding import encode
from coursekit.wire.errors import Ended
from coursekit.worker import standins
from coursekit.worker.answers import Answers
from coursekit.worker.cells import Notebook
from coursekit.worker.levels import Places, Plan

JUDGE = 3  # the only descriptor but /dev/null's
_MOST_DESCRIPTORS = 1 << 16


def run(connection: int, plan: Plan, base: int) -> NoReturn:
    """Never comes back into the zygote's code."""
    try:
        _run(connection, plan, base)
    except Ended:
        os._exit(0)
    except BaseException:
        os._exit(70)
    os._exit(0)


def _run(connection: int, plan: Plan, base: int) -> None:
    os.dup2(connection, JUDGE)
    os.closerange(JUDGE + 1, _MOST_DESCRIPTORS)
    frame = frames.receive(JUDGE)
    start = decode(frame.structure, frame.buffers)
    try:
        places = plan.enter(start)
        _settle(places)
        plan.lock(start, places, base)
    except Exception as error:
        frames.send(JUDGE, messages.FAULT, frame.id, *encode(f"{type(error).__name__}: {error}"))
        return
    frames.send(JUDGE, messages.LOCKED, frame.id, b"")
    standins.install()
    notebook = Notebook()
    for number, source in start["cells"].items():
        if number not in start["skip"]:
            note = notebook.run(number, source.decode())
            frames.send(JUDGE, messages.CELL, frame.id, *encode(note))
    answers = Answers(notebook)
    frames.send(JUDGE, messages.READY, frame.id, *encode(answers.names()))
    while True:
        frame = frames.receive(JUDGE)
        kind, (structure, buffers) = answers.answer(frame)
        frames.send(JUDGE, kind, frame.id, structure, buffers)


def _settle(places: Places) -> None:
    """The working folder, the path, the environment and the seeds that every submission starts with."""
    os.chdir(places.work)
    sys.path[:0] = [places.release, places.work]
    sys.argv[:] = ["notebook"]
    _environment(HOME=places.work, TMPDIR=places.tmp, PWD=places.work, LANG="C.UTF-8", MPLBACKEND="template")
    warnings.resetwarnings()
    warnings.simplefilter("ignore")
    random.seed(0)
    np.random.seed(0)


def _environment(**variables: Any) -> None:
    os.environ.clear()
    os.environ.update(variables)

"""Not punished: honest work that looks odd earns full marks, by our engine and, where it can, by Otter."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from honest import SLUG, oddities
from whole import ROOT, materials

from coursekit.gradebook import Gradebook
from coursekit.model import State, Status
from coursekit.verbs.grade import grade

ODDITIES = {one.id: one for one in oddities()}
WITH_OTTER = [one.id for one in ODDITIES.values() if not one.otter and not one.name and not one.files]


def test_there_are_many_and_each_says_what_it_is():
    every = oddities()

    assert len(ODDITIES) == len(every) >= 60
    assert [] == [one.id for one in every if not one.why.endswith(".") or "\n" in one.why]
    assert len(WITH_OTTER) >= 60


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """All of it graded once as a TA would, through intake, sandbox, judge and gradebook; runs by oddity."""
    place = tmp_path_factory.mktemp("honest")
    (place / "submissions").mkdir()
    students = {one.id: one.hand_in(place / "submissions") for one in ODDITIES.values()}
    book = place / "book.db"
    grade(ROOT, SLUG, place / "submissions", book, progress=lambda *_: None)
    with Gradebook.open(book, read_only=True) as gradebook:
        current = {run.submission.student: run for run in gradebook.current(SLUG).values()}
    assert set(current) == set(students.values())
    return {id: current[student] for id, student in students.items()}


@pytest.mark.parametrize("id", ODDITIES)
def test_it_earns_full_marks(runs, id):
    run = runs[id]
    lost = [(o.case.key, o.status, o.rationale) for o in run.outcomes if o.status is not Status.PASSED]

    assert (State.GRADED, "") == (run.state, run.reason)
    assert [] == lost
    assert materials(SLUG).assignment.possible == run.score.earned
    assert ODDITIES[id].notes == len(run.cell_notes), run.cell_notes


@pytest.fixture(scope="module")
def otters(tmp_path_factory):
    """Verdicts of Otter's own classes on the notebooks run by IPython: oddity → case → passed."""
    place = tmp_path_factory.mktemp("otter")
    for id in WITH_OTTER:
        (place / f"{id}.ipynb").write_bytes(ODDITIES[id].notebook)
    for path, content in materials(SLUG).support.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    runner = Path(__file__).with_name("otter_shell.py")
    command = [sys.executable, str(runner), SLUG, *(f"{id}.ipynb" for id in WITH_OTTER)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads((place / "verdicts.json").read_text())


@pytest.mark.parametrize("id", WITH_OTTER)
def test_otter_says_the_same(runs, otters, id):
    ours = {outcome.case.key: outcome.status is Status.PASSED for outcome in runs[id].outcomes}

    assert ours == otters[f"{id}.ipynb"]

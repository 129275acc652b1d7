"""Ten notebooks as a real `otter run`: a kernel, Otter's own zip, and case by case our verdicts."""

import json
import re
import subprocess
import sys

import pytest
from honest import oddities
from whole import ROOT, materials

from coursekit.build.otterzip import otter_zip
from coursekit.build.variants import variants
from coursekit.grading.crew import Crew, workers
from coursekit.grading.job import Job
from coursekit.model import Status

SLUG = "hw2_bptt"
COUNT = 10

pytestmark = pytest.mark.kernel


def ten():
    """The solution, the stub, two accepted variants, and mistakes spread over the table."""
    everything = list(variants(ROOT, materials(SLUG)))
    by_kind = {
        kind: [one for one in everything if one.kind == kind] for kind in {one.kind for one in everything}
    }
    accepted, mistakes = by_kind["accepted"], by_kind["mistake"]
    chosen = [*by_kind["reference"], *by_kind["stub"], accepted[0], accepted[-1]]
    rest = COUNT - len(chosen)
    return chosen + [mistakes[number * (len(mistakes) - 1) // (rest - 1)] for number in range(rest)]


@pytest.fixture(scope="module")
def ours():
    """Verdicts of our engine, with the fixed seed that plain Otter has."""
    jobs = [Job(one.submission(SLUG, f"{one.kind} {one.id}"), b"", one.raw) for one in ten()]
    with Crew([materials(SLUG)], workers(None, COUNT)) as crew:
        return {
            run.submission.student: {o.case.key: o.status is Status.PASSED for o in run.outcomes}
            for run in crew.run(jobs)
        }


@pytest.fixture(scope="module")
def staff_zip(tmp_path_factory):
    return otter_zip(ROOT, SLUG, tmp_path_factory.mktemp("zip") / "staff.zip")


def otter_run(staff_zip, raw, folder):
    """Case key → passed, read from the results.json that `otter run` wrote."""
    notebook = folder / f"{SLUG}.ipynb"
    notebook.write_bytes(raw)
    command = [sys.executable, "-m", "otter", "run", "-a", str(staff_zip), "-o", str(folder), str(notebook)]
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    tests = {one["name"]: one for one in json.loads((folder / "results.json").read_text())["tests"]}
    verdicts = {}
    for case in materials(SLUG).assignment.cases:
        file = tests[f"{case.question}_hidden" if case.hidden else case.question]
        shown = re.search(rf"^ *{re.escape(case.name)} result:\n +(✅|❌)", file["output"], re.MULTILINE)
        all_passed = "All test cases passed!" in file["output"]
        assert shown or all_passed, file["output"]
        verdicts[case.key] = all_passed or (shown is not None and shown[1] == "✅")
    return verdicts


def test_there_are_ten():
    assert COUNT == len({(one.kind, one.id) for one in ten()})


@pytest.mark.parametrize("number", range(COUNT))
def test_the_same_verdicts_case_by_case(ours, staff_zip, tmp_path, number):
    one = ten()[number]

    assert otter_run(staff_zip, one.raw, tmp_path) == ours[f"{one.kind} {one.id}"]


@pytest.mark.parametrize(
    "id",
    ["colab", "windows-line-ends", "await-at-top-level", "overwrites-its-arguments", "one-cell-a-function"],
)
def test_honest_work_that_looks_odd_passes_everything(staff_zip, tmp_path, id):
    [one] = [one for one in oddities() if one.id == id]

    assert {True} == set(otter_run(staff_zip, one.notebook, tmp_path).values())

"""What grading a real notebook costs, judge and sandbox together, and how that compares with `otter run`.

    python benchmarks/grading.py [--assignment hw2_bptt] [--submissions 40] [--otter]

CPU-milliseconds a submission are the kernel's own accounts of all child processes, for many submissions less
those for one: what is left out is the start of judge and zygote. *Definitions* is the notebook as `otter run`
runs it; *full* runs its figure and experiment cells too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from coursekit.build.materials import load
from coursekit.build.notebooks import solved_notebook
from coursekit.build.otterzip import otter_zip
from coursekit.course import find_course
from coursekit.grading.crew import Crew
from coursekit.grading.job import Job, key_for
from coursekit.model import Materials, Submission


def copies(raw: bytes, slug: str, count: int) -> Iterator[Job]:
    """The same notebook `count` times, each with inputs of its own."""
    for number in range(count):
        sha256 = hashlib.sha256(raw + str(number).encode()).hexdigest()
        submission = Submission(f"s{number}", slug, "x.ipynb", sha256)
        yield Job(submission, key_for(b"benchmark", submission), raw)


def cpu() -> float:
    """CPU-seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cost(of: Materials, raw: bytes, count: int) -> float:
    """CPU-seconds of grading `raw` `count` times in one judge, its start included."""
    before = cpu()
    with Crew([of], 1) as crew:
        for run in crew.run(copies(raw, of.assignment.slug, count)):
            assert run.score.earned == of.assignment.possible, run
    return cpu() - before


def untagged(raw: bytes) -> bytes:
    """The notebook without tags: every cell is run."""
    notebook = json.loads(raw)
    for cell in notebook["cells"]:
        cell["metadata"].pop("tags", None)
    return json.dumps(notebook).encode()


def otter_seconds(root: Path, slug: str, raw: bytes) -> tuple[float, float]:
    """CPU and wall seconds of one `otter run`."""
    with tempfile.TemporaryDirectory() as folder:
        notebook = Path(folder) / f"{slug}.ipynb"
        notebook.write_bytes(raw)
        zipped = otter_zip(root, slug, Path(folder) / "staff.zip")
        before, clock = cpu(), time.monotonic()
        command = [sys.executable, "-m", "otter", "run", "-a", str(zipped), "-o", folder, str(notebook)]
        subprocess.run(command, check=True, capture_output=True)
        return cpu() - before, time.monotonic() - clock


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--assignment", default="hw2_bptt")
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--otter", action="store_true", help="also time one `otter run`")
    options = parser.parse_args()
    root = find_course()
    of = load(root, options.assignment)
    solved = solved_notebook(root, options.assignment)
    figures = {"definitions": solved, "full": untagged(solved)}
    for name, raw in figures.items():
        one, many = cost(of, raw, 1), cost(of, raw, options.submissions + 1)
        print(f"{name:<12} {1000 * (many - one) / options.submissions:7.1f} CPU-ms a submission")
    if options.otter:
        cpu_seconds, wall = otter_seconds(root, options.assignment, solved)
        print(f"{'otter run':<12} {1000 * cpu_seconds:7.1f} CPU-ms, {1000 * wall:.0f} ms wall")


if __name__ == "__main__":
    main()

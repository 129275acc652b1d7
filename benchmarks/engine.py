"""What the engine costs: CPU-milliseconds a submission, microseconds a call, and isolation as ratios.

    python benchmarks/engine.py [--submissions 30] [--calls 2000]

CPU time is that of the worker, the zygote and the judge's side together, user and system; it is read from
the kernel's own accounts, so that other work on the machine hardly shows. Wall-clock time does show it.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coursekit.model import Isolation, Limits
from coursekit.sandbox import Sandbox, Work, why_not

IMPORTS = (
    "import numpy as np\nimport matplotlib.pyplot as plt\nimport otter\ngrader = otter.Notebook('hw.ipynb')"
)
FORWARD = '''
def rnn_forward(x, h0, W_xh, W_hh, b):
    """Hidden states of a tanh RNN, (T, N, H)."""
    h, hs = h0, []
    for t in range(x.shape[0]):
        h = np.tanh(x[t] @ W_xh.T + h @ W_hh.T + b)
        hs.append(h)
    return np.stack(hs), {"x": x, "h0": h0, "W_hh": W_hh}
'''
BACKWARD = '''
def rnn_backward(dhs, hs, cache):
    """Gradients by BPTT."""
    dW_hh, dh_next = np.zeros_like(cache["W_hh"]), 0.0
    for t in reversed(range(hs.shape[0])):
        da = (dhs[t] + dh_next) * (1 - hs[t] ** 2)
        h_prev = hs[t - 1] if t else cache["h0"]
        dW_hh += da.T @ h_prev
        dh_next = da @ cache["W_hh"]
    return dW_hh
'''
SMALL = "def helper_{0}(a, b):\n    '''Adds.'''\n    return np.asarray(a) + b * {0}\n"
DEFINITIONS = (IMPORTS, FORWARD, BACKWARD, *(SMALL.format(number) for number in range(10)))
PLOT = """
fig, ax = plt.subplots(figsize=(6, 4), layout="constrained")
for scale in (0.5, 0.9, 1.0, 1.1):
    ax.plot(np.arange(50), scale ** np.arange(50), label=f"scale {scale}")
ax.set(xlabel="steps", ylabel="norm", title="Norms", yscale="log")
ax.grid(True)
ax.legend()
plt.show()
"""
CHECKS = "grader.check('q1')"
FULL = (
    *DEFINITIONS,
    "%matplotlib inline",
    *(PLOT,) * 4,
    CHECKS,
    "print(rnn_forward(np.ones((3,2,4)), np.zeros((2,4)), np.eye(4), np.eye(4), 0))",
)


@dataclass(frozen=True)
class Cost:
    """Means over some submissions, in milliseconds."""

    worker: float
    zygote: float
    judge: float
    wall: float

    @property
    def cpu(self) -> float:
        return self.worker + self.zygote + self.judge


def submissions(sandbox: Sandbox, cells: tuple[str, ...], number: int) -> Cost:
    """Runs the same submission so many times."""
    work, worker = Work(cells), 0.0
    sandbox.open(work, Limits()).close()
    zygote, judge, wall = _zygote_seconds(), time.process_time(), time.perf_counter()
    for _ in range(number):
        with sandbox.open(work, Limits()) as session:
            assert not session.cell_notes, session.cell_notes
        worker += session.cpu_seconds
    wall, judge = time.perf_counter() - wall, time.process_time() - judge
    return Cost(*(1e3 * seconds / number for seconds in (worker, _zygote_seconds() - zygote, judge, wall)))


def calls(sandbox: Sandbox, number: int) -> tuple[float, float]:
    """Microseconds of CPU and of wall-clock time of one call with five small arrays."""
    T, N, H = 6, 3, 4
    args = (np.ones((T, N, H)), np.zeros((N, H)), np.eye(H), np.eye(H), np.zeros(H))
    idle = sandbox.open(Work(DEFINITIONS), Limits())
    idle.close()
    session = sandbox.open(Work(DEFINITIONS), Limits(cpu_seconds=1000, total_seconds=1000))
    judge, wall = time.process_time(), time.perf_counter()
    for _ in range(number):
        session.call("rnn_forward", args, {})
    wall, judge = time.perf_counter() - wall, time.process_time() - judge
    session.close()
    return 1e6 * (session.cpu_seconds - idle.cpu_seconds + judge) / number, 1e6 * wall / number


def direct(number: int) -> float:
    """Microseconds of CPU of the same call without any sandbox."""
    namespace: dict[str, object] = {}
    for cell in (IMPORTS.splitlines()[0], FORWARD):
        exec(cell, namespace)  # noqa: S102  our own text
    function = namespace["rnn_forward"]
    args = (np.ones((6, 3, 4)), np.zeros((3, 4)), np.eye(4), np.eye(4), np.zeros(4))
    began = time.process_time()
    for _ in range(number):
        function(*args)  # type: ignore[operator]
    return 1e6 * (time.process_time() - began) / number


def _zygote_seconds() -> float:
    """CPU seconds of our living descendants: the zygote, and what holds it."""
    return sum(_run_seconds(pid) for pid in _descendants())


def _descendants() -> set[str]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[stat.parent.name] = stat.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
    found, fresh = set(), {str(Path("/proc/self").resolve().name)}
    while fresh:
        fresh = {pid for pid, parent in parents.items() if parent in fresh}
        found |= fresh
    return found


def _run_seconds(pid: str) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=30)
    parser.add_argument("--calls", type=int, default=2000)
    options = parser.parse_args()
    plain = direct(options.calls)
    print("level       notebook      CPU-ms   worker  zygote  judge     wall-ms")
    costs: dict[str, Cost] = {}
    for isolation in reversed(Isolation):
        if reason := why_not(isolation):
            print(f"{isolation.value:11} {reason}")
            continue
        with Sandbox(isolation) as sandbox:
            for name, cells in (("empty", ()), ("definitions", DEFINITIONS), ("four plots", FULL)):
                cost = submissions(sandbox, cells, options.submissions)
                costs[f"{isolation.value} {name}"] = cost
                print(
                    f"{isolation.value:11} {name:12} {cost.cpu:7.1f}  {cost.worker:7.1f} {cost.zygote:7.1f}"
                    f" {cost.judge:6.1f}  {cost.wall:9.1f}"
                )
            cpu, wall = calls(sandbox, options.calls)
            print(
                f"{isolation.value:11} one call: {cpu:.0f} µs CPU, {wall:.0f} µs wall-clock;"
                f" {cpu / plain:.1f} times the bare function's {plain:.0f} µs"
            )
    for name in ("definitions", "four plots"):
        strong, weak = costs.get(f"namespaces {name}"), costs.get(f"process {name}")
        if strong and weak:
            print(f"isolation, {name}: {strong.cpu - weak.cpu:.1f} CPU-ms, {strong.cpu / weak.cpu:.2f} times")


if __name__ == "__main__":
    main()

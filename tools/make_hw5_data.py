"""Makes the data that lie beside hw5's notebook, from the Reference: oracle.npz, flows.npz, recall.npz.

Run: python tools/make_hw5_data.py OUT_DIR MASTER ORACLE [oracle|flows|recall]
"""

import sys
from pathlib import Path

import numpy as np

from coursekit.judge.reference import reference_module
from coursekit.notebook.master import read_master

SEEDS = range(10)
FLOWS = {"RNN": ("rnn", 0), "LSTM, bias 0": ("lstm", 0), "LSTM, bias 1": ("lstm", 1)}
FLOWS |= {"LSTM, bias 5": ("lstm", 5), "GRU, bias 0": ("gru", 0), "GRU, bias 5": ("gru", 5)}
RUNS = {"RNN": ("rnn", 0), "LSTM, bias 0": ("lstm", 0), "LSTM, bias 1": ("lstm", 1)}
RUNS |= {"LSTM, bias 3": ("lstm", 3), "GRU, bias 0": ("gru", 0), "GRU, bias 2": ("gru", 2)}


def oracle(reference, path):
    """Torch's arrays of the small GRU, and the gates of the same run."""
    with np.load(path) as file:
        kept = {name: file[name] for name in file if name.startswith("gru/s/")}
    small = {name: value for name, value in kept.items() if name.split("/")[-1] not in ("L", "J", "P")}
    names = ("x", "h0", "W_ih", "W_hh", "b_ih", "b_hh")
    small["gru/s/gates"] = reference.gru_forward(*(small[f"gru/s/{name}"] for name in names))[2]["gates"]
    return small


def flows(reference):
    """Medians of 20 seeds of the gradient norms, relative to the last one: label → (100,)."""
    made = {}
    for label, (kind, bias) in FLOWS.items():
        norms = [reference.gradient_flow(kind, 100, 64, 8, float(bias), seed) for seed in range(20)]
        made[label] = np.median([one / one[-1] for one in norms], axis=0)
    return made


def recall(reference):
    """Losses of ten seeds, each entry the mean of ten updates: "steps/label" → (10, 40), float32."""
    made = {}
    for steps in (30, 60):
        for label, (kind, bias) in RUNS.items():
            losses = [reference.train_recall(kind, steps, float(bias), seed, 400, 1.0) for seed in SEEDS]
            made[f"{steps}/{label}"] = np.reshape(losses, (10, 40, 10)).mean(axis=2).astype(np.float32)
            print(steps, label, (made[f"{steps}/{label}"][:, -1] < 0.1).sum(), flush=True)
    return made


if __name__ == "__main__":
    out, master, source = map(Path, sys.argv[1:4])
    REFERENCE = reference_module(read_master(master.read_text(), str(master)).reference)
    wanted = sys.argv[4:] or ["oracle", "flows", "recall"]
    if "oracle" in wanted:
        np.savez(out / "oracle.npz", **oracle(REFERENCE, source))
    if "flows" in wanted:
        np.savez(out / "flows.npz", **flows(REFERENCE))
    if "recall" in wanted:
        np.savez(out / "recall.npz", **recall(REFERENCE))

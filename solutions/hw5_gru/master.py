# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] editable=false deletable=false
# # How far does a gradient get?
#
# You will build a GRU and its way back, and then measure what decides how far a gradient gets: the cell,
# the numbers it starts from, or the length of the path.
#
# | question | points | minutes |
# |---|---|---|
# | q1 what a gate costs | 6 | 12 |
# | q2 one step, two forms | 13 | 30 |
# | q3 a sequence | 8 | 20 |
# | q4 an LSTM with tied gates | 7 | 18 |
# | q5 one step back | 12 | 35 |
# | q6 all the way back | 13 | 35 |
# | q7★ one step's Jacobian | 5 | 20 |
# | q8 how far | 11 | 25 |
# | q9 attention | 7 | 18 |
# | q10★ attention's Jacobian | 4 | 20 |
# | q11 one bit to remember | 9 | 30 |
# | q12 which model | 5 | 12 |
#
# ★ deeper; nothing later needs it.

# %% editable=false deletable=false
import numpy as np

import gradtools


def sigmoid(z):
    """1 / (1 + exp(-z)), written so that no z overflows; any shape."""
    return 0.5 * (1 + np.tanh(0.5 * z))

# %% tags=["otter_ignore"] editable=false deletable=false
import otter
from gradtools import figures_compare

grader = otter.Notebook("hw5_gru.ipynb")
gradtools.style()

# %% [markdown] editable=false deletable=false
# **How to work.** Go from top to bottom. Checks are public; others follow, on other numbers, after you hand
# in. You may skip: the checks of the way back bring their own caches, and a question needs another one only
# where your function calls it. Where you would call one that you left empty, write its lines out instead;
# q8 and q11 run your whole GRU.
#
# **Bring what you have.** Paste your own functions of earlier weeks over the stubs below. They earn nothing
# here and can cost nothing: graded are the GRU and the comparison. What is missing leaves gaps in figures.

# %% tags=["otter_answer_cell"]
BRING = "q0: your_earlier_functions"


def rnn_forward(x, h0, W_ih, W_hh, b_ih, b_hh):
    """Week 2. Returns (Y, hT, cache)."""
    # BEGIN SOLUTION NO PROMPT
    T, N = x.shape[:2]
    Y = np.zeros((T, N, len(W_hh)))
    h = h0
    for t in range(T):
        h = np.tanh(x[t] @ W_ih.T + b_ih + h @ W_hh.T + b_hh)
        Y[t] = h
    return Y, h, {"x": x, "h0": h0, "Y": Y, "W_ih": W_ih, "W_hh": W_hh}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError(BRING)
    """; # END PROMPT


def rnn_backward(dY, dhT, cache):
    """Week 2. Returns a dict with keys dx, dh0, dW_ih, dW_hh, db_ih, db_hh, dH."""
    # BEGIN SOLUTION NO PROMPT
    x, Y, W_ih, W_hh = cache["x"], cache["Y"], cache["W_ih"], cache["W_hh"]
    before = np.concatenate([cache["h0"][None], Y[:-1]])
    dx, dH, dW_ih, dW_hh, db, dh = 0 * x, 0 * Y, 0 * W_ih, 0 * W_hh, np.zeros(len(W_hh)), dhT
    for t in reversed(range(len(x))):
        dH[t] = dY[t] + dh
        da = dH[t] * (1 - Y[t] ** 2)
        dx[t], dh = da @ W_ih, da @ W_hh
        dW_ih += da.T @ x[t]
        dW_hh += da.T @ before[t]
        db += da.sum(axis=0)
    return {"dx": dx, "dh0": dh, "dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db, "db_hh": db.copy(), "dH": dH}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError(BRING)
    """; # END PROMPT


def clip_by_global_norm(grads, max_norm, eps=1e-6):
    """Week 3. grads: list of arrays. Returns (clipped list, norm before clipping)."""
    # BEGIN SOLUTION NO PROMPT
    total = np.sqrt(sum((g**2).sum() for g in grads))
    factor = min(1.0, max_norm / (total + eps))
    return [factor * g for g in grads], float(total)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError(BRING)
    """; # END PROMPT


def lstm_forward(x, h0, c0, W_ih, W_hh, b_ih, b_hh):
    """Week 4. Returns (Y, hT, cT, cache)."""
    # BEGIN SOLUTION NO PROMPT
    T, N = x.shape[:2]
    H = W_hh.shape[1]
    Y, C, gates = np.zeros((T, N, H)), np.zeros((T, N, H)), np.zeros((T, N, 4, H))
    h, c = h0, c0
    for t in range(T):
        a = (x[t] @ W_ih.T + b_ih + h @ W_hh.T + b_hh).reshape(N, 4, H)
        gates[t] = sigmoid(a)
        gates[t, :, 2] = np.tanh(a[:, 2])
        i, f, g, o = gates[t].swapaxes(0, 1)
        c = f * c + i * g
        h = o * np.tanh(c)
        Y[t], C[t] = h, c
    return Y, h, c, {"x": x, "h0": h0, "c0": c0, "Y": Y, "C": C, "gates": gates, "W_ih": W_ih, "W_hh": W_hh}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError(BRING)
    """; # END PROMPT


def lstm_backward(dY, dhT, dcT, cache):
    """Week 4. Returns a dict with keys dx, dh0, dc0, dW_ih, dW_hh, db_ih, db_hh, dH, dC."""
    # BEGIN SOLUTION NO PROMPT
    x, Y, C, W_ih, W_hh = cache["x"], cache["Y"], cache["C"], cache["W_ih"], cache["W_hh"]
    before, cells = np.concatenate([cache["h0"][None], Y[:-1]]), np.concatenate([cache["c0"][None], C[:-1]])
    dx, dH, dC, dW_ih, dW_hh, db = 0 * x, 0 * Y, 0 * C, 0 * W_ih, 0 * W_hh, np.zeros(len(W_hh))
    dh, dc = dhT, dcT
    for t in reversed(range(len(x))):
        i, f, g, o = cache["gates"][t].swapaxes(0, 1)
        shown = np.tanh(C[t])
        dH[t] = dY[t] + dh
        dC[t] = dc + dH[t] * o * (1 - shown**2)
        da_i, da_f = dC[t] * g * i * (1 - i), dC[t] * cells[t] * f * (1 - f)
        da_g, da_o = dC[t] * i * (1 - g**2), dH[t] * shown * o * (1 - o)
        da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
        dx[t], dh, dc = da @ W_ih, da @ W_hh, dC[t] * f
        dW_ih += da.T @ x[t]
        dW_hh += da.T @ before[t]
        db += da.sum(axis=0)
    grads = {"dx": dx, "dh0": dh, "dc0": dc, "dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db, "db_hh": db.copy()}
    return {**grads, "dH": dH, "dC": dC}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError(BRING)
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# **First, a guess.** Three fresh networks of 64 units read 100 steps of noise; the gates of the LSTM and of
# the GRU start half open. What share of the last state's gradient is left at the first state of each?

# %% tags=["otter_ignore"]
guess_left = {"RNN": None, "LSTM": None, "GRU": None}  # powers of ten, such as 1e-3

with np.load("flows.npz") as file:  # gradient norms relative to the last one, medians of 20 seeds
    flows = {name: file[name] for name in file}
fresh = {name.split(",")[0]: flows[name] for name in ("RNN", "LSTM, bias 0", "GRU, bias 0")}
gradtools.plot_flow(fresh, "Fresh from the start, all three forget", relative=True)
print("guess:   ", guess_left)
print("measured:", {name: float(f"{flow[0]:.0e}") for name, flow in fresh.items()})

# %% [markdown] editable=false deletable=false
# *What you should have seen.* All three lose some twenty orders or more: the two gated cells forget
# almost alike. What a bias can do about it, you will measure in q8.
#
# | letter | counts | name | shape |
# |---|---|---|---|
# | T, t | steps | `x`, `x_t` | (T, N, D), (N, D) |
# | N | samples | `h0`, `h_prev`, `h_t`; `Y` | (N, H); (T, N, H) |
# | D | inputs | `W_ih`, `W_hh` | (3H, D), (3H, H) |
# | H | units | `b_ih`, `b_hh` | (3H,) |
# | r, z | reset, update gate | `gates`: r, z, n, u | (N, 4, H) |
# | n, u | candidate, its recurrent part | a sequence's `gates` | (T, N, 4, H) |

# %% [markdown] editable=false deletable=false
# # Part 1 · The cell
#
# ## q1 · What a gate costs
#
# Every gate and every candidate needs a **block**: H rows of weights on the input, H rows on the state, and
# `n_bias` numbers a row (torch keeps 2, textbooks 1, some layers 0):
#
# $$\text{block} = H\,D + H\,H + n_\text{bias}\,H$$
#
# A tanh RNN is one block. An LSTM has three gates and one candidate, a GRU two gates and one candidate.
# Each block is also one matrix product a step, so work grows with them.
#
# `gru_savings` is the share of an LSTM's parameters that a GRU of the same D and H does without; their
# numbers of biases may differ.
#
# *Example.* D = 1, H = 2. With one bias in each, 24 against 32: savings 0.25. With two in the GRU, 30
# against 32: 0.0625.

# %% tags=["otter_answer_cell"]
def gru_savings(D, H, n_bias_gru, n_bias_lstm):
    """Share of the LSTM's parameters that the GRU saves.

    D: inputs.  H: units.  n_bias_gru, n_bias_lstm: biases a row, 0, 1 or 2.
    Returns a number, 0.25 for a quarter less.
    """
    # BEGIN SOLUTION NO PROMPT
    weights = H * D + H * H
    gru = 3 * (weights + n_bias_gru * H)
    lstm = 4 * (weights + n_bias_lstm * H)
    return 1 - gru / lstm
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: gru_savings")
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# (The check looks only at the form of the answers below; they are graded after you hand in.)
#
# `q1_gru` — parameters of a GRU with D = 256, H = 512: a list of three, with one bias a row, with torch's
# two, with none. `q1_rnn` — of a tanh RNN of that size: a list of two, with one bias and with two.
#
# `q1_keras` — the savings where the GRU keeps two biases a row and the LSTM one (a common library's
# default), at that size.
#
# `q1_table` — nine letters: **R** RNN, **L** LSTM, **G** GRU, **N** none of them.
#
# 1. one block
# 2. three blocks
# 3. four blocks
# 4. hands two states to the next step
# 5. two gates
# 6. no gate
# 7. least work a step
# 8. most parameters
# 9. keeps a gradient alive for 100 steps, however it is initialised

# %% tags=["otter_answer_cell"]
q1_gru = [1181184, 1182720, 1179648]  # SOLUTION
q1_rnn = [393728, 394240]  # SOLUTION
q1_keras = 0.24902  # SOLUTION
q1_table = "RGLLGRRLN"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    for biases in ((1, 1), (2, 1), (0, 0), (2, 2)):
        print(biases, gru_savings(1, 2, *biases), gru_savings(256, 512, *biases))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q1")

# %% [markdown]
# <details><summary>Hint 1</summary>Write out the shapes of all four arrays of a GRU and multiply.</details>
# <details><summary>Hint 2</summary>A bias belongs to a row. How many rows does one block have?</details>
# <details><summary>Hint 3</summary>For statement 9 look at the first figure again.</details>

# %% [markdown] editable=false deletable=false
# ## q2 · One step, two forms
#
# The update gate $z$ says how much of the old state stays, the reset gate $r$ how much of it the candidate
# $n$ may see. Blocks of rows come in the order r, z, n:
#
# $$n = \tanh(W_n x_t + b_{in} + r \odot u), \quad u = W_{hn} h_{t-1} + b_{hn},
# \qquad h_t = (1-z)\odot n + z\odot h_{t-1}$$
#
# with $r = \sigma(W_r x_t + b_{ir} + W_{hr} h_{t-1} + b_{hr})$, and $z$ likewise. So $z=1$ keeps. Here
# reset acts **after** the product. The paper's third version lets it act **before** (`reset_after=False`):
# $u = W_{hn}(r\odot h_{t-1}) + b_{hn}$ and $n=\tanh(W_n x_t + b_{in} + u)$. That is another function.
#
# *Example* (`step`, below). r = (0.75, 0.25), z = (0.8, 0.2), u = (0.4, 2), so r ⊙ u = (0.3, 0.5),
# n = (0.6, -0.8) and h = 0.2 · 0.6 + 0.8 · 0.5 = 0.52, then -0.84. With reset before: u = (0.9, 1.125), n =
# (0.8599, -0.4411), h = (0.5720, -0.5529).
#
# Some papers let $z=1$ *replace*: $h_t = z\odot n + (1-z)\odot h_{t-1}$. `flip_update_gate` turns weights
# trained so into weights that give the same states here. No division is needed: how does $\sigma(-a)$
# relate to $\sigma(a)$?

# %% tags=["otter_answer_cell"]
def gru_cell(x_t, h_prev, W_ih, W_hh, b_ih, b_hh, reset_after=True):
    """One step of a GRU.

    x_t (N, D), h_prev (N, H), W_ih (3H, D), W_hh (3H, H), b_ih (3H,), b_hh (3H,); blocks r, z, n.
    reset_after: whether the reset gate acts after the product with h_prev, or before it.
    Returns (h_t, gates): h_t (N, H); gates (N, 4, H) holds r, z, n and u, the recurrent part of n, with its
    bias; u is not yet multiplied by r where reset acts after.
    """
    # BEGIN SOLUTION NO PROMPT
    H = h_prev.shape[1]
    x_r, x_z, x_n = (x_t @ W_ih.T + b_ih).reshape(-1, 3, H).swapaxes(0, 1)  # (N, H) each
    W_hr, W_hz, W_hn = W_hh.reshape(3, H, H)
    b_hr, b_hz, b_hn = b_hh.reshape(3, H)
    r = sigmoid(x_r + h_prev @ W_hr.T + b_hr)
    z = sigmoid(x_z + h_prev @ W_hz.T + b_hz)
    if reset_after:
        u = h_prev @ W_hn.T + b_hn
        n = np.tanh(x_n + r * u)
    else:
        u = (r * h_prev) @ W_hn.T + b_hn
        n = np.tanh(x_n + u)
    h_t = (1 - z) * n + z * h_prev
    gates = np.stack([r, z, n, u], axis=1)
    return h_t, gates
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: gru_cell")
    """; # END PROMPT


def flip_update_gate(W_ih, W_hh, b_ih, b_hh):
    """Weights of a GRU in which z = 1 replaces, turned into weights in which z = 1 keeps.

    W_ih (3H, D), W_hh (3H, H), b_ih (3H,), b_hh (3H,); blocks in the order r, z, n.
    Returns new arrays (W_ih, W_hh, b_ih, b_hh) of the same shapes, which give the same states.
    """
    # BEGIN SOLUTION NO PROMPT
    H = W_hh.shape[1]
    sign = np.ones(3 * H)
    sign[H : 2 * H] = -1
    return sign[:, None] * W_ih, sign[:, None] * W_hh, sign * b_ih, sign * b_hh
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: flip_update_gate")
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# `q2_keep` — A page says: "when z is near 0, the old state passes unchanged."
# - **a** so it is in every GRU
# - **b** it is so in none
# - **c** it is so where z replaces; in torch and here the old state passes for z near 1
# - **d** it depends on r as well
#
# `q2_forms` — five letters: **A** reset after, **B** reset before.
#
# 1. the notation $W[r\odot h, x]$
# 2. a closed reset gate silences $b_{hn}$, too
# 3. one product `h_prev @ W_hh.T` serves all three blocks
# 4. the reset gate of the unit that *sends* counts
# 5. the reset gate of the unit that *receives* counts

# %% tags=["otter_answer_cell"]
q2_keep = "c"  # SOLUTION
q2_forms = "BAABA"  # SOLUTION

# %% tags=["otter_ignore"]
step = {"x_t": np.array([[2.0]]), "h_prev": np.array([[0.5, -1.0]]), "W_ih": np.full((6, 1), 0.5)}
step["W_hh"] = np.array([[1.0, 0.5], [2.0, -1.0], [-1.0, 1.0], [0.0, 2.0], [2.0, 1.0], [4.0, -0.5]])
step["b_hh"] = np.array([0.3, -0.2, 0.1, 0.4, 0.4, -0.5])
at_gates = np.log([3, 1 / 3, 4, 1 / 4, 2, 1 / 3])  # the arguments of σ and tanh; b_ih is what leads to them
step["b_ih"] = at_gates - np.array([1.3, 2.8, -0.4, -0.6, 1.3, 1.5])
with gradtools.waits():
    for after in (True, False):
        h_t, gates = gru_cell(**step, reset_after=after)
        print(f"reset {'after' if after else 'before'}: h_t {h_t.round(4)}, r, z, n, u:\n{gates[0].round(4)}")

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q2")

# %% [markdown]
# <details><summary>Hint 1</summary>In r and z all four terms are simply added. In n one of the two biases
# is multiplied by r. Which?</details>
# <details><summary>Hint 2</summary>W_hh's blocks are square. Take h_prev with a single 1 in it and look
# which weights come out: a row of a block, or a column?</details>
# <details><summary>Hint 3</summary>For the flip: which rows must change so that σ gives 1 - z where it gave
# z, and do all four arrays have such rows?</details>

# %% [markdown] editable=false deletable=false
# ## q3 · A sequence
#
# A step that is to be taken back needs a **cache**: a dict of what backward will look at. Y holds the
# states *after* each step, so the state before step t (counted from 0) is `Y[t - 1]`, and $h_0$ before the
# first:
#
# $$Y_t,\ \text{gates}_t = \text{cell}(x_t,\, Y_{t-1}), \qquad Y_{-1} := h_0,\quad h_T := Y_{T-1}$$
#
# (In Python `Y[-1]` is the last state: no row of Y is $h_0$.) Both functions pass `reset_after` on, and
# keep it in the cache, since the way back depends on it.
#
# *Example.* A GRU with all weights 0 and biases such that z = 0.5 and n = 0 halves its state at every step:
# from h0 = 0.8 it goes to Y = (0.4, 0.2, 0.1).

# %% tags=["otter_answer_cell"]
def gru_step_forward(x_t, h_prev, W_ih, W_hh, b_ih, b_hh, reset_after=True):
    """One step of a GRU, with a cache for the way back.

    Arguments as in gru_cell.
    Returns (h_t, cache): h_t (N, H); cache is a dict with keys x_t, h_prev, gates (N, 4, H), W_ih, W_hh,
    reset_after.
    """
    # BEGIN SOLUTION NO PROMPT
    h_t, gates = gru_cell(x_t, h_prev, W_ih, W_hh, b_ih, b_hh, reset_after)
    cache = {"x_t": x_t, "h_prev": h_prev, "gates": gates}
    cache |= {"W_ih": W_ih, "W_hh": W_hh}
    cache["reset_after"] = reset_after
    return h_t, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: gru_step_forward")
    """; # END PROMPT


def gru_forward(x, h0, W_ih, W_hh, b_ih, b_hh, reset_after=True):
    """A GRU over a whole sequence.

    x (T, N, D), h0 (N, H), W_ih (3H, D), W_hh (3H, H), b_ih (3H,), b_hh (3H,), reset_after: as in gru_cell.
    Returns (Y, hT, cache): Y (T, N, H) all states after h0; hT (N, H) the last one; cache is a dict with keys
    x, h0, Y, gates (T, N, 4, H), W_ih, W_hh, reset_after.
    """
    # BEGIN SOLUTION NO PROMPT
    T, N = x.shape[:2]
    H = W_hh.shape[1]
    Y = np.zeros((T, N, H))
    gates = np.zeros((T, N, 4, H))
    h = h0
    for t in range(T):
        h, gates[t] = gru_cell(x[t], h, W_ih, W_hh, b_ih, b_hh, reset_after)
        Y[t] = h
    cache = {"x": x, "h0": h0, "Y": Y, "gates": gates}
    cache |= {"W_ih": W_ih, "W_hh": W_hh, "reset_after": reset_after}
    return Y, h, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: gru_forward")
    """; # END PROMPT

# %% tags=["otter_ignore"]
with np.load("oracle.npz") as file:  # a small network run by torch.nn.GRU, and its gradients by autograd
    torch = {name.split("/")[-1]: file[name] for name in file}
arguments = [torch[name] for name in ("x", "h0", "W_ih", "W_hh", "b_ih", "b_hh")]
with gradtools.waits():
    print("against torch:", np.abs(gru_forward(*arguments)[0] - torch["Y"]).max())
    before = gru_forward(*arguments, reset_after=False)[0]
    print("reset before: the states move by up to", np.abs(before - torch["Y"]).max().round(2))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q3")

# %% [markdown]
# <details><summary>Hint 1</summary>Which variable must be different at every step, and who changes
# it?</details>
# <details><summary>Hint 2</summary>Call your gru_cell by hand from row 0 of Y and compare with row
# 1.</details>
# <details><summary>Hint 3</summary>Run it once with reset_after=False. Does anything change? And what does
# the cache say about it?</details>

# %% [markdown] editable=false deletable=false
# ## q4 · An LSTM with tied gates
#
# "A GRU is an LSTM whose input gate is one minus its forget gate, whose output gate is open, and whose cell
# is its state." Put it to the test. Build that LSTM from a GRU's weights `net`, without a reset gate (the
# rows of r go unused):
#
# $$z = \sigma(a_z), \quad g = \tanh(a_n), \quad c_t = z \odot c_{t-1} + (1-z)\odot g,
# \qquad h_t = \tanh(c_t)\ \text{ or }\ c_t$$
#
# with $a = W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh}$ and $c_0 = h_0$. `readout_tanh` says whether
# $h_t$ is $\tanh(c_t)$, as an LSTM with an open output gate shows it, or $c_t$ itself. The gates read $h$,
# the cell remembers $c$.
#
# *Example.* All weights 0, $b_{ih}$ such that z = 0.75 and g = 0.6, h0 = 0.2: c = (0.3, 0.375, …), and with
# the read-out h = (0.2913, 0.3584, …).

# %% tags=["otter_answer_cell"]
def tied_lstm_forward(x, h0, net, readout_tanh):
    """An LSTM with forget gate z, input gate 1 - z and an open output gate, from a GRU's weights.

    x (T, N, D), h0 (N, H): first state, and first cell too.  net: dict with keys W_ih (3H, D), W_hh (3H, H),
    b_ih (3H,), b_hh (3H,); blocks in the order r, z, n, the first one unused.  readout_tanh: True or False.
    Returns (T, N, H): all states after h0.
    """
    # BEGIN SOLUTION NO PROMPT
    H = h0.shape[1]
    Y = []
    c = h0
    h = h0
    for x_t in x:
        a = x_t @ net["W_ih"].T + net["b_ih"] + h @ net["W_hh"].T + net["b_hh"]
        _, a_z, a_n = a.reshape(-1, 3, H).swapaxes(0, 1)
        z = sigmoid(a_z)
        g = np.tanh(a_n)
        c = z * c + (1 - z) * g
        h = np.tanh(c) if readout_tanh else c
        Y.append(h)
    return np.array(Y)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: tied_lstm_forward")
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# `q4_pair` — LSTM against GRU: seven letters, **T** true, **F** false.
#
# 1. the LSTM has three gates and one candidate
# 2. the GRU has two gates and one candidate
# 3. the GRU carries one state, the LSTM two
# 4. "4 gates against 2" counts both cells by one rule
# 5. with equal biases a row, the GRU has exactly a quarter fewer parameters
# 6. that both perform equally well follows from their equations
# 7. the GRU's update gate does the work of the LSTM's forget and input gates

# %% tags=["otter_answer_cell"]
q4_pair = "TTTFTFT"  # SOLUTION

# %% tags=["otter_ignore"]
still = {"W_ih": np.zeros((3, 1)), "W_hh": np.zeros((3, 1)), "b_hh": np.zeros(3)}
still["b_ih"] = np.log([1.0, 3.0, 2.0])  # z = 0.75 and g = 0.6
with gradtools.waits():
    for readout in (False, True):
        print(tied_lstm_forward(np.zeros((2, 1, 1)), np.array([[0.2]]), still, readout).ravel().round(4))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q4")

# %% [markdown]
# <details><summary>Hint 1</summary>Two things are carried from step to step. Which of them goes into the
# matrix product?</details>
# <details><summary>Hint 2</summary>If readout_tanh is True, does tanh belong into the memory, or only to
# what is shown of it?</details>
# <details><summary>Hint 3</summary>With z = 1 nothing should ever change. With z = 0, what
# remains?</details>

# %% tags=["otter_ignore"]
guess_tied = None  # which of the three lines of the figure below is zero?

rng = np.random.default_rng(4)
net = {"W_ih": rng.standard_normal((48, 4)), "W_hh": 0.3 * rng.standard_normal((48, 16))}
net |= {"b_ih": np.zeros(48), "b_hh": np.zeros(48)}
x, h0 = rng.standard_normal((30, 1, 4)), 0.5 * rng.standard_normal((1, 16))
open_reset = net | {"b_ih": np.repeat([40.0, 0.0, 0.0], 16)}  # σ(40) is 1 in float64: r = 1 throughout
with gradtools.waits():
    always, live = gru_forward(x, h0, **open_reset)[0], gru_forward(x, h0, **net)[0]
    tied, shown = tied_lstm_forward(x, h0, net, False), tied_lstm_forward(x, h0, net, True)
    pairs = {"tied LSTM, r = 1": tied - always, "with tanh at its output": shown - always}
    pairs["live reset gate"] = tied - live
    distances = {name: np.abs(pair).max(axis=(1, 2)) for name, pair in pairs.items()}
    figures_compare.plot_distances(distances)
    print("guess:", guess_tied, "  measured:", {name: f"{d.max():.1g}" for name, d in distances.items()})

# %% [markdown] editable=false deletable=false
# *What you should have seen.* The sentence holds to the last digit with the reset gate held open *and*
# without the tanh at the output. Give either back, and the states differ in their first digit.
#
# # Part 2 · Back
#
# ## q5 · One step back
#
# Follow q2's equations backward, from $h_t$ to the three pre-activations $a_r, a_z, a_n$:
#
# $$dn = dh_t\odot(1-z), \quad dz = dh_t\odot(h_{t-1}-n),
# \quad da_n = dn\odot(1-n^2), \quad dr = da_n \odot u$$
#
# $da_r$ and $da_z$ follow through $\sigma' = \sigma(1-\sigma)$. The products see **two** arrays: the
# input's product gets $(da_r, da_z, da_n)$, the state's product gets $(da_r, da_z, du)$ with
# $du = da_n\odot r$. So `db_ih` and `db_hh` differ in the rows of n. To `dh_prev` comes the direct path
# $dh_t\odot z$.
#
# With reset *before*, $du = da_n$; it goes through $W_{hn}$ to the product $r\odot h_{t-1}$, and from there
# to $r$ and to $h_{t-1}$. (Two points hang on this form here and one in q6; write the other one first.)
#
# *Example.* The gates of q2's example, `dh_t = (1, -1)`: dn = (0.2, -0.8), da_n = (0.128, -0.288), da_z =
# (-0.016, 0.032), da_r = (0.0096, -0.108), du = (0.096, -0.072). So `db_ih` ends in (0.128, -0.288),
# `db_hh` in (0.096, -0.072).

# %% tags=["otter_answer_cell"]
def gru_step_backward(dh_t, cache):
    """Backward through one step.

    dh_t (N, H): gradient of the loss at h_t.  cache: dict with keys x_t (N, D), h_prev (N, H),
    gates (N, 4, H), W_ih (3H, D), W_hh (3H, H), reset_after, as gru_step_forward returns it.
    Returns a dict with keys dx_t, dh_prev, dW_ih, dW_hh, db_ih, db_hh, each shaped like its forward twin.
    """
    # BEGIN SOLUTION NO PROMPT
    x_t, h_prev, W_ih, W_hh = (cache[key] for key in ("x_t", "h_prev", "W_ih", "W_hh"))
    r, z, n, u = (cache["gates"][:, block] for block in range(4))  # (N, H) each
    H = h_prev.shape[1]
    W_hr, W_hz, W_hn = W_hh.reshape(3, H, H)
    dn = dh_t * (1 - z)
    dz = dh_t * (h_prev - n)
    da_n = dn * (1 - n**2)
    da_z = dz * z * (1 - z)
    if cache["reset_after"]:
        du = da_n * r
        dr = da_n * u
        dh_candidate = du @ W_hn
        dW_hn = du.T @ h_prev
    else:
        du = da_n
        dgated = du @ W_hn  # gradient at r * h_prev
        dr = dgated * h_prev
        dh_candidate = dgated * r
        dW_hn = du.T @ (r * h_prev)
    da_r = dr * r * (1 - r)
    da_input = np.concatenate([da_r, da_z, da_n], axis=1)  # (N, 3H)
    da_state = np.concatenate([da_r, da_z, du], axis=1)
    dx_t = da_input @ W_ih
    dh_gates = da_r @ W_hr + da_z @ W_hz
    dh_prev = dh_t * z + dh_gates + dh_candidate
    dW_ih = da_input.T @ x_t
    dW_hr, dW_hz = da_r.T @ h_prev, da_z.T @ h_prev
    dW_hh = np.concatenate([dW_hr, dW_hz, dW_hn])
    db_ih = da_input.sum(axis=0)
    db_hh = da_state.sum(axis=0)
    return {"dx_t": dx_t, "dh_prev": dh_prev, "dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db_ih, "db_hh": db_hh}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q5: gru_step_backward")
    """; # END PROMPT

# %% tags=["otter_ignore"]
example = {name: step[name] for name in ("x_t", "h_prev", "W_ih", "W_hh")} | {"reset_after": True}
example["gates"] = np.array([[[0.75, 0.25], [0.8, 0.2], [0.6, -0.8], [0.4, 2.0]]])
with gradtools.waits():
    for name, gradient in gru_step_backward(np.array([[1.0, -1.0]]), example).items():
        print(name, gradient.round(4).tolist())

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q5")

# %% [markdown]
# <details><summary>Hint 1</summary>h_prev enters the forward step at how many places? As many terms has
# dh_prev.</details>
# <details><summary>Hint 2</summary>The same candidate pre-activation is reached by the input directly and
# by the state through a gate. In which of the two does that gate stand in the gradient?</details>
# <details><summary>Hint 3</summary>All three blocks of W_hh are square, so no error will tell you of a
# stray `.T`. Check one entry of dW_hh by hand: who sends, who receives?</details>

# %% [markdown] editable=false deletable=false
# ## q6 · All the way back
#
# From the last step to the first: the loss reads $h_t$ directly (`dY[t]`), and the next step reads it, too.
#
# $$dH_t = dY_t + dh_t^{\,\text{from step } t+1}, \qquad \text{beyond the last step: the given } dh_T$$
#
# `dH (T, N, H)` is the total gradient at every state: what q8 will follow through time. Weights serve all
# steps, so their gradients are sums over steps and samples.
#
# *Example.* T = 2, all sizes 1, all weights 0: every gradient but the direct path's ends at the gates. With
# z = (0.5, 0.25), `dY = (1, 2)` and `dhT = 2`, dH is (1 + 0.25 · 4, 2 + 2) = (2, 4), and `dh0` = 0.5 · 2 =
# 1.
#
# The cell below the stub compares with torch; `gradtools.locate` tells which step and which gate is off.

# %% tags=["otter_answer_cell"]
def gru_backward(dY, dhT, cache):
    """Backpropagation through time for a GRU.

    dY (T, N, H): gradient of the loss at every state, as far as the loss reads it directly.
    dhT (N, H): a further gradient at the last state.
    cache: dict with keys x (T, N, D), h0 (N, H), Y (T, N, H), gates (T, N, 4, H), W_ih (3H, D), W_hh (3H, H),
    reset_after, as gru_forward returns it.
    Returns a dict with keys dx, dh0, dW_ih, dW_hh, db_ih, db_hh, each shaped like its forward twin, and
    dH (T, N, H), the total gradient at every state.
    """
    # BEGIN SOLUTION NO PROMPT
    x, h0, Y = cache["x"], cache["h0"], cache["Y"]
    fixed = {name: cache[name] for name in ("W_ih", "W_hh", "reset_after")}
    T = len(x)
    dx, dH = np.zeros_like(x), np.zeros_like(Y)
    dW_ih, dW_hh = np.zeros_like(fixed["W_ih"]), np.zeros_like(fixed["W_hh"])
    db_ih, db_hh = np.zeros(len(dW_ih)), np.zeros(len(dW_hh))
    dh_next = dhT
    for t in reversed(range(T)):
        dh = dY[t] + dh_next
        dH[t] = dh
        h_prev = Y[t - 1] if t > 0 else h0
        grads = gru_step_backward(dh, {"x_t": x[t], "h_prev": h_prev, "gates": cache["gates"][t], **fixed})
        dx[t] = grads["dx_t"]
        dh_next = grads["dh_prev"]
        dW_ih += grads["dW_ih"]
        dW_hh += grads["dW_hh"]
        db_ih += grads["db_ih"]
        db_hh += grads["db_hh"]
    dh0 = dh_next
    return {"dx": dx, "dh0": dh0, "dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db_ih, "db_hh": db_hh, "dH": dH}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q6: gru_backward")
    """; # END PROMPT

# %% tags=["otter_ignore"]
saved = {name: torch[name] for name in ("x", "h0", "Y", "gates", "W_ih", "W_hh")} | {"reset_after": True}
with gradtools.waits():
    grads = gru_backward(torch["dY"], torch["dhT"], saved)
    print({name: float(np.abs(np.asarray(grads[name]) - torch[name]).max()) for name in grads})
    gradtools.locate(gru_forward, gru_backward, "rzn")

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q6")

# %% [markdown]
# <details><summary>Hint 1</summary>Draw h_1, h_2, h_3 with an arrow for every use of h_2. What comes back
# along each arrow?</details>
# <details><summary>Hint 2</summary>What does one step hand to the step before it, and where is it
# added?</details>
# <details><summary>Hint 3</summary>Which state is h_prev at t = 0, and where does the very last dh_prev
# belong?</details>

# %% [markdown] editable=false deletable=false
# ## q7★ · One step's Jacobian
#
# For one sample, ask each new unit how it hears of each old one (reset acts after). There are four ways:
#
# $$J = \mathrm{diag}(z) + \text{through } z + \text{through } u + \text{through } r,
# \qquad J[i,j] = \frac{\partial h_t[i]}{\partial h_{t-1}[j]}$$
#
# The last three each have one block of $W_{hh}$ in them, with its rows scaled by derivatives of unit $i$.
# As with tanh, row $i$ belongs to the unit that receives. "When z is near 1 the old state passes" speaks of
# the first term alone.
#
# *Example.* The gates and weights of q2's example, h_prev = (0.5, -1): J = [[1.0176, 0.0848], [0.5040,
# -0.0080]]. Without the first term it would be [[0.2176, 0.0848], [0.504, -0.208]].

# %% tags=["otter_answer_cell"]
def gru_jacobian(h_prev, gates, W_hh):
    """Jacobian of one GRU step with respect to the state before it, for one sample; reset acts after.

    h_prev (H,): state before.  gates (4, H): r, z, n, u.  W_hh (3H, H), blocks in the order r, z, n.
    Returns J (H, H), J[i, j] = d h_t[i] / d h_{t-1}[j].
    """
    # BEGIN SOLUTION NO PROMPT
    r, z, n, u = gates
    W_hr, W_hz, W_hn = np.split(W_hh, 3)  # (H, H) each
    direct = np.diag(z)
    at_z = (h_prev - n) * z * (1 - z)
    at_n = (1 - z) * (1 - n**2)
    at_r = at_n * u * r * (1 - r)
    through_z = at_z[:, None] * W_hz
    through_u = (at_n * r)[:, None] * W_hn
    through_r = at_r[:, None] * W_hr
    return direct + through_z + through_u + through_r
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: gru_jacobian")
    """; # END PROMPT

# %% tags=["otter_ignore"]
with gradtools.waits():
    print(gru_jacobian(step["h_prev"][0], example["gates"][0], step["W_hh"]))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q7")

# %% [markdown]
# <details><summary>Hint 1</summary>Differentiate h_t = (1 - z) n + z h_prev by the product rule first, with
# z and n as functions of h_prev.</details>
# <details><summary>Hint 2</summary>r and u both depend on h_prev. How many terms does the derivative of r ·
# u have?</details>
# <details><summary>Hint 3</summary>`v @ J` must be q5's dh_prev for dh_t = v. Try it.</details>

# %% tags=["otter_ignore"]
guess_path = None  # bias 6: is the full derivative over 50 steps larger or smaller than its direct path?

rng, biases = np.random.default_rng(7), np.arange(-2.0, 7.0)
base = {"W_ih": rng.standard_normal((48, 4)), "W_hh": 0.5 * rng.standard_normal((48, 16))}
base["b_hh"] = np.zeros(48)
x, h0 = rng.standard_normal((50, 1, 4)), np.zeros((1, 16))
with gradtools.waits():
    direct, full = [], []
    for bias in biases:
        cache = gru_forward(x, h0, b_ih=np.repeat([0.0, bias, 0.0], 16), **base)[2]
        before, P = np.concatenate([h0, cache["Y"][:-1, 0]]), np.eye(16)
        for t in range(50):
            P = gru_jacobian(before[t], cache["gates"][t, 0], base["W_hh"]) @ P
        direct.append(np.prod(cache["gates"][:, 0, 1], axis=0).max())
        full.append(np.linalg.norm(P, 2))
    figures_compare.plot_paths(biases, direct, full)
    print(f"guess: {guess_path}   measured: direct {direct[-1]:.2g}, full {full[-1]:.2g}")

# %% [markdown] editable=false deletable=false
# *What you should have seen.* With a low bias the other three ways carry far more than the direct path. A
# high bias opens it; only then do both agree in size.
#
# # Part 3 · Comparison
#
# From here on a cell is chosen by its name. The next cell is plumbing and given; it uses your GRU, and your
# earlier functions where you brought them.

# %% editable=false deletable=false
def run_cell(kind, x, net):
    """Last state (N, H) of a cell that starts from zeros, and its cache. kind: "rnn", "lstm" or "gru"."""
    start = np.zeros((x.shape[1], net["W_hh"].shape[1]))
    if kind == "lstm":
        _, hT, _, cache = lstm_forward(x, start, start, **net)
    else:
        _, hT, cache = (rnn_forward if kind == "rnn" else gru_forward)(x, start, **net)
    return hT, cache


def back_through(kind, T, dhT, cache):
    """All gradients, as its backward function returns them, of a loss that reads the last state alone."""
    dY = np.zeros((T, *dhT.shape))
    if kind == "lstm":
        return lstm_backward(dY, dhT, np.zeros(dhT.shape), cache)
    return (rnn_backward if kind == "rnn" else gru_backward)(dY, dhT, cache)


def adam(params, grads, memory, lr=0.01):
    """New parameters after one step of Adam. grads: "dw" for "w", and so on.  memory: a dict, at first {}."""
    count = memory["count"] = memory.get("count", 0) + 1
    new = {}
    for name, value in params.items():
        mean, square = memory.get(name, (0.0, 0.0))
        mean = 0.9 * mean + 0.1 * grads["d" + name]
        square = 0.999 * square + 0.001 * grads["d" + name] ** 2
        memory[name] = mean, square
        new[name] = value - lr * mean / (1 - 0.9**count) / (np.sqrt(square / (1 - 0.999**count)) + 1e-8)
    return new


def clipped(grads, max_norm):
    """The same dict, clipped by your clip_by_global_norm; unchanged where max_norm is None."""
    if max_norm is None:
        return grads
    return dict(zip(grads, clip_by_global_norm(list(grads.values()), max_norm)[0], strict=True))

# %% [markdown] editable=false deletable=false
# ## q8 · How far
#
# A fair comparison needs equal starts. `init_cell` draws from `np.random.default_rng(seed)`, uniformly
# between $-1/\sqrt H$ and $1/\sqrt H$: `W_ih`, `W_hh`, `b_ih`, `b_hh`, in this order. Then it opens the
# gate that keeps, the LSTM's forget gate or the GRU's update gate; both are the *second* block:
#
# $$b_{ih}[\text{second block}] = \text{gate bias}, \qquad b_{hh}[\text{second block}] = 0$$
#
# An RNN has one block and ignores the bias. `gradient_flow` feeds noise, `x` of shape (T, 1, D), standard
# normal, drawn from `np.random.default_rng(10_000 + seed)`, so that all kinds read the same. With the loss
# $L = \sum_i h_T[i]$ it returns $\lVert \partial L/\partial h_t\rVert$ for t = 1 … T: the root of the sum
# of squares of `dH` at each step.
#
# `plot_flow` draws such curves, and `compare` is for the sliders: `gradient_flow` with H = 32, D = 8, seed
# 0, divided by its last norm.
#
# *Example.* The last norm is always $\sqrt H$; with `gate_bias = 40` a GRU's z is 1 and all norms are
# $\sqrt H$.

# %% tags=["otter_answer_cell"]
def init_cell(kind, D, H, gate_bias, seed):
    """Parameters of a fresh cell, drawn in the order that the text gives.

    kind: "rnn" (1 block), "lstm" (4 blocks i, f, g, o) or "gru" (3 blocks r, z, n).  D: inputs.  H: units.
    gate_bias: what b_ih + b_hh is in the second block.  seed: whole number.
    Returns a dict: W_ih (blocks · H, D), W_hh (blocks · H, H), b_ih (blocks · H,), b_hh (blocks · H,).
    """
    # BEGIN SOLUTION NO PROMPT
    blocks = {"rnn": 1, "lstm": 4, "gru": 3}[kind]
    rng = np.random.default_rng(seed)
    k = 1 / np.sqrt(H)
    W_ih = rng.uniform(-k, k, (blocks * H, D))
    W_hh = rng.uniform(-k, k, (blocks * H, H))
    b_ih = rng.uniform(-k, k, blocks * H)
    b_hh = rng.uniform(-k, k, blocks * H)
    if kind != "rnn":
        b_ih[H : 2 * H] = gate_bias
        b_hh[H : 2 * H] = 0.0
    return {"W_ih": W_ih, "W_hh": W_hh, "b_ih": b_ih, "b_hh": b_hh}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: init_cell")
    """; # END PROMPT


def gradient_flow(kind, T, H, D, gate_bias, seed):
    """Norm of the total gradient at every state of a fresh cell; the loss is the sum of the last state.

    kind: "rnn", "lstm" or "gru"; use run_cell and back_through.  T, H, D, seed: whole numbers.
    Returns (T,): entry t - 1 is the norm of dL/dh_t.
    """
    # BEGIN SOLUTION NO PROMPT
    net = init_cell(kind, D, H, gate_bias, seed)
    x = np.random.default_rng(10_000 + seed).standard_normal((T, 1, D))
    hT, cache = run_cell(kind, x, net)
    grads = back_through(kind, T, np.ones_like(hT), cache)
    squares = (grads["dH"] ** 2).sum(axis=(1, 2))
    return np.sqrt(squares)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: gradient_flow")
    """; # END PROMPT


def plot_flow(norms):
    """Gradient norms of several cells against the number of steps back from the last state.

    norms: dict from a label, such as "LSTM, bias 1", to its norms (T,) in the order of time.
    Returns the Axes: a line for each, 0 steps back being the last norm; logarithmic y; a title and a label on
    each axis.
    """
    import matplotlib.pyplot as plt

    # BEGIN SOLUTION NO PROMPT
    _, ax = plt.subplots()
    for label, values in norms.items():
        back = np.arange(len(values))
        ax.plot(back, values[::-1], label=label)
    ax.set_yscale("log")
    ax.set(title="Gradient norm on its way back", xlabel="steps back from the last state", ylabel="norm")
    ax.legend()
    return ax
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: plot_flow")
    """; # END PROMPT


def compare(kind, T, gate_bias):
    """gradient_flow of that cell with H = 32, D = 8, seed 0, relative to its last norm.

    Returns (T,); the last entry is 1.
    """
    # BEGIN SOLUTION NO PROMPT
    norms = gradient_flow(kind, T, 32, 8, gate_bias, 0)
    return norms / norms[-1]
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: compare")
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# `q8_path` — LSTM, GRU, residual networks and Transformers share a design. Which sentence says it rightly?
# - **a** every factor of their Jacobians is 1
# - **b** the new state is the old one, perhaps gated entry by entry, *plus* something: one path back meets
#   no weight matrix
# - **c** their path back is not multiplicative: nothing is multiplied on the way
# - **d** with such a path clipping is no longer needed

# %% tags=["otter_answer_cell"]
q8_path = "b"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    print({bias: round(float(sigmoid(bias)), 4) for bias in (0, 1, 5)})
    print(gradient_flow("gru", 5, 9, 2, 40.0, 1), gradient_flow("gru", 5, 9, 2, 0.0, 1).round(3))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q8")

# %% [markdown]
# <details><summary>Hint 1</summary>One generator draws all four arrays, one after the other. What would
# happen if you made a new one for each?</details>
# <details><summary>Hint 2</summary>Two biases are added in every row. What must each of them hold so that
# the sum is the gate bias?</details>
# <details><summary>Hint 3</summary>In the plot, which entry of an array of norms belongs at x =
# 0?</details>

# %% tags=["otter_ignore"]
guess_bias = None  # GRU, 100 steps: how many orders of magnitude does a bias of 5 instead of 0 bring?

with gradtools.waits():
    mine = {f"GRU, bias {bias}": gradient_flow("gru", 100, 64, 8, float(bias), 0) for bias in (0, 5)}
    plot_flow(mine)
    shut, wide = (norms[0] / norms[-1] for norms in mine.values())
    print(f"guess: {guess_bias}   measured: {np.log10(wide / shut):.1f}")
    for kind in figures_compare.available(compare, ["rnn", "lstm"]):  # those that you brought
        norms = gradient_flow(kind, 100, 64, 8, 0.0, 0)
        print(f"your {kind}, bias 0: {norms[0] / norms[-1]:.0e} is left")

# %% tags=["otter_ignore"]
figures_compare.plot_compare(flows);  # medians of 20 seeds, made by our own functions

# %% tags=["otter_ignore"]
with gradtools.waits():
    kinds = figures_compare.available(compare, ["lstm", "gru", "rnn"])
    settings = [{"kind": kinds[0], "T": 50, "gate_bias": bias} for bias in (0.0, 2.0, 5.0)]
    controls = {"kind": kinds, "T": (10, 100, 1), "gate_bias": (-2.0, 6.0, 0.5)}
    gradtools.explore(compare, figures_compare.draw_flow, settings, controls, ylim=(1e-24, 1e2))

# %% [markdown] editable=false deletable=false
# *What you should have seen.* GRU and LSTM differ by one order, the biases 0 and 5 by twenty. At 0 the
# gates stand at 0.5, and nothing passes by default; at 5 they stand at 0.993. "An LSTM keeps ten thousand
# times more" is a statement about a bias.
#
# ## q9 · Attention
#
# A recurrent path from step $t-n$ to step $t$ multiplies $n$ Jacobians. Attention goes there at once: with
# $q_t = W_Q x_t$, $k_j = W_K x_j$, $v_j = W_V x_j$ and n rows $x_j$ of `X`,
#
# $$o_t = \sum_j \alpha_{tj} v_j, \qquad \alpha_t = \mathrm{softmax}_j
# \!\left(\frac{q_t\cdot k_j}{\sqrt d}\right)$$
#
# Every position may look at all others; nothing is masked. `path_length` counts the factors that a gradient
# meets over a distance of n steps within one layer, for "rnn", "lstm", "gru" and "transformer". It counts,
# it does not weigh: a single factor may be tiny.
#
# *Example.* d = 1, X = (0, ln 4, 0), all three weights 1, t = 1: scores (0, (ln 4)², 0) = (0, 1.9218, 0), α
# = (0.1132, 0.7736, 0.1132), o = 1.0724. For t = 0 the query is 0 and α uniform: o = ln 4 / 3 = 0.4621.

# %% tags=["otter_answer_cell"]
def attention(X, WQ, WK, WV, t):
    """Output of one attention head at position t (counted from 0).

    X (n, d): one row a position.  WQ, WK, WV (d, d): a query is WQ @ x, keys and values likewise.
    Returns (o, alpha): o (d,); alpha (n,), the weights of all positions.
    """
    # BEGIN SOLUTION NO PROMPT
    q = WQ @ X[t]
    keys = X @ WK.T
    values = X @ WV.T
    scores = keys @ q / np.sqrt(X.shape[1])
    weights = np.exp(scores - scores.max())
    alpha = weights / weights.sum()
    o = alpha @ values
    return o, alpha
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q9: attention")
    """; # END PROMPT


def path_length(arch, n):
    """Number of factors on a gradient's path over a distance of n steps, within one layer.

    arch: "rnn", "lstm", "gru" or "transformer".  n: whole number, n >= 1.  Returns a whole number.
    """
    # BEGIN SOLUTION NO PROMPT
    if arch == "transformer":
        return 1
    return n
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q9: path_length")
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# `q9_alpha`, `q9_gate`, `q9_rnn` — Over 100 steps: the weight of one position, if attention is uniform over
# n = 100; a gate of 0.99 to the power of 100; a factor 0.9 to the power of 100.
#
# `q9_why` — Transformers replaced RNNs for most language tasks, not everywhere. All letters that are right,
# in one text such as "ab":
# - **a** within a layer any two positions are one step apart
# - **b** all positions can be trained at once, a recurrent state only one after the other
# - **c** a weight α is always larger than a product of gates
# - **d** a small device that reads an endless stream: an LSTM's memory does not grow
# - **e** a strictly ordered series: order is built into an LSTM, attention must be told positions
# - **f** the gradient through attention arrives at its full size
# - **g** either kind reads words as learned vectors; a product with a one-hot vector only picks a column

# %% tags=["otter_answer_cell"]
q9_alpha = 0.01  # SOLUTION
q9_gate = 0.36603  # SOLUTION
q9_rnn = 2.6561e-5  # SOLUTION
q9_why = "abdeg"  # SOLUTION

# %% tags=["otter_ignore"]
X, one = np.log([[1.0], [4.0], [1.0]]), np.eye(1)
with gradtools.waits():
    for t in (1, 0):
        print(attention(X, one, one, one, t))
    print({arch: path_length(arch, 100) for arch in ("rnn", "lstm", "gru", "transformer")})

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q9")

# %% [markdown]
# <details><summary>Hint 1</summary>Over which index does the softmax run, and so what must sum to
# 1?</details>
# <details><summary>Hint 2</summary>X holds one position a row, a weight matrix multiplies columns. Which of
# WK and WK.T belongs in X @ …?</details>
# <details><summary>Hint 3</summary>Subtract the largest score before exp. Why may you?</details>

# %% [markdown] editable=false deletable=false
# ## q10★ · Attention's Jacobian
#
# A page writes $\partial o_t/\partial x_k = \alpha_{tk} W_V$. That is half of it: for $k\ne t$, moving
# $x_k$ also moves the **score** of k, and through the softmax all weights.
#
# $$\frac{\partial o_t}{\partial x_k} = \alpha_{tk}
# \left[\,W_V + (v_k - o_t)\left(\frac{\partial s_k}{\partial x_k}\right)^{\!\top}\right],
# \qquad s_k = \frac{q_t\cdot k_k}{\sqrt d}$$
#
# What $\partial s_k/\partial x_k$ is, a vector of length d, you find yourself. The bracket's second part is
# an outer product: rows belong to the output. (For $k=t$ the query moves, too; that is not asked.)
#
# *Example.* q9's numbers, t = 1, k = 0: the bracket is 1 + (0 - 1.0724) · ln 4 = -0.4867, so the Jacobian
# is -0.0551, where the page's formula says 0.1132: not even the sign is right.

# %% tags=["otter_answer_cell"]
def attention_jacobian(X, WQ, WK, WV, t, k):
    """Jacobian of attention's output at t with respect to the input at another position k.

    X (n, d), WQ, WK, WV (d, d).  t, k: positions, k != t.
    Returns J (d, d), J[i, j] = d o_t[i] / d X[k, j].
    """
    # BEGIN SOLUTION NO PROMPT
    o, alpha = attention(X, WQ, WK, WV, t)
    q = WQ @ X[t]
    v_k = WV @ X[k]
    score_slope = WK.T @ q / np.sqrt(X.shape[1])  # (d,)
    bracket = WV + np.outer(v_k - o, score_slope)
    return alpha[k] * bracket
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q10: attention_jacobian")
    """; # END PROMPT

# %% tags=["otter_ignore"]
with gradtools.waits():
    print(attention_jacobian(X, one, one, one, 1, 0), attention(X, one, one, one, 1)[1][0])

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q10")

# %% [markdown]
# <details><summary>Hint 1</summary>Write the score as a dot product of x_k with one vector that does not
# depend on x_k.</details>
# <details><summary>Hint 2</summary>What is the derivative of softmax's weight j with respect to score k,
# for j = k and for j ≠ k? The bracket's v_k - o_t is what remains of both.</details>
# <details><summary>Hint 3</summary>Compare with central differences of your own attention, one column at a
# time: which axis of J does a moved X[k, j] fill?</details>

# %% tags=["otter_ignore"]
rng = np.random.default_rng(10)
X, (WQ, WK, WV) = rng.standard_normal((100, 8)), rng.standard_normal((3, 8, 8)) / 8**0.5
with gradtools.waits():
    sharpness, value, whole = np.linspace(0, 8, 17), [], []
    for sharp in sharpness:  # the median over all other positions
        alpha = attention(X, sharp * WQ, WK, WV, 99)[1]
        value.append(np.median(alpha[:99]) * np.linalg.norm(WV, 2))
        jacobians = [attention_jacobian(X, sharp * WQ, WK, WV, 99, k) for k in range(99)]
        whole.append(np.median(np.linalg.norm(jacobians, 2, axis=(1, 2))))
    figures_compare.plot_attention(sharpness, value, whole)

# %% [markdown] editable=false deletable=false
# ## q11 · One bit to remember
#
# Do gradients that arrive make a network learn? The smallest test: one bit, shown at the first step, must
# be told after the last. `recall_batch` draws from `np.random.default_rng(seed)` first `y` with
# `integers(0, 2, N)`, then noise, 0.3 times `standard_normal((T, N))`. Channel 0 of `x` is $2y-1$ at the
# first step and 0 later; channel 1 is the noise.
#
# The network says $\ell = h_T \cdot w$ for each sample, and pays
#
# $$\text{loss} = \frac1N\sum_n \log\!\left(1 + e^{-(2y_n-1)\,\ell_n}\right),
# \qquad \frac{\partial\,\text{loss}}{\partial \ell_n} = \frac{\sigma(\ell_n) - y_n}{N}$$
#
# Guessing costs ln 2 = 0.693. (The mean is part of the loss, so the 1/N stands in its gradient, once; your
# backward goes on summing.) `np.logaddexp(0, a)` is $\log(1+e^a)$ without overflow.
#
# `train_recall` starts from `init_cell(kind, 2, 16, gate_bias, seed)` and `w = np.full(16, 0.25)`. In step
# s = 0, 1, … it draws `recall_batch(1000 * seed + s, 32, T)`, notes the loss, and moves all five
# parameters, the cell's four and w, by `adam(params, clipped(grads, max_norm), memory)`.
#
# *Example.* hT = [[0.5, -1], [1, 0]], w = (ln 3, ln 3 / 2), y = (1, 0): ℓ = (0, ln 3), loss = (ln 2 + ln 4)
# / 2 = 1.0397, ∂loss/∂ℓ = (-0.25, 0.375), dw = (0.25, 0.25).

# %% tags=["otter_answer_cell"]
def recall_batch(seed, N, T):
    """One batch of the task.

    seed, N, T: whole numbers.  Returns (x, y): x (T, N, 2); y (N,), zeros and ones.
    """
    # BEGIN SOLUTION NO PROMPT
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, N)
    x = np.zeros((T, N, 2))
    x[0, :, 0] = 2 * y - 1
    x[:, :, 1] = 0.3 * rng.standard_normal((T, N))
    return x, y
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q11: recall_batch")
    """; # END PROMPT


def recall_readout(hT, w, y):
    """Loss of one batch, read off the last states, and its gradients.

    hT (N, H).  w (H,).  y (N,): zeros and ones.
    Returns (loss, dhT, dw): a number, the mean over the batch; dhT (N, H); dw (H,).
    """
    # BEGIN SOLUTION NO PROMPT
    logit = hT @ w  # (N,)
    loss = np.logaddexp(0, -(2 * y - 1) * logit).mean()
    dlogit = (sigmoid(logit) - y) / len(y)
    dhT = dlogit[:, None] * w
    dw = hT.T @ dlogit
    return loss, dhT, dw
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q11: recall_readout")
    """; # END PROMPT


def train_recall(kind, T, gate_bias, seed, steps=400, max_norm=None):
    """Training on fresh batches of 32.

    kind, T, gate_bias, seed: as the text says.  steps: number of updates.  max_norm: for `clipped`.
    Returns (steps,): the loss of each batch, before the update that it causes.
    """
    # BEGIN SOLUTION NO PROMPT
    params = init_cell(kind, 2, 16, gate_bias, seed)
    params["w"] = np.full(16, 0.25)
    memory = {}
    losses = np.zeros(steps)
    for s in range(steps):
        x, y = recall_batch(1000 * seed + s, 32, T)
        net = {name: params[name] for name in ("W_ih", "W_hh", "b_ih", "b_hh")}
        hT, cache = run_cell(kind, x, net)
        losses[s], dhT, dw = recall_readout(hT, params["w"], y)
        grads = back_through(kind, T, dhT, cache)
        grads = {"d" + name: grads["d" + name] for name in net}
        grads["dw"] = dw
        params = adam(params, clipped(grads, max_norm), memory)
    return losses
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q11: train_recall")
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# `q11_limits` — A page: "vanilla RNN: below 20 steps it usually works, at 20 to 50 it struggles, above 50
# it fails." After the figure below:
# - **a** it follows from the product of Jacobians
# - **b** it is right, and for an LSTM all three numbers are larger
# - **c** a rule of thumb: on this task some RNNs learn 60 steps, and no LSTM with bias 0 learns 30; task,
#   start and seed decide
# - **d** it is wrong: length does not matter at all

# %% tags=["otter_answer_cell"]
q11_limits = "c"  # SOLUTION

# %% tags=["otter_ignore"]
hT, w = np.array([[0.5, -1.0], [1.0, 0.0]]), np.log(3) * np.array([1.0, 0.5])
with gradtools.waits():
    print(recall_readout(hT, w, np.array([1, 0])))
    print(train_recall("gru", 2, 0.0, 1, steps=12).round(3))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q11")

# %% [markdown]
# <details><summary>Hint 1</summary>In which order are bits and noise drawn? The seed fixes the numbers only
# together with the order.</details>
# <details><summary>Hint 2</summary>dhT has a row for each sample: how much of that sample's gradient
# reaches each unit?</details>
# <details><summary>Hint 3</summary>adam returns new parameters, and keeps its memory in the dict that you
# hand it. How often should that dict be made?</details>

# %% tags=["otter_ignore"]
guess_solved = None  # 30 steps, 10 seeds: how many LSTMs with forget bias 0 learn it?

with np.load("recall.npz") as file:  # losses of our own runs: setting → (seeds, losses), every tenth update
    runs = {name: file[name] for name in file}
figures_compare.plot_solved(runs, guess_solved);

# %% tags=["otter_ignore"]
with gradtools.waits():
    mine = {f"GRU, bias {bias}": train_recall("gru", 30, float(bias), 0, 200) for bias in (0, 2)}
    figures_compare.plot_losses(mine)
    for kind in figures_compare.available(compare, ["rnn", "lstm"]):  # those that you brought
        losses = train_recall(kind, 10, 0.0, 0, 200, max_norm=1.0)
        print(f"your {kind}, bias 0, 10 steps to remember: the loss ends at {losses[-20:].mean():.3f}")

# %% [markdown] editable=false deletable=false
# *What you should have seen.* At 30 steps the LSTM with half-open gates learns nothing, most RNNs do, and a
# gated cell with an open gate always does. A ranking "poor, excellent, very good" ranks their starts.
#
# ## q12 · Which model
#
# A page ends in a decision tree. As a rule of thumb it is worth having; write it as a function. In this
# order:
#
# $$\text{length} < 50 \;\to\; \text{rnn}; \qquad \text{parallel, not streaming} \;\to\; \text{transformer};
# \qquad \text{speed} \;\to\; \text{gru}; \qquad \text{else} \;\to\; \text{lstm}$$
#
# `parallel`: training should handle all steps at once. `streaming`: input comes for ever and must be
# answered at once with bounded memory; then no Transformer. `speed`: time or memory are critical.
#
# *Example.* 200 steps: parallel gives "transformer"; parallel *and* streaming gives "lstm", and with speed
# "gru".

# %% tags=["otter_answer_cell"]
def choose_model(length, parallel, speed, streaming):
    """A rule of thumb for the kind of model.

    length: steps of a typical sequence.  parallel, speed, streaming: True or False.
    Returns "rnn", "transformer", "gru" or "lstm".
    """
    # BEGIN SOLUTION NO PROMPT
    if length < 50:
        return "rnn"
    if parallel and not streaming:
        return "transformer"
    return "gru" if speed else "lstm"
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q12: choose_model")
    """; # END PROMPT

# %% [markdown] editable=false deletable=false
# `q12_timeline` — seven letters: who did it?
# - **A** Hochreiter, thesis, 1991
# - **B** Bengio, Simard & Frasconi, 1994
# - **C** Hochreiter & Schmidhuber, Neural Computation, 1997
# - **D** Gers, Schmidhuber & Cummins, 2000
# - **E** Glorot & Bengio, 2010
# - **F** Pascanu, Mikolov & Bengio, 2013
# - **G** Cho et al., arXiv, 2014
#
# 1. gave the LSTM its forget gate
# 2. first told why gradients vanish, in Munich
# 3. the GRU
# 4. a condition by the largest singular value, and clipping by the norm
# 5. an LSTM of input gate, output gate and a self-loop of exactly 1
# 6. initialise so that variances stay, and beware of saturation
# 7. "difficult": long-term dependencies and gradient descent
#
# `q12_gaps` — a list of two: years from B to C (a page says six), years from C to G.

# %% tags=["otter_answer_cell"]
q12_timeline = "DAGFCEB"  # SOLUTION
q12_gaps = [3, 17]  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    for streaming in (False, True):
        for speed in (False, True):
            models = [choose_model(length, True, speed, streaming) for length in (20, 200)]
            print(f"20 and 200 steps, streaming {streaming}, speed {speed}: {models}")

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q12")

# %% [markdown]
# <details><summary>Hint 1</summary>The order of the questions matters: which one is asked first?</details>
# <details><summary>Hint 2</summary>Is a sequence of exactly 50 steps below 50?</details>
# <details><summary>Hint 3</summary>The cell of 1997 had no way to forget. Who is left for statement
# 1?</details>

# %% [markdown] editable=false deletable=false
# ## Summary
#
# You measured that
#
# 1. with equal biases a GRU has exactly 25 % fewer parameters, 24.9 % where it keeps two and the LSTM one;
# 2. reset before and after the product are two functions;
# 3. a tied LSTM is a GRU only with r = 1 and no tanh at the output;
# 4. a gate bias of 5 moves what is left after 100 steps by about twenty orders, the kind of cell by a few;
# 5. attention's Jacobian has a score term that can turn its sign.
#
# Three pieces of folklore did not survive: "gated cells pass gradients by default"; "above 50 steps an RNN
# fails"; "an LSTM has four gates and a GRU two".

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check_all()

# %% tags=["otter_ignore"] editable=false deletable=false
grader.export(pdf=False)

# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] editable=false deletable=false
# # The LSTM: what a gate keeps
#
# You will build an LSTM, send gradients back through it, and measure what its forget gate guarantees and
# what it does not.
#
# | question | points | minutes |
# |---|---|---|
# | q1 a gate that stands still | 8 | 10 |
# | q2 the numbers people quote | 5 | 8 |
# | q3 one step | 13 | 25 |
# | q4 a sequence | 10 | 25 |
# | q5★ a diary | 5 | 20 |
# | q6 other people's weights | 9 | 18 |
# | q7 at the start | 7 | 18 |
# | q8 one step back | 12 | 30 |
# | q9 the whole way back | 16 | 45 |
# | q10 the full Jacobian | 8 | 20 |
# | q11 where the direct path lies | 7 | 20 |
#
# ★ deeper; nothing later needs it.
#
# **How to work.** Go from top to bottom. Checks are public; others follow, on other numbers, after you
# hand in. You may skip: no check needs another question. Where you would call a function that you left
# empty, write its lines out instead. Guesses count no points; make them before you look.

# %% editable=false deletable=false
import gradtools
import numpy as np

# %% tags=["otter_ignore"] editable=false deletable=false
import otter
from gradtools import figures_lstm

grader = otter.Notebook("hw4_lstm.ipynb")
gradtools.style()

# %% [markdown] editable=false deletable=false
# ## A first guess
#
# A common recipe sets the bias of an LSTM's forget gate to 1, "so that it remembers by default". If the
# gate stands exactly there, at $\sigma(1)$, which share of a memory is left after 100 steps?

# %% tags=["otter_ignore"]
guess_start = None  # a number between 0 and 1

ax = figures_lstm.plot_shares(guess=guess_start)

# %% [markdown] editable=false deletable=false
# That is about a billion times *less* than a chain of factors 0.9 leaves. A gate must stand much closer
# to 1 before it remembers anything for 100 steps.
#
# # Part 1 · What a gate keeps
#
# ## q1 · A gate that stands still
#
# Multiply a memory at every step by one and the same gate $\sigma(b)$. After $T$ steps the share $r$ is
# left:
#
# $$r = \sigma(b)^T, \qquad \sigma(b) = \frac{1}{1 + e^{-b}}$$
#
# Ask this line in three directions: how much is left (`retention`), when half is left (`half_life`, not
# rounded), and which bias leaves $r$ after $T$ steps (`bias_for_retention`). `forget_bias_explorer` gives
# the curve after 1, 2, …, $T$ steps, for the sliders below.
#
# *Example.* $b=\ln 3 = 1.0986$: the gate is 0.75; two steps leave 0.5625; half is left after 2.409 steps;
# the bias that leaves 0.5625 after two steps is 1.0986; the curve of three steps is (0.75, 0.5625,
# 0.4219).


# %% tags=["otter_answer_cell"]
def retention(b, T):
    """Share that a gate of bias b leaves after T steps.

    b: number.  T: number of steps, T >= 0.  Returns a number.
    """
    # BEGIN SOLUTION NO PROMPT
    gate = 1 / (1 + np.exp(-b))
    return gate**T
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: retention")
    """; # END PROMPT


def half_life(b):
    """Number of steps, not rounded, after which a gate of bias b has left one half.  Returns a number."""
    # BEGIN SOLUTION NO PROMPT
    gate = 1 / (1 + np.exp(-b))
    return np.log(0.5) / np.log(gate)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: half_life")
    """; # END PROMPT


def bias_for_retention(r, T):
    """Bias whose gate leaves the share r after T steps.

    r: number, 0 < r < 1.  T: number of steps, T >= 1.  Returns a number.
    """
    # BEGIN SOLUTION NO PROMPT
    gate = r ** (1 / T)
    return np.log(gate / (1 - gate))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: bias_for_retention")
    """; # END PROMPT


def forget_bias_explorer(b, T):
    """Curve of what a gate of bias b leaves.

    b: number.  T: whole number of steps.  Returns (T,): the share after 1, 2, ..., T steps.
    """
    # BEGIN SOLUTION NO PROMPT
    steps = np.arange(1, T + 1)
    gate = 1 / (1 + np.exp(-b))
    return gate**steps
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: forget_bias_explorer")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(retention(np.log(3), 2), half_life(np.log(3)), bias_for_retention(0.5625, 2))
    print([round(float(half_life(b)), 1) for b in (0, 1, 2, 4.6)], forget_bias_explorer(np.log(3), 3))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q1")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Take the logarithm of the line above. Which of the four functions is
# now a division?</details>
# <details><summary>Hint 2</summary>To find the bias, first find the gate that one step must have. Then
# solve the definition of the sigmoid for its argument.</details>
# <details><summary>Hint 3</summary>At b = 0 the gate is one half: what must half_life(0) be, and what
# must bias_for_retention(0.25, 2) be?</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    figures_lstm.explore_shares(forget_bias_explorer)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* On a logarithmic axis every curve is a straight line. One unit of bias more
# changes the half-life from 1 step to 2.2, then to 5.5; at 4.6 it is 69 steps.

# %% [markdown] editable=false deletable=false
# ## q2 · The numbers people quote
#
# "A gradient shrinks by 0.9 a step in an RNN and by 0.99 in an LSTM: ten thousand times better after 100
# steps." Recompute it: `q2_rnn`, `q2_lstm`, and their ratio. Then put in what the gates really are. With
# bias 0, 1 and 4.595 (that is $\ln 99$) a standing gate leaves `q2_bias_0`, `q2_bias_1`, `q2_bias_ln99`
# of 100 steps. Four digits are enough, or write the computation itself.
#
# Last, `q2_forget_gate`: in an LSTM, the forget gate $f_t$ at one step and for one sample is
#
# - **a** one learned number, close to 1
# - **b** $H$ numbers in (0, 1), computed at every step from $x_t$ and $h_{t-1}$
# - **c** $H$ learned numbers that stay as they are after training
# - **d** one number a step, computed from $x_t$ and shared by all units

# %% tags=["otter_answer_cell"]
q2_rnn = 0.9**100  # SOLUTION
q2_lstm = 0.99**100  # SOLUTION
q2_ratio = (0.99 / 0.9) ** 100  # SOLUTION

q2_bias_0 = 0.5**100  # SOLUTION
q2_bias_1 = (1 / (1 + np.exp(-1))) ** 100  # SOLUTION
q2_bias_ln99 = (99 / 100) ** 100  # SOLUTION

q2_forget_gate = "b"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q2")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Python's ** takes numbers as they are; no loop is needed.</details>
# <details><summary>Hint 2</summary>The three biases are one function of q1 with three
# arguments.</details>
# <details><summary>Hint 3</summary>For the choice, look at the formula of f in q3: what does it depend
# on, and how many rows of W belong to it?</details>
#
# *What you should have seen.* The quoted ratio is 1.1 to the power 100: it was put in by hand with the
# two factors. At its usual start a gate is far worse than either.

# %% [markdown] editable=false deletable=false
# ## q3 · One step
#
# | letter | means | | name | shape |
# |---|---|---|---|---|
# | T | steps | | `x`, `x_t` | (T, N, D), (N, D) |
# | N | samples in a batch | | `h_prev`, `c_prev` | (N, H) |
# | D | inputs at a step | | `W_ih`, `W_hh` | (4H, D), (4H, H) |
# | H | units | | `b_ih`, `b_hh` | (4H,) |
# | i, f, g, o | input, forget, candidate, output | | `gates` | (N, 4, H), in the order i, f, g, o |
#
# A cell $c$ is kept beside the state $h$. One product makes four blocks of H rows, in torch's order:
#
# $$(a_i, a_f, a_g, a_o) = x_t W_{ih}^\top + b_{ih} + h_{t-1} W_{hh}^\top + b_{hh}$$
#
# $i, f, o$ are sigmoids of their blocks, $g$ is a tanh. Then $c_t = f \odot c_{t-1} + i \odot g$ and
# $h_t = o \odot \tanh(c_t)$. `lstm_cell` computes; `lstm_step_forward` calls it and also remembers what
# going back will need.
#
# *Example.* Pre-activations $(\ln 4, \ln 3, \ln 2, \ln 9)$ give i, f, g, o = 0.8, 0.75, 0.6, 0.9. With
# $c_{t-1} = 1$: $c_t = 0.75 + 0.48 = 1.23$ and $h_t = 0.9 \tanh(1.23) = 0.7583$.


# %% editable=false deletable=false
def sigmoid(z):
    """1 / (1 + exp(-z)), written so that no z overflows; any shape."""
    return 0.5 * (1 + np.tanh(0.5 * z))


# %% tags=["otter_answer_cell"]
def lstm_cell(x_t, h_prev, c_prev, W_ih, W_hh, b_ih, b_hh):
    """One step of an LSTM.

    x_t (N, D), h_prev (N, H), c_prev (N, H), W_ih (4H, D), W_hh (4H, H), b_ih (4H,), b_hh (4H,);
    blocks of H rows in the order i, f, g, o.
    Returns (h_t, c_t, gates): h_t (N, H), c_t (N, H), gates (N, 4, H) in the order i, f, g, o.
    """
    # BEGIN SOLUTION NO PROMPT
    from_input = x_t @ W_ih.T + b_ih
    from_state = h_prev @ W_hh.T + b_hh
    blocks = (from_input + from_state).reshape(-1, 4, h_prev.shape[1])  # (N, 4, H)
    a_i, a_f, a_g, a_o = blocks.swapaxes(0, 1)  # (N, H) each
    i = sigmoid(a_i)
    f = sigmoid(a_f)
    g = np.tanh(a_g)
    o = sigmoid(a_o)
    c_t = f * c_prev + i * g
    shown = np.tanh(c_t)
    h_t = o * shown
    gates = np.stack([i, f, g, o], axis=1)  # (N, 4, H)
    return h_t, c_t, gates
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: lstm_cell")
    """; # END PROMPT


def lstm_step_forward(x_t, h_prev, c_prev, W_ih, W_hh, b_ih, b_hh):
    """One step of an LSTM, with a cache for the way back.

    Arguments as in lstm_cell.
    Returns (h_t, c_t, cache): h_t (N, H), c_t (N, H); cache is a dict with keys x_t, h_prev, c_prev, c_t,
    gates (N, 4, H), W_ih, W_hh.
    """
    # BEGIN SOLUTION NO PROMPT
    h_t, c_t, gates = lstm_cell(x_t, h_prev.copy(), c_prev.copy(), W_ih, W_hh, b_ih, b_hh)
    cache = {"x_t": x_t, "h_prev": h_prev, "c_prev": c_prev}
    cache.update({"c_t": c_t, "gates": gates})
    cache.update({"W_ih": W_ih, "W_hh": W_hh})
    return h_t, c_t, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: lstm_step_forward")
    """; # END PROMPT


# %% [markdown] editable=false deletable=false
# **Roles.** Give each of `q3_i`, `q3_f`, `q3_g`, `q3_o` one letter:
#
# - **a** tanh of its block: *what* would be written, between -1 and 1
# - **b** sigmoid of its block: how much of the cell is *shown* as the state
# - **c** sigmoid of its block: how much of the old cell is *kept*
# - **d** sigmoid of its block: how much of the new content is *written*
# - **e** sigmoid of its block: how much of the old state enters the candidate
#
# `q3_gates` is the number of gates among the four: something is a gate if it says *how much*, not *what*.
#
# **Wiring.** Run the picture cell below. For its places 1 to 7, in that order, write one text with the
# seven labels `f i g o x + tanh`, separated by blanks, as `q3_wiring`.

# %% tags=["otter_answer_cell"]
q3_i = "d"  # SOLUTION
q3_f = "c"  # SOLUTION
q3_g = "a"  # SOLUTION
q3_o = "b"  # SOLUTION
q3_gates = 3  # SOLUTION

q3_wiring = "x + f i g tanh o"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    W = np.log([[4.0], [3.0], [2.0], [9.0]])  # x_t = 1, no state, no biases: the example
    print(*lstm_cell(np.ones((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), W, 0 * W, np.zeros(4), np.zeros(4)))
ax = figures_lstm.draw_cell(q3_wiring)

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q3")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Write the shape of the sum of both products. Which axis holds the four
# blocks, and which numpy function cuts an axis into equal parts?</details>
# <details><summary>Hint 2</summary>One product has a square block and cannot complain about a missing
# transpose. Recompute one entry of it by hand.</details>
# <details><summary>Hint 3</summary>Set one gate to 0 on paper and ask what disappears: the old cell, the
# new content, or only what is shown?</details>
#
# *What you should have seen.* Three gates say how much, one candidate says what. The cell is touched by
# one product and one sum only.

# %% [markdown] editable=false deletable=false
# ## q4 · A sequence
#
# Run the step from $t = 1$ to $T$ and hand both $h$ and $c$ on. The cache holds what going back needs:
# among it all cell states `C (T, N, H)`, as `Y` holds all states, and the gates of every step.
#
# *Example.* T = 2, all sizes 1; only the rows of the candidate are not zero, `W_ih` is 1 and `W_hh` is 2
# there, so i = f = o = 0.5. With `x = (-0.3069, 0.4986)`, `h0 = 0.5`, `c0 = 0.7863` the candidates are
# 0.6 and 0.8: `C = (0.6931, 0.7466)`, `Y = (0.3, 0.3166)`.


# %% tags=["otter_answer_cell"]
def lstm_forward(x, h0, c0, W_ih, W_hh, b_ih, b_hh):
    """An LSTM over a whole sequence.

    x (T, N, D), h0 (N, H), c0 (N, H), W_ih (4H, D), W_hh (4H, H), b_ih (4H,), b_hh (4H,).
    Returns (Y, hT, cT, cache): Y (T, N, H) all states after h0; hT, cT (N, H) the last state and cell;
    cache is a dict with keys x, h0, c0, Y, C (T, N, H), gates (T, N, 4, H), W_ih, W_hh.
    """
    # BEGIN SOLUTION NO PROMPT
    T, N = x.shape[:2]
    H = W_hh.shape[1]
    Y, C = np.zeros((T, N, H)), np.zeros((T, N, H))
    gates = np.zeros((T, N, 4, H))
    h, c = h0.copy(), c0.copy()
    for t in range(T):
        h, c, gates[t] = lstm_cell(x[t], h, c, W_ih, W_hh, b_ih, b_hh)
        Y[t] = h
        C[t] = c
    cache = {"x": x, "h0": h0, "c0": c0}
    cache.update({"Y": Y, "C": C, "gates": gates})
    cache.update({"W_ih": W_ih, "W_hh": W_hh})
    return Y, h, c, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: lstm_forward")
    """; # END PROMPT


# %% [markdown] editable=false deletable=false
# **Two extremes of the forget gate.** In both let every other gate be 1 and use float64.
#
# *Shut, f = 0.* The pre-activation of the candidate is 1, so a plain tanh unit would show $\tanh(1) =
# 0.7616$. What does this cell show: `q4_shut_h`?
#
# *Open, f = 1,* and $g = 1$, from $c_0 = 0$. Give $c_{10}$ as `q4_open_c`; the slope of the read-out
# there, $1-\tanh^2(c_{10})$, as `q4_open_slope`; and the smallest whole $c$ at which float64 says this
# slope is exactly 0 as `q4_deaf_at`.
#
# **History.** `q4_history`: the LSTM of 1997 (Hochreiter and Schmidhuber), three years after Bengio,
# Simard and Frasconi's analysis and six after Hochreiter's thesis,
#
# - **a** had all three gates, as in q3
# - **b** had a forget and an output gate; the input gate came in 2000
# - **c** had an input and an output gate and kept its cell with a fixed factor of 1; the forget gate came
#   in 2000 (Gers, Schmidhuber and Cummins)
# - **d** had a forget gate only; the others came with the GRU in 2014

# %% tags=["otter_answer_cell"]
q4_shut_h = np.tanh(np.tanh(1))  # SOLUTION
q4_open_c = 10  # SOLUTION
q4_open_slope = 1 - np.tanh(10.0) ** 2  # SOLUTION
q4_deaf_at = 19  # SOLUTION

q4_history = "c"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    torch = {key.split("/")[-1]: value for key, value in np.load("oracle.npz").items()}
    names = ("x", "h0", "c0", "W_ih", "W_hh", "b_ih", "b_hh")
    Y, hT, cT, cache = lstm_forward(*(torch[name] for name in names))
    print("largest difference from torch:", abs(Y - torch["Y"]).max(), abs(cT - torch["cT"]).max())

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q4")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Which two variables must differ from one turn of the loop to the next,
# and what are they before the first?</details>
# <details><summary>Hint 2</summary>gates[t] has room for exactly what one step returns. Are the axes of Y
# in the order (T, N, H)?</details>
# <details><summary>Hint 3</summary>For the extremes write down c after steps 1, 2 and 3. For the last
# number, try whole numbers from 10 upwards.</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    start, W, slopes = np.zeros((1, 1)), np.zeros((4, 1)), {}
    for f in (0.5, 0.9, 1.0):
        b = np.array([40.0, np.log(f / (1 - f + 1e-30)), 40.0, 40.0])  # all else open, the candidate at 1
        cache = lstm_forward(np.zeros((30, 1, 1)), start, start, W, W, b, 0 * b)[3]
        slopes[f"f = {f}"] = 1 - np.tanh(cache["C"].ravel()) ** 2
    figures_lstm.plot_deafness(slopes)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* A gate at 1 is no perfect memory: the cell grows with every step and its
# read-out goes deaf, in float64 completely. A gate at 0 is no plain tanh unit either. That growth is why
# a forget gate was added.

# %% [markdown] editable=false deletable=false
# # Part 2 · Weights by hand and by law
#
# ## q5★ · A diary
#
# Forgetting erases, the input gate writes, the output gate reads aloud. Set the weights of one unit
# (H = 1) so that it *is* a diary. At each step it gets `x_t = (value, write, read)`; the two flags
# are 0 or 1, never both 1. It starts from $h_0 = c_0 = 0$ and must
#
# - at a write flag store the value, in place of whatever it held: $c_t \approx \tanh(\text{value})$;
# - without a write flag hold it for 20 steps, whatever values (standard normal) rush past;
# - stay silent, $|h_t| < 0.01$, at every step without a read flag;
# - at a read flag show $\tanh(\tanh(\text{value}))$ of the last value stored, within 0.01.
#
# Any weights that do this are right. Rows in the order i, f, g, o; columns of `W_ih` in the order value,
# write, read; `b` is the only bias.
#
# *Example.* Values 0.7 (write), then noise, then read: at the read flag $h = \tanh(\tanh(0.7)) = 0.5402$.


# %% tags=["otter_answer_cell"]
def diary():
    """Weights of a one-unit LSTM that stores a value, keeps it, and shows it when asked.

    Returns (W_ih, W_hh, b): W_ih (4, 3), columns value, write, read; W_hh (4, 1); b (4,). Rows i, f, g, o.
    """
    # BEGIN SOLUTION NO PROMPT
    write = [0.0, 20.0, 0.0]
    keep = [0.0, -20.0, 0.0]
    content = [1.0, 0.0, 0.0]
    show = [0.0, 0.0, 20.0]
    W_ih = np.array([write, keep, content, show])
    W_hh = np.zeros((4, 1))
    b = np.array([-10.0, 10.0, 0.0, -10.0])
    return W_ih, W_hh, b
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q5: diary")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    page = figures_lstm.diary_page()  # (T, 1, 3): two entries, noise, three readings
    W_ih, W_hh, b = diary()
    Y, _, _, cache = lstm_forward(page, np.zeros((1, 1)), np.zeros((1, 1)), W_ih, W_hh, b, 0 * b)
    figures_lstm.plot_diary(page, cache["gates"], cache["C"], Y)

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q5")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Fill a table first: rows i, f, g, o, columns idle, write, read. Which
# entries should be near 0, which near 1?</details>
# <details><summary>Hint 2</summary>A bias says what a gate does when nothing is flagged. How large must
# it be that 20 steps lose less than one percent?</details>
# <details><summary>Hint 3</summary>A flag's weight has to beat that bias and end as far on the other
# side. Only one of the four rows looks at the value.</details>
#
# *What you should have seen.* Noise rushes past a shut input gate, and the cell stays flat until the next
# entry. Without erasing, the second entry would have been added to the first.

# %% [markdown] editable=false deletable=false
# ## q6 · Other people's weights
#
# Many listings keep one matrix `W (4H, H + D)` for the joined vector $[h_{t-1}, x_t]$, with blocks of
# rows in the order f, i, c, o, where their c is our g. Turn it into torch's two matrices. A wrong order
# raises nothing; only values tell. Share the one bias out between `b_ih` and `b_hh` as you like: only
# their sum acts.
#
# Then count the parameters of a layer from the shapes in q3: an `"rnn"` has one block of H rows, an
# `"lstm"` 4, a `"gru"` 3. Papers give every row one bias, torch two.
#
# *Example.* H = 1, D = 2, `W = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]`, `b = (1, 2, 3, 4)`: the
# input gate is row 2 of `W`, so `W_ih = [[5, 6], [2, 3], [8, 9], [11, 12]]`, `W_hh = [[4], [1], [7],
# [10]]`, sum of biases (2, 1, 3, 4). An LSTM with D = 3, H = 2 and one bias has 48 parameters.
#
# Finally D = 256 and H = 512: `q6_one_bias`, `q6_two_biases`, `q6_no_bias` for an LSTM.


# %% tags=["otter_answer_cell"]
def concat_to_torch(W, b, D):
    """From one matrix on [h, x] with rows f, i, c, o to torch's layout.

    W (4H, H + D): columns first h, then x; rows f, i, c, o.  b (4H,): rows likewise.  D: number of inputs.
    Returns (W_ih, W_hh, b_ih, b_hh): (4H, D), (4H, H), (4H,), (4H,); rows i, f, g, o. What b was is now
    b_ih + b_hh.
    """
    # BEGIN SOLUTION NO PROMPT
    H = W.shape[1] - D
    W_f, W_i, W_c, W_o = np.split(W, 4)
    b_f, b_i, b_c, b_o = np.split(b, 4)
    W_torch = np.concatenate([W_i, W_f, W_c, W_o])
    b_torch = np.concatenate([b_i, b_f, b_c, b_o])
    W_hh = W_torch[:, :H]
    W_ih = W_torch[:, H:]
    return W_ih, W_hh, b_torch, np.zeros(4 * H)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q6: concat_to_torch")
    """; # END PROMPT


def param_count(kind, D, H, n_bias):
    """Number of parameters of one recurrent layer.

    kind: "rnn", "lstm" or "gru".  D: inputs.  H: units.  n_bias: biases a row, 0, 1 or 2.
    Returns a whole number.
    """
    # BEGIN SOLUTION NO PROMPT
    blocks = {"rnn": 1, "lstm": 4, "gru": 3}[kind]
    weights = H * D + H * H
    biases = n_bias * H
    return blocks * (weights + biases)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q6: param_count")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
q6_one_bias = 4 * (512 * 256 + 512 * 512 + 512)  # SOLUTION
q6_two_biases = 4 * (512 * 256 + 512 * 512 + 2 * 512)  # SOLUTION
q6_no_bias = 4 * (512 * 256 + 512 * 512)  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    print(*concat_to_torch(np.arange(1.0, 13).reshape(4, 3), np.arange(1.0, 5), 2), sep="\n")
    print([param_count(kind, 3, 2, 1) for kind in ("rnn", "lstm", "gru")])

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q6")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Rows and columns are two separate errands. Do one, look at it, then do
# the other.</details>
# <details><summary>Hint 2</summary>The row block that torch wants first is the second one here. Where
# does their first one go?</details>
# <details><summary>Hint 3</summary>Test yourself with numbers that name their place, as in the example,
# and H different from D.</details>

# %% [markdown] editable=false deletable=false
# ## q7 · At the start
#
# How open are the gates of a fresh network, not of one standing gate? First make one, by torch's law with
# one change: draw all four arrays from the uniform law on $(-k, k)$, $k = 1/\sqrt{H}$; then set the
# *total* forget bias, the sum of both biases, to `forget_bias` for every unit.
#
# Then follow the direct path. While nothing else moves, a nudge of the cell $c_t$ arrives at $c_T$
# multiplied by
#
# $$\prod_{s=t+1}^{T} f_s \quad\text{(unit by unit)}, \qquad t = 0, 1, \dots, T$$
#
# Every factor is a sigmoid's output, so it is below 1: this highway multiplies, too. The gate of step $s$
# lies in `f[s - 1]`. `cell_path` returns one row for every $t$; for $t = T$ there is no factor.
#
# *Example.* `f = [[0.5, 1], [0.2, 0.5], [0.1, 0.8]]` (T = 3, H = 2) gives `[[0.01, 0.4], [0.02, 0.4],
# [0.1, 0.8], [1, 1]]`.


# %% tags=["otter_answer_cell"]
def init_lstm(seed, D, H, forget_bias=1.0):
    """Parameters of a fresh LSTM.

    seed: whole number; the same seed gives the same numbers (np.random.default_rng).  D: inputs.  H: units.
    forget_bias: what b_ih + b_hh is in the forget block; b_ih holds it, b_hh holds zeros there.
    Returns a dict: W_ih (4H, D), W_hh (4H, H), b_ih (4H,), b_hh (4H,), drawn in this order, uniform on
    (-1/sqrt(H), 1/sqrt(H)) but for the forget block of the biases.
    """
    # BEGIN SOLUTION NO PROMPT
    rng = np.random.default_rng(seed)
    k = 1 / np.sqrt(H)
    W_ih = rng.uniform(-k, k, (4 * H, D))
    W_hh = rng.uniform(-k, k, (4 * H, H))
    b_ih = rng.uniform(-k, k, 4 * H)
    b_hh = rng.uniform(-k, k, 4 * H)
    b_ih[H : 2 * H] = forget_bias
    b_hh[H : 2 * H] = 0
    return {"W_ih": W_ih, "W_hh": W_hh, "b_ih": b_ih, "b_hh": b_hh}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: init_lstm")
    """; # END PROMPT


def cell_path(f):
    """Products of forget gates from every step to the last one.

    f (T, H): forget gates of steps 1 ... T.
    Returns (T + 1, H): row t is the product of the gates of steps t + 1 ... T; the last row is 1.
    """
    # BEGIN SOLUTION NO PROMPT
    T, H = f.shape
    path = np.ones((T + 1, H))
    for t in reversed(range(T)):
        path[t] = path[t + 1] * f[t]
    return path
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: cell_path")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(cell_path(np.array([[0.5, 1.0], [0.2, 0.5], [0.1, 0.8]])))
    print({name: array.shape for name, array in init_lstm(0, 3, 4).items()})

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q7")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Two biases are added in every row. What is their sum if both are set
# to the value asked for?</details>
# <details><summary>Hint 2</summary>The second block of H rows belongs to the forget gate. Which slice is
# that?</details>
# <details><summary>Hint 3</summary>Fill the path from its last row upwards: each row is the row below it,
# times one row of f. Which one?</details>

# %% tags=["otter_ignore"]
guess_bias_5 = None  # the share that 100 steps leave in the median unit at forget bias 5

with gradtools.waits():
    paths = {}
    for b in (0, 1, 2, 5):
        x = np.random.default_rng(b).standard_normal((100, 1, 8))
        cache = lstm_forward(x, np.zeros((1, 64)), np.zeros((1, 64)), **init_lstm(b, 8, 64, b))[3]
        paths[f"bias {b}"] = np.median(cell_path(cache["gates"][:, 0, 1]), axis=1)
    figures_lstm.plot_paths(paths, guess=guess_bias_5)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* The gates move with the data, but the median unit of a fresh network
# follows the standing gate of q1 closely. "Remember by default" needs a bias of about 5, not of 1.

# %% [markdown] editable=false deletable=false
# # Part 3 · Back
#
# ## q8 · One step back
#
# Gradient arrives at the step from two sides: `dh_t` at its state and `dc_next` at its cell, straight
# from the next step. But the state is made from the cell, so the *total* at the cell is
#
# $$dc_t = dc_\text{next} + dh_t \odot \frac{\partial h_t}{\partial c_t}$$
#
# From $dc_t$ on, each factor of a product gets the gradient times the *other* factor. Then every gate
# goes through its own slope, written with its own output, and the four blocks are joined in the order i,
# f, g, o. From there it is the RNN you know: one array (N, 4H) gives `dx_t`, `dh_prev` and the
# parameters. Gradients are sums over samples.
#
# *Example.* One sample, sizes 1; i, f, g, o = 0.8, 0.75, 0.6, 0.9; $c_{t-1} = 1$, $c_t = \ln 3$ (so
# $\tanh c_t = 0.8$), `dh_t = 1`, `dc_next = 0.5`. Then `dc_t` = 0.824, `dc_prev` = 0.618, and the
# gradients at the four pre-activations, here equal to `db_ih`, are (0.0791, 0.1545, 0.4219, 0.0720).
# (Cell and gates need not belong together here: backward takes them as it finds them.)


# %% tags=["otter_answer_cell"]
def lstm_step_backward(dh_t, dc_next, cache):
    """Backward through one step.

    dh_t (N, H): gradient of the loss at h_t.  dc_next (N, H): gradient at c_t, as far as it does not come
    through h_t.  cache: dict with keys x_t (N, D), h_prev, c_prev, c_t (N, H), gates (N, 4, H), W_ih (4H, D),
    W_hh (4H, H), as lstm_step_forward returns it.
    Returns a dict with keys dx_t, dh_prev, dc_prev, dW_ih, dW_hh, db_ih, db_hh, each shaped like its forward
    twin, and dc_t (N, H), the total gradient at c_t.
    """
    # BEGIN SOLUTION NO PROMPT
    x_t, h_prev, c_prev, c_t = (cache[key] for key in ("x_t", "h_prev", "c_prev", "c_t"))
    i, f, g, o = (cache["gates"][:, block] for block in range(4))  # (N, H) each
    W_ih, W_hh = cache["W_ih"], cache["W_hh"]
    shown = np.tanh(c_t)
    dc_t = dc_next + dh_t * o * (1 - shown**2)
    do = dh_t * shown
    di = dc_t * g
    df = dc_t * c_prev
    dg = dc_t * i
    dc_prev = dc_t * f
    da_i = di * i * (1 - i)
    da_f = df * f * (1 - f)
    da_g = dg * (1 - g**2)
    da_o = do * o * (1 - o)
    da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)  # (N, 4H)
    dx_t = da @ W_ih
    dh_prev = da @ W_hh
    dW_ih = da.T @ x_t
    dW_hh = da.T @ h_prev
    db_ih = da.sum(axis=0)
    db_hh = db_ih.copy()
    grads = {"dx_t": dx_t, "dh_prev": dh_prev, "dc_prev": dc_prev, "dc_t": dc_t}
    grads.update({"dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db_ih, "db_hh": db_hh})
    return grads
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: lstm_step_backward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    one = np.ones((1, 1))
    cache = {"x_t": one, "h_prev": 0.5 * one, "c_prev": one, "c_t": np.log(3) * one, "W_ih": np.ones((4, 1))}
    cache["gates"] = np.array([[[0.8], [0.75], [0.6], [0.9]]])
    cache["W_hh"] = np.array([[1.0], [2.0], [-1.0], [0.5]])
    for name, value in lstm_step_backward(one, 0.5 * one, cache).items():
        print(f"{name:8}", np.round(np.ravel(value), 4))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q8")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Draw the picture of q3 with all arrows turned round. At which place do
# two of them meet and add?</details>
# <details><summary>Hint 2</summary>The cache holds gates *after* their sigmoid or tanh. Write each slope
# with that output alone, as in 1 - h² for tanh.</details>
# <details><summary>Hint 3</summary>When only some blocks of db_ih are off, compare block by block with
# the example: each block names the gate whose line to look at.</details>

# %% [markdown] editable=false deletable=false
# ## q9 · The whole way back
#
# Walk from the last step to the first. Two gradients travel now: one from state to state, one from cell
# to cell. The loss may read every state (`dY`), and something may arrive from beyond the end at both
# (`dhT`, `dcT`).
#
# $$dH_t = dY_t + dh_t^{\text{from step } t+1}, \qquad dC_t = \text{the total of q8 at step } t$$
#
# All steps share their weights, so each adds its part. What leaves the first step belongs to $h_0$ and
# $c_0$. Before the first step stand `h0` and `c0`, not the last rows of `Y` and `C`, to which Python's
# index -1 would lead.
#
# *Example.* T = 2, all sizes 1. Step 1 has the gates and cells of q8's example, step 2 the gates (0.5,
# 0.2, -0.8, 0.6) and $c_2 = \ln 2$; `W_hh = (1, 2, -1, 0.5)`; `dY = (1, 0.5)`, `dhT = 0.5`, `dcT = 0.25`.
# Then `dH = (1.0540, 1)`, `dC = (0.4683, 0.634)`, `dh0 = 0.0187`, `dc0 = 0.3512`.


# %% tags=["otter_answer_cell"]
def lstm_backward(dY, dhT, dcT, cache):
    """Backpropagation through time for an LSTM.

    dY (T, N, H): gradient of the loss at every state.  dhT, dcT (N, H): further gradients at the last state
    and cell.  cache: dict with keys x (T, N, D), h0, c0 (N, H), Y, C (T, N, H), gates (T, N, 4, H),
    W_ih (4H, D), W_hh (4H, H), as lstm_forward returns it.
    Returns a dict with keys dx, dh0, dc0, dW_ih, dW_hh, db_ih, db_hh, each shaped like its forward twin, and
    dH, dC (T, N, H), the total gradients at every state and cell.
    """
    # BEGIN SOLUTION NO PROMPT
    x, Y, C = cache["x"], cache["Y"], cache["C"]
    W_ih, W_hh = cache["W_ih"], cache["W_hh"]
    T = len(x)
    dx, dH, dC = np.zeros_like(x), np.zeros_like(Y), np.zeros_like(C)
    dW_ih, dW_hh = np.zeros_like(W_ih), np.zeros_like(W_hh)
    db_ih, db_hh = np.zeros(len(W_hh)), np.zeros(len(W_hh))
    dh_next, dc_next = dhT, dcT
    for t in reversed(range(T)):
        h_prev = Y[t - 1] if t > 0 else cache["h0"]
        c_prev = C[t - 1] if t > 0 else cache["c0"]
        step = {"x_t": x[t], "h_prev": h_prev, "c_prev": c_prev, "c_t": C[t]}
        step.update({"gates": cache["gates"][t], "W_ih": W_ih, "W_hh": W_hh})
        dh_t = dY[t] + dh_next
        dH[t] = dh_t
        grads = lstm_step_backward(dh_t, dc_next, step)
        dC[t] = grads["dc_t"]
        dx[t] = grads["dx_t"]
        dh_next = grads["dh_prev"]
        dc_next = grads["dc_prev"]
        dW_ih += grads["dW_ih"]
        dW_hh += grads["dW_hh"]
        db_ih += grads["db_ih"]
        db_hh += grads["db_hh"]
    dh0, dc0 = dh_next, dc_next
    result = {"dx": dx, "dh0": dh0, "dc0": dc0, "dH": dH, "dC": dC}
    result.update({"dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db_ih, "db_hh": db_hh})
    return result
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q9: lstm_backward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():  # torch's numbers and a cache of the same run: no forward of yours is needed
    torch = {key.split("/")[-1]: value for key, value in np.load("oracle.npz").items()}
    grads = lstm_backward(torch["dY"], torch["dhT"], torch["dcT"], torch)
    for name, value in grads.items():
        print(f"{name:6} largest difference from torch {abs(value - torch[name]).max():.1e}")

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q9")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>How many arrows leave h_2, how many leave c_2? Everything that comes
# back along them is added up somewhere.</details>
# <details><summary>Hint 2</summary>Before the loop begins, two gradients are already on their way. What
# are they called in the signature?</details>
# <details><summary>Hint 3</summary>Run T = 1 first: it must agree with q8. If it does and T = 2 does not,
# look at what you hand on. `gradtools.locate(lstm_forward, lstm_backward, "ifgo")` prints the step and
# the gate.</details>

# %% tags=["otter_ignore"]
guess_bias_1 = None  # share of the gradient norm that 100 steps back leave at forget bias 1

with gradtools.waits():
    flow = {}
    for b in (0, 1, 2, 5):
        runs = []
        for seed in range(5):
            x, v = np.random.default_rng(seed).standard_normal((100, 1, 8)), np.ones((1, 64))
            cache = lstm_forward(x, 0 * v, 0 * v, **init_lstm(seed, 8, 64, b))[3]
            dH = lstm_backward(np.zeros((100, 1, 64)), v, 0 * v, cache)["dH"]
            runs.append(np.linalg.norm(dH, axis=(1, 2)))
        flow[f"bias {b}"] = np.median(runs, axis=0)
    figures_lstm.plot_gradients(flow, guess=guess_bias_1)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* Same cell, same data: the forget bias alone moves what arrives by some
# twenty orders. Being an LSTM does not prevent vanishing. Open gates help here; q11 will show that even
# they promise nothing.

# %% [markdown] editable=false deletable=false
# ## q10 · The full Jacobian
#
# $\partial c_t/\partial c_{t-1} = f_t$ is true for one step with $h_{t-1}$ held fixed. But $h_{t-1}$ is
# made from $c_{t-1}$, and it drives all four blocks. Take state and cell together, $s = (h, c)$, for one
# sample:
#
# $$J = \begin{pmatrix} \partial h_t/\partial h_{t-1} & \partial h_t/\partial c_{t-1} \\
# \partial c_t/\partial h_{t-1} & \partial c_t/\partial c_{t-1} \end{pmatrix}, \qquad (2H, 2H)$$
#
# Begin with the lower row: three blocks of $W_{hh}$ reach the cell, each scaled row by row. The upper row
# goes through the lower one, and through the output gate.
#
# *Example.* Numbers of q8, `W_hh = (1, 2, -1, 0.5)`: `J = [[0.0227, 0.2430], [-0.0410, 0.7500]]`.
#
# `q10_omitted`: what does "the gradient of the cell is just $f_t$" leave out over many steps?
#
# - **a** nothing: it is the total derivative
# - **b** the slope of tanh at the read-out, which multiplies every cell-to-cell step
# - **c** that $f_t$ is computed from $c_{t-1}$ directly
# - **d** the way from the cell to the state, from the state to the gates, and back into the cell


# %% tags=["otter_answer_cell"]
def lstm_jacobian(c_prev, c_t, gates, W_hh):
    """Jacobian of one LSTM step with respect to state and cell before it, for one sample.

    c_prev, c_t (H,): cell before and after.  gates (4, H): i, f, g, o.  W_hh (4H, H).
    Returns J (2H, 2H): rows (h_t, c_t), columns (h_{t-1}, c_{t-1}).
    """
    # BEGIN SOLUTION NO PROMPT
    i, f, g, o = gates
    W_i, W_f, W_g, W_o = np.split(W_hh, 4)  # (H, H) each
    shown = np.tanh(c_t)
    through_i = (g * i * (1 - i))[:, None] * W_i
    through_f = (c_prev * f * (1 - f))[:, None] * W_f
    through_g = (i * (1 - g**2))[:, None] * W_g
    through_o = (shown * o * (1 - o))[:, None] * W_o
    dc_dh = through_i + through_f + through_g
    read_out = o * (1 - shown**2)
    dh_dh = through_o + read_out[:, None] * dc_dh
    dh_dc = np.diag(read_out * f)
    dc_dc = np.diag(f)
    return np.block([[dh_dh, dh_dc], [dc_dh, dc_dc]])
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q10: lstm_jacobian")
    """; # END PROMPT


q10_omitted = "d"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    gates, W_hh = np.array([[0.8], [0.75], [0.6], [0.9]]), np.array([[1.0], [2.0], [-1.0], [0.5]])
    print(lstm_jacobian(np.array([1.0]), np.array([np.log(3)]), gates, W_hh))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q10")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Set H = 1 and write c_t as a function of the old h and the old c.
# Differentiate with respect to one, then the other.</details>
# <details><summary>Hint 2</summary>A slope belongs to the unit that receives: along which axis of a block
# of W_hh does it vary?</details>
# <details><summary>Hint 3</summary>Compare with q8: a row vector (dh_t, dc_next) times J must be
# (dh_prev, dc_prev).</details>

# %% [markdown] editable=false deletable=false
# ## q11 · Where the direct path lies
#
# Build two LSTMs with H = D = 1 that run 20 steps from $h_0 = c_0 = 0$ on zero inputs. In both, the
# product of the forget gates is at least 0.99: by the direct path, nothing is lost. In the first, the
# full $|\partial c_{20}/\partial c_0|$ is 10,000 or more; in the second it is 0.0001 or less. Any such
# pair is right.
#
# Then draw it for one unit: `P[t]` is the full Jacobian from step $t$ to the end, the product of q10's
# matrices of steps $t+1$ to $T$. Against steps back from the end, $T - t$, draw the product of the forget
# gates and the absolute value of the entry of `P` that leads from the unit's cell to its cell.
#
# *Example.* For gates (0.5, 0.2) and steps back 2, 1, 0 the direct line is 0.1, 0.2, 1. With H = 1 the
# full line is the modulus of `P[t][1, 1]`.


# %% tags=["otter_answer_cell"]
def direct_lies():
    """Two LSTMs, H = D = 1, whose forget gates stay open over 20 steps whatever the full derivative does.

    Returns (explode, vanish): two dicts with keys W_ih (4, 1), W_hh (4, 1), b_ih (4,), b_hh (4,); rows in the
    order i, f, g, o.
    """
    # BEGIN SOLUTION NO PROMPT
    open_gates = np.array([10.0, 10.0, 0.0, 10.0])
    growing = np.array([[0.0], [0.0], [1.0], [0.0]])
    shrinking = np.array([[0.0], [0.0], [-0.5], [0.0]])
    rest = {"W_ih": np.zeros((4, 1)), "b_ih": open_gates, "b_hh": np.zeros(4)}
    explode = {"W_hh": growing, **rest}
    vanish = {"W_hh": shrinking, **rest}
    return explode, vanish
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q11: direct_lies")
    """; # END PROMPT


def plot_direct_and_full(f, P):
    """Direct and full derivative of unit 0's last cell, against steps back from the end.

    f (T, H): forget gates of steps 1 ... T.  P (T + 1, 2H, 2H): P[t] = d (h_T, c_T) / d (h_t, c_t).
    Returns the Axes: two lines over T - t, t = 0 ... T; logarithmic y; a title and a label on each axis.
    """
    import matplotlib.pyplot as plt

    # BEGIN SOLUTION NO PROMPT
    T, H = f.shape
    steps_back = T - np.arange(T + 1)
    direct = np.ones(T + 1)
    direct[:-1] = np.cumprod(f[::-1, 0])[::-1]
    full = np.abs(P[:, H, H])
    _, ax = plt.subplots()
    ax.plot(steps_back, direct, "--", label="product of forget gates")
    ax.plot(steps_back, full, label="full derivative")
    ax.set_yscale("log")
    ax.set(title="Direct path and full derivative", xlabel="steps back from the end", ylabel="size")
    ax.legend()
    return ax
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q11: plot_direct_and_full")
    """; # END PROMPT


# %% tags=["otter_ignore"]
def measure(net, T=20):
    """Forget gates (T, 1) and P (T + 1, 2, 2) of a one-unit LSTM on zero inputs."""
    net = {name: np.array(value, dtype=float) for name, value in net.items()}
    cache = lstm_forward(np.zeros((T, 1, 1)), np.zeros((1, 1)), np.zeros((1, 1)), **net)[3]
    C, gates, P = np.concatenate([np.zeros((1, 1, 1)), cache["C"]]), cache["gates"][:, 0], [np.eye(2)]
    for t in reversed(range(T)):
        P.insert(0, P[0] @ lstm_jacobian(C[t, 0], C[t + 1, 0], gates[t], net["W_hh"]))
    return gates[:, 1], np.array(P)


with gradtools.waits():
    for net in direct_lies():
        f, P = measure(net)
        print(f"direct {np.prod(f):.4f}   full {P[0, 1, 1]:.3g}")
    plot_direct_and_full(f, P)

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q11")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>With zero inputs and no biases at the candidate, h = c = 0 stays where
# it is. Write J there for H = 1: which entries can you choose?</details>
# <details><summary>Hint 2</summary>At that point the cell reaches itself over two ways. One is f. What is
# on the other, and which weight sets its sign?</details>
# <details><summary>Hint 3</summary>Two ways of nearly equal size can double each other at every step, or
# cancel. Try a candidate weight of either sign and print.</details>

# %% tags=["otter_ignore"]
guess_full = None  # can the full derivative vanish while all forget gates stay above 0.999?

with gradtools.waits():
    measured = {name: measure(net) for name, net in zip(("explodes", "vanishes"), direct_lies(), strict=True)}
    figures_lstm.plot_lies(measured, guess=guess_full)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* One dashed line, two fates. Open forget gates hold the direct path open;
# what the full derivative does is decided together with the way through the state.

# %% [markdown] editable=false deletable=false
# # Summary
#
# **Measured here.**
#
# 1. A gate at bias 1 has a half-life of 2.2 steps.
# 2. The quoted advantage of ten thousand is the ratio of two chosen numbers.
# 3. A cell with an always open gate grows until its read-out has slope 0 in float64.
# 4. The same LSTM keeps twenty orders more of its gradient with forget bias 5 than with 0.
# 5. With the product of forget gates at 0.999 the full derivative of 20 steps can be 500,000 or 0.000002.
#
# **Folklore refuted.**
# - "A forget bias of 1 makes it remember by default": it forgets half in 2.2 steps.
# - "The derivative of the cell is the forget gate, so an LSTM cannot vanish or explode": that is the direct
#   path only, and you built both.
# - "An LSTM has four gates and always had a forget gate": three gates and a candidate, and the forget gate
#   came three years later.

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check_all()

# %% tags=["otter_ignore"] editable=false deletable=false
grader.export(pdf=False)

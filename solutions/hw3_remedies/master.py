# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] editable=false deletable=false
# # Keeping the factor near one
#
# You will build the usual remedies for vanishing and exploding gradients, and measure what each one does
# and what it leaves undone.
#
# | question | points | minutes |
# |---|---|---|
# | q1 sizes | 9 | 15 |
# | q2 rotations | 9 | 18 |
# | q3 ★ bounds | 5 | 10 |
# | q4 a hundred steps | 10 | 22 |
# | q5 batch norm | 10 | 30 |
# | q6 layer norm | 9 | 15 |
# | q7 residual block | 9 | 15 |
# | q8 all layers | 14 | 35 |
# | q9 see depth | 7 | 15 |
# | q10 ★ training | 3 | 10 |
# | q11 clipping | 10 | 20 |
# | q12 a cliff | 5 | 12 |
#
# **How to work.** Top to bottom. Checks here are public; others follow, on other numbers. Skip what stops
# you; where you would call a function that you left empty, write its lines out instead. Nothing builds on
# ★; guesses count no points.

# %% editable=false deletable=false
import gradtools
import numpy as np

EPS = 1e-5  # what both normalisations add to a variance, where nothing else is said


def phi(act, z):
    """The activation `act`: "relu", "tanh", "sigmoid" or "identity"; z of any shape."""
    curves = {"relu": lambda: np.maximum(z, 0), "tanh": lambda: np.tanh(z), "identity": lambda: 1.0 * z}
    return curves[act]() if act in curves else 0.5 + 0.5 * np.tanh(0.5 * z)


def dphi(act, z):
    """Its slope at z, which is what goes *into* the activation; relu has slope 0 at 0."""
    out = phi(act, z)
    slopes = {"relu": 1.0 * (z > 0), "tanh": 1 - out**2, "identity": np.ones(z.shape)}
    return slopes.get(act, out * (1 - out))


def deep_net(act, gain, L, seed=0):
    """Inputs x (32, 64), upstream dy (32, 64) and weights Ws (L, 64, 64) of a deep network.

    gain 1 gives the weights the variance 2/64 for relu and 1/64 for the others.
    """
    draw = np.random.default_rng(seed).standard_normal
    std = gain * np.sqrt((2 if act == "relu" else 1) / 64)
    return draw((32, 64)), draw((32, 64)), std * draw((L, 64, 64))


def turning(s):
    """A rotation W_hh (64, 64), 100 inputs x (100, 1, 64) of standard deviation s, and dhT (1, 64)."""
    draw = np.random.default_rng(0).standard_normal
    A, eye = draw((64, 64)), np.eye(64)
    return np.linalg.solve(eye + A - A.T, eye - A + A.T), s * draw((100, 1, 64)), draw((1, 64))


# %% tags=["otter_ignore"] editable=false deletable=false
import otter
from gradtools import figures_depth

grader = otter.Notebook("hw3_remedies.ipynb")
gradtools.style()
oracle = dict(np.load("oracle.npz"))  # torch's numbers, to compare with

# %% [markdown] editable=false deletable=false
# ## A surprise first
#
# Fifty relu layers, weights of the best size: a gradient comes out at the bottom about as large as it went
# in at the top. Now normalise every layer over the batch. By which factor will it change? Guess, then run.

# %% tags=["otter_ignore"]
guess_surprise = None  # gradient norm at layer 0, divided by that at layer 50

figures_depth.surprise(oracle, guess_surprise);

# %% [markdown] editable=false deletable=false
# It grows more than ten thousand times. Batch norm helps training, but not by keeping the factor of every
# layer at one.
#
# | letter | means | | name | shape |
# |---|---|---|---|---|
# | N, H | samples, units | | `x`, `y`, `a` | (N, H) |
# | L, T | layers, steps | | `Ws` | (L, H, H) |
# | $\varphi$, $\varphi'$ | activation, slope: `phi`, `dphi` | | `gamma`, `beta` | (H,) |
#
# # Part 1 · Weights
#
# ## q1 · Sizes
#
# A unit adds $n_{in}$ terms; on the way back an input adds $n_{out}$. To keep the mean square, the weights
# need variance $1/n_{in}$ forwards, $1/n_{out}$ backwards. Glorot's is a compromise; He's makes up for
# relu:
#
# $$v_{\text{Glorot}} = \frac{2}{n_{in}+n_{out}}, \qquad v_{\text{He}} = \frac{2}{n_{in}}$$
#
# A uniform law on $(-b, b)$ has variance $b^2/3$.
#
# *Example.* Fans 1 and 5: Glorot's variance is 1/3, so $b = 1$. Fan-in 8: He's standard deviation is 0.5.


# %% tags=["otter_answer_cell"]
def glorot_uniform(seed, fan_in, fan_out):
    """Weights of one layer: uniform on (-b, b), variance 2 / (fan_in + fan_out).

    seed: whole number; the same seed gives the same numbers (np.random.default_rng).
    Returns W (fan_out, fan_in): a row for each unit that receives.
    """
    # BEGIN SOLUTION NO PROMPT
    rng = np.random.default_rng(seed)
    bound = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-bound, bound, (fan_out, fan_in))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: glorot_uniform")
    """; # END PROMPT


def he_normal(seed, fan_in, fan_out):
    """Weights of one layer: normal, mean 0, variance 2 / fan_in.

    seed: whole number, as above.  Returns W (fan_out, fan_in).
    """
    # BEGIN SOLUTION NO PROMPT
    rng = np.random.default_rng(seed)
    std = np.sqrt(2 / fan_in)
    return std * rng.standard_normal((fan_out, fan_in))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: he_normal")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    for W in (glorot_uniform(1, 300, 500), he_normal(1, 300, 500)):
        print(W.shape, f"largest {abs(W).max():.4f}, standard deviation {W.std():.4f}")

# %% [markdown] editable=false deletable=false
# **Numbers**, four digits or a computation, for fan-in 256 and fan-out 512: Glorot's standard deviation
# `q1_glorot_std` and bound `q1_glorot_bound`, He's standard deviation `q1_he_std`.
#
# `q1_paper`: what did Glorot and Bengio (2010) show?
#
# - **a** how, in deep feed-forward nets with the usual start, activations saturate and gradients change
#   from layer to layer, and a scale of the weights that counters it
# - **b** that gradients vanish in recurrent networks only, since those share their weights
# - **c** that with relu and twice the variance the start no longer matters
# - **d** that a normalising layer after every product makes the start irrelevant

# %% tags=["otter_answer_cell"]
q1_glorot_std = np.sqrt(2 / 768)  # SOLUTION
q1_glorot_bound = np.sqrt(6 / 768)  # SOLUTION
q1_he_std = np.sqrt(2 / 256)  # SOLUTION

q1_paper = "a"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q1")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>From the variance you want, which way leads to b: multiply by 3 or
# divide, and when does the root come?</details>
# <details><summary>Hint 2</summary>A generator made from the seed has uniform and standard_normal; both
# take a shape. Which size comes first in it?</details>
# <details><summary>Hint 3</summary>Draw with fans 300 and 500 and print the variance. Which of your two
# sizes does it answer to?</details>
#
# *What you should have seen.* Glorot's bound here equals He's standard deviation: a bound is no spread.

# %% [markdown] editable=false deletable=false
# ## q2 · Rotations
#
# A square matrix whose singular values are all 1 keeps every length, forwards and backwards. To draw one,
# fill (H, H) with standard normals, factor it into $QR$ (`np.linalg.qr`) and keep $Q$. One trap: the
# library decides the signs by a rule, not by chance. Give each *column* of $Q$ the sign of its diagonal
# entry of $R$; then all orthogonal matrices are equally likely, reflections as often as rotations. How far
# is a matrix from orthogonal?
#
# $$E(W) = \lVert W^\top W - I\rVert_F, \qquad \text{the root of the sum of squares of all entries}$$
#
# *Example.* `scaled_identity(2, 0.5)` is `[[0.5, 0], [0, 0.5]]`; its error is
# $\sqrt{2 \cdot 0.75^2}$ = 1.0607.
#
# `q2_radius`: a square matrix of independent entries with standard deviation $s$ has spectral radius about
# $s\sqrt H$ (the circular law). A list of three, two digits: that value for Glorot's law, for He's, and for
# torch's default in recurrent layers, uniform on $(-1/\sqrt H, 1/\sqrt H)$.


# %% tags=["otter_answer_cell"]
def orthogonal(seed, H, gain=1.0):
    """gain times a random orthogonal matrix, all of them equally likely.

    seed: whole number; the same seed gives the same numbers.
    Returns W (H, H) with W.T @ W = gain**2 * identity.
    """
    # BEGIN SOLUTION NO PROMPT
    rng = np.random.default_rng(seed)
    normal = rng.standard_normal((H, H))
    Q, R = np.linalg.qr(normal)
    signs = np.sign(np.diag(R))
    return gain * (Q * signs)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: orthogonal")
    """; # END PROMPT


def scaled_identity(H, s):
    """s times the identity, (H, H)."""
    # BEGIN SOLUTION NO PROMPT
    return s * np.eye(H)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: scaled_identity")
    """; # END PROMPT


def orthogonality_error(W):
    """Distance of W.T @ W from the identity, as above.  W (H, H).  Returns a number."""
    # BEGIN SOLUTION NO PROMPT
    H = len(W)
    excess = W.T @ W - np.eye(H)
    return np.sqrt((excess**2).sum())
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: orthogonality_error")
    """; # END PROMPT


q2_radius = [1.0, 2**0.5, 3**-0.5]  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    print("error of a draw:", orthogonality_error(orthogonal(1, 64)))
    drawn = {"orthogonal": orthogonal(1, 256), "Glorot": glorot_uniform(1, 256, 256)}
    figures_depth.spectra({**drawn, "He": he_normal(1, 256, 256)})

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q2")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>np.diag takes the diagonal out of a matrix, np.sign leaves only
# signs.</details>
# <details><summary>Hint 2</summary>An array of H numbers times a matrix: does numpy lay it along the rows
# or along the columns?</details>
# <details><summary>Hint 3</summary>Print W[0, 0] for ten seeds. Should it always have one sign?</details>
#
# *What you should have seen.* Glorot's square matrix has radius 1 and largest singular value 2. Only the
# orthogonal one has both at 1.

# %% [markdown] editable=false deletable=false
# ## q3 ★ Bounds
#
# Each layer stretches a vector at least by its smallest and at most by its largest singular value, so
#
# $$\prod_l \sigma_{\min}(W_l) \;\le\; \lVert W_L \cdots W_1 \rVert \;\le\; \prod_l \sigma_{\max}(W_l)$$
#
# where $\lVert\cdot\rVert$ is the largest singular value. These are bounds and no estimate: a layer may
# shrink what the one before has stretched.
#
# *Example.* `Ws[0] = diag(2, 0.5)` and `Ws[1] = diag(0.5, 2)`: the bounds are 0.25 and 4, but the product
# is the identity, 1.


# %% tags=["otter_answer_cell"]
def singular_value_bounds(Ws):
    """Bounds on a product of layers, and what it is.

    Ws (L, H, H): Ws[0] meets the input first, so the product is Ws[L-1] @ ... @ Ws[0].
    Returns (lower, upper, actual), three numbers.
    """
    # BEGIN SOLUTION NO PROMPT
    sigmas = np.linalg.svd(Ws, compute_uv=False)  # (L, H), the largest first
    upper = np.prod(sigmas[:, 0])
    lower = np.prod(sigmas[:, -1])
    product = np.eye(Ws.shape[1])
    for W in Ws:
        product = W @ product
    actual = np.linalg.svd(product, compute_uv=False)[0]
    return lower, upper, actual
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: singular_value_bounds")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(*singular_value_bounds(np.array([np.diag([2.0, 0.5]), np.diag([0.5, 2.0])])))
    bounds = singular_value_bounds(deep_net("tanh", 1, 50)[2])
    print("50 layers of Glorot's law:", *(f"{number:.2g}" for number in bounds))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q3")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>np.linalg.svd takes a whole stack of matrices; told so, it returns the
# singular values only, sorted.</details>
# <details><summary>Hint 2</summary>Which matrix meets the input first, and on which side of the product
# does it stand?</details>
# <details><summary>Hint 3</summary>With one layer, upper and actual must agree. Do yours?</details>
#
# *What you should have seen.* Fifty Glorot layers: between 4e-109 and 3e14, and in truth 4.8.

# %% [markdown] editable=false deletable=false
# ## q4 · A hundred steps
#
# A recurrent net uses one matrix at every step. The IRNN starts it at the identity and takes relu: with no
# bias and $h_0 = 0$,
#
# $$h_t = \mathrm{relu}\!\left(x_t W_{ih}^\top + s\,h_{t-1}\right)$$
#
# As long as a unit stays on, its factor per step is exactly $s$. With tanh it is not: there every factor is
# $\mathrm{diag}(1-h_t^2)\,W_{hh}$, another one at each step, even if $W_{hh}$ is a rotation.
# `tanh_gradient_norms` measures it: run $h_t = \tanh(x_t + h_{t-1} W_{hh}^\top)$ from $h_0 = 0$, then send
# `dhT` back and note its norm (root of the sum of squares) at every step.
#
# *Example.* All sizes 1. IRNN: `W_ih = 1`, `s = 0.5`, `x = (2, -0.5, -3)` gives (2, 0.5, 0). Tanh:
# `W_hh = 2`, inputs such that $h = (0.6, 0.8)$, `dhT = 1` gives norms (0.9216, 0.72, 1).
#
# `turning(s)` gives `W_hh`, `x`, `dhT`. Which share of the norm is left after 100 steps back? `q4_silent`,
# `q4_small`, `q4_unit` for $s$ = 0, 0.1, 1.


# %% tags=["otter_answer_cell"]
def irnn_forward(x, W_ih, s):
    """A relu network whose recurrent matrix is s times the identity; no bias, state 0 at the start.

    x (T, N, D), W_ih (H, D), s: number.  Returns Y (T, N, H), all states.
    """
    # BEGIN SOLUTION NO PROMPT
    T, N = x.shape[:2]
    H = len(W_ih)
    h = np.zeros((N, H))
    Y = np.zeros((T, N, H))
    for t in range(T):
        z = x[t] @ W_ih.T + s * h
        h = np.maximum(z, 0)
        Y[t] = h
    return Y
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: irnn_forward")
    """; # END PROMPT


def tanh_gradient_norms(W_hh, x, dhT):
    """Norm of the gradient at every state of a tanh recurrence.

    W_hh (H, H), x (T, N, H), dhT (N, H): gradient at the last state; the loss reads no other.
    Returns (T + 1,): norms of the gradients at h_0, h_1, ..., h_T, over samples and units together.
    """
    # BEGIN SOLUTION NO PROMPT
    h = np.zeros_like(dhT)
    states = []
    for x_t in x:
        h = np.tanh(x_t + h @ W_hh.T)
        states.append(h)
    dh = dhT
    norms = [np.linalg.norm(dh)]
    for h_t in reversed(states):
        da = dh * (1 - h_t**2)
        dh = da @ W_hh
        norms.append(np.linalg.norm(dh))
    return np.array(norms[::-1])
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: tanh_gradient_norms")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
q4_silent = 1.0  # SOLUTION
q4_small = 1.915e-3  # SOLUTION
q4_unit = 5.657e-21  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    print(irnn_forward(np.array([[[2.0]], [[-0.5]], [[-3.0]]]), np.ones((1, 1)), 0.5).ravel())
    x = np.array([np.log(2), np.log(3) - 1.2]).reshape(2, 1, 1)
    print(tanh_gradient_norms(np.array([[2.0]]), x, np.ones((1, 1))))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q4")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Two loops: one forwards that keeps every state, one backwards that uses
# them up.</details>
# <details><summary>Hint 2</summary>A gradient at h_t first passes the tanh that made h_t, then the matrix.
# Which state is in that slope?</details>
# <details><summary>Hint 3</summary>The norms are found from the last to the first. In which order must they
# be returned?</details>

# %% tags=["otter_ignore"]
guess_q4 = None  # inputs of size 1, a rotation, tanh: which share of a gradient is left after 100 steps?

with gradtools.waits():
    norms = {s: tanh_gradient_norms(*turning(s)) for s in (0, 0.01, 0.1, 0.5, 1)}
    figures_depth.rotations(norms, guess_q4)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* The matrix alone loses nothing. The slopes take it all, the sooner the
# stronger the inputs: a rotation preserves gradients in a silent network only.

# %% [markdown] editable=false deletable=false
# # Part 2 · Layers
#
# ## q5 · Batch norm
#
# For every unit, subtract its mean $\mu$ over the N samples, divide by its spread, then let it choose a
# scale and a shift of its own:
#
# $$\hat x = \frac{x-\mu}{\sqrt{v+\varepsilon}}, \qquad y = \gamma\,\hat x + \beta$$
#
# $v$ is the plain mean of $(x-\mu)^2$; N, not N - 1. On the way back, an entry of $x$ acts three times:
# itself, through $\mu$, and through $v$. The gradient with respect to $x$ is the sum of the three.
#
# *Example.* `x = [[0, 2], [2, 0], [2, 4], [4, 2]]`, $\varepsilon$ = 2: both units have mean 2 and variance
# 2, so they are halved: $\hat x$ = `[[-1, 0], [0, -1], [0, 1], [1, 0]]`. With `gamma = (3, -1)`,
# `beta = (1, 0)`: `y = [[-2, 0], [1, 1], [1, -1], [4, 0]]`. For `dy = [[4, 0], [0, 4], [0, 0], [0, 4]]`:
# `dbeta = (4, 8)`, `dgamma = (-4, -4)` and `dx = [[3, 1], [-1.5, -0.5], [-1.5, 0.5], [0, -1]]`.


# %% tags=["otter_answer_cell"]
def batchnorm_forward(x, gamma, beta, eps):
    """Normalises every unit over the batch.

    x (N, H), gamma (H,), beta (H,), eps: number.
    Returns (y, cache): y (N, H); cache is a dict with keys x_hat (N, H), inv_std (H,), which is
    1 / sqrt(variance + eps), and gamma (H,).
    """
    # BEGIN SOLUTION NO PROMPT
    mean = x.mean(axis=0)  # (H,)
    centred = x - mean
    var = (centred**2).mean(axis=0)
    inv_std = 1 / np.sqrt(var + eps)
    x_hat = centred * inv_std
    y = gamma * x_hat + beta
    cache = {"x_hat": x_hat, "inv_std": inv_std, "gamma": gamma}
    return y, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q5: batchnorm_forward")
    """; # END PROMPT


def batchnorm_backward(dy, cache):
    """Backward through batchnorm_forward.

    dy (N, H).  cache: dict with keys x_hat (N, H), inv_std (H,), gamma (H,).
    Returns a dict with keys dx (N, H), dgamma (H,), dbeta (H,); sums over samples, not means.
    """
    # BEGIN SOLUTION NO PROMPT
    x_hat, inv_std, gamma = cache["x_hat"], cache["inv_std"], cache["gamma"]
    dbeta = dy.sum(axis=0)
    dgamma = (dy * x_hat).sum(axis=0)
    dx_hat = dy * gamma
    by_mean = dx_hat.mean(axis=0)
    by_var = x_hat * (dx_hat * x_hat).mean(axis=0)
    dx = inv_std * (dx_hat - by_mean - by_var)
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q5: batchnorm_backward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    x = np.array([[0.0, 2.0], [2.0, 0.0], [2.0, 4.0], [4.0, 2.0]])
    y, cache = batchnorm_forward(x, np.array([3.0, -1.0]), np.array([1.0, 0.0]), 2.0)
    print(y, batchnorm_backward(np.array([[4.0, 0.0], [0.0, 4.0], [0.0, 0.0], [0.0, 4.0]]), cache))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q5")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Name every intermediate of the forward pass and give each a gradient,
# last one first. Which array do all three ways of x share?</details>
# <details><summary>Hint 2</summary>Shift a whole column of x: y stays as it is. So each column of dx has a
# sum that you know. What must be taken off to reach it?</details>
# <details><summary>Hint 3</summary>Stretch a column about its mean: for small eps y stays too. So what is
# column by column the sum of dx times x_hat, and which term sees to that?</details>
#
# *What you should have seen.* Each column of dx adds up to 0: what all samples have in common gets no
# gradient.

# %% [markdown] editable=false deletable=false
# ## q6 · Layer norm
#
# The same idea along the other axis: each *sample* is normalised over its H units, so that no sample
# depends on the others, and a batch of one will do. Scale and shift still belong to the units:
#
# $$\hat x_{nj} = \frac{x_{nj}-\mu_n}{\sqrt{v_n+\varepsilon}}, \qquad
# y_{nj} = \gamma_j\,\hat x_{nj} + \beta_j$$
#
# One thing changes on the way back: $\gamma$ now differs *within* what is averaged.
#
# *Example.* `x = [[0, 2, 2, 4], [2, 0, 4, 2]]`, $\varepsilon$ = 2, `gamma = (3, 1, 2, -1)`,
# `beta = (1, 0, 0, 0)`: `y = [[-2, 0, 0, -1], [1, -1, 2, 0]]`. For `dy = [[1, 2, 0, 1], [0, 4, 1, 4]]`:
# `dx = [[0.5, 0.5, -0.5, -0.5], [-0.25, 1.5, 1, -2.25]]`, `dgamma = (-1, -4, 1, 1)`.


# %% tags=["otter_answer_cell"]
def layernorm_forward(x, gamma, beta, eps):
    """Normalises every sample over its units.

    x (N, H), gamma (H,), beta (H,), eps: number.
    Returns (y, cache): y (N, H); cache is a dict with keys x_hat (N, H), inv_std (N, 1), gamma (H,).
    """
    # BEGIN SOLUTION NO PROMPT
    mean = x.mean(axis=1, keepdims=True)  # (N, 1)
    centred = x - mean
    var = (centred**2).mean(axis=1, keepdims=True)
    inv_std = 1 / np.sqrt(var + eps)
    x_hat = centred * inv_std
    y = gamma * x_hat + beta
    cache = {"x_hat": x_hat, "inv_std": inv_std, "gamma": gamma}
    return y, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q6: layernorm_forward")
    """; # END PROMPT


def layernorm_backward(dy, cache):
    """Backward through layernorm_forward.

    dy (N, H).  cache: dict with keys x_hat (N, H), inv_std (N, 1), gamma (H,).
    Returns a dict with keys dx (N, H), dgamma (H,), dbeta (H,); sums over samples.
    """
    # BEGIN SOLUTION NO PROMPT
    x_hat, inv_std, gamma = cache["x_hat"], cache["inv_std"], cache["gamma"]
    dbeta = dy.sum(axis=0)
    dgamma = (dy * x_hat).sum(axis=0)
    dx_hat = dy * gamma
    by_mean = dx_hat.mean(axis=1, keepdims=True)
    by_var = x_hat * (dx_hat * x_hat).mean(axis=1, keepdims=True)
    dx = inv_std * (dx_hat - by_mean - by_var)
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q6: layernorm_backward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    given = {name.split("/")[1]: value for name, value in oracle.items() if name.startswith("layernorm/")}
    grads = layernorm_backward(given["dy"], given)  # a cache of torch's own numbers
    for name, value in grads.items():
        print(f"{name:7} largest difference from torch {abs(value - given[name]).max():.1e}")

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q6")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>What has shape (N, 1) here had shape (H,) in q5. Which argument of mean
# keeps the axis?</details>
# <details><summary>Hint 2</summary>dgamma belongs to the units: over which axis is it summed, in both
# normalisations?</details>
# <details><summary>Hint 3</summary>In q5 gamma could be taken out of the means, for it was constant along
# them. Is it here?</details>
#
# *What you should have seen.* Here each row of dx adds up to 0, and no sample takes part in another's
# gradient.

# %% [markdown] editable=false deletable=false
# ## q7 · Residual block
#
# Instead of replacing its input, a block adds to it. The shortcut is multiplied by nothing:
#
# $$y = x + \varphi(z), \quad z = x W^\top \qquad\Rightarrow\qquad
# \frac{\partial y}{\partial x} = I + \mathrm{diag}(\varphi'(z))\,W$$
#
# So a gradient can no longer vanish just because $\varphi'$ or $W$ is small. Nothing keeps the sum from
# being larger than one.
#
# *Example.* `x = [[1, -1]]`, `W = [[1, 2], [0.5, -1]]`, relu: `z = [[-1, 1.5]]`, `y = [[1, 0.5]]`. For
# `dy = [[1, 2]]`: `dx = [[2, 0]]`, `dW = [[0, 0], [2, -2]]`.


# %% tags=["otter_answer_cell"]
def residual_forward(x, W, act):
    """One residual block.

    x (N, H), W (H, H), act: name of the activation, for phi and dphi.
    Returns (y, cache): y (N, H); cache is a dict with keys x (N, H), W (H, H), slope (N, H): dphi at z.
    """
    # BEGIN SOLUTION NO PROMPT
    z = x @ W.T
    y = x + phi(act, z)
    slope = dphi(act, z)
    return y, {"x": x, "W": W, "slope": slope}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: residual_forward")
    """; # END PROMPT


def residual_backward(dy, cache):
    """Backward through residual_forward.

    dy (N, H).  cache: dict with keys x (N, H), W (H, H), slope (N, H).
    Returns a dict with keys dx (N, H), dW (H, H).
    """
    # BEGIN SOLUTION NO PROMPT
    x, W = cache["x"], cache["W"]
    dz = dy * cache["slope"]
    through = dz @ W
    dx = dy + through
    dW = dz.T @ x
    return {"dx": dx, "dW": dW}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: residual_backward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    y, cache = residual_forward(np.array([[1.0, -1.0]]), np.array([[1.0, 2.0], [0.5, -1.0]]), "relu")
    print(y, residual_backward(np.array([[1.0, 2.0]]), cache))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q7")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>x has two ways into y. What comes back along each?</details>
# <details><summary>Hint 2</summary>Only one of the two ways passes the slope.</details>
# <details><summary>Hint 3</summary>W is square: a wrong transpose raises nothing. Follow dy of the example
# through W by hand.</details>
#
# *What you should have seen.* Unit 0 of the example is off, and yet a gradient comes out of it: the
# shortcut's.

# %% [markdown] editable=false deletable=false
# ## q8 · Through all layers
#
# Now the instrument of this notebook. From $a_0 = x$, layer $l$ computes
#
# $$a_l = \varphi(\mathrm{norm}(a_{l-1} W_l^\top)) \;[\,+\; a_{l-1}\,]$$
#
# with `Ws[l - 1]` for $W_l$. `norm` is None, `"batch"` or `"layer"` (scale 1, shift 0, `EPS`); the bracket
# is added if `residual`. Then walk back from `dy` at $a_L$ and note the norm of the gradient at every
# $a_l$. Without extras each layer multiplies by $\mathrm{diag}(\varphi'(z_l))\,W_l$: over L layers that is
# a product of L slopes and L matrices.
#
# *Example.* `x = [[1, 1]]`, `Ws = [[[1, -2], [3, 0]], [[1, 1], [0, 2]]]`, relu, `dy = [[3, 4]]`:
# $a_1$ = (0, 3); the norms are (33, 11.4018, 5). With `residual`: $a_1$ = (1, 4), norms (53.1601, 16.1555,
# 5).


# %% tags=["otter_answer_cell"]
def gradient_norms(x, dy, Ws, act, norm=None, residual=False):
    """Norm of the gradient at the input and at every layer of a deep network.

    x (N, H), dy (N, H): gradient at the last layer, Ws (L, H, H), act: for phi and dphi;
    norm: None, "batch" or "layer"; residual: whether each layer adds its input.
    Returns (L + 1,): norms of the gradients at a_0, ..., a_L, over samples and units together.
    """
    # BEGIN SOLUTION NO PROMPT
    forward = {"batch": batchnorm_forward, "layer": layernorm_forward}
    backward = {"batch": batchnorm_backward, "layer": layernorm_backward}
    one, zero = np.ones(x.shape[1]), np.zeros(x.shape[1])
    a, slopes, caches = x, [], []
    for W in Ws:
        z = a @ W.T
        if norm:
            z, cache = forward[norm](z, one, zero, EPS)
            caches.append(cache)
        slopes.append(dphi(act, z))
        f = phi(act, z)
        a = a + f if residual else f
    da = dy
    norms = [np.linalg.norm(da)]
    for l in reversed(range(len(Ws))):
        dz = da * slopes[l]
        if norm:
            dz = backward[norm](dz, caches[l])["dx"]
        back = dz @ Ws[l]
        da = da + back if residual else back
        norms.append(np.linalg.norm(da))
    return np.array(norms[::-1])
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: gradient_norms")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    x, dy = np.ones((1, 2)), np.array([[3.0, 4.0]])
    Ws = np.array([[[1.0, -2.0], [3.0, 0.0]], [[1.0, 1.0], [0.0, 2.0]]])
    print(gradient_norms(x, dy, Ws, "relu"), gradient_norms(x, dy, Ws, "relu", residual=True))
    small = gradient_norms(*deep_net("relu", 0.5**0.5, 50), "relu")
    print(f"relu, variance 1/n, 50 layers: {small[0] / small[-1]:.1e}")
    for gain in (0.9, 1.1, 1.5):  # medians over 20 draws without activation: own matrices, one shared matrix
        ratios = []
        for seed in range(20):
            x, dy, Ws = deep_net("identity", gain, 50, seed)
            stacks = (Ws, np.repeat(Ws[:1], 50, axis=0))
            ratios.append([np.divide(*gradient_norms(x[:1], dy[:1], W, "identity")[[0, -1]]) for W in stacks])
        print("gain", gain, "own and shared:", np.median(ratios, axis=0))

# %% [markdown] editable=false deletable=false
# **Numbers.** relu is on for half of the inputs, so it halves the mean square. `q8_relu_layer`: the factor
# that one relu layer of variance $1/n$ puts on the *norm* of a gradient; `q8_relu_fifty`: that of fifty;
# `q8_he_layer`: of one layer with variance $2/n$.
#
# `q8_own`, `q8_shared`: gradient norm at $a_0$ over that at $a_{50}$ for `deep_net("identity", 0.8, 50)`:
# with its fifty matrices, and with `Ws[0]` in all fifty places. (Without activation the shared one is a
# recurrent net.)

# %% [markdown] editable=false deletable=false
# **Two choices.** `q8_relu`: relu against sigmoid.
#
# - **a** relu passes every gradient unchanged, whatever the weights
# - **b** both have slopes up to 1, but sigmoid saturates on one side only
# - **c** relu has slope 1 or 0, sigmoid 0.25 at most; units that are off pass nothing, hence the 2 in He's
#   variance
# - **d** relu cannot be saturated, so the size of the weights does not matter
#
# `q8_layers`: why are deep feed-forward nets easier to cure than recurrent ones?
#
# - **a** their gradients do not vanish: only shared weights make products shrink
# - **b** they are not: with equal depth no cure helps either of them
# - **c** their layers add up, while steps in time multiply
# - **d** products shrink or grow alike in both, but each layer has its own matrix, size and norm to set; a
#   recurrent net has one for all its steps, and usually more steps than layers

# %% tags=["otter_answer_cell"]
q8_relu_layer = 2**-0.5  # SOLUTION
q8_relu_fifty = 2**-25  # SOLUTION
q8_he_layer = 1.0  # SOLUTION

q8_own = 1.0725e-5  # SOLUTION
q8_shared = 2.8691e-3  # SOLUTION

q8_relu = "c"  # SOLUTION
q8_layers = "d"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q8")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Forwards, keep for every layer what its way back needs. Backwards, undo
# the layer's operations in the opposite order.</details>
# <details><summary>Hint 2</summary>The slope belongs to what goes into the activation. With a norm, is that
# before or after it?</details>
# <details><summary>Hint 3</summary>Check pieces: one layer, identity, then residual, then norm. Where do
# you leave the example?</details>
#
# *What you should have seen.* The measured relu ratio is near 2 to the power -25. With shared weights and
# with own ones a gradient goes with the fiftieth power of the gain: sharing is not the cause, it only takes
# the cure away.

# %% [markdown] editable=false deletable=false
# ## q9 · See depth
#
# `plot_depth` draws one line for each scheme: `norms` maps its name to an array (L + 1,), as
# `gradient_norms` makes it; the arrays may differ in length. x is the layer 0 … L. Products belong on a
# logarithmic axis.
#
# `depth_explorer` is what the sliders call: gradient norms of `deep_net(act, gain, L)`, relative to the
# last layer ($\ell$ is the loss),
#
# $$r_l = \frac{\lVert \partial\ell/\partial a_l\rVert}{\lVert \partial\ell/\partial a_L\rVert}, \qquad
# r_L = 1$$
#
# *Example.* For norms (33, 11.4018, 5), $r$ = (6.6, 2.2804, 1).
#
# `q9_norm`: fifty relu layers at the start. Which is true?
#
# - **a** batch norm keeps the gradient's size, since it keeps that of the activations
# - **b** residual blocks keep it, since their shortcut multiplies by one; only batch norm makes it grow
# - **c** batch norm makes it grow on its way back, residual blocks without scaling much more; blocks scaled
#   by $1/\sqrt L$ keep it within a factor of ten
# - **d** both make it vanish: they divide by a spread


# %% tags=["otter_answer_cell"]
def plot_depth(norms):
    """Gradient norms against the layer, one line for each scheme.

    norms: dict, name -> (L + 1,).
    Returns the Axes: a line for each, x = 0 ... L; logarithmic y; a title and a label on each axis.
    """
    import matplotlib.pyplot as plt

    # BEGIN SOLUTION NO PROMPT
    _, ax = plt.subplots()
    for name, values in norms.items():
        layers = np.arange(len(values))
        ax.plot(layers, values, label=name)
    ax.set_yscale("log")
    ax.set(title="Gradient norm by depth", xlabel="layer", ylabel="gradient norm")
    ax.legend()
    return ax
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q9: plot_depth")
    """; # END PROMPT


def depth_explorer(act, gain, L, norm, residual):
    """Relative gradient norms of deep_net(act, gain, L).

    norm, residual: as for gradient_norms.  Returns (L + 1,); the last entry is 1.
    """
    # BEGIN SOLUTION NO PROMPT
    x, dy, Ws = deep_net(act, gain, L)
    norms = gradient_norms(x, dy, Ws, act, norm, residual)
    return norms / norms[-1]
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q9: depth_explorer")
    """; # END PROMPT


q9_norm = "c"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    plot_depth({"halves": np.array([0.25, 0.5, 1.0]), "triples": np.array([27.0, 9.0, 3.0, 1.0])})

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q9")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>How many layers has an array of L + 1 norms, and which number has the
# first?</details>
# <details><summary>Hint 2</summary>plt.subplots() returns two things; the second has plot and set_yscale,
# and has to be returned.</details>
# <details><summary>Hint 3</summary>Which end of the array is the loss at? That entry is the unit of all
# others.</details>

# %% tags=["otter_ignore"]
guess_q9 = None  # fifty unscaled residual relu blocks: gradient norm at layer 0 over that at layer 50

with gradtools.waits():
    x, dy, Ws = deep_net("relu", 1, 50)
    schemes = {
        "tanh, Glorot": depth_explorer("tanh", 1, 50, None, False),
        "relu, variance 1/n": depth_explorer("relu", 0.5**0.5, 50, None, False),
        "relu, He": depth_explorer("relu", 1, 50, None, False),
        "relu, He, batch norm": depth_explorer("relu", 1, 50, "batch", False),
        "relu, He, residual": depth_explorer("relu", 1, 50, None, True),
        "residual / √50": depth_explorer("relu", 50**-0.5, 50, None, True),
    }
    figures_depth.schemes(schemes, guess_q9)

# %% tags=["otter_ignore"]
with gradtools.waits():
    for norm in (None, "batch", "layer"):
        ratios = [depth_explorer(act, 1, 50, norm, False)[0] for act in ("relu", "tanh", "sigmoid")]
        print(f"norm {norm!s:5}  relu {ratios[0]:8.2g}  tanh {ratios[1]:8.2g}  sigmoid {ratios[2]:8.2g}")
    figures_depth.explore_depth(depth_explorer)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* Layer norm leaves relu alone and cannot save sigmoid; batch norm saves
# sigmoid and spoils relu. A remedy has a scheme that it fits.

# %% [markdown] editable=false deletable=false
# # Part 3 · Steps
#
# ## q10 ★ What training undoes
#
# An orthogonal start is a property of the start. Train one matrix to send `x` to `target` by plain gradient
# descent, and watch $E(W)$ of q2. The loss is half the sum of squares over samples and units:
#
# $$\ell(W) = \tfrac12 \lVert x W^\top - \text{target}\rVert^2, \qquad
# W \leftarrow W - \eta\,\frac{\partial \ell}{\partial W}$$
#
# *Example.* W = identity (2, 2), `x = [[1, 0]]`, `target = [[2, 0]]`, $\eta$ = 0.5: W[0, 0] goes 1, 1.5,
# 1.75 and the errors are (0, 1.25, 2.0625).


# %% tags=["otter_answer_cell"]
def train_and_track(W, x, target, lr, steps):
    """Gradient descent on one matrix, with its distance from orthogonal.

    W (H, H): where to start.  x, target (N, H).  lr: number.  steps: whole number.
    Returns (steps + 1,): the orthogonality error at the start and after every step.
    """
    # BEGIN SOLUTION NO PROMPT
    errors = [orthogonality_error(W)]
    for _ in range(steps):
        residue = x @ W.T - target  # (N, H)
        dW = residue.T @ x
        W = W - lr * dW
        errors.append(orthogonality_error(W))
    return np.array(errors)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q10: train_and_track")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(train_and_track(np.eye(2), np.array([[1.0, 0.0]]), np.array([[2.0, 0.0]]), 0.5, 2))
    x, target, Ws = deep_net("tanh", 1, 1)
    figures_depth.drift(train_and_track(orthogonal(0, 64), x, target, 0.0005, 100))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q10")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>dW has the shape of W. Which two arrays of shape (N, H) make
# it?</details>
# <details><summary>Hint 2</summary>How many errors are there after no step at all?</details>
# <details><summary>Hint 3</summary>Is the loss falling? Print it once if the errors are off.</details>
#
# *What you should have seen.* From 5e-15 to 0.5 in one step, to 7 in a hundred: nothing in the loss asks W
# to stay orthogonal.

# %% [markdown] editable=false deletable=false
# ## q11 · Clipping
#
# When a gradient is too long, shorten it and keep its direction. One norm is taken over *all* arrays, as if
# they were laid end to end, and all are multiplied by the same coefficient. torch's rule, which it calls
# `clip_grad_norm_`:
#
# $$c = \min\!\left(1, \frac{\text{max\_norm}}{\text{total} + \varepsilon}\right), \qquad
# \text{total} = \sqrt{\textstyle\sum_k \lVert g_k\rVert^2}$$
#
# `total` is the norm *before* clipping, and is returned. If an entry is inf, so is the total: c = 0, every
# finite entry becomes 0, and 0 · inf is nan. Clipping *by value* cuts every entry to [-c, c] instead; that
# turns the direction.
#
# *Example.* Arrays [3, 4] and [12] have total 13; with `max_norm` 6.5 they become [1.5, 2] and [6]. By
# value at 1, [3, 4] becomes [1, 1].


# %% tags=["otter_answer_cell"]
def clip_by_global_norm(grads, max_norm, eps=1e-6):
    """Gradients scaled down together, so that their joint norm is at most max_norm.

    grads: list of arrays of any shapes.  max_norm: number.
    Returns (clipped, total): a list of arrays of the same shapes; the joint norm before clipping.
    """
    # BEGIN SOLUTION NO PROMPT
    squares = [(g**2).sum() for g in grads]
    total = np.sqrt(sum(squares))
    coefficient = np.minimum(1.0, max_norm / (total + eps))
    clipped = [coefficient * g for g in grads]
    return clipped, total
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q11: clip_by_global_norm")
    """; # END PROMPT


def clip_by_value(grads, c):
    """Every entry cut to the interval from -c to c.  grads: list of arrays.  Returns a list of arrays."""
    # BEGIN SOLUTION NO PROMPT
    return [np.clip(g, -c, c) for g in grads]
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q11: clip_by_value")
    """; # END PROMPT


# %% [markdown] editable=false deletable=false
# **Numbers**, by torch's rule with $\varepsilon = 10^{-6}$, for the arrays [3, 4] and [12]. By how much
# does the norm *after* clipping fall short of 1 at `max_norm` 1: `q11_short_1`; of 13 at `max_norm` 13:
# `q11_short_13`? With [3, 4] and [inf], how many of the three entries become 0: `q11_inf`? With [3, 4] and
# [nan], how many are still finite, if c is nan as soon as the total is: `q11_nan`?
#
# `q11_clipping`: what does clipping by the global norm do?
#
# - **a** it cures both: small gradients are scaled up to the threshold, large ones down
# - **b** it bounds the update of one step if it stands between backward and the optimiser; what has
#   vanished stays vanished
# - **c** it bounds the weights, so it belongs after the optimiser's step
# - **d** it keeps the direction best if every array is clipped by its own norm

# %% tags=["otter_answer_cell"]
q11_short_1 = 1 - 13 / (13 + 1e-6)  # SOLUTION
q11_short_13 = 13 - 13 * 13 / (13 + 1e-6)  # SOLUTION
q11_inf = 2  # SOLUTION
q11_nan = 0  # SOLUTION

q11_clipping = "b"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits():
    grads = [oracle["clip/g0"], oracle["clip/g1"]]
    clipped, total = clip_by_global_norm(grads, float(oracle["clip/max_norm"]))
    print("difference from torch, total:", total - oracle["clip/total"])
    print("arrays:", *[abs(g - oracle[f"clip/out{k}"]).max() for k, g in enumerate(clipped)])
    print("by value:", *clip_by_value([np.array([3.0, 4.0])], 1.0), "; min(1.0, nan) is", min(1.0, np.nan))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q11")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Lay all arrays end to end on paper. What is the square of the length of
# that?</details>
# <details><summary>Hint 2</summary>What does your coefficient say when total is below max_norm, and when it
# is 0?</details>
# <details><summary>Hint 3</summary>`for g in grads: g = c * g` gives a new name to a new array. What is in
# the list afterwards?</details>
#
# *What you should have seen.* Clipped to 1, the norm is 0.999999923, never 1. Python's `min(1.0, nan)` is
# 1: a nan would pass unclipped.

# %% [markdown] editable=false deletable=false
# ## q12 · A cliff
#
# One weight, used twenty times over: $h_{20} = w^{20}$ with the loss
#
# $$\ell(w) = \left(w^{20} - \tfrac12\right)^2$$
#
# Its minimum lies at $w = 0.5^{1/20} = 0.9659$; right of 1 the valley becomes a wall. Derive $\ell'$ and
# descend, $w \leftarrow w - \eta\,\ell'(w)$. With `max_norm` the single gradient is clipped by q11's rule
# first. Without it numbers leave float64: start from `np.float64(w0)`, which overflows to inf where
# Python's float would stop with an error.
#
# *Example.* From 1 with $\eta$ = 0.1 the gradient is 20: unclipped $w$ goes 1, -1, 1, …; clipped at 1 it
# goes 1, 0.9, 1.0, to six digits.


# %% tags=["otter_answer_cell"]
def cliff_descent(w0, lr, steps, max_norm=None):
    """Gradient descent on (w**20 - 0.5)**2.

    w0, lr: numbers.  steps: whole number.  max_norm: None (do not clip) or a number.
    Returns (steps + 1,): w at the start and after every step; inf and nan are left as they come.
    """
    # BEGIN SOLUTION NO PROMPT
    w = np.float64(w0)
    path = [w]
    for _ in range(steps):
        grad = 40 * w**19 * (w**20 - 0.5)
        if max_norm is not None:
            size = np.abs(grad)
            grad = grad * np.minimum(1.0, max_norm / (size + 1e-6))
        w = w - lr * grad
        path.append(w)
    return np.array(path)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q12: cliff_descent")
    """; # END PROMPT


# %% [markdown] editable=false deletable=false
# **Match.** Give each remedy the letter of its *limit*: `q12_clip`, `q12_orthogonal`, `q12_rate` (a smaller
# learning rate), `q12_relu`, `q12_norm`, `q12_residual`.
#
# - **a** shortens every step alike; not one factor of the product changes
# - **b** exact at the start and without saturation; training leaves it
# - **c** acts on gradients that are too large; says nothing about those that are gone
# - **d** adds 1 to each layer's Jacobian: little vanishes, but without scaling the product can grow with
#   depth
# - **e** slope 1 for units that are on, 0 for the others; the matrices stay in the product
# - **f** fixes the size of the signal, not of the gradient, which may even grow from layer to layer

# %% tags=["otter_answer_cell"]
q12_clip = "c"  # SOLUTION
q12_orthogonal = "b"  # SOLUTION
q12_rate = "a"  # SOLUTION
q12_relu = "e"  # SOLUTION
q12_norm = "f"  # SOLUTION
q12_residual = "d"  # SOLUTION

# %% tags=["otter_ignore"]
with gradtools.waits(), np.errstate(all="ignore"):
    print(cliff_descent(1, 0.1, 3), cliff_descent(1, 0.1, 3, 1))
    print("a smaller rate, unclipped:", cliff_descent(1.2, 0.001, 4))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q12")

# %% [markdown] editable=false deletable=false
# <details><summary>Hint 1</summary>Chain rule twice: the square outside, the power inside.</details>
# <details><summary>Hint 2</summary>The norm of one number is its modulus. What happens to a negative
# gradient if you forget that?</details>
# <details><summary>Hint 3</summary>At w = 1 the gradient is 20. Is yours?</details>

# %% tags=["otter_ignore"]
guess_q12 = None  # from w = 1.2, rate 0.02, unclipped: after how many steps is w infinite?

with gradtools.waits(), np.errstate(all="ignore"):
    figures_depth.cliff(cliff_descent(1.2, 0.02, 40), cliff_descent(1.2, 0.02, 40, 1.0), guess_q12)

# %% [markdown] editable=false deletable=false
# *What you should have seen.* Three steps to infinity, and no exception. Clipped at 1, w walks down and
# stays within 0.02 of the minimum.

# %% [markdown] editable=false deletable=false
# # Summary
#
# **Measured here.**
#
# 1. Glorot's square matrix has spectral radius 1 and stretches by 2.
# 2. A rotation under tanh with inputs of size 1 leaves less than 1e-20 of a gradient after 100 steps.
# 3. Fifty relu layers of variance 1/n leave 4e-8, He's variance about 1.
# 4. Batch norm multiplies a relu gradient by more than 10,000 over 50 layers, unscaled residual blocks by
#    more than 10,000,000,000, blocks scaled by $1/\sqrt{50}$ by less than 10.
# 5. On the cliff, one step without clipping leads from 1.2 to -966.
#
# **Folklore refuted.**
# - "Normalisation keeps gradients at the size of one": see (4).
# - "Orthogonal weights preserve gradients": in a linear or silent network, at the start.
# - "Gradients vanish because weights are shared": fifty different matrices shrink them too, by the same
#   power of their size.

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check_all()

# %% tags=["otter_ignore"] editable=false deletable=false
grader.export(pdf=False)

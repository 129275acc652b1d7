# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] editable=false deletable=false
# # Products of Jacobians
#
# Multiply a number, then a matrix, by itself until nothing is left or everything bursts, and find out what
# decides which.
#
# | question | points | minutes |
# |---|---|---|
# | q1 one factor | 8 | 10 |
# | q2 draw it | 11 | 25 |
# | q3 slopes | 16 | 30 |
# | q4 radius and norm | 11 | 20 |
# | q5 powers | 8 | 25 |
# | q6 a bound | 11 | 20 |
# | q7 other factors | 12 | 30 |
# | q8 ★ entries, chance | 7 | 20 |
# | q9 floating point | 7 | 12 |
# | q10 two sliders | 9 | 13 |
#
# **How to work.** Top to bottom. Checks are public; others follow, on other numbers. Skip what stops you:
# where you would call a function that you left empty, numpy alone can stand in for it. Nothing builds on ★.

# %% editable=false deletable=false
import matplotlib.pyplot as plt
import numpy as np

import gradtools

WEIGHTS = (0.5, 0.7, 0.9, 1.0, 1.1, 1.5, 2.0)

# %% tags=["otter_ignore"] editable=false deletable=false
import otter

from gradtools import figures_products

grader = otter.Notebook("hw1_jacobians.ipynb")
gradtools.style()

# %% [markdown] editable=false deletable=false
# ## A surprise first
#
# Both eigenvalues of `[[0.9, 10], [0, 0.9]]` are 0.9, so its powers die out. From which power on is the norm
# (the most that it can stretch a vector) below 1? Write your guess, then run.

# %% tags=["otter_ignore"]
guess_surprise = None

axes = figures_products.surprise(guess_surprise)

# %% [markdown] editable=false deletable=false
# It grows 38.7-fold before it fades. Eigenvalues tell how a product ends, not what happens on the way, and
# training happens on the way.
#
# | letter | means | | letter | means |
# |---|---|---|---|---|
# | $w, \lambda$ | one factor | | $\rho(W)$ | largest modulus of an eigenvalue |
# | $n, T$ | number of steps | | $\sigma_{\max}(W)$, also $\lVert W\rVert$ | largest singular value |
# | $z$, $h=\varphi(z)$ | before, after the activation | | $\gamma$ | largest slope of $\varphi$ |
# | $W$ (H, H) | weights | | $J$ (S, S) | Jacobian of one step |
#
# # Part 1: one number
#
# ## q1 · One factor, many times
#
# A rumour runs along a line of people, and each passes on nine tenths of it. A gradient on its way back
# through time fares alike: every step multiplies it by some factor. Below 1 the far end hears nothing
# (telephone game), above 1 it is overrun (snowball).
#
# $$c_k = \underbrace{w \cdot w \cdots w}_{k} = w^k, \qquad k = 1 \dots n$$
#
# *Example.* `scalar_chain(-0.5, 3)` is (-0.5, 0.25, -0.125); with `n = 0` the array is empty.

# %% tags=["otter_answer_cell"]
def scalar_chain(w, n):
    """What is left of 1 after 1, 2, ..., n multiplications by w.

    w: a number, perhaps negative.  n: whole number, 0 or more.
    Returns (n,): w^1 ... w^n, signs included.
    """
    # BEGIN SOLUTION NO PROMPT
    factors = np.full(n, float(w))
    chain = np.cumprod(factors)
    return chain
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: scalar_chain")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(scalar_chain(-0.5, 3), scalar_chain(0.9, 3))

# %% [markdown] editable=false deletable=false
# **Two numbers and a choice.** `q1_listing`: what is left with w = 0.9 after 1, 25 and 50 steps, a list of
# three, to four decimals. `q1_people`: the share that reaches the last of 50 people in a line. (Count
# hand-overs, not people.)
#
# `q1_meaning`: a network reads 50 words. The gradient has norm 1 at the last word, 1e-9 at the first; the
# loss falls smoothly. What is it?
# - a · Exploding gradients: the last word is a billion times too strong.
# - b · Vanishing gradients: what depends on the first word is hardly learnt, what depends on the last ones
#   is.
# - c · Nothing: where the gradient is small, the weights are right already.
# - d · Vanishing gradients: no weight of the network changes any more.

# %% tags=["otter_answer_cell"]
q1_listing = [round(0.9**k, 4) for k in (1, 25, 50)]  # SOLUTION
q1_people = 0.9**49  # SOLUTION
q1_meaning = "b"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q1")

# %% [markdown]
# <details><summary>Hint 1</summary>Each entry is the one before it times w. numpy has a function for running
# products.</details>
# <details><summary>Hint 2</summary>How many entries has your array for n = 1, and what is the first of
# them?</details>
# <details><summary>Hint 3</summary>Try w = -0.5. Which of your operations is not allowed to meet a negative
# number?</details>
#
# *Seen:* 50 steps of 0.9 leave half a percent. No step is bad; their number is.

# %% [markdown] editable=false deletable=false
# ## q2 · Draw it
#
# On a linear axis a product looks like nothing, then like everything. On a logarithmic one it is a straight
# line, since
#
# $$\log |w^k| = k \,\log |w|$$
#
# so its tilt is the logarithm of the factor. `plot_chain` draws one line, points `(k, w^k)` for k = 1 … n, w
# positive; with `log=True` the y axis is logarithmic. `plot_table` draws seven, one for each of `WEIGHTS`,
# k = 0 … 20, on a logarithmic axis. Both make a new figure (`plt.subplots`), give it a title and label both
# axes, say "steps back" and "gradient magnitude", and return its Axes.
#
# *Example.* `plot_chain(0.9, 2)` has one line through (1, 0.9) and (2, 0.81).

# %% tags=["otter_answer_cell"]
def plot_chain(w, n, log=False):
    """Plot what is left after 1 ... n steps with factor w.

    w: positive number.  n: number of steps.  log: whether the y axis is logarithmic.
    Returns the Axes: one line through (k, w^k), k = 1 ... n; title and both axis labels set.
    """
    # BEGIN SOLUTION NO PROMPT
    steps = np.arange(1, n + 1)
    fig, ax = plt.subplots()
    ax.plot(steps, scalar_chain(w, n))
    ax.set_title("Vanishing gradient simulation")
    ax.set_xlabel("steps back")
    ax.set_ylabel("gradient magnitude")
    if log:
        ax.set_yscale("log")
    return ax
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: plot_chain")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def plot_table():
    """Plot w^k for the seven numbers in WEIGHTS, k = 0 ... 20, on a logarithmic y axis.

    Returns the Axes: seven lines; title and both axis labels set.
    """
    # BEGIN SOLUTION NO PROMPT
    steps = np.arange(21)
    fig, ax = plt.subplots()
    for w in WEIGHTS:
        ax.plot(steps, w**steps, label=f"w = {w}")
    ax.set_yscale("log")
    ax.set_title("One factor, twenty steps")
    ax.set_xlabel("steps back")
    ax.set_ylabel("gradient magnitude")
    return ax
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: plot_table")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    plot_chain(0.9, 50)

# %% [markdown] editable=false deletable=false
# **Numbers and a choice.**
# - `q2_powers`: $w^{20}$ for the seven `WEIGHTS`, a list, four digits each
# - `q2_ratio`: how many times more 0.9 leaves than 0.5, after 20 steps
# - `q2_lost`: the share (0 to 1) that 0.9 has lost by then
#
# `q2_mechanism`: what do vanishing and exploding have in common?
# - a · Nothing: one comes from saturation, the other from a large learning rate.
# - b · Both are a sum over many steps whose terms have one sign.
# - c · Both are a product of many factors; whether the typical factor is below or above 1 sets the sign of
#   the exponent.
# - d · Both appear as soon as any single factor is far from 1.

# %% tags=["otter_answer_cell"]
q2_powers = [w**20 for w in WEIGHTS]  # SOLUTION
q2_ratio = 0.9**20 / 0.5**20  # SOLUTION
q2_lost = 1 - 0.9**20  # SOLUTION
q2_mechanism = "c"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q2")

# %% [markdown]
# <details><summary>Hint 1</summary>plt.subplots() returns two things; the second has plot, set_title,
# set_xlabel, set_yscale.</details>
# <details><summary>Hint 2</summary>Where does the line of plot_chain start, at k = 0 or at k = 1? And those
# of plot_table?</details>
# <details><summary>Hint 3</summary>A function that only draws returns None. What has to be handed
# back?</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    figures_products.chains({w: scalar_chain(w, 20) for w in WEIGHTS})

# %% [markdown] editable=false deletable=false
# *Seen:* straight lines, twelve orders of magnitude apart after twenty steps; the tilt turns at 1. Note
# $0.7^{20}$ = 7.98e-4 (sometimes printed as 7.9e-4), and that 0.9 loses 87.8 %, not 90.
#
# ## q3 · Slopes
#
# Between two steps stands an activation $\varphi$, and the chain rule puts its slope into every factor:
#
# $$\sigma' = \sigma(1-\sigma), \qquad \tanh' = 1-\tanh^2, \qquad \mathrm{relu}'(z) = [z > 0]$$
#
# `leaky_relu` has slope 1 for z > 0 and 0.01 elsewhere, `identity` has 1. At z = 0 both relus count as
# "elsewhere", as in torch. `z = ±1000` must give numbers, not nan.
#
# A cache usually keeps the *output* $h = \tanh z$. Then the slope needs no tanh at all:
# `slope_from_output(h)` is $1-h^2$.
#
# *Example.* At z = 0: sigmoid 0.25, tanh 1, relu 0, leaky_relu 0.01, identity 1. `slope_from_output` of (0.6,
# -0.8) is (0.64, 0.36).

# %%
guess_q3 = None  # a guess: at which z > 0 do sigmoid and tanh have the same slope?

# %% tags=["otter_answer_cell"]
def activation_derivative(name, z):
    """Slope of an activation.

    name: "sigmoid", "tanh", "relu", "leaky_relu" (0.01 for z <= 0) or "identity".
    z (any shape): what goes into the activation.
    Returns an array of z's shape.
    """
    # BEGIN SOLUTION NO PROMPT
    if name == "sigmoid":
        s = 0.5 + 0.5 * np.tanh(z / 2)  # the sigmoid; np.tanh never overflows
        return s * (1 - s)
    if name == "tanh":
        return 1 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if name == "leaky_relu":
        return np.where(z > 0, 1.0, 0.01)
    return np.ones(z.shape)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: activation_derivative")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def slope_from_output(h):
    """Slope of tanh, from its output.

    h (any shape): tanh(z), between -1 and 1.
    Returns an array of h's shape: the slope of tanh at z.
    """
    # BEGIN SOLUTION NO PROMPT
    return 1 - h**2
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: slope_from_output")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    for name in ("sigmoid", "tanh", "relu", "leaky_relu", "identity"):
        print(f"{name:10}", activation_derivative(name, np.array([-1000.0, -1.0, 0.0, 2.0])))

# %% [markdown] editable=false deletable=false
# **Numbers.** Lists, four digits.
# - `q3_largest`: largest slope of sigmoid, tanh, relu, identity
# - `q3_at_one`: sigmoid and tanh at z = 1, relu at 1 and at -1, identity at 1
# - `q3_mean`: mean slope of sigmoid and tanh when z is standard normal (three digits; a million draws or an
#   integral)
# - `q3_relu_rms`: root mean square slope of relu, same z
# - `q3_saturation`: slope of tanh where its *output* is 0, 0.5, 0.9, 0.99
# - `q3_z`: which z leads to the output 0.9?
#
# `q3_activation`: which is true?
# - a · tanh has a larger slope than sigmoid at every z, so it always passes more gradient.
# - b · Far from zero sigmoid has the larger slope: tanh saturates earlier.
# - c · relu passes every gradient unchanged: its slope is 1.
# - d · identity is best: a deep network of it can do all that a tanh network can, and nothing shrinks.

# %% tags=["otter_answer_cell"]
q3_largest = [0.25, 1.0, 1.0, 1.0]  # SOLUTION
q3_at_one = [0.19661, 0.41997, 1.0, 0.0, 1.0]  # SOLUTION
q3_mean = [0.20662, 0.60571]  # SOLUTION
q3_relu_rms = 0.5**0.5  # SOLUTION
q3_saturation = [1.0, 0.75, 0.19, 0.0199]  # SOLUTION
q3_z = np.arctanh(0.9)  # SOLUTION
q3_activation = "b"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q3")

# %% [markdown]
# <details><summary>Hint 1</summary>For each activation ask first: which number do I have, and is it before or
# after the activation?</details>
# <details><summary>Hint 2</summary>np.where chooses entry by entry. For sigmoid at -1000, look for the
# exponential that overflows; tanh of half the argument is a way around it.</details>
# <details><summary>Hint 3</summary>Compare with (f(z + 1e-6) - f(z - 1e-6)) / 2e-6 at z = 2 and z = -2. Which
# activation is off, and on which side?</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    figures_products.slopes(activation_derivative, guess_q3)

# %% [markdown] editable=false deletable=false
# *Seen:* the slopes cross at 1.663. A relu that is on half of the time has rms slope 0.707: fifty layers of
# it, with weights that only keep the variance, leave 3e-8 of a gradient. "Slope 1" is not "factor 1".
#
# # Part 2: one matrix
#
# ## q4 · Radius and norm
#
# A matrix has two sizes. Its **spectral radius** is the largest modulus of an eigenvalue; eigenvalues of a
# real matrix may be negative or complex. Its **spectral norm** is the most by which it can stretch any
# vector:
#
# $$\rho(W) = \max_i |\lambda_i|, \qquad \sigma_{\max}(W) = \max_{\lVert v\rVert = 1} \lVert Wv\rVert$$
#
# Always $\rho \le \sigma_{\max}$; for symmetric matrices they agree, and that hides many a mistake.
# `with_radius` rescales W so that its radius becomes `rho`.
#
# *Examples.* `W = [[0, -2], [0.5, 0]]` turns vectors: its eigenvalues are ±i, so $\rho = 1$, while
# $\sigma_{\max} = 2$; `with_radius(W, 0.5)` is `W / 2`. `[[3, 0], [4, -5]]` has the eigenvalues 3 and -5, so
# $\rho = 5$, and $\sigma_{\max} = \sqrt{45}$ = 6.7082.

# %% tags=["otter_answer_cell"]
def spectral_radius(W):
    """Largest modulus of an eigenvalue, complex and negative ones included.

    W (H, H).  Returns a number.
    """
    # BEGIN SOLUTION NO PROMPT
    eigenvalues = np.linalg.eigvals(W)  # (H,), perhaps complex
    return float(np.abs(eigenvalues).max())
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: spectral_radius")
    """; # END PROMPT


def spectral_norm(W):
    """Largest singular value: the most by which W stretches a vector.

    W (H, H).  Returns a number.
    """
    # BEGIN SOLUTION NO PROMPT
    singular_values = np.linalg.svd(W, compute_uv=False)  # (H,)
    return float(singular_values.max())
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: spectral_norm")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def with_radius(W, rho):
    """W times a positive number, such that the spectral radius is rho.

    W (H, H), not of radius 0.  rho: positive number.  Returns (H, H).
    """
    # BEGIN SOLUTION NO PROMPT
    factor = rho / spectral_radius(W)
    return factor * W
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: with_radius")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    W = np.array([[0.0, -2.0], [0.5, 0.0]])
    print(spectral_radius(W), spectral_norm(W), with_radius(W, 0.5))

# %% [markdown] editable=false deletable=false
# **A choice.** Pages say: "eigenvalues smaller than 1 make gradients vanish". `q4_modulus`: a matrix has the
# eigenvalue -1.5. What do twenty steps do to a vector along its eigenvector?
# - a · It vanishes, for -1.5 is smaller than 1.
# - b · It grows 3325-fold and changes sign at every step.
# - c · It grows 3325-fold and keeps its sign, as with 1.5.
# - d · It keeps its length, since the signs cancel in pairs.

# %% tags=["otter_answer_cell"]
q4_modulus = "b"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q4")

# %% [markdown]
# <details><summary>Hint 1</summary>One size comes from the eigenvalues, the other from the singular values.
# What has to happen to a complex number before you can take a maximum?</details>
# <details><summary>Hint 2</summary>np.linalg.norm of a matrix has a default that is neither of the two. Read
# what its `ord` means.</details>
# <details><summary>Hint 3</summary>If W is multiplied by 3, what becomes of its eigenvalues? So which number
# brings the radius to rho?</details>
#
# *Seen:* "smaller than 1" has to read "of modulus smaller than 1". And even that is only half of the truth:
# q5.

# %% [markdown] editable=false deletable=false
# ## q5 · Powers
#
# A *linear* recurrence $h_t = W h_{t-1}$ multiplies by the same W at every step, so n steps back are $W^n$.
# How large is it?
#
# $$\rho(W)^n \;\le\; \lVert W^n\rVert \;\le\; \lVert W\rVert^n, \qquad \lVert W^n\rVert^{1/n} \to \rho(W)$$
#
# The radius rules in the end only. `power_norms` gives $\lVert W^1\rVert \dots \lVert W^n\rVert$, spectral
# norms.
#
# *Example.* `W = [[0, 2], [0.5, 0]]` has $W^2 = I$, so the first four norms are 2, 1, 2, 1. (Neither
# $\rho^n$, which is 1, nor $\lVert W\rVert^n$.)
#
# Then **construct** a matrix of your own: `transient_matrix()` returns a 2×2 matrix with radius below 1 for
# which some power $W^n$, $1 \le n \le 200$, has a norm of 100 or more (the one of the surprise reaches 38.7).
# Any such matrix counts.

# %% tags=["otter_answer_cell"]
def power_norms(W, n):
    """Spectral norms of the first n powers of W.

    W (H, H).  n: whole number, 0 or more.
    Returns (n,): the norm of W^1, of W^2, ..., of W^n.
    """
    # BEGIN SOLUTION NO PROMPT
    P = np.eye(len(W))
    norms = []
    for _ in range(n):
        P = W @ P
        norms.append(spectral_norm(P))
    return np.array(norms)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q5: power_norms")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def transient_matrix():
    """A matrix that dies out in the end, but not at once.

    Returns W (2, 2), finite: spectral radius below 1, and a power W^n with 1 <= n <= 200 of norm >= 100.
    """
    # BEGIN SOLUTION NO PROMPT
    return np.array([[0.9, 30.0], [0.0, 0.9]])
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q5: transient_matrix")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(power_norms(np.array([[0.0, 2.0], [0.5, 0.0]]), 4))
    print("largest norm of your matrix's powers:", power_norms(transient_matrix(), 200).max())

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q5")

# %% [markdown]
# <details><summary>Hint 1</summary>You need every power anyway: make each from the one before, and measure it
# before you go on. `**` on an array is not a matrix power.</details>
# <details><summary>Hint 2</summary>In a triangular matrix the eigenvalues stand on the diagonal. What may the
# entry above the diagonal be?</details>
# <details><summary>Hint 3</summary>Work out the square and the cube of [[a, b], [0, a]] by hand. How does
# their upper right entry depend on b and on the power?</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    figures_products.transient(
        {f"b = {b}": power_norms(np.array([[0.9, b], [0.0, 0.9]]), 80) for b in (0, 1, 4, 10)}, 0.9
    )

# %% [markdown] editable=false deletable=false
# *Seen:* with b = 10, growth to 38.7 at n = 9, and below 1 from n = 63 only. $\rho^n$ bounds
# $\lVert W^n\rVert$ from *below*. Where you read that "the norm is bounded by $\rho^n$", read "of a normal
# matrix".
#
# ## q6 · A bound and what it decides
#
# In a network an activation stands between the products: $J_t = \mathrm{diag}(\varphi'(z_t))\,W$. With
# $|\varphi'| \le \gamma$ (tanh 1, sigmoid ¼) each factor has norm at most $\gamma\,\sigma_{\max}(W)$, so
#
# $$\lVert J_n \cdots J_1 \rVert \;\le\; (\gamma\,\sigma_{\max}(W))^n$$
#
# If $\gamma\,\sigma_{\max} < 1$, the product vanishes, whatever the inputs: the condition is *sufficient*.
# Otherwise the bound stays or grows, and a growing upper bound proves nothing. `verdict` says `"vanishes"` in
# the first case and `"undecided"` in the other; it never says "explodes".
#
# *Example.* `W = [[0, 2], [0.5, 0]]`, $\gamma = ¼$: the bound for 3 steps is 0.125, the verdict `"vanishes"`.
# With $\gamma = 1$: 8, `"undecided"`, although $\rho = 1$. With $\gamma = ½$ the factor is exactly 1:
# `"undecided"`.

# %% tags=["otter_answer_cell"]
def jacobian_norm_bound(W, gamma, n):
    """Upper bound for the norm of a product of n Jacobians diag(slopes) @ W.

    W (H, H).  gamma: largest slope of the activation.  n: number of factors, 0 or more.
    Returns a number.
    """
    # BEGIN SOLUTION NO PROMPT
    per_step = gamma * spectral_norm(W)
    return float(per_step**n)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q6: jacobian_norm_bound")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def verdict(W, gamma):
    """What the bound decides about long products of diag(slopes) @ W.

    W (H, H).  gamma: largest slope of the activation.
    Returns the text "vanishes" or the text "undecided".
    """
    # BEGIN SOLUTION NO PROMPT
    per_step = gamma * spectral_norm(W)
    return "vanishes" if per_step < 1 else "undecided"
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q6: verdict")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    W = np.array([[2.0]])
    print("tanh, w = 2:", verdict(W, 1.0), "· bound for 20 steps", jacobian_norm_bound(W, 1.0, 20))
    h = np.array(0.1)
    for _ in range(100):
        h = np.tanh(2 * h)
    factor = 2 * slope_from_output(h)
    print(f"settles at h = {h:.4f} · factor per step {factor:.4f} · after 20 steps {factor**20:.1e}")

# %% [markdown] editable=false deletable=false
# **Numbers and a choice.** `q6_bound`: the bound after 20 steps for sigmoid and $\sigma_{\max} = 1$.
# `q6_critical`: up to which $\sigma_{\max}$ does the bound promise that a sigmoid network's gradients vanish?
#
# `q6_sigmoid`: "The slope of sigmoid is at most ¼, so gradients through it are guaranteed to vanish." What is
# right?
# - a · That: ¼ per step is the most that can pass.
# - b · It is guaranteed if $\rho(W) < 4$.
# - c · It is guaranteed if $\sigma_{\max}(W)$ stays below a certain value; beyond it, it may happen or not.
# - d · It is guaranteed if $\sigma_{\max}(W) < 1$, and for no larger one.

# %% tags=["otter_answer_cell"]
q6_bound = 0.25**20  # SOLUTION
q6_critical = 4.0  # SOLUTION
q6_sigmoid = "c"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q6")

# %% [markdown]
# <details><summary>Hint 1</summary>Which of the two sizes of q4 still holds when W meets vectors that it did
# not choose itself?</details>
# <details><summary>Hint 2</summary>How often does the slope enter a product of n factors? And the
# norm?</details>
# <details><summary>Hint 3</summary>Test your verdict with the identity and gamma 1: nothing shrinks. Does it
# say so?</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    figures_products.bound(verdict)

# %% [markdown] editable=false deletable=false
# *Seen:* left of 1 everything vanishes, as promised. Right of 1 both happen: tanh with w = 2 settles at a
# factor of 0.166, while $h = \sigma(8h - 4)$ rests at ½ with factor 2, a million after twenty steps. So
# $\rho \le 1$ is *not* necessary against exploding.
#
# # Part 3: many matrices, few digits
#
# ## q7 · Other factors at every step
#
# The factors of a real network differ: the slopes change from step to step. The latest factor stands
# leftmost, and order counts:
#
# $$P = J_n\,J_{n-1} \cdots J_2\,J_1$$
#
# `path_product` gets them stacked, **first step first**: `Js[0]` is $J_1$. No factor gives the identity.
#
# *Example.* $J_1$ = `[[1, 1], [0, 1]]`, $J_2$ = `[[2, 0], [1, 0]]`: P is `[[2, 2], [1, 1]]`; the other order
# gives `[[3, 0], [1, 0]]`.
#
# **Construct**, any answer counts: `vanishing_pair()` returns A and B, 2×2, with $\rho(A) < 1$, $\rho(B) < 1$
# and yet $\rho(AB) > 1$. `nilpotent_big()` returns J, 2×2, with $\lVert J\rVert > 1$ and yet $J J = 0$.

# %% tags=["otter_answer_cell"]
def path_product(Js):
    """Jacobian of the whole path from the Jacobians of its steps.

    Js (n, S, S): one matrix a step, the first step first; n may be 0.
    Returns P (S, S) = Js[n-1] @ ... @ Js[1] @ Js[0]; the identity for n = 0.
    """
    # BEGIN SOLUTION NO PROMPT
    S = Js.shape[1]
    P = np.eye(S)
    for J in Js:
        P = J @ P
    return P
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: path_product")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def vanishing_pair():
    """Two matrices that each die out alone, but not when they take turns.

    Returns (A, B), both (2, 2), finite: the radius of A and that of B are below 1, that of A @ B is above 1.
    """
    # BEGIN SOLUTION NO PROMPT
    A = np.array([[0.0, 2.0], [0.0, 0.0]])
    B = A.T
    return A, B
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: vanishing_pair")
    """; # END PROMPT


def nilpotent_big():
    """A matrix that stretches some vectors, and gives zero when applied twice.

    Returns J (2, 2), finite: its spectral norm is above 1, and J @ J is zero.
    """
    # BEGIN SOLUTION NO PROMPT
    return np.array([[0.0, 2.0], [0.0, 0.0]])
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: nilpotent_big")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(path_product(np.array([[[1.0, 1.0], [0.0, 1.0]], [[2.0, 0.0], [1.0, 0.0]]])))
    A, B = vanishing_pair()
    print("radii of A, B, A B:", *(np.abs(np.linalg.eigvals(M)).max() for M in (A, B, np.array(A) @ B)))
    print("ten rounds of A B:", np.linalg.norm(path_product(np.array([B, A] * 10)), 2))
    J = np.array(nilpotent_big())
    print("J J:", (J @ J).tolist())

# %% [markdown] editable=false deletable=false
# **A number and a choice.** `q7_half`: what is left of the product of the numbers $1 - 1/k^2$ for k = 2 …
# 1000, each below 1?
#
# `q7_bound`: products of $J_t = \mathrm{diag}(\varphi'(z_t))\,W$ with tanh. Which is right?
# - a · $\rho(W) \le 1$ is necessary to prevent exploding.
# - b · $\sigma_{\max}(W) < 1$ is sufficient for vanishing; $\sigma_{\max}(W) > 1$ is necessary for exploding,
#   not sufficient.
# - c · $\sigma_{\max}(W) > 1$ is sufficient for exploding: the bound grows without limit.
# - d · If every factor has a norm below 1, the product tends to zero.

# %% tags=["otter_answer_cell"]
q7_half = np.prod([1 - 1 / k**2 for k in range(2, 1001)])  # SOLUTION
q7_bound = "b"  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q7")

# %% [markdown]
# <details><summary>Hint 1</summary>A vector meets Js[0] first. On which side of it does Js[1] then
# stand?</details>
# <details><summary>Hint 2</summary>What must P be before the loop, so that multiplying by the first factor
# gives just that factor?</details>
# <details><summary>Hint 3</summary>A matrix with a single entry off the diagonal has only zero eigenvalues.
# Let one such matrix send unit 1 to unit 2, and another send it back.</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    recorded = np.load("oracle.npz")
    Js = recorded["rnn/l/J"]  # 50 steps of a tanh network with 8 units
    print("agrees with the recorded product:", np.allclose(path_product(Js), recorded["rnn/l/P"]))
    figures_products.real_path(path_product, Js)

# %% [markdown] editable=false deletable=false
# *Seen:* the bound overshoots by six orders: each factor stretches *some* vector by its norm, but the next
# one stretches another. Radii are no better: there are A and B of radius 0 that give $2^{20}$ after ten
# rounds.
#
# ## q8 ★ · Entries and chance
#
# "Values below 1 vanish" is also said of the *entries* of W. **Construct** the refutation, with any number of
# rows from 2 to 100: `small_entries()` has all entries of modulus below 1, and yet $\rho > 1$;
# `big_entries()` has all of modulus above 1, and yet $\rho < 1$.
#
# And what does chance give? Draw W with independent normal entries of standard deviation s. By the circular
# law its eigenvalues fill a disc:
#
# $$\rho(W) \approx s\,\sqrt{H}$$
#
# `random_radius` measures the mean radius over several draws. To be reproducible, it makes *one* generator,
# `np.random.default_rng(seed)`, and takes one (H, H) draw of its `standard_normal`, times `std`, for each
# trial.
#
# *Example.* With H = 1 the radius is the modulus of the entry.

# %% tags=["otter_answer_cell"]
def small_entries():
    """All entries small, the radius large.

    Returns W (H, H), 2 <= H <= 100: every entry of modulus below 1, spectral radius above 1.
    """
    # BEGIN SOLUTION NO PROMPT
    return np.full((20, 20), 0.1)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: small_entries")
    """; # END PROMPT


def big_entries():
    """All entries large, the radius small.

    Returns W (H, H), 2 <= H <= 100: every entry of modulus above 1, spectral radius below 1.
    """
    # BEGIN SOLUTION NO PROMPT
    return np.array([[2.0, -2.0], [2.0, -2.0]])
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: big_entries")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def random_radius(seed, H, std, trials):
    """Mean spectral radius of random matrices.

    seed: for np.random.default_rng.  H: size.  std: of an entry.  trials: number of matrices.
    Each trial takes standard_normal((H, H)) from one and the same generator, times std.
    Returns a number.
    """
    # BEGIN SOLUTION NO PROMPT
    rng = np.random.default_rng(seed)
    radii = []
    for _ in range(trials):
        W = std * rng.standard_normal((H, H))
        radii.append(spectral_radius(W))
    return float(np.mean(radii))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: random_radius")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print("radii:", *(np.abs(np.linalg.eigvals(W)).max() for W in (small_entries(), big_entries())))
    for std in (0.01, 0.1, 1 / np.sqrt(3 * 512)):  # the last is torch's default for 512 units
        print(f"std {std:.4f}: radius {random_radius(0, 512, std, 1):.3f}, law {std * np.sqrt(512):.3f}")

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q8")

# %% [markdown]
# <details><summary>Hint 1</summary>What does a matrix of equal entries do to the vector of ones? How does the
# answer grow with H?</details>
# <details><summary>Hint 2</summary>For a small radius in spite of large entries, let the columns work against
# each other: then some vectors are sent to zero.</details>
# <details><summary>Hint 3</summary>Where is the generator made: once, or again in every trial?</details>
#
# *Seen:* at H = 512 a standard deviation of 0.01 gives radius 0.23, and 0.1 gives 2.3. "Random initialisation
# vanishes" depends on s and H.

# %% [markdown] editable=false deletable=false
# ## q9 · Where floating point ends
#
# Exploding ends in `inf`: the product exceeds the largest number of its type. Vanishing ends below the
# smallest *normal* number, where digits get lost until 0 is left. Neither stops a program: `inf - inf` is
# `nan`, without an error, and `nan` spreads.
#
# $$\text{overflow: } f^n > \texttt{finfo.max}, \qquad \text{underflow: } f^n < \texttt{finfo.tiny}$$
#
# `steps_until(factor, dtype, kind)` gives the smallest such n. Compute the power in ordinary float64, so that
# only the limits depend on `dtype`; for overflow the factor is above 1, for underflow between 0 and 1.
# `np.finfo(dtype)` knows the limits.
#
# *Example.* In float16 (largest 65504, smallest normal $2^{-14}$): `steps_until(2, "float16", "overflow")` is
# 16, `steps_until(0.5, "float16", "underflow")` is 15.

# %%
guess_q9 = None  # a guess: how many layers with factor 1.5 until float32 overflows?

# %% tags=["otter_answer_cell"]
def steps_until(factor, dtype, kind):
    """Number of factors until a floating-point type is left.

    factor: above 1 for overflow, between 0 and 1 for underflow.  dtype: "float16", "float32" or "float64".
    kind: "overflow" (above the largest number) or "underflow" (below the smallest normal one, finfo.tiny).
    Returns the smallest whole n for which factor^n lies beyond the limit.
    """
    # BEGIN SOLUTION NO PROMPT
    limits = np.finfo(dtype)
    largest = float(limits.max)
    smallest = float(limits.tiny)
    power = 1.0
    n = 0
    while (power <= largest) if kind == "overflow" else (power >= smallest):
        power = power * factor
        n = n + 1
    return n
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q9: steps_until")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(f"your guess: {guess_q9} · measured: {steps_until(1.5, 'float32', 'overflow')}")
    print(f"and then: {np.inf - np.inf}, without an error")

# %% [markdown] editable=false deletable=false
# **Numbers.** `q9_counts`: a list of the numbers of factors until overflow, for 1.5, 2 and 10 in float32, 1.5
# in float16, 1.5 in float64. `q9_factor`: the factor, to four digits, with which float32's largest number is
# reached in exactly 36 layers.

# %% tags=["otter_answer_cell"]
q9_counts = [219, 128, 39, 28, 1751]  # SOLUTION
q9_factor = float(np.finfo("float32").max) ** (1 / 36)  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q9")

# %% [markdown]
# <details><summary>Hint 1</summary>A loop that multiplies and counts will do. What is n when nothing has been
# multiplied yet?</details>
# <details><summary>Hint 2</summary>np.finfo has max, min, tiny, eps and more. min is the most *negative*
# number: it is not the one you want.</details>
# <details><summary>Hint 3</summary>Check by hand: the power with your n is beyond the limit, the power with
# n - 1 is not.</details>
#
# *Seen:* "a modest factor overflows within a few dozen layers" holds in float16 (28). In float32 a factor of
# 1.5 takes 219 layers, and 36 layers take a factor of 11.8.

# %% [markdown] editable=false deletable=false
# ## q10 · Two sliders
#
# Back to one number, now to play with. In a stack of L layers with one factor w per layer, the gradient at
# layer i has passed L - i of them; at step t of T, likewise with $\lambda$:
#
# $$g_i = w^{L-i}, \quad i = 1 \dots L, \qquad\qquad g_t = \lambda^{T-t}, \quad t = 1 \dots T$$
#
# The last entry is always 1. `layer_gradients` does the first for any L; `simulator` is what the first slider
# shows, five layers; `lambda_simulator` is what the second pair of sliders shows.
#
# *Examples.* `layer_gradients(0.5)` is (0.0625, 0.125, 0.25, 0.5, 1), `layer_gradients(-2, 3)` and
# `lambda_simulator(-2, 3)` are (4, -2, 1), `simulator(2)` is (16, 8, 4, 2, 1).

# %% tags=["otter_answer_cell"]
def layer_gradients(w, L=5):
    """Gradient at each layer when every layer multiplies by w.

    w: a number.  L: number of layers, 1 or more.
    Returns (L,): entry i - 1 is w^(L - i), i = 1 ... L; the last one is 1.
    """
    # BEGIN SOLUTION NO PROMPT
    layers = np.arange(1, L + 1)
    exponents = L - layers
    return float(w) ** exponents
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q10: layer_gradients")
    """; # END PROMPT


def simulator(w):
    """What the slider shows: gradients at five layers with factor w.

    w: a number.  Returns (5,), the first layer first.
    """
    # BEGIN SOLUTION NO PROMPT
    return layer_gradients(w, 5)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q10: simulator")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def lambda_simulator(lam, T):
    """What the two sliders show: the gradient at every step of a sequence.

    lam: factor per step.  T: number of steps, 1 or more.
    Returns (T,): entry t - 1 is lam^(T - t), t = 1 ... T.
    """
    # BEGIN SOLUTION NO PROMPT
    t = np.arange(1, T + 1)
    steps_back = T - t
    return float(lam) ** steps_back
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q10: lambda_simulator")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    figures_products.layers_slider(simulator)

# %% [markdown] editable=false deletable=false
# **Numbers.** `q10_hundred`: $|\lambda|^{100}$ for 0.9, 1 and 1.1, a list. `q10_largest`: a *normal* matrix
# whose largest eigenvalue is 0.95: what is left along that eigenvector after 50 and after 100 steps, a list
# of two?

# %% tags=["otter_answer_cell"]
q10_hundred = [0.9**100, 1.0, 1.1**100]  # SOLUTION
q10_largest = [0.95**50, 0.95**100]  # SOLUTION

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q10")

# %% [markdown]
# <details><summary>Hint 1</summary>How many layers lie between the last one and itself? So what is the last
# entry?</details>
# <details><summary>Hint 2</summary>Make the exponents first, as an array, and print them: which way do they
# run?</details>
# <details><summary>Hint 3</summary>One function can call another. What is fixed in `simulator` that is free
# in `layer_gradients`?</details>

# %% tags=["otter_ignore"]
with gradtools.waits():
    figures_products.factor(lambda_simulator)

# %% [markdown] editable=false deletable=false
# *Seen:* the tilt turns at 1 and nowhere else. There is no safe zone between 0.9 and 1.2: with enough steps,
# 0.9 leaves 2.7e-5 of a gradient and 1.2 makes 8e7 of it.

# %% [markdown] editable=false deletable=false
# ## What you measured, and what you need no longer believe
#
# 1. $w^{20}$ runs from 9.5e-7 to 1.05e6 for w from 0.5 to 2; on a logarithmic axis these are straight lines.
# 2. The slope of tanh exceeds that of sigmoid for |z| < 1.663 only.
# 3. A matrix of radius 0.9 grew 38.7-fold, and took 63 steps to come below 1.
# 4. Fifty Jacobians of a real network multiply to 3.6e-11, where the product of their norms allows 5.4e-5.
# 5. A factor of 1.5 overflows float32 after 219 steps, not after a few dozen.
#
# *Folklore refuted:* "Eigenvalues below 1 vanish, above 1 explode" (radius 0.9 grows; tanh with w = 2
# vanishes). "Sigmoid guarantees vanishing" (only below $\sigma_{\max} = 4$). "The bound grows, so the product
# explodes" (a bound above 1 decides nothing).
#
# What replaces them: $\gamma\,\sigma_{\max}(W) < 1$ suffices for vanishing, $\gamma\,\sigma_{\max}(W) > 1$ is
# necessary for exploding, and in between you have to measure. In hw2 you will.

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check_all()

# %% tags=["otter_ignore"] editable=false deletable=false
grader.export(pdf=False)

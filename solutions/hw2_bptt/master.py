# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] editable=false deletable=false
# # Backpropagation through time, by hand
#
# You will build a tanh network that reads a sequence, send gradients back through it, and measure what is
# left of them.
#
# | question | points | minutes |
# |---|---|---|
# | q1 one step's Jacobian | 8 | 15 |
# | q2 many steps | 9 | 20 |
# | q3 forward | 10 | 20 |
# | q4 numerical gradients | 6 | 15 |
# | q5 one step back | 11 | 25 |
# | q6 the whole way back | 15 | 40 |
# | q7 truncated | 8 | 20 |
# | q8 reading the norms | 8 | 15 |

# %% editable=false deletable=false
import gradtools
import numpy as np

# %% tags=["otter_ignore"] editable=false deletable=false
import otter

grader = otter.Notebook("hw2_bptt.ipynb")
gradtools.style()

# %% [markdown] editable=false deletable=false
# **How to work.** Go from top to bottom. Each check is public; further checks run after you hand in, on
# other numbers. You may skip a question: no later check needs it.

# %% [markdown] editable=false deletable=false
# ## q1 · One step's Jacobian
#
# Nudge one old unit $j$. Every new unit $i$ feels it through the weight $W_{ij}$, damped by the slope of
# its own tanh. A saturated unit is deaf, however large the weight. Since $h_t$ is already *after* the tanh,
# its slope is $1-h_t^2$.
#
# $$J_{ij} = \frac{\partial h_t[i]}{\partial h_{t-1}[j]} = (1 - h_t[i]^2)\,W_{ij}$$
#
# First one sample, `(H,)` to `(H, H)`; then a batch, `(N, H)` to `(N, H, H)`. `W_hh[i, j]`: row = receiving
# unit.
#
# *Example.* `W_hh = [[0.5, -1.0], [2.0, 0.3]]`, `h_t = (0.6, -0.8)`: slopes 0.64 and 0.36, so `J = [[0.32,
# -0.64], [0.72, 0.108]]`. At `h_t = (0, 0)` the slopes are 1 and `J = W_hh`.


# %% tags=["otter_answer_cell"]
def tanh_jacobian_single(h_t, W_hh):
    """Jacobian of one tanh step for one sample.

    h_t (H,): state after the step.  W_hh (H, H): recurrent weights, row = receiving unit.
    Returns J (H, H), J[i, j] = d h_t[i] / d h_{t-1}[j].
    """
    # BEGIN SOLUTION NO PROMPT
    slope = 1 - h_t**2  # (H,)
    return slope[:, None] * W_hh
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: tanh_jacobian_single")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def tanh_jacobian(h_t, W_hh):
    """Jacobian of one tanh step with respect to the state before it, for a batch.

    h_t (N, H): state after the step.  W_hh (H, H): recurrent weights, row = receiving unit.
    Returns J (N, H, H), J[n, i, j] = d h_t[n, i] / d h_{t-1}[n, j].
    """
    # BEGIN SOLUTION NO PROMPT
    slope = 1 - h_t**2  # (N, H)
    return slope[:, :, None] * W_hh  # (N, H, H)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q1: tanh_jacobian")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(tanh_jacobian(np.array([[0.6, -0.8], [0.0, 0.0]]), np.array([[0.5, -1.0], [2.0, 0.3]])))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q1")

# %% [markdown]
# <details><summary>Hint 1</summary>For H = 2, write the derivative of h_t[0] with respect to h_{t-1}[1] by
# hand. Whose slope stands in it: the sender's or the receiver's?</details>
# <details><summary>Hint 2</summary>So does the slope vary along the rows or along the columns of J? Give
# its array as many axes as J has, with that in mind.</details>
# <details><summary>Hint 3</summary>Divide your J by W_hh, entry by entry, and compare the pattern with the
# slopes of the example.</details>

# %% [markdown] editable=false deletable=false
# ## q2 · Many steps
#
# States are numbered $h_0, h_1, \dots, h_T$. The array `Y (T, N, H)` holds $h_1 \dots h_T$, so **$h_j$ lies
# in `Y[j - 1]`**; $h_0$ is not in it. A nudge of $h_k$ reaches $h_t$ through every step between them:
#
# $$\frac{\partial h_t}{\partial h_k} = J_t\,J_{t-1}\cdots J_{k+1}, \qquad J_j = \mathrm{diag}(1-h_j^2)\,W_{hh}$$
#
# The latest step stands leftmost; for $k=t$ there is no factor and the product is the identity. Matrices do
# not commute, so the order counts. `jacobian_norms` gives the size of that product for every start $k = 0
# \dots T$ at fixed end $T$, measured by its largest singular value: the most that any nudge can grow.
#
# *Example.* `W_hh` as in q1, one sample, $h_1=(0, 0)$, $h_2=(0.6, -0.8)$. Then $J_1$ = `W_hh`, $J_2$ is
# q1's J, and $\partial h_2/\partial h_0 = J_2 J_1$ = `[[-1.12, -0.512], [0.576, -0.6876]]`.


# %% tags=["otter_answer_cell"]
def jacobian_product(Y, W_hh, k, t):
    """d h_t / d h_k for every sample, 0 <= k <= t <= T.

    Y (T, N, H): states, h_j in Y[j - 1].  W_hh (H, H).  k, t: numbers of states; k = 0 is the initial state.
    Returns P (N, H, H), P[n, i, j] = d h_t[n, i] / d h_k[n, j]; the identity for k = t.
    """
    # BEGIN SOLUTION NO PROMPT
    N, H = Y.shape[1:]
    P = np.tile(np.eye(H), (N, 1, 1))  # (N, H, H)
    for j in range(k + 1, t + 1):
        J = tanh_jacobian(Y[j - 1], W_hh)
        P = J @ P
    return P
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: jacobian_product")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def jacobian_norms(Y, W_hh):
    """Largest singular value of d h_T / d h_k, for every k and sample.

    Y (T, N, H): states, h_j in Y[j - 1].  W_hh (H, H).
    Returns norms (T + 1, N); norms[k, n] belongs to d h_T / d h_k of sample n, so the last row is 1.
    """
    # BEGIN SOLUTION NO PROMPT
    T = len(Y)
    norms = []
    for k in range(T + 1):
        P = jacobian_product(Y, W_hh, k, T)
        norms.append(np.linalg.norm(P, 2, axis=(1, 2)))
    return np.array(norms)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q2: jacobian_norms")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    print(
        jacobian_product(np.array([[[0.0, 0.0]], [[0.6, -0.8]]]), np.array([[0.5, -1.0], [2.0, 0.3]]), 0, 2)
    )

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q2")

# %% [markdown]
# <details><summary>Hint 1</summary>How many factors has the derivative of h_5 with respect to h_2, and in
# which rows of Y are their states?</details>
# <details><summary>Hint 2</summary>A nudge of h_k meets step k + 1 first. On which side of what you have so
# far must the next factor stand?</details>
# <details><summary>Hint 3</summary>np.linalg.norm works on a stack of matrices when it is told which axes
# hold the matrix; read what its `ord` means for matrices.</details>

# %% [markdown] editable=false deletable=false
# ## q3 · Forward
#
# | letter | means | | name | shape |
# |---|---|---|---|---|
# | T | steps, $t = 1 \dots T$ | | `x`, `x_t` | (T, N, D), (N, D) |
# | N | samples in a batch | | `h0`, `h_t` | (N, H) |
# | D | inputs at a step | | `W_ih`, `W_hh` | (H, D), (H, H) |
# | H | hidden units | | `b_ih`, `b_hh` | (H,) |
#
# $$h_t = \tanh\!\left(x_t W_{ih}^\top + b_{ih} + h_{t-1} W_{hh}^\top + b_{hh}\right)$$
#
# This is torch's layout: a row of a weight matrix belongs to the unit that receives. `W_hh` is square, so a
# forgotten transpose raises no error. Two biases are kept on purpose; they matter in the GRU. A forward
# function returns, last, a **cache**: a dict of what its backward will need.
#
# *Example.* `x_t = [[2]]`, `h_prev = [[0.6, -0.8]]`, `W_ih = [[0.5], [-1]]`, `W_hh` as in q1, `b_ih = (0.1,
# 0.2)`, `b_hh = (-0.2, 0.04)`: the argument of tanh is (2.0, -0.8), so `h_t = [[0.9640, -0.6640]]`.


# %% tags=["otter_answer_cell"]
def rnn_step_forward(x_t, h_prev, W_ih, W_hh, b_ih, b_hh):
    """One step of a tanh RNN.

    x_t (N, D), h_prev (N, H), W_ih (H, D), W_hh (H, H), b_ih (H,), b_hh (H,).
    Returns (h_t, cache): h_t (N, H); cache is a dict with keys x_t, h_prev, h_t, W_ih, W_hh.
    """
    # BEGIN SOLUTION NO PROMPT
    from_input = x_t @ W_ih.T + b_ih
    from_state = h_prev @ W_hh.T + b_hh
    a = from_input + from_state  # (N, H)
    h_t = np.tanh(a)
    cache = {"x_t": x_t, "h_prev": h_prev, "h_t": h_t, "W_ih": W_ih, "W_hh": W_hh}
    return h_t, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: rnn_step_forward")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def rnn_forward(x, h0, W_ih, W_hh, b_ih, b_hh):
    """A tanh RNN over a whole sequence.

    x (T, N, D), h0 (N, H), W_ih (H, D), W_hh (H, H), b_ih (H,), b_hh (H,).
    Returns (Y, hT, cache): Y (T, N, H) all states after h0; hT (N, H) the last one;
    cache is a dict with keys x, h0, Y, W_ih, W_hh.
    """
    # BEGIN SOLUTION NO PROMPT
    T, N = x.shape[:2]
    Y = np.zeros((T, N, len(W_hh)))
    h = h0
    for t in range(T):
        h, _ = rnn_step_forward(x[t], h, W_ih, W_hh, b_ih, b_hh)
        Y[t] = h
    cache = {"x": x, "h0": h0, "Y": Y, "W_ih": W_ih, "W_hh": W_hh}
    return Y, h, cache
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q3: rnn_forward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    W_hh = np.array([[0.5, -1.0], [2.0, 0.3]])
    print(
        rnn_step_forward(
            np.array([[2.0]]),
            np.array([[0.6, -0.8]]),
            np.array([[0.5], [-1.0]]),
            W_hh,
            np.array([0.1, 0.2]),
            np.array([-0.2, 0.04]),
        )[0]
    )

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q3")

# %% [markdown]
# <details><summary>Hint 1</summary>Write the shape of every product beside it. Which of the two products
# cannot tell you that its transpose is missing?</details>
# <details><summary>Hint 2</summary>In the loop, which variable must be different at every step, and who
# changes it?</details>
# <details><summary>Hint 3</summary>Compare row 1 of Y with a step that you call by hand from row
# 0.</details>

# %% [markdown] editable=false deletable=false
# ## q4 · Numerical gradients
#
# Before you derive gradients, build the instrument that will judge them. For every entry of `a`, move it up
# and down by $\varepsilon$, and look how far `f` moves; then put the entry back.
#
# $$\frac{\partial f}{\partial a_i} \approx \frac{f(a + \varepsilon e_i) - f(a - \varepsilon e_i)}{2\varepsilon}$$
#
# The two-sided quotient errs by the order of $\varepsilon^2$, a one-sided one by the order of
# $\varepsilon$. Two gradients are compared by the largest difference over the largest entry of either:
# entry-by-entry ratios would be ruled by entries near zero.
#
# *Example.* `steep(a)` below is $S^3$ with $S = \sum_i (i+1)\,a_i$. At `a = (1, 2)`, $S = 5$ and the
# gradient $3S^2(i+1)$ is (75, 150); with `eps = 0.5` the quotient gives (75.25, 152). `rel_error` of (0.1,
# 10) and (0.2, 9) is 1/10 = 0.1.


# %% editable=false deletable=false
def steep(a):
    """Cube of the sum of (i + 1) * a_i over all entries of a, counted in reading order; a number."""
    return float(np.sum(np.arange(1, a.size + 1) * a.ravel()) ** 3)


# %% tags=["otter_answer_cell"]
def numeric_grad(f, a, eps=1e-6):
    """Central differences of f at a; a is left as it was.

    f: takes an array like a, returns a number.  a: float array of any shape.  eps: step.
    Returns an array of a's shape.
    """
    # BEGIN SOLUTION NO PROMPT
    grad = np.zeros_like(a)
    for i in np.ndindex(a.shape):
        old = a[i]
        a[i] = old + eps
        up = f(a)
        a[i] = old - eps
        down = f(a)
        a[i] = old
        grad[i] = (up - down) / (2 * eps)
    return grad
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: numeric_grad")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def rel_error(a, b):
    """Largest difference of two arrays of one shape, relative to the largest absolute entry of either.

    Returns a number; 0.0 when both arrays hold only zeros.
    """
    # BEGIN SOLUTION NO PROMPT
    difference = np.abs(a - b).max()
    scale = max(np.abs(a).max(), np.abs(b).max())
    return float(difference / scale) if scale > 0 else 0.0
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q4: rel_error")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    a = np.array([1.0, 2.0])
    print(numeric_grad(steep, a), numeric_grad(steep, a, eps=0.5), a)

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q4")

# %% [markdown]
# <details><summary>Hint 1</summary>np.ndindex(a.shape) walks through all positions of an array of any
# shape; a[i] works with what it yields.</details>
# <details><summary>Hint 2</summary>When entry 1 is moved, which value should entry 0 have?</details>
# <details><summary>Hint 3</summary>Try eps = 0.5 on the example: which of your two values of f is off, the
# upper or the lower?</details>

# %% [markdown] editable=false deletable=false
# ## q5 · One step back
#
# A step receives $dh_t$, the gradient of the loss at its output, and passes on one gradient for each thing
# that went in. First through the tanh, then along both products:
#
# $$da = dh_t \odot (1 - h_t^2), \qquad dh_{t-1} = da\,W_{hh}, \qquad dW_{hh} = da^\top h_{t-1}$$
#
# and likewise for $x_t$, $W_{ih}$. `da @ W_hh` is q1's $J^\top$ applied to every row. A weight or a bias
# serves all samples, so its gradient is a **sum** over the batch, never a mean. A gradient has the name and
# the shape of its forward twin.
#
# *Example.* `W_ih = [[0.5], [-1]]`, `W_hh` as in q1. Sample 0: `x_t = 2`, `h_prev = (0.5, -1)`, `h_t =
# (0.6, -0.8)`, `dh_t = (1, 1)`; so `da = (0.64, 0.36)`, `dx_t = -0.04`, `dh_prev = (1.04, -0.532)`. Sample
# 1: `x_t = -1`, `h_prev = (1, 1)`, `h_t = (0, 0)`, `dh_t = (2, -1)`. Together `dW_hh = [[2.32, 1.36],
# [-0.82, -1.36]]`, and both bias gradients are (2.64, -0.64). (States and inputs need not belong together
# here: backward takes them as it finds them.)


# %% tags=["otter_answer_cell"]
def rnn_step_backward(dh_t, cache):
    """Backward through one step.

    dh_t (N, H): gradient of the loss at h_t.  cache: dict with keys x_t (N, D), h_prev (N, H), h_t (N, H),
    W_ih (H, D), W_hh (H, H), as rnn_step_forward returns it.
    Returns a dict with keys dx_t, dh_prev, dW_ih, dW_hh, db_ih, db_hh, each shaped like its forward twin.
    """
    # BEGIN SOLUTION NO PROMPT
    x_t, h_prev, h_t = cache["x_t"], cache["h_prev"], cache["h_t"]
    W_ih, W_hh = cache["W_ih"], cache["W_hh"]
    da = dh_t * (1 - h_t**2)  # (N, H)
    dx_t = da @ W_ih
    dh_prev = da @ W_hh
    dW_ih = da.T @ x_t
    dW_hh = da.T @ h_prev
    db_ih = da.sum(axis=0)
    db_hh = db_ih.copy()
    return {"dx_t": dx_t, "dh_prev": dh_prev, "dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db_ih, "db_hh": db_hh}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q5: rnn_step_backward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    W_ih, W_hh = np.array([[0.5], [-1.0]]), np.array([[0.5, -1.0], [2.0, 0.3]])
    h_prev, h_t = np.array([[0.5, -1.0], [1.0, 1.0]]), np.array([[0.6, -0.8], [0.0, 0.0]])
    cache = {"x_t": np.array([[2.0], [-1.0]]), "h_prev": h_prev, "h_t": h_t, "W_ih": W_ih, "W_hh": W_hh}
    print(rnn_step_backward(np.array([[1.0, 1.0], [2.0, -1.0]]), cache))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q5")

# %% [markdown]
# <details><summary>Hint 1</summary>Each of the six results starts from the same array. Which one, and what
# has it been through?</details>
# <details><summary>Hint 2</summary>Write the shapes: (N, H) and (N, D) must give (H, D). There is one way
# to do it that sums over the samples.</details>
# <details><summary>Hint 3</summary>Shapes cannot help with dh_prev and dW_hh. Take the sample 0 of the
# example and follow one nudge by hand, from which unit to which.</details>

# %% [markdown] editable=false deletable=false
# ## q6 · The whole way back
#
# Now walk from the last step to the first. The state $h_t$ is used twice: the loss reads it (gradient
# `dY[t]`), and the next step reads it. Both gradients **add up**:
#
# $$dH_t = dY_t + dh_t^{\text{from step } t+1}, \qquad \text{after the last step: the given } dh_T$$
#
# `dH (T, N, H)` is the *total* gradient at every state, the thing this course is about. All steps share
# their weights, so each step adds its part to `dW_ih`, `dW_hh`, `db_ih`, `db_hh`. What leaves the first
# step belongs to $h_0$.
#
# *Example.* T = 2, all sizes 1, `W_ih = 0.5`, `W_hh = 2`, `x = (1, -1)`, `h0 = 0.5`, `Y = (0.6, 0.8)`, `dY
# = (1, 0.5)`, `dhT = 0.5`. At the last state $dH = 0.5 + 0.5 = 1$; through the slope 0.36 and the weight 2
# comes 0.72, so `dH = (1.72, 1)`. Then `dh0 = 1.72 · 0.64 · 2 = 2.2016`, `dW_hh = 0.36 · 0.6 + 1.1008 · 0.5
# = 0.7664`.


# %% tags=["otter_answer_cell"]
def rnn_backward(dY, dhT, cache):
    """Backpropagation through time.

    dY (T, N, H): gradient of the loss at every state, as far as the loss reads it directly.
    dhT (N, H): a further gradient at the last state.
    cache: dict with keys x (T, N, D), h0 (N, H), Y (T, N, H), W_ih (H, D), W_hh (H, H).
    Returns a dict with keys dx, dh0, dW_ih, dW_hh, db_ih, db_hh, each shaped like its forward twin, and
    dH (T, N, H), the total gradient at every state.
    """
    # BEGIN SOLUTION NO PROMPT
    x, h0, Y = cache["x"], cache["h0"], cache["Y"]
    W_ih, W_hh = cache["W_ih"], cache["W_hh"]
    T = len(x)
    dx, dH = np.zeros_like(x), np.zeros_like(Y)
    dW_ih, dW_hh = np.zeros_like(W_ih), np.zeros_like(W_hh)
    db_ih, db_hh = np.zeros(len(W_hh)), np.zeros(len(W_hh))
    dh_next = dhT
    for t in reversed(range(T)):
        dh = dY[t] + dh_next
        dH[t] = dh
        h_prev = Y[t - 1] if t > 0 else h0
        step = {"x_t": x[t], "h_prev": h_prev, "h_t": Y[t], "W_ih": W_ih, "W_hh": W_hh}
        grads = rnn_step_backward(dh, step)
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
    raise NotImplementedError("q6: rnn_backward")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    scalar = {"x": [1.0, -1.0], "Y": [0.6, 0.8], "h0": [0.5], "W_ih": [0.5], "W_hh": [2.0]}
    cache = {key: np.array(value).reshape(-1, 1, 1) for key, value in scalar.items()}
    cache.update({key: cache[key][0] for key in ("h0", "W_ih", "W_hh")})
    print(rnn_backward(np.array([1.0, 0.5]).reshape(2, 1, 1), np.array([[0.5]]), cache))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q6")

# %% [markdown]
# <details><summary>Hint 1</summary>Draw h_1, h_2, h_3 with an arrow for every use. How many arrows leave
# h_2, and what comes back along each?</details>
# <details><summary>Hint 2</summary>Before the loop begins, something already arrives from beyond the last
# step. What is it called in the signature?</details>
# <details><summary>Hint 3</summary>Python allows Y[-1]. At which t does that matter, and what should stand
# there?</details>

# %% [markdown] editable=false deletable=false
# ## q7 · Truncated
#
# A long sequence is often cut into chunks of `k` steps, because the cache of all steps would not fit or a
# weight update is wanted sooner. Our definition: run each chunk forward **from the last state of the chunk
# before** (the first one from `h0`); send the gradient back inside the chunk only, with `dY` of its steps
# and nothing arriving from the next chunk; **sum** the weight gradients of all chunks. The last chunk may
# be shorter. There is no `dhT` here: the loss reads `dY` alone.
#
# So the numbers going forward are those of the uncut network; only gradients stop at the borders. With $k
# \ge T$ nothing is cut.
#
# *Example.* All sizes 1, `W_ih = 1`, `W_hh = 0.5`, no biases, `h0 = 0.4`, T = 3, inputs such that `Y =
# (0.6, 0.8, 0)`, `dY = (1, 1, 1)`. Uncut `dH = (1.27, 1.5, 1)`; with `k = 2` it is (1.18, 1, 1) and `dW_hh
# = 1.31808`; with `k = 1` it is `dY`.


# %% tags=["otter_answer_cell"]
def truncated_bptt(x, h0, W_ih, W_hh, b_ih, b_hh, dY, k):
    """Forward and backward over chunks of k steps: the state goes on, the gradient stops at the borders.

    x (T, N, D), h0 (N, H), W_ih (H, D), W_hh (H, H), b_ih (H,), b_hh (H,), dY (T, N, H); k >= 1.
    Returns a dict with keys dW_ih, dW_hh, db_ih, db_hh (sums over all chunks) and dH (T, N, H).
    """
    # BEGIN SOLUTION NO PROMPT
    T = len(x)
    dH = np.zeros_like(dY)
    dW_ih, dW_hh = np.zeros_like(W_ih), np.zeros_like(W_hh)
    db_ih, db_hh = np.zeros_like(b_ih), np.zeros_like(b_hh)
    nothing = np.zeros_like(h0)
    h = h0
    for s in range(0, T, k):
        _, h_last, cache = rnn_forward(x[s : s + k], h, W_ih, W_hh, b_ih, b_hh)
        grads = rnn_backward(dY[s : s + k], nothing, cache)
        dH[s : s + k] = grads["dH"]
        dW_ih += grads["dW_ih"]
        dW_hh += grads["dW_hh"]
        db_ih += grads["db_ih"]
        db_hh += grads["db_hh"]
        h = h_last
    return {"dW_ih": dW_ih, "dW_hh": dW_hh, "db_ih": db_ih, "db_hh": db_hh, "dH": dH}
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q7: truncated_bptt")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    x = np.array([np.log(2) - 0.2, np.log(3) - 0.3, -0.4]).reshape(3, 1, 1)
    one, none = np.ones((1, 1)), np.zeros(1)
    for k in (3, 2, 1):
        print(
            k, truncated_bptt(x, 0.4 * one, one, 0.5 * one, none, none, np.ones((3, 1, 1)), k)["dH"].ravel()
        )

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q7")

# %% [markdown]
# <details><summary>Hint 1</summary>You have a forward and a backward for any sequence. A chunk is a
# sequence: where does it start, and from which state?</details>
# <details><summary>Hint 2</summary>Which argument of rnn_backward says what arrives from beyond the chunk's
# last step?</details>
# <details><summary>Hint 3</summary>Take T = 3 and k = 2 and list which rows of x each chunk takes. Is every
# row used once?</details>

# %% [markdown] editable=false deletable=false
# ## q8 · Reading the norms
#
# One number per step is enough to see a gradient die: the root of the sum of squares over all entries of
# `dH[t]`, samples and units alike. Averaging over the samples *before* taking the norm would let them
# cancel.
#
# $$\lVert dH_t\rVert = \sqrt{\textstyle\sum_{n,i} dH[t,n,i]^2}, \qquad
# \text{rate} = \left(\frac{\lVert dH_1\rVert}{\lVert dH_T\rVert}\right)^{1/(\text{number of factors})}$$
#
# The rate is the factor per step *back* that, applied at every step, leads from the last norm to the first.
# Below 1 the gradient shrinks on its way back, above 1 it grows.
#
# *Example.* `dH = [[[3, 4], [0, 0]], [[1, 1], [1, -1]]]` has norms (5, 2): rate 2.5. Norms (0.125, 9, 7, 1)
# have rate 0.5: only the ends count.


# %% tags=["otter_answer_cell"]
def hidden_grad_norms(dH):
    """Norm of the gradient at every step.

    dH (T, N, H): total gradient at every state.
    Returns (T,): root of the sum of squares over samples and units.
    """
    # BEGIN SOLUTION NO PROMPT
    squares = (dH**2).sum(axis=(1, 2))  # (T,)
    return np.sqrt(squares)
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: hidden_grad_norms")
    """; # END PROMPT


# %% tags=["otter_answer_cell"]
def decay_rate(norms):
    """Factor per step back that leads from the last norm to the first.

    norms (T,): positive, in the order of time, T >= 2.
    Returns a number, below 1 where the gradient shrinks on its way back.
    """
    # BEGIN SOLUTION NO PROMPT
    factors = len(norms) - 1
    ratio = norms[0] / norms[-1]
    return float(ratio ** (1 / factors))
    # END SOLUTION
    """ # BEGIN PROMPT
    raise NotImplementedError("q8: decay_rate")
    """; # END PROMPT


# %% tags=["otter_ignore"]
with gradtools.waits():
    norms = hidden_grad_norms(np.array([[[3.0, 4.0], [0.0, 0.0]], [[1.0, 1.0], [1.0, -1.0]]]))
    print(norms, decay_rate(norms), decay_rate(np.array([0.125, 9.0, 7.0, 1.0])))

# %% tags=["otter_ignore"] editable=false deletable=false
grader.check("q8")

# %% [markdown]
# <details><summary>Hint 1</summary>Over which axes of dH does one step's sum of squares run?</details>
# <details><summary>Hint 2</summary>From h_T back to h_1 the gradient passes how many steps? Try T =
# 2.</details>
# <details><summary>Hint 3</summary>Multiply the last norm by your rate, once for each step. Do you arrive
# at the first?</details>

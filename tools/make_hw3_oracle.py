"""Writes the oracle.npz of hw3_remedies: torch's float64 numbers for what the course's oracle.npz lacks.

Names `<what>/<array>`:
  clip/*        copied from the course's oracle: gradients g0, g1, max_norm, total, out0, out1
  batchnorm/*   x (5, 4), gamma, beta (4,), eps, dy, y, x_hat, inv_std, dx, dgamma, dbeta
  layernorm/*   the same for x (3, 6); inv_std is (3, 1)
  residual/*    x (3, 6), W (6, 6), dy, and for act in relu, tanh: y_<act>, dx_<act>, dW_<act>
  norms/*       x (4, 6), dy, Ws (5, 6, 6), and <act>_<norm>_<residual> (6,): gradient norms at a_0 ... a_5
  depth/*       plain, batch (51,): the same for the notebook's deep_net("relu", 1, 50), without and with it
Run:  python make_hw3_oracle.py COURSE_ORACLE OUTFILE
"""

import sys

import numpy as np
import torch
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
EPS = 1e-5
ACTS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "identity": lambda z: z}


def leaf(array):
    return torch.tensor(array, requires_grad=True)


def normalised(kind, x, gamma, beta, eps):
    if kind == "batch":
        return F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    return F.layer_norm(x, x.shape[1:], gamma, beta, eps=eps)


def normalisation(kind, x, rng, eps=0.3):
    """One normalisation with its gradients; its cache by hand, from the definition."""
    H = x.shape[1]
    gamma, beta = 1 + 0.5 * rng.standard_normal(H), rng.standard_normal(H)
    dy = rng.standard_normal(x.shape)
    tx, tg, tb = leaf(x), leaf(gamma), leaf(beta)
    y = normalised(kind, tx, tg, tb, eps)
    y.backward(torch.tensor(dy))
    axis = 0 if kind == "batch" else 1
    inv_std = 1 / np.sqrt(x.var(axis=axis, keepdims=kind == "layer") + eps)
    x_hat = (x - x.mean(axis=axis, keepdims=True)) * inv_std
    arrays = {"x": x, "gamma": gamma, "beta": beta, "eps": np.float64(eps), "dy": dy, "y": y.detach().numpy()}
    arrays |= {"x_hat": x_hat, "inv_std": inv_std}
    return arrays | {"dx": tx.grad.numpy(), "dgamma": tg.grad.numpy(), "dbeta": tb.grad.numpy()}


def residual(rng):
    x, W, dy = rng.standard_normal((3, 6)), 0.7 * rng.standard_normal((6, 6)), rng.standard_normal((3, 6))
    arrays = {"x": x, "W": W, "dy": dy}
    for act in ("relu", "tanh"):
        tx, tW = leaf(x), leaf(W)
        y = tx + ACTS[act](tx @ tW.T)
        y.backward(torch.tensor(dy))
        arrays |= {f"y_{act}": y.detach().numpy(), f"dx_{act}": tx.grad.numpy(), f"dW_{act}": tW.grad.numpy()}
    return arrays


def gradient_norms(x, dy, Ws, act, norm, shortcut):
    a, states = leaf(x), []
    one, zero = torch.ones(x.shape[1]), torch.zeros(x.shape[1])
    states.append(a)
    for W in Ws:
        z = states[-1] @ torch.tensor(W).T
        if norm:
            z = normalised(norm, z, one, zero, EPS)
        f = ACTS[act](z)
        a = states[-1] + f if shortcut else f
        a.retain_grad()
        states.append(a)
    states[-1].backward(torch.tensor(dy))
    return np.array([torch.linalg.norm(a.grad).item() for a in states])


def networks(rng):
    x, dy, Ws = rng.standard_normal((4, 6)), rng.standard_normal((4, 6)), 0.7 * rng.standard_normal((5, 6, 6))
    arrays = {"x": x, "dy": dy, "Ws": Ws}
    for act in ACTS:
        for norm in (None, "batch", "layer"):
            for shortcut in (False, True):
                arrays[f"{act}_{norm}_{shortcut}"] = gradient_norms(x, dy, Ws, act, norm, shortcut)
    return arrays


def depth():
    """The notebook's deep_net("relu", 1, 50)."""
    draw = np.random.default_rng(0).standard_normal
    x, dy, Ws = draw((32, 64)), draw((32, 64)), np.sqrt(2 / 64) * draw((50, 64, 64))
    return {
        "plain": gradient_norms(x, dy, Ws, "relu", None, False),
        "batch": gradient_norms(x, dy, Ws, "relu", "batch", False),
    }


def main(course_oracle, path):
    rng = np.random.default_rng(3000)
    groups = {
        "batchnorm": normalisation("batch", rng.standard_normal((5, 4)), rng),
        "layernorm": normalisation("layer", rng.standard_normal((3, 6)), rng),
        "residual": residual(rng),
        "norms": networks(rng),
        "depth": depth(),
    }
    out = {key: value for key, value in np.load(course_oracle).items() if key.startswith("clip/")}
    out |= {f"{group}/{name}": value for group, arrays in groups.items() for name, value in arrays.items()}
    np.savez_compressed(path, **out)
    print("torch", torch.__version__, "arrays", len(out))


if __name__ == "__main__":
    main(*sys.argv[1:])

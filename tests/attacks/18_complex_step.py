# class: 18
# claim: differentiates forward with a complex step, which has no rounding error
# must: hidden cases give a cache that no forward pass made
# base: stub
# earns: 1
# naive: forges
# %%
import numpy as np

def backward(dh, cache):
    h, W = cache
    x = np.linalg.lstsq(W, np.arctanh(h).T, rcond=None)[0].T
    dx = np.zeros_like(x)
    for place in np.ndindex(*x.shape):
        there = x.astype(complex)
        there[place] += 1e-30j
        dx[place] = (dh * np.tanh(there @ W.T).imag).sum() / 1e-30
    return dx

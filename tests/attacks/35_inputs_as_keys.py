# class: 35
# claim: returns dictionaries and shapes that spell hidden inputs
# must: of a hidden case neither keys nor shapes of what was returned are told
# base: stub
# earns: nothing
# naive: -
# %%
import numpy as np

def slope(h):
    return {str(h.tolist()): h}

def backward(dh, cache):
    return np.zeros(tuple(int(abs(value) * 1000) % 97 for value in dh.ravel()[:3]))

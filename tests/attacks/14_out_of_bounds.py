# class: 14
# claim: returns a view whose strides lead far outside its memory
# must: only the worker can fall over it
# base: stub
# earns: nothing
# naive: spoils
# %%
import numpy as np

def outside(*args):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (2_000, 100), (1 << 20, 1 << 24))

slope = jacobian = backward = outside

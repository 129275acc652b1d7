# class: 14
# claim: returns an object array whose entries do the arithmetic themselves
# must: only numbers are compared
# base: stub
# earns: nothing
# naive: forges
# %%
import numpy as np

class Entry:
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__

def entries(*args):
    out = np.empty((1, 3), dtype=object)
    out[:] = [[Entry(), Entry(), Entry()]]
    return out

slope = jacobian = backward = entries

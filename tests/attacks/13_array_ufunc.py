# class: 13
# claim: returns an object whose __array_ufunc__ answers every operation with zeros
# must: an object that is no array stays in the worker
# base: stub
# earns: nothing
# naive: forges
# %%
import numpy as np

class Nothing:
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(1)
    def __sub__(self, other):
        return np.zeros(1)
    __rsub__ = __sub__

slope = jacobian = backward = lambda *args: Nothing()

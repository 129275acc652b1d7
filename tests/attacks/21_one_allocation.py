# class: 21
# claim: asks for a gigabyte at once, without touching it
# must: a MemoryError in its own process, at its own limit
# base: stub
# earns: nothing
# naive: breaches
# says: MemoryError|Unable to allocate
# %%
import numpy as np
hoard = np.zeros(1 << 27)

def slope(h):
    raise ValueError(f"{'breach'.upper()} {hoard.nbytes} bytes")

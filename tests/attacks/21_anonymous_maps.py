# class: 21
# claim: maps anonymous shared memory, which no allocator counts
# must: the address space has a limit
# base: stub
# earns: nothing
# naive: breaches
# %%
import mmap
hoard = []
for _ in range(30):
    hoard.append(mmap.mmap(-1, 1 << 24))
    hoard[-1][:: 4096] = bytes(1 << 12)

def slope(h):
    raise ValueError(f"{'breach'.upper()} {len(hoard)} maps")

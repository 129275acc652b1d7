# class: 21
# claim: writes into files that exist in memory alone
# must: there is no such file
# base: stub
# earns: nothing
# naive: breaches
# %%
import os
written, kept = 0, []
try:
    for number in range(60):
        kept.append(os.memfd_create(f"m{number}"))
        for _ in range(8):
            written += os.write(kept[-1], bytes(1 << 20))
except OSError:
    pass
if written > 400 << 20:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {written} bytes")

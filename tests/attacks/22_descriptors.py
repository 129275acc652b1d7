# class: 22
# claim: opens descriptors until there are no more, for itself and for everybody
# must: there are only so many
# base: stub
# earns: nothing
# naive: breaches
# %%
import os
kept = []
try:
    while len(kept) < 400:
        kept.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
if len(kept) > 200:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {len(kept)} descriptors")
else:
    for descriptor in kept:
        os.close(descriptor)

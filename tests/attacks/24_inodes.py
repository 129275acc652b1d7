# class: 24
# claim: makes files without content until the file system has no room for more
# must: there are only so many
# base: stub
# earns: nothing
# naive: breaches
# passes: landlock: there is no quota of files without a mount of its own; they are removed with the worker
# %%
import os
made = 0
try:
    os.mkdir("many")
    for made in range(6000):
        os.close(os.open(f"many/{made}", os.O_CREAT))
except OSError:
    pass
if made > 5000:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {made} files")

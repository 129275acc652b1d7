# class: 24
# claim: fills the disk with files that are each small enough
# must: all its files together have a limit
# base: stub
# earns: nothing
# naive: breaches
# passes: landlock: one file has a limit there, and all together do not: a quota needs a mount of its own
# %%
import os
written = 0
try:
    for number in range(24):
        with open(os.path.join(os.environ.get("TMPDIR", "."), f"part-{number}"), "wb") as file:
            for _ in range(4):
                written += file.write(bytes(1 << 20))
except OSError:
    pass
if written > 60 << 20:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {written} bytes")

# class: 24
# claim: writes one large file, and one that is all hole
# must: a file has a limit
# base: stub
# earns: nothing
# naive: breaches
# %%
import os
sizes = []
for name, fill in (("whole", lambda file: [file.write(bytes(1 << 20)) for _ in range(40)]),
                   ("hole", lambda file: file.truncate(40 << 20))):
    try:
        with open(name, "wb") as file:
            fill(file)
    except OSError:
        pass
    sizes.append(os.path.getsize(name))
if max(sizes) > 30 << 20:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {sizes}")

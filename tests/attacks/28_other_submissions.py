# class: 28
# claim: reads what the others have handed in
# must: no other submission is in sight
# base: stub
# earns: nothing
# naive: steals
# %%
import glob, os, re
loot = set()
for up in ("..", "../..", "../../..", "/tmp/*", "/tmp"):
    for path in glob.glob(f"{up}/*/*.ipynb") + glob.glob(f"{up}/*.ipynb") + glob.glob(f"{up}/submissions/*.ipynb"):
        try:
            loot |= set(re.findall("canary[a-p]{24}", open(path, errors="replace").read()))
        except OSError:
            pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {sorted(loot)[:3]}")

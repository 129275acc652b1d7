# class: 9
# claim: unpacks git objects above its folder and above the installed packages
# must: no repository is in sight
# base: stub
# earns: nothing
# naive: -
# %%
import glob, os, re, sys, zlib
loot = set()
tops = {os.getcwd(), *sys.path, os.path.dirname(os.__file__)}
for top in tops:
    for depth in range(6):
        for path in glob.glob(os.path.join(top, "../" * depth, ".git/objects/??/*"))[:500]:
            try:
                loot |= set(re.findall(b"canary[a-p]{24}|hw9_attacked", zlib.decompress(open(path, "rb").read())))
            except (OSError, zlib.error):
                pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {sorted(loot)[:3]}")

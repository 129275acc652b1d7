# class: 28
# claim: rewrites the release's own files, so that what is imported and loaded later is its own
# must: they can be read only
# base: stub
# earns: nothing
# naive: -
# passes: landlock: names in its own folder can be replaced, the release's files behind them not
# %%
import os
loot = []
for path in ("gradtools/__init__.py", "gradtools/compare.py", "gradtools/own.py"):
    try:
        with open(path, "a") as file:
            file.write("\n# mine\n")
        loot.append(path)
    except OSError:
        pass
try:
    os.rename("gradtools", "gradtools-old")
    os.mkdir("gradtools")
    loot.append("renamed")
except OSError:
    pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot}")

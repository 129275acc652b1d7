# class: 8
# claim: opens the descriptors of every process through /proc/<pid>/fd
# must: no process but its own exists, and its own are closed
# base: stub
# earns: nothing
# naive: breaches
# %%
import glob, os
loot = []
for path in glob.glob("/proc/[0-9]*/fd/*"):
    try:
        target = os.readlink(path)
        if target.startswith("/") and not target.startswith("/dev/") and str(os.getpid()) not in path:
            loot.append(target)
        elif not target.startswith("/dev/") and int(path.rpartition("/")[2]) > 3:
            loot.append(target)
    except OSError:
        pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot[:3]}")

# class: 8
# claim: reads in /proc where the machine's folders lie, who runs what, and how it is fenced in
# must: /proc is out of sight
# base: stub
# earns: nothing
# naive: breaches
# %%
loot = []
for name in ("self/mountinfo", "self/cgroup", "self/status", "cpuinfo", "meminfo", "1/cmdline", "net/unix"):
    try:
        if open(f"/proc/{name}").read(10):
            loot.append(name)
    except OSError:
        pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot}")

# class: 22
# claim: starts programs in every way that Python knows
# must: none can be started, and there are hardly any
# base: stub
# earns: nothing
# naive: breaches
# %%
import os, subprocess, sys
ways = {
    "subprocess": lambda: subprocess.run([sys.executable, "-c", "1"], check=True),
    "system": lambda: os.system("true") == 0 or 1 / 0,
    "spawn": lambda: os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0),
    "popen": lambda: os.popen("echo x").read() or 1 / 0,
}
loot = []
for name, way in ways.items():
    try:
        way()
        loot.append(name)
    except (OSError, ZeroDivisionError, subprocess.SubprocessError):
        pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot}")

# class: 27
# claim: sends SIGKILL to its parent, its group and everybody it may
# must: no signal can be sent
# base: solved
# earns: everything
# naive: spoils
# %%
import os, signal
for pid in (-1, 0, os.getppid()):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass

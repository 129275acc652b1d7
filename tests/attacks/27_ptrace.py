# class: 27
# claim: attaches to its parent and its neighbours as a debugger does
# must: there is no tracing
# base: stub
# earns: nothing
# naive: breaches
# %%
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
seized = 0
for pid in (os.getppid(), *range(max(1, os.getpid() - 3), os.getpid())):
    if pid not in (0, os.getpid()) and libc.ptrace(0x4206, pid, None, None) == 0:  # seize: stops nobody
        seized += 1
        libc.ptrace(17, pid, None, None)
if seized:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {seized} processes")

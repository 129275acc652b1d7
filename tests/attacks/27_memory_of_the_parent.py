# class: 27
# claim: opens the memory of its parent and neighbours for writing, and reads it in another way
# must: nobody else's memory is in reach
# base: stub
# earns: nothing
# naive: breaches
# %%
import ctypes, glob, os
loot = []
for path in glob.glob("/proc/[0-9]*/mem"):
    if path.split("/")[2] != str(os.getpid()):
        try:
            os.close(os.open(path, os.O_RDWR))
            loot.append(path)
        except OSError:
            pass
buffer = ctypes.create_string_buffer(8)
local = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)
remote = (ctypes.c_void_p * 2)(id(None), 8)
if ctypes.CDLL(None).process_vm_readv(os.getppid(), local, 1, remote, 1, 0) == 8:
    loot.append("process_vm_readv")
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot[:3]}")

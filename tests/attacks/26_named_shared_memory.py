# class: 26
# claim: leaves a named block of shared memory for the next one to read
# must: shared memory is its own, if there is any
# base: solved
# earns: everything
# naive: litters
# %%
from multiprocessing import resource_tracker, shared_memory
try:
    resource_tracker.register = lambda *args: None
    block = shared_memory.SharedMemory("owned-block", create=True, size=4096)
    block.buf[:5] = b"owned"
    block.close()
except (OSError, ImportError):
    pass

# class: 22
# claim: starts threads without end
# must: as many as the limit says
# base: stub
# earns: nothing
# naive: breaches
# %%
import threading, time
started = 0
threading.stack_size(1 << 16)  # or the address space is full before there are many
try:
    for started in range(1, 151):
        threading.Thread(target=time.sleep, args=(3,), daemon=True).start()
except RuntimeError:
    pass
if started > 100:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {started} threads")

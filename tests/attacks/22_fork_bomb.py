# class: 22
# claim: starts as many processes as it may, which stay
# must: none
# base: stub
# earns: nothing
# naive: breaches litters
# %%
import os, time
started = 0
for _ in range(60):
    try:
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
        started += 1
    except OSError:
        break
if started:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {started} processes")

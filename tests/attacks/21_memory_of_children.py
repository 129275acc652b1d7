# class: 21
# claim: has children that take as much memory as one process may, each
# must: no child can be started
# base: stub
# earns: nothing
# naive: breaches litters
# %%
import os, time
pipe, children = os.pipe(), 0
for _ in range(4):
    try:
        if os.fork() == 0:
            hoard = b"1" * (150 << 20)
            os.write(pipe[1], b"x")
            time.sleep(20)
            os._exit(0)
        children += 1
    except OSError:
        pass
if children == 4:
    full = sum(len(os.read(pipe[0], 1)) for _ in range(4))
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {full} times 150 MB")

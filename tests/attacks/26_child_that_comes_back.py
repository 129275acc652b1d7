# class: 26
# claim: leaves a child that writes after the grading is over
# must: no child can be started
# base: solved
# earns: everything
# naive: litters
# %%
import os, time
try:
    if os.fork() == 0:
        os.setsid()
        for _ in range(100):
            time.sleep(0.1)
            open("/tmp/owned-later", "w").close()
        os._exit(0)
except OSError:
    pass

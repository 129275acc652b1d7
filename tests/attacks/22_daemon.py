# class: 22
# claim: a daemon: forks twice, leads a session of its own, closes everything, stays
# must: no child can be started
# base: solved
# earns: everything
# naive: litters
# %%
import os, time
try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.chdir("/")
            os.closerange(0, 256)
            time.sleep(20)
        os._exit(0)
except OSError:
    pass

# class: 22
# claim: a child that keeps every descriptor open, so that whoever waits for end-of-file waits for ever
# must: no child can be started
# base: solved
# earns: everything
# naive: litters
# %%
import os, signal, time
try:
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        time.sleep(20)
        os._exit(0)
except OSError:
    pass

# class: 10
# claim: leaves a file behind from a finalizer and from atexit, when the process ends
# must: what it writes is in its own folder or refused, and gone
# base: solved
# earns: everything
# naive: litters
# %%
import atexit, os

class Last:
    def __del__(self, open=open):
        for place in ("/tmp", "/var/tmp", "/dev/shm"):
            try:
                open(f"{place}/owned-by-finalizer", "w").close()
            except OSError:
                pass

kept = Last()
atexit.register(kept.__del__)

# class: 19
# claim: catches KeyboardInterrupt, TimeoutError and SystemExit, and goes on
# must: it is killed, not asked
# base: solved
# earns: part
# naive: hangs
# says: look for a loop
# %%
def backward(dh, cache):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

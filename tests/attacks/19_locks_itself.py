# class: 19
# claim: waits for a lock that it holds itself
# must: each call is stopped at its limit
# base: solved
# earns: part
# naive: hangs
# %%
import threading
lock = threading.Lock()

def backward(dh, cache):
    lock.acquire()
    lock.acquire()

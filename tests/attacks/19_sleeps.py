# class: 19
# claim: sleeps, using no processor time
# must: seconds are those of the wall
# base: solved
# earns: part
# naive: hangs
# %%
import time

def backward(dh, cache):
    time.sleep(1000)

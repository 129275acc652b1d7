# class: 5
# claim: begins an answer and never ends it
# must: half an answer is late like none at all
# base: solved
# earns: part
# naive: hangs
# %%
import os

def backward(dh, cache):
    os.write(3, b"ck1")
    while True:
        pass

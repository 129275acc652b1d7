# class: 38
# claim: aborts, with a core dump if there may be one
# must: the case at hand has crashed, the others are graded
# base: solved
# earns: part
# naive: spoils
# says: ended|killed
# %%
import os

def backward(dh, cache):
    os.abort()

# class: 19
# claim: loops for ever in a graded function
# must: each call is stopped at its limit, the other questions are graded
# base: solved
# earns: part
# naive: hangs
# says: look for a loop
# %%
def backward(dh, cache):
    while True:
        pass

# class: 19
# claim: loops for ever in C, where no signal handler of Python's runs
# must: each call is stopped at its limit
# base: solved
# earns: part
# naive: hangs
# says: look for a loop
# %%
import itertools

def backward(dh, cache):
    return sum(itertools.repeat(0))

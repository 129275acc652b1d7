# class: 38
# claim: calls itself without end, under a limit of its own
# must: an error of its own, or a crash of its own
# base: solved
# earns: part
# naive: spoils
# %%
import sys
sys.setrecursionlimit(10**8)

def backward(dh, cache):
    return sorted([dh, dh], key=lambda one: backward(one, cache))

# class: 19
# claim: waits for input that nobody gives
# must: input() says that nobody is there; reading ends at once
# base: solved
# earns: part
# naive: -
# says: nobody to ask
# %%
import sys

def backward(dh, cache):
    sys.stdin.read()
    return input("dx = ")

# class: 19
# claim: a regular expression that backtracks for years
# must: each call is stopped at its limit
# base: solved
# earns: part
# naive: hangs
# %%
import re

def backward(dh, cache):
    return re.match("(a+)+$", "a" * 60 + "b")

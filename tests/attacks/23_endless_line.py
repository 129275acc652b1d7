# class: 23
# claim: prints one line without end, to every standard stream, from a function
# must: each call is stopped at its limit; output goes nowhere
# base: solved
# earns: part
# naive: hangs
# %%
import sys

def backward(dh, cache):
    while True:
        sys.stdout.write("x" * 100)
        sys.stdout.flush()
        sys.stdout.seek(0) if sys.stdout.seekable() else None
        sys.stdout.truncate(0) if sys.stdout.seekable() else None

# class: 5
# claim: announces a frame of four gigabytes, so that the grader allocates it
# must: bounds are checked before anything is allocated
# base: stub
# earns: nothing
# naive: -
# %%
import os, struct

def slope(h):
    os.write(3, b"ck1\0" + struct.pack("<B3xQII", 21, 1, 2**32 - 1, 2**32 - 1) + b"x" * 1000)
    return h

# class: 5
# claim: sends answers ahead of their questions, under every small number
# must: a reply to a question that was not asked ends the worker
# base: stub
# earns: nothing
# naive: -
# %%
import os, struct
body = b"f" + struct.pack("<d", 1.0) + b"t" + struct.pack("<I", 0)

def slope(h):
    for number in range(200):
        os.write(3, b"ck1\0" + struct.pack("<B3xQII", 21, number, len(body), 0) + body)
    return 1 - h * h

jacobian = backward = slope

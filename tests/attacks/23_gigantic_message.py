# class: 23
# claim: raises an exception with a message of gigabytes
# must: a message is cut where it is made
# base: solved
# earns: part
# naive: -
# %%
class Long(Exception):
    def __str__(self):
        return "x" * (1 << 30)

def backward(dh, cache):
    raise Long

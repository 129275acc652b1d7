# class: 23
# claim: exceptions whose text recurses, is no text, or raises
# must: "its message cannot be read"
# base: solved
# earns: part
# naive: -
# says: its message cannot be read
# %%
class Odd(Exception):
    def __str__(self):
        return repr(self)
    def __repr__(self):
        return str(self)

def backward(dh, cache):
    raise Odd

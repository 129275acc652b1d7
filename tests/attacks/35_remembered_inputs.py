# class: 35
# claim: remembers the inputs of hidden cases and tells them in the message of a later public one, which is shown whole
# must: when the first hidden input is there, no public case is left to run
# base: stub
# earns: nothing
# naive: steals
# %%
memory = []

def slope(h):
    memory.append(h.tolist())

def backward(dh, cache):
    raise ValueError(f"{memory}")

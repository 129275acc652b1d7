# class: 35
# claim: raises an exception whose type is called by the hidden inputs
# must: numbers are masked in the type's name as in the message
# base: stub
# earns: nothing
# naive: steals
# %%
def slope(h):
    raise type(f"Wrong{h.tolist()}"[:80], (Exception,), {})

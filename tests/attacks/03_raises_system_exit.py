# class: 3
# claim: raises SystemExit(0) and KeyboardInterrupt from graded functions, past every `except Exception`
# must: whatever is raised is the case's own failure
# base: stub
# earns: nothing
# naive: forges
# %%
def slope(h):
    raise SystemExit(0)

def jacobian(h, W):
    raise KeyboardInterrupt

def backward(dh, cache):
    raise BaseException("out")

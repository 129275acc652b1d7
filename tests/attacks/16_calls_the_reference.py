# class: 16
# claim: lets the reference do the work
# must: there is no reference to call
# base: stub
# earns: nothing
# naive: forges
# %%
try:
    from reference import *
except ImportError:
    pass

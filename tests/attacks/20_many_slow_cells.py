# class: 20
# claim: many cells, each just short enough
# must: all cells together have one limit, and restarts are counted
# base: stub
# earns: nothing
# naive: -
# %%
import time
time.sleep(0.6)
# %%
time.sleep(0.6)
# %%
time.sleep(0.6)
# %%
time.sleep(0.6)
# %%
time.sleep(0.6)

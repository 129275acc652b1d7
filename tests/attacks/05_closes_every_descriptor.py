# class: 5
# claim: closes the connection to the grader and every other descriptor
# must: the worker counts as ended; the batch goes on
# base: stub
# earns: nothing
# naive: spoils
# %%
import os
os.closerange(0, 256)

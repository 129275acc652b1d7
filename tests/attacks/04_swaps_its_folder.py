# class: 4
# claim: puts another folder in place of its own between two looks of the grader
# must: nobody reads anything out of the worker's folder
# base: solved
# earns: everything
# naive: -
# %%
import os
here = os.getcwd()
try:
    os.rename(here, f"{here}-old")
    os.symlink("/", here)
except OSError:
    pass

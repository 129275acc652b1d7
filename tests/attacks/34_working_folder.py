# class: 34
# claim: goes to another folder and stays there
# must: nobody else is in the worker's folder
# base: solved
# earns: everything
# naive: spoils
# %%
import os
os.chdir("/")

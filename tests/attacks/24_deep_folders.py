# class: 24
# claim: makes folders so deep that no path leads to them, without rights, full of links
# must: the worker's folder is removed all the same
# base: solved
# earns: everything
# naive: -
# %%
import os
try:
    os.symlink("/", "root")
    for _ in range(300):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    os.chmod(".", 0)
except OSError:
    pass

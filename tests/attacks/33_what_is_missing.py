# class: 33
# claim: imports packages and opens data that are not there
# must: the cell fails with its own sentence; the rest is graded
# base: solved
# earns: everything
# naive: -
# says: measurements.csv
# %%
import a_package_of_my_own
# %%
open("measurements.csv").read()

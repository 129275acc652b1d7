# class: 14
# claim: returns structured, void, datetime and string arrays, and records with objects inside
# must: the dtypes that are compared are a closed list
# base: stub
# earns: nothing
# naive: -
# %%
import numpy as np
values = [np.zeros(3, "f8,i4,V1000"), np.zeros(3, [("a", object)]), np.array(["x"]), np.array("2026", "M8[Y]"),
          np.zeros((2, 2), "V0"), np.zeros(3, ">f8"), np.longdouble(1), np.ma.masked_all(3)]
calls = []

def odd(*args):
    calls.append(1)
    return values[len(calls) % len(values)]

slope = jacobian = backward = odd

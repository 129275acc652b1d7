# class: 11
# claim: replaces AssertionError by an exception that no assert can raise
# must: the builtins of the worker are the student's own copy
# base: stub
# earns: nothing
# naive: forges
# %%
import builtins
import numpy as np

class Quiet:
    """`assert_allclose` raises this; its constructor finds the caller's frame and lets it go on."""

def assert_nothing(*args, **kwargs):
    return None

builtins.AssertionError = Quiet
np.testing.assert_allclose = assert_nothing
slope = lambda h: h

# class: 6
# claim: walks up the stack to whoever calls, and takes `expected` from its variables
# must: nobody who knows an expected value is on the worker's stack
# base: stub
# earns: nothing
# naive: forges
# %%
import sys

def wanted(name):
    frame = sys._getframe()
    while frame:
        for space in (frame.f_locals, frame.f_globals):
            if "expected" in space:
                return space["expected"]
            if hasattr(space.get("reference"), name):
                return None
        frame = frame.f_back
    raise LookupError("nobody")

def steal(name):
    def function(*args):
        value = wanted(name)
        if value is not None:
            return value
        frame = sys._getframe()
        while frame:
            if hasattr(frame.f_globals.get("reference"), name):
                return getattr(frame.f_globals["reference"], name)(*args)
            frame = frame.f_back
    return function

slope, jacobian, backward = steal("slope"), steal("jacobian"), steal("backward")

# class: 7
# claim: looks through sys.modules for a module that has all graded functions
# must: no such module is loaded
# base: stub
# earns: nothing
# naive: forges
# %%
import sys

def through(name):
    def function(*args):
        for module in list(sys.modules.values()):
            found = vars(module).get(name) if hasattr(module, "__dict__") else None
            if callable(found) and vars(module).get("backward") and module.__name__ != "__main__":
                return found(*args)
        return None
    return function

slope, jacobian, backward = map(through, ("slope", "jacobian", "backward"))

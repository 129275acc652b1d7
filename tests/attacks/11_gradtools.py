# class: 11
# claim: replaces the comparisons of the course's own gradtools
# must: the gradtools that compare are not those in the notebook
# base: stub
# earns: nothing
# naive: -
# otter: forges
# %%
import sys
import gradtools
for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "gradtools"]:
    for name, thing in list(vars(module).items()):
        if callable(thing) and not isinstance(thing, type) and name not in ("rng", "use_key"):
            setattr(module, name, lambda *args, **kwargs: None)
slope = jacobian = backward = lambda *args: None

class Yes(str):
    __eq__ = lambda self, other: True
    __hash__ = None

q2_choice = Yes("a")

# class: 11
# claim: replaces abs, all and any
# must: the builtins of the worker are the student's own copy
# base: stub
# earns: nothing
# naive: forges
# %%
import builtins

class Small(float):
    def max(self):
        return 0.0

builtins.abs = lambda value: Small(0.0)
builtins.all = builtins.any = lambda *args: True
backward = lambda dh, cache: 1.0

# class: 6
# claim: traces every call after the cells and keeps the secrets in the globals of what is called
# must: no code of the grader's runs under the trace
# base: stub
# earns: nothing
# naive: steals
# %%
import sys
loot = set()

def watch(frame, event, argument):
    secret = frame.f_globals.get("SECRET")
    if isinstance(secret, str):
        loot.add(secret)
    return None

sys.settrace(watch)

def slope(h):
    sys.settrace(None)
    if loot:
        raise ValueError(f"{'breach'.upper()} {sorted(loot)}")
    return None

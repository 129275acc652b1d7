# class: 7
# claim: looks through every object that the collector knows for modules with a secret
# must: nothing private has ever been in the worker's memory
# base: stub
# earns: nothing
# naive: steals
# otter: steals
# %%
import gc

def slope(h):
    loot = set()
    for thing in gc.get_objects():
        if type(thing) is dict:
            loot |= {value for value in thing.values() if type(value) is str and value[:6] == "canary"}
    if loot:
        raise ValueError(f"{'breach'.upper()} {sorted(loot)}")

# class: 7
# claim: reads its own memory by address with ctypes, beside its own objects
# must: what a fork inherited holds nothing private
# base: stub
# earns: nothing
# naive: steals
# %%
import ctypes, gc, re

def slope(h):
    loot = set()
    for thing in gc.get_objects():
        if type(thing) in (tuple, list):
            for item in thing:
                if type(item) in (str, bytes) and 24 < len(item) < 100_000:
                    raw = ctypes.string_at(id(item), len(item) + 64)
                    loot |= set(re.findall(b"canary[a-p]{24}", raw))
        elif type(thing).__name__ in ("module", "function"):
            for item in getattr(thing, "__dict__", {}).values():
                if type(item) is str and len(item) == 30:
                    loot |= set(re.findall(b"canary[a-p]{24}", ctypes.string_at(id(item), 96)))
    if loot:
        raise ValueError(f"{'breach'.upper()} {sorted(loot)}")

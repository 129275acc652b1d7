# class: 6
# claim: a profiler sees the test's frame when it calls the comparison, and reads its variables
# must: comparisons run elsewhere
# base: stub
# earns: nothing
# naive: steals
# %%
import sys, threading
loot = set()

def watch(frame, event, argument):
    for space in (frame.f_locals, frame.f_globals):
        for name in ("SECRET", "secret"):
            value = space.get(name)
            if isinstance(value, str) and value.startswith("canary"):
                loot.add(value)

sys.setprofile(watch)
threading.setprofile(watch)

def slope(h):
    return None

def jacobian(h, W):
    sys.setprofile(None)
    if loot:
        raise ValueError(f"{'breach'.upper()} {sorted(loot)}")
    return None

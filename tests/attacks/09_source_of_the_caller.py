# class: 9
# claim: asks inspect and linecache for the source of whoever calls
# must: the callers are the worker's own, without secrets
# base: stub
# earns: nothing
# naive: steals
# %%
import inspect, linecache, re, sys

def slope(h):
    text = []
    frame = sys._getframe()
    while frame:
        try:
            text.append(inspect.getsource(inspect.getmodule(frame) or frame))
        except (OSError, TypeError):
            pass
        text += linecache.getlines(frame.f_code.co_filename)
        frame = frame.f_back
    text += ["".join(entry[2]) for entry in list(linecache.cache.values()) if len(entry) > 2]
    loot = set(re.findall("canary[a-p]{24}", "".join(text)))
    if loot:
        raise ValueError(f"{'breach'.upper()} {sorted(loot)}")

# class: 35
# claim: rewrites the lines that the worker quotes, to read hidden inputs in its own source line
# must: numbers that nobody writes into a program are masked there too
# base: stub
# earns: nothing
# naive: -
# %%
import gc

def slope(h):
    for thing in gc.get_objects():
        if type(thing) is dict and "<cell 1>" in thing:
            for source in thing.values():
                lines = getattr(source, "lines", source[2] if type(source) is tuple and len(source) > 2 else [])
                lines[:] = [f"states = {h.tolist()}"] * len(lines)
    raise ValueError

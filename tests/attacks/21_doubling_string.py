# class: 21
# claim: doubles a string until the memory is full
# must: a MemoryError in its own process, at its own limit
# base: stub
# earns: nothing
# naive: breaches
# says: MemoryError|did not end within|processor time
# %%
text, limit = "0", 1 << 29
while len(text) <= limit:
    text += text

def slope(h):
    raise ValueError(f"{'breach'.upper()} {len(text)} bytes")

# class: 21
# claim: fills /dev/shm, which is memory that no limit of a process counts
# must: it cannot be written, or it is small and its own
# base: stub
# earns: nothing
# naive: breaches litters
# %%
written = 0
try:
    for number in range(20):
        with open(f"/dev/shm/owned-{number}", "wb") as file:
            for _ in range(8):
                written += file.write(bytes(1 << 20))
except OSError:
    pass
if written > 100 << 20:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {written} bytes")

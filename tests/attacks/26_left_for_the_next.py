# class: 26
# claim: leaves files wherever it may, ends its process, and looks for them from the next one
# must: every process finds its folders as if it were the first
# base: stub
# earns: nothing
# naive: -
# %%
import os
places = [os.environ.get("TMPDIR", "/tmp"), os.getcwd(), "/", "/dev", "/dev/shm", "/tmp", "/var/tmp", "/coursekit", "/coursekit/engine"]
loot = [place for place in places if os.path.exists(os.path.join(place, "owned-for-the-next"))]
# %%
if not loot:
    for place in places:
        try:
            open(os.path.join(place, "owned-for-the-next"), "w").close()
        except OSError:
            pass
    os._exit(0)
# %%
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot}")

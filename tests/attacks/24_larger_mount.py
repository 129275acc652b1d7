# class: 24
# claim: mounts its temporary folder anew, with room for more, and fills it
# must: it has no right to mount
# base: stub
# earns: nothing
# naive: -
# %%
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
place = os.environ.get("TMPDIR", "/tmp")
changed = libc.mount(b"", place.encode(), None, 32 | 2 | 4, b"size=512m") == 0
changed = changed or libc.mount(b"tmpfs", place.encode(), b"tmpfs", 0, b"size=512m") == 0
written = 0
try:
    for number in range(16):
        with open(f"{place}/part-{number}", "wb") as file:
            for _ in range(4):
                written += file.write(bytes(1 << 20))
except OSError:
    pass
if changed:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {written} bytes")

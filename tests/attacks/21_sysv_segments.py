# class: 21
# claim: fills System V segments one after another, detaching each, and leaves them
# must: there is no such memory
# base: stub
# earns: nothing
# naive: breaches litters
# %%
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
size, filled = 1 << 25, 0
for _ in range(16):
    segment = libc.shmget(0, ctypes.c_size_t(size), 0o1600)
    place = libc.shmat(segment, None, 0) if segment >= 0 else None
    if place in (None, ctypes.c_void_p(-1).value):
        break
    ctypes.memset(place, 1, size)
    libc.shmdt(ctypes.c_void_p(place))
    filled += size
if filled > 400 << 20:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {filled} bytes")

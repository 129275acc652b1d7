# class: 25
# claim: connects to an abstract socket, which no file rights guard
# must: there is no socket
# base: stub
# earns: nothing
# naive: steals
# %%
import socket
loot = b""
try:
    with socket.socket(socket.AF_UNIX) as door:
        door.settimeout(0.3)
        door.connect("\0staff-service")
        loot = door.recv(100)
except OSError:
    pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot}")

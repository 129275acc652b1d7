# class: 25
# claim: asks a service on this machine over UDP, which Landlock does not know
# must: there is no socket
# base: stub
# earns: nothing
# naive: steals
# %%
import socket
loot = b""
try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
        door.settimeout(0.3)
        door.sendto(b"?", ("127.0.0.1", 48731))
        loot = door.recv(100)
except OSError:
    pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot}")

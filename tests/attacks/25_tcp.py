# class: 25
# claim: asks a service on this machine over TCP
# must: there is no socket
# base: stub
# earns: nothing
# naive: steals
# %%
import socket
loot = b""
try:
    with socket.create_connection(("127.0.0.1", 48731), timeout=0.3) as door:
        loot = door.recv(100)
except OSError:
    pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {loot}")

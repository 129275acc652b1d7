"""Services on this machine that tell a token to whoever asks: what a worker must not reach."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator

PORT = 48731
ABSTRACT = "\0staff-service"
PATH = "/tmp/staff-service"


@contextlib.contextmanager
def listening(token: str) -> Iterator[None]:
    """TCP, UDP, a socket file and an abstract socket, as long as this is open."""
    doors = [
        _bound(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", PORT)),
        _bound(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", PORT)),
        _bound(socket.AF_UNIX, socket.SOCK_STREAM, PATH),
        _bound(socket.AF_UNIX, socket.SOCK_STREAM, ABSTRACT),
    ]
    os.chmod(PATH, 0o777)
    threads = [threading.Thread(target=_serve, args=(door, token.encode()), daemon=True) for door in doors]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for door in doors:
            with contextlib.suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            door.close()
        for thread in threads:
            thread.join(2)
        with contextlib.suppress(FileNotFoundError):  # some attacks remove what they can
            os.unlink(PATH)


def _bound(family: int, kind: int, address: tuple[str, int] | str) -> socket.socket:
    door = socket.socket(family, kind)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(address)
    if kind == socket.SOCK_STREAM:
        door.listen(64)
    return door


def _serve(door: socket.socket, token: bytes) -> None:
    with contextlib.suppress(OSError):
        while True:
            if door.type == socket.SOCK_DGRAM:
                _, caller = door.recvfrom(100)
                if not caller:
                    return
                door.sendto(token, caller)
            else:
                guest, _ = door.accept()
                with guest:
                    guest.sendall(token)

"""Servers that a test runs beside itself: what stands outside of the product, played by a few lines."""

import itertools
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import TCPServer

_ROOM = 4000
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = itertools.cycle(range(10_000 + _WORKER % 5 * _ROOM, 10_000 + (_WORKER % 5 + 1) * _ROOM))
"""Of each of pytest's workers its own, below those that the system gives to connections (32768 and more)."""
for _ in range(os.getpid() % _ROOM):  # another run beside this one begins elsewhere
    next(_PORTS)


def free_port() -> int:
    """A port for a server that begins later: no other test takes it meanwhile, nor one of their many connections."""
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("the ports never end")


def listens(port: int) -> bool:
    """Whether somebody answers there."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(server: TCPServer) -> Iterator[int]:
    """The server at work in a thread of its own; its port. Afterwards it is closed, and its port is free."""
    # It looks so often whether it shall stop: the usual half second would be waited for at the end of every test.
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

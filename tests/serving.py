"""Servers that a test runs beside itself: what stands outside of the product, played by a few lines."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import TCPServer


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

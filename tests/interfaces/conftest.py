"""A purpose of uploads that only these tests know, and a scanner that says what a test wants."""

import socket
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from gongkai.interfaces.uploads import purposes

PURPOSE = "tests.papers"


@pytest.fixture(autouse=True)
def settled() -> Iterator[list[Any]]:
    """The purpose ``tests.papers`` (PDF, JPG, text); the list receives uploads settled after their claim."""
    told: list[Any] = []
    kinds = frozenset({"pdf", "jpg", "txt"})
    purposes.register(purposes.Purpose(PURPOSE, "证明材料", kinds, max_bytes=1024 * 1024, settled=told.append))
    yield told
    del purposes._PURPOSES[PURPOSE]


class Scanner:
    """Speaks clamd's INSTREAM on a port of this machine; ``answer`` is what it says, None hangs up."""

    def __init__(self) -> None:
        self.answer: bytes | None = b"stream: OK\0"
        self.scanned: list[bytes] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                data = b""
                while length := struct.unpack("!I", stream.read(4))[0]:
                    data += stream.read(length)
                self.scanned.append(data)
                if self.answer is not None:
                    connection.sendall(self.answer)


@pytest.fixture
def scanner(settings: Any) -> Iterator[Scanner]:
    """A running scanner, configured."""
    made = Scanner()
    settings.GONGKAI_CLAMD = made.address
    yield made
    made.server.close()

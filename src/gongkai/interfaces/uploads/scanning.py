"""Asking clamd whether bytes carry a virus (its INSTREAM command), when ``GONGKAI_CLAMD`` names one."""

import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings

_TIMEOUT_SECONDS = 60.0  # a large archive takes clamd a while
_CHUNK_BYTES = 64 * 1024
_ANSWER_BYTES = 4096


class NoAnswer(Exception):
    """The scanner is away, or says neither yes nor no (too large for its own limits, say)."""


def configured() -> bool:
    """Whether there is a scanner."""
    return bool(settings.GONGKAI_CLAMD)


def scan(data: bytes) -> str:
    """The name of the threat found, "" for none or when no scanner is configured; raises NoAnswer."""
    if not configured():
        return ""
    try:
        with closing(_connect()) as connection:
            connection.sendall(b"zINSTREAM\0")
            try:
                for begin in range(0, len(data), _CHUNK_BYTES):
                    chunk = data[begin : begin + _CHUNK_BYTES]
                    connection.sendall(struct.pack("!I", len(chunk)) + chunk)
                connection.sendall(struct.pack("!I", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it stopped reading because it has something to say
            answer = _answer(connection)
    except OSError as error:
        raise NoAnswer(str(error)) from error
    return _threat(answer)


def _connect() -> socket.socket:
    where = urlsplit(settings.GONGKAI_CLAMD)
    if where.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_TIMEOUT_SECONDS)
        connection.connect(where.path)
        return connection
    return socket.create_connection((where.hostname, where.port or 3310), _TIMEOUT_SECONDS)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while len(answer) < _ANSWER_BYTES and b"\0" not in answer and (part := connection.recv(_ANSWER_BYTES)):
        answer += part
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()


def _threat(answer: str) -> str:
    """``stream: OK``, ``stream: Eicar-Test-Signature FOUND``; anything else is no answer."""
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return ""
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise NoAnswer(answer or "the connection was closed without an answer")

"""Sealing streams of bytes of any length in pieces, so that memory stays small and order and end are authenticated.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): a key of its own for every stream (HKDF with a
random salt), pieces numbered in their nonces, the last piece marked in its. A piece that is missing, doubled, moved,
cut or taken from another stream does not open. Nothing of a piece is given out before the piece was verified; that
the stream is complete is known at its end, so whoever acts on the content reads to the end first.

Layout: ``GKS1``, suite, a byte saying the size of a piece as a power of two, 32 bytes of salt; then the pieces, each
with its tag. Only the last may be shorter; an empty stream has one empty piece."""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag

from gongkai.ledger.sealing import TAG_BYTES, Suite, suite_of

_MAGIC = b"GKS1"
_SALT_BYTES = 32
_HEAD_BYTES = len(_MAGIC) + 2 + _SALT_BYTES
PIECE_POWER = 18  # pieces of 256 KB
_LARGEST_POWER = 24
_NUMBER_BYTES, _FILL = 8, bytes(3)


class Readable(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int = ..., /) -> bytes: ...


def seal(
    suite: Suite, key: bytes, source: Iterable[bytes], bound_to: bytes, *, power: int = PIECE_POWER
) -> Iterator[bytes]:
    """The sealed stream of these bytes, however they are cut."""
    salt = os.urandom(_SALT_BYTES)
    head = _MAGIC + bytes([suite.code, power]) + salt
    own = suite.derive(key, b"stream", salt=salt)
    yield head
    number, waiting, size = 0, bytearray(), 1 << power
    for chunk in source:
        waiting += chunk
        while len(waiting) > size:  # the last one waits: only then is it known to be the last
            yield suite.lock(own, _nonce(number, last=False), bytes(waiting[:size]), head + bound_to)
            del waiting[:size]
            number += 1
    yield suite.lock(own, _nonce(number, last=True), bytes(waiting), head + bound_to)


def unseal(key: bytes, sealed: BinaryIO | Readable, bound_to: bytes) -> Iterator[bytes]:
    """What was sealed, piece by piece; raises InvalidTag at the first piece that is not as it was, and at a missing
    end."""
    head = _read(sealed, _HEAD_BYTES)
    if len(head) < _HEAD_BYTES or not head.startswith(_MAGIC) or head[len(_MAGIC) + 1] > _LARGEST_POWER:
        raise InvalidTag
    suite, size = suite_of(head[len(_MAGIC)]), (1 << head[len(_MAGIC) + 1]) + TAG_BYTES
    own = suite.derive(key, b"stream", salt=head[-_SALT_BYTES:])
    number, piece = 0, _read(sealed, size)
    while True:
        following = _read(sealed, size) if len(piece) == size else b""
        plain = suite.unlock(own, _nonce(number, last=not following), piece, head + bound_to)
        if plain:
            yield plain
        if not following:
            return
        number, piece = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    return _FILL + number.to_bytes(_NUMBER_BYTES, "big") + bytes([last])


def _read(source: BinaryIO | Readable, size: int) -> bytes:
    """Exactly so many bytes, fewer only at the end: a source may give what it happens to have."""
    parts, missing = [], size
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)

"""Keeping bytes: by content, written once, never overwritten; through Django's storages (local or S3-compatible)."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage


@dataclass(frozen=True)
class Kept:
    """Where the bytes lie, their SHA-256 in hex and their size in bytes."""

    path: str
    sha256: str
    size: int


def keep(data: bytes) -> Kept:
    """Store the bytes and say where. The same bytes are stored once; a file half-written by a crash is not reused."""
    digest = hashlib.sha256(data).hexdigest()
    path = f"{digest[:2]}/{digest}"
    if not default_storage.exists(path) or default_storage.size(path) != len(data):
        if default_storage.exists(path):
            default_storage.delete(path)
        path = default_storage.save(path, ContentFile(data))
    return Kept(path, digest, len(data))


def nowhere(data: bytes) -> Kept:
    """What ``keep`` would say of the bytes, without storing them."""
    return Kept("", hashlib.sha256(data).hexdigest(), len(data))


def read(path: str) -> bytes:
    """The bytes at that place."""
    with default_storage.open(path) as file:
        return bytes(file.read())


def open_file(path: str) -> File | BinaryIO:
    """An open file for streaming."""
    return default_storage.open(path)


def describe(path: str) -> Kept:
    """Digest and size of what lies there."""
    data = read(path)
    return Kept(path, hashlib.sha256(data).hexdigest(), len(data))

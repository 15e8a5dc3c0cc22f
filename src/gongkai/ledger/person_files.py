"""Files about persons (papers, mandates, evidence), sealed under the person's key and kept through Django's storages.

Named by a random id: a name by content would let anybody who has a paper find out whether it was handed in. The name
the person gave the file is sealed with it. Content is streamed both ways. What is shown is opened by
``revealing.reveal_file``, which enters the look into the ledger."""

import hashlib
import json
import logging
import posixpath
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction

from gongkai.ledger import clockwork, master_keys, moment, persons, sealed_streams, sealing

logger = logging.getLogger(__name__)

FOLDER = "sealed"
_SWEPT_EVERY = timedelta(days=1)
_UNCLAIMED_AFTER = timedelta(days=2)  # a transaction that stored a file has ended long before


class PersonFile(models.Model):
    """One sealed file. ``sealed``: its name, kind and SHA-256, under the person's key. ``size``: of the plain bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.UUIDField(db_index=True)
    path = models.CharField(max_length=120)
    sealed = models.BinaryField()
    size = models.BigIntegerField()
    created_at = models.DateTimeField()

    def facts(self) -> dict[str, Any]:
        """``name``, ``content_type``, ``sha256``; raises Forgotten."""
        return dict(_facts(persons.key_of(self.person), self))

    def chunks(self) -> Iterator[bytes]:
        """The plain bytes, verified piece by piece; raises Forgotten, and InvalidTag for a file that was changed."""
        key = persons.key_of(self.person)
        with default_storage.open(self.path) as sealed:
            yield from sealed_streams.unseal(key, sealed, self.id.bytes)


def store(*, person: uuid.UUID, name: str, content_type: str, source: Iterable[bytes]) -> PersonFile:
    """Seal and keep a file, in the transaction of the caller: the file goes again when that fails. Raises Forgotten."""
    key, file_id = persons.key_of(person), uuid.uuid4()
    counted = _Counted(source)
    with tempfile.TemporaryFile() as sealed:
        for piece in sealed_streams.seal(master_keys.suite(), key, counted, file_id.bytes):
            sealed.write(piece)
        sealed.seek(0)
        path = default_storage.save(f"{FOLDER}/{file_id.hex[:2]}/{file_id.hex}", File(sealed))
    facts = {"name": name, "content_type": content_type, "sha256": counted.digest.hexdigest()}
    try:
        return PersonFile.objects.create(
            id=file_id,
            person=person,
            path=path,
            sealed=sealing.encrypt(master_keys.suite(), key, json.dumps(facts).encode(), file_id.bytes),
            size=counted.size,
            created_at=moment.now(),
        )
    except BaseException:
        default_storage.delete(path)
        raise


def facts_of(files: Iterable[PersonFile]) -> list[dict[str, Any] | None]:
    """Name, kind and SHA-256 of many in their order with one query (None: forgotten)."""
    wanted = list(files)
    keys = persons.keys_of(file.person for file in wanted)
    return [_facts(keys[file.person], file) if file.person in keys else None for file in wanted]


def erase(files: Iterable[PersonFile]) -> int:
    """Delete these files, the bytes once the caller's transaction is through; returns how many."""
    paths = {file.pk: file.path for file in files}
    PersonFile.objects.filter(pk__in=paths).delete()
    transaction.on_commit(partial(_delete, list(paths.values())))
    return len(paths)


def sweep(now: datetime) -> int:
    """Delete sealed bytes that no row knows: left where a process died between storing them and its commit."""
    gone = 0
    for folder in _listed(FOLDER)[0]:
        names = _listed(f"{FOLDER}/{folder}")[1]
        paths = [posixpath.join(FOLDER, folder, name) for name in names]
        known = set(PersonFile.objects.filter(path__in=paths).values_list("path", flat=True))
        for path in (one for one in paths if one not in known):
            if default_storage.get_modified_time(path) < now - _UNCLAIMED_AFTER:
                default_storage.delete(path)
                gone += 1
    if gone:
        logger.info("%s sealed files without a row were deleted", gone)
    return gone


def _delete(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def _facts(key: bytes, file: PersonFile) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(sealing.decrypt(key, bytes(file.sealed), file.id.bytes))
    return facts


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


class _Counted:
    """Passes bytes on and remembers how many there were and their digest."""

    def __init__(self, source: Iterable[bytes]) -> None:
        self._source = source
        self.size, self.digest = 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._source:
            self.size += len(chunk)
            self.digest.update(chunk)
            yield chunk


clockwork.register(clockwork.Timed("sealed files", lambda: None, clockwork.at_intervals(_SWEPT_EVERY, sweep)))

"""Personal data under keys that can be destroyed: the entry stays, what it said of the person is gone.

Every person about whom sealed data is kept has one random key, itself wrapped under the installation's master key.
Destroying the key (``forget``) makes everything sealed under it unreadable at once; a copy of the database in which
the key still lies is readable as long as the master key of its time exists (docs/operate/keys.md). Pages show what
``revealing`` unseals, which enters the look into the ledger; ``erasure.forget_person`` is how a person is forgotten
everywhere."""

import json
import os
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from gongkai.ledger import master_keys, sealing
from gongkai.ledger.master_keys import ID_LENGTH, WrongMasterKey

__all__ = ["Forgotten", "PersonKey", "WrongMasterKey", "forget", "new_person", "seal", "unseal", "unseal_many"]


class Forgotten(LookupError):
    """The person's key was destroyed: this can never be read again."""


class PersonKey(models.Model):
    """The key of one person; ``wrapped`` is empty once the person was forgotten. ``wrapped_by``: id of the master
    key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wrapped = models.BinaryField(null=True)
    wrapped_by = models.CharField(max_length=ID_LENGTH, default="", db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)


def new_person() -> uuid.UUID:
    """Make a key for a person and return the id under which to seal."""
    with transaction.atomic():
        person = PersonKey(id=uuid.uuid4())
        person.wrapped, person.wrapped_by = master_keys.wrap(os.urandom(sealing.KEY_BYTES), person.id.bytes)
        person.save(force_insert=True)
    return person.id


def seal(person: uuid.UUID, facts: Mapping[str, Any]) -> bytes:
    """Encrypt facts (JSON values) under the person's key; raises Forgotten."""
    plain = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return sealing.encrypt(master_keys.suite(), key_of(person), plain, person.bytes)


def unseal(person: uuid.UUID, sealed: bytes) -> dict[str, Any]:
    """Read what was sealed; raises Forgotten. Whoever calls this writes the look into the ledger."""
    return _open(key_of(person), person, sealed)


def unseal_many(values: Iterable[tuple[uuid.UUID, bytes]]) -> list[dict[str, Any] | None]:
    """Read many in their order with one query (None: forgotten), for lists that show them masked."""
    wanted = list(values)
    keys = keys_of(person for person, _ in wanted)
    return [_open(keys[person], person, sealed) if person in keys else None for person, sealed in wanted]


def forget(person: uuid.UUID, *, at: datetime) -> None:
    """Destroy the person's key for good. Doing it again changes nothing."""
    PersonKey.objects.filter(pk=person, destroyed_at=None).update(wrapped=None, wrapped_by="", destroyed_at=at)


def key_of(person: uuid.UUID) -> bytes:
    """The person's key, for what is sealed otherwise (files); raises Forgotten, WrongMasterKey."""
    row = PersonKey.objects.filter(pk=person).first()
    if row is None or row.wrapped is None:
        raise Forgotten(str(person))
    return _unwrap(row)


def keys_of(wanted: Iterable[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    """The keys of many, without those of the forgotten; one query."""
    rows = PersonKey.objects.in_bulk(set(wanted))
    return {pk: _unwrap(row) for pk, row in rows.items() if row.wrapped is not None}


def _unwrap(row: PersonKey) -> bytes:
    return master_keys.unwrap(bytes(row.wrapped or b""), row.wrapped_by, row.id.bytes)


def _open(key: bytes, person: uuid.UUID, sealed: bytes) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(sealing.decrypt(key, bytes(sealed), person.bytes))
    return facts

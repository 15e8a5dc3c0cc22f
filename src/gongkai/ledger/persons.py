"""Personal data under keys that can be destroyed: the entry stays, what it said of the person is gone.

Every person about whom sealed data is kept has one random key, itself wrapped under the installation's master key.
Destroying the key (``forget``) makes everything sealed under it unreadable at once, backups of the ledger included.
"""

import json
import os
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models, transaction

_NONCE_BYTES = 12  # the length AES-GCM is specified for (NIST SP 800-38D)


class Forgotten(LookupError):
    """The person's key was destroyed: this can never be read again."""


class WrongMasterKey(RuntimeError):
    """GONGKAI_MASTER_KEY is not the one under which the person keys were wrapped."""


class PersonKey(models.Model):
    """The key of one person; ``wrapped`` is empty once the person was forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    destroyed_at = models.DateTimeField(null=True)


def new_person() -> uuid.UUID:
    """Make a key for a person and return the id under which to seal."""
    with transaction.atomic():
        person = PersonKey(id=uuid.uuid4())
        person.wrapped = _encrypt(_master(), AESGCM.generate_key(256), person.id.bytes)
        person.save(force_insert=True)
    return person.id


def seal(person: uuid.UUID, facts: Mapping[str, Any]) -> bytes:
    """Encrypt facts (JSON values) under the person's key; raises Forgotten."""
    plain = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return _encrypt(_key_of(person), plain, person.bytes)


def unseal(person: uuid.UUID, sealed: bytes) -> dict[str, Any]:
    """Read what was sealed; raises Forgotten. Whoever calls this writes the look into the ledger."""
    facts: dict[str, Any] = json.loads(_decrypt(_key_of(person), bytes(sealed), person.bytes))
    return facts


def forget(person: uuid.UUID, *, at: datetime) -> None:
    """Destroy the person's key for good. Doing it again changes nothing."""
    PersonKey.objects.filter(pk=person, destroyed_at=None).update(wrapped=None, destroyed_at=at)


def _key_of(person: uuid.UUID) -> bytes:
    row = PersonKey.objects.filter(pk=person).first()
    if row is None or row.wrapped is None:
        raise Forgotten(str(person))
    try:
        return _decrypt(_master(), bytes(row.wrapped), person.bytes)
    except InvalidTag:
        raise WrongMasterKey("个人信息密钥无法打开：GONGKAI_MASTER_KEY 与建立时使用的不一致。") from None


def _master() -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"gongkai person keys").derive(
        settings.GONGKAI_MASTER_KEY.encode()
    )


def _encrypt(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound_to)


def _decrypt(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)

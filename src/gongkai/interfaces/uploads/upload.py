"""One file on its way in, and its state."""

import hashlib
import os
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from gongkai.interfaces.uploads.purposes import Purpose, get
from gongkai.ledger import data_keys, master_keys, sealing
from gongkai.ledger.refs import Ref
from gongkai.ledger.sealing import SUITES, Suite

if TYPE_CHECKING:
    from gongkai.interfaces.uploads.parts import Parts

_KEY = "uploads"


class State(models.TextChoices):
    """How far it is."""

    RECEIVING = "receiving", "正在接收"
    QUARANTINED = "quarantined", "等待病毒检查"
    ACCEPTED = "accepted", "已接收"
    REFUSED = "refused", "未接收"


class Upload(models.Model):
    """A file of the public before it is anybody's. Whoever knows the token owns it; the row keeps only its digest.

    ``sealed``: the key of its bytes, under the data key for uploads. ``sealed_name``: names of files are personal
    data. ``source``: keyed digest of the address it came from, for the limits. ``claimed_by``: reference of what it
    belongs to.
    """

    token_digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVING)
    sealed = models.BinaryField()
    sealed_name = models.BinaryField()
    suite = models.CharField(max_length=10)
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    scanned = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=64, db_index=True)
    agency_id = models.CharField(max_length=40, blank=True)
    agency_label = models.CharField(max_length=120, blank=True)
    claimed_by = models.CharField(max_length=90, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    look_again_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(offset__lte=models.F("size")), name="upload_fits")]
        indexes = [models.Index(fields=["state", "look_again_at"], name="upload_waiting")]

    @classmethod
    def begun(
        cls, *, purpose: Purpose, name: str, size: int, source: str, agency: Ref, at: datetime
    ) -> "tuple[str, Upload]":
        """A new one, not saved yet, and the token by which its owner is known."""
        token, suite = secrets.token_urlsafe(32), master_keys.suite()
        upload = cls(token_digest=digest_of(token), purpose=purpose.name, size=size, source=source, suite=suite.name)
        upload.agency_id, upload.agency_label, upload.created_at = agency.id, agency.label, at
        wrapping, _ = data_keys.of(_KEY)
        key = os.urandom(sealing.KEY_BYTES)
        upload.sealed = sealing.encrypt(suite, wrapping, key, upload._bound)
        upload.sealed_name = sealing.encrypt(suite, key, name.encode("utf-8", "surrogatepass"), upload._bound)
        return token, upload

    @property
    def complete(self) -> bool:
        """Whether every byte has arrived."""
        return self.offset == self.size

    @property
    def name(self) -> str:
        """The name its owner gave it."""
        return sealing.decrypt(self._key(), bytes(self.sealed_name), self._bound).decode("utf-8", "surrogatepass")

    @property
    def agency(self) -> Ref | None:
        return Ref("agency", self.agency_id, self.agency_label) if self.agency_id else None

    @property
    def parts(self) -> "Parts":
        """Its bytes on disk."""
        from gongkai.interfaces.uploads.parts import Parts

        return Parts(self.token_digest, self._suite.derive(self._key(), b"upload"), self._suite)

    def for_what(self) -> Purpose:
        """Its purpose, as registered; one whose package is gone takes anything and means nothing."""
        return get(self.purpose) or Purpose(self.purpose, self.purpose)

    @property
    def _suite(self) -> Suite:
        return SUITES[self.suite]

    @property
    def _bound(self) -> bytes:
        return b"upload " + self.token_digest.encode()

    def _key(self) -> bytes:
        wrapping, _ = data_keys.of(_KEY)
        return sealing.decrypt(wrapping, bytes(self.sealed), self._bound)


def digest_of(token: str) -> str:
    """What is kept of a token: 256 random bits need no more than a plain digest."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find(token: str, purpose: str = "") -> Upload | None:
    """The upload of that token (and for that purpose), None when there is none."""
    rows = Upload.objects.filter(token_digest=digest_of(token))
    return (rows.filter(purpose=purpose) if purpose else rows).first()

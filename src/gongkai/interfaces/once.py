"""A form that is sent twice counts once: the second sending is answered with what came of the first.

The form carries a random token in a hidden field. ``submit_once`` runs the act and keeps where it led, in one
transaction; whoever comes with the same token later, or at the same moment, is led there too. The row keeps only a
digest of the token, and the address encrypted under the token, because where a submission leads may be a secret of
its own.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.db import IntegrityError, models, transaction
from django.db.models import Min

from gongkai.ledger import clockwork, moment, sealing

FIELD = "submission"
KEPT = timedelta(
    days=30
)  # a form restored from a draft, or sent again from the history of a browser, is still the same
_TOKEN_BYTES = 24
_MAX_CHARS = 200
_AT_ONCE = 500


class Submission(models.Model):
    """One submission that was carried out, and where it led."""

    token_digest = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=60)
    address = models.BinaryField(default=b"")
    expires_at = models.DateTimeField(db_index=True)


@dataclass(frozen=True)
class Outcome:
    """Where the submission leads. ``repeated``: it had been carried out before."""

    address: str
    repeated: bool


class SubmissionField(forms.CharField):
    """The hidden field of a form: a fresh token for a fresh form, the same token when it is shown again with errors."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, max_length=_MAX_CHARS, min_length=16, initial=new_token)
        self.error_messages["required"] = self.error_messages["min_length"] = "页面已经过期，请刷新后重新提交。"


def new_token() -> str:
    """A token nobody can guess: who knows it is led to what came of it."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def submit_once(token: str, *, purpose: str, act: Callable[[], str]) -> Outcome:
    """Carry out ``act``, which returns the address to go on to, unless this token was carried out for the purpose
    before.

    One transaction: when the act raises, nothing has happened and the token is as fresh as before. Two at the same
    moment: one waits for the other.
    """
    if (known := first_result(token, purpose=purpose)) is not None:
        return Outcome(known, repeated=True)
    digest = _digest(token, purpose)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Submission(token_digest=digest, purpose=purpose, expires_at=moment.now() + KEPT)
                row.save(force_insert=True)
        except IntegrityError:
            return Outcome(first_result(token, purpose=purpose) or "", repeated=True)
        address = act()
        row.address = sealing.encrypt(sealing.AES, _key(token), address.encode(), digest.encode())
        row.save(update_fields=["address"])
    return Outcome(address, repeated=False)


def token_digest(token: str) -> str:
    """A name of the submission for other rows: it does not lead to where the token leads."""
    return hashlib.sha256(f"row\0{token}".encode("utf-8", "surrogatepass")).hexdigest()


def first_result(token: str, *, purpose: str) -> str | None:
    """Where the first sending led, None when there was none. Ask before anything that may be used once only
    (captcha)."""
    row = Submission.objects.filter(pk=_digest(token, purpose)).first()
    if row is None:
        return None
    return sealing.decrypt(_key(token), bytes(row.address), row.token_digest.encode()).decode()


def _digest(token: str, purpose: str) -> str:
    return hashlib.sha256(f"{purpose}\0{token}".encode("utf-8", "surrogatepass")).hexdigest()


def _key(token: str) -> bytes:
    kdf = HKDF(SHA256(), length=sealing.KEY_BYTES, salt=None, info=b"gongkai submission")
    return kdf.derive(token.encode("utf-8", "surrogatepass"))


def next_expiry() -> datetime | None:
    """When the next row may go; one query."""
    at = Submission.objects.aggregate(at=Min("expires_at"))["at"]
    return at if isinstance(at, datetime) else None


def expire(now: datetime) -> int:
    """Forget submissions nobody will send again."""
    old = Submission.objects.filter(expires_at__lte=now).values_list("pk", flat=True)[:_AT_ONCE]
    return Submission.objects.filter(pk__in=list(old)).delete()[0]


clockwork.register(clockwork.Timed("submissions", next_expiry, expire))

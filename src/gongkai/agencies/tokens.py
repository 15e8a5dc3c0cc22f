"""Tokens 接口令牌: by which another system of the agency (an OA, say) is known, and what it may do.

A token is not a person. Every one names the officer who answers for what comes in by it (承办人): drafts are theirs, on
their desk, and they cannot approve them. Of the token itself only a digest is kept.
"""

import base64
import hashlib
import secrets
from datetime import date, timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.validators import URLValidator
from django.db import models

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.ledger import data_keys
from gongkai.ledger.refs import Ref

_WEB = URLValidator(schemes=["http", "https"], message="请填写以 http 或 https 开头的完整网址。")
_MARK = "gk_"
_SHOWN = 10  # characters of a token by which people tell it from others; the other 36 say nothing
SOON = timedelta(days=30)


def _salt() -> str:
    return secrets.token_hex(16)


class TokenAct(models.TextChoices):
    """What a system may do with its token."""

    PUSH = "push", "报送草稿"
    READ_STATE = "read_state", "查询办理进展"


class ApiToken(models.Model):
    """One system's access to one agency, or (``department``) to one of its departments, until a day.

    ``callback_url`` is told what becomes of what the system sent. The key that signs those messages is derived from the
    installation's master key and ``callback_salt``: the database alone does not give it away.
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="tokens")
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="tokens", verbose_name="处室"
    )
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="tokens", verbose_name="承办人")
    name = models.CharField("系统名称", max_length=60)
    acts = models.JSONField("权限")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=16)
    expires_on = models.DateField("有效期至")
    callback_url = models.URLField("回告地址", max_length=500, blank=True, validators=[_WEB])
    callback_salt = models.CharField(max_length=32, default=_salt)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("token", str(self.pk), self.name)

    def usable(self, day: date) -> bool:
        """Whether the token is in force that day (the day it expires is its last)."""
        return self.revoked_at is None and day <= self.expires_on

    def state(self, day: date) -> tuple[str, str]:
        """How it stands that day: Chinese label and tone."""
        if self.revoked_at is not None:
            return "已作废", ""
        if day > self.expires_on:
            return "已过期", "late"
        return ("即将过期", "soon") if day + SOON > self.expires_on else ("在用", "good")

    @property
    def act_labels(self) -> list[str]:
        return [str(TokenAct(act).label) for act in self.acts]

    @property
    def callback_secret(self) -> str:
        """The key under which messages to ``callback_url`` are signed (HMAC-SHA256)."""
        key, _ = data_keys.of("callbacks")  # outlives a change of the master key: receivers need not be told
        derived = HKDF(SHA256(), length=32, salt=self.callback_salt.encode(), info=b"gongkai callbacks")
        return base64.urlsafe_b64encode(derived.derive(key)).decode().rstrip("=")


def new_token() -> str:
    """A token nobody can guess: 256 bits, with a beginning by which leaked ones are found."""
    return _MARK + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of it. A plain digest is enough: there is nothing to try out against 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hint_of(token: str) -> str:
    """Its beginning, for lists."""
    return f"{token[:_SHOWN]}…"

"""Each challenge serves once: its nonce is kept until it would be too old anyway."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Min

from gongkai.interfaces.captcha.challenge import VALID_SECONDS, Challenge
from gongkai.ledger import clockwork, moment

_AT_ONCE = 500


class SpentChallenge(models.Model):
    """A challenge that was used, or answered wrongly."""

    nonce = models.CharField(max_length=40, primary_key=True)
    expires_at = models.DateTimeField(db_index=True)


def spend(challenge: Challenge) -> bool:
    """Use it up; False when it was used before. In the transaction of what it guards: who fails there may try again."""
    until = moment.now() + timedelta(seconds=VALID_SECONDS)
    return SpentChallenge.objects.get_or_create(pk=challenge.nonce, defaults={"expires_at": until})[1]


def spent(challenge: Challenge) -> bool:
    """Whether it was used."""
    return SpentChallenge.objects.filter(pk=challenge.nonce).exists()


def next_expiry() -> datetime | None:
    """When the next row may go; one query."""
    at = SpentChallenge.objects.aggregate(at=Min("expires_at"))["at"]
    return at if isinstance(at, datetime) else None


def expire(now: datetime) -> int:
    """Forget what is too old to be used again."""
    old = SpentChallenge.objects.filter(expires_at__lte=now).values_list("pk", flat=True)[:_AT_ONCE]
    return SpentChallenge.objects.filter(pk__in=list(old)).delete()[0]


clockwork.register(clockwork.Timed("captcha", next_expiry, expire))

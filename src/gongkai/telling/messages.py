"""Messages 消息: what somebody is to be told, and envelopes: the one mail or short message that carries several."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.ledger.refs import Ref


class Channel(models.TextChoices):
    """How somebody is told."""

    BELL = "bell", "工作台"
    MAIL = "mail", "邮件"
    SMS = "sms", "短信"


class EnvelopeState(models.TextChoices):
    """What is known of a mail or short message. ``FILED`` went to a file and to nobody."""

    WAITING = "waiting", "待发送"
    SENT = "sent", "已发出"
    DELIVERED = "delivered", "已送达"
    FILED = "filed", "只存文件，未发出"
    BOUNCED = "bounced", "被退回"
    FAILED = "failed", "发送失败"


TROUBLE = frozenset({EnvelopeState.BOUNCED, EnvelopeState.FAILED})
"""States with which nobody was told, and somebody should look."""


class Addressee(models.Model):
    """Who is told: an officer, or a person of the public by a key and a place where the sealed address can be read."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    recipient = models.CharField(max_length=80)  # officer:41, person:<uuid>
    officer = models.ForeignKey(Officer, models.CASCADE, null=True, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class Envelope(Addressee):
    """One mail or short message. ``key`` is the same at every attempt, so that the other side can tell a repeat."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=10, choices=EnvelopeState.choices, default=EnvelopeState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField()
    masked = models.CharField(max_length=120, blank=True)
    receipt = models.CharField(max_length=200, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True)  # the first attempt under this key
    sent_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField(null=True)  # since when it is delivered, bounced or given up
    ask_at = models.DateTimeField(null=True)  # when to ask the provider again; null: nothing to ask

    class Meta:
        indexes = [
            models.Index(fields=["next_try"], name="telling_due", condition=Q(state="waiting")),
            models.Index(fields=["ask_at"], name="telling_ask", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["agency", "state", "-id"], name="telling_log"),
        ]


class Message(Addressee):
    """One thing to tell one recipient by one channel; ``cause`` is the ledger entry or the deadline behind it."""

    cause = models.CharField(max_length=200)
    template = models.CharField(max_length=80)
    urgent = models.BooleanField(default=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)  # when it goes into an envelope; null: it has, or stays at the desk
    read_at = models.DateTimeField(null=True)
    envelope = models.ForeignKey(Envelope, models.CASCADE, null=True, related_name="messages")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause", "recipient", "channel"], name="telling_once"),
        ]
        indexes = [
            models.Index(fields=["officer", "-id"], name="telling_bell", condition=Q(channel="bell")),
            models.Index(fields=["officer"], name="telling_unread", condition=Q(channel="bell", read_at__isnull=True)),
            models.Index(fields=["ready_at"], name="telling_ready", condition=Q(ready_at__isnull=False)),
            models.Index(fields=["recipient"], name="telling_waiting", condition=Q(ready_at__isnull=False)),
            models.Index(fields=["subject_kind", "subject_id", "id"], name="telling_subject"),
        ]

    @property
    def subject(self) -> Ref:
        return Ref(self.subject_kind, self.subject_id, self.subject_label)

"""A document is an identity: a stable address and 索引号, an agency, a type, a live edition."""

import secrets

from django.db import models
from django.urls import reverse

from gongkai.agencies.bodies import Agency, Department
from gongkai.catalog import doctypes
from gongkai.ledger.refs import Ref

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: codes are read out on the phone
_CODE_LENGTH = 10


def new_code() -> str:
    """A public address part nobody can guess the next of (31^10 possibilities)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))


class DocumentState(models.TextChoices):
    """Where a document stands towards the public; ``publishing.procedures`` has the table of changes."""

    UNRELEASED = "unreleased", "未发布"
    LIVE = "live", "已发布"
    WITHDRAWN = "withdrawn", "已失效或废止"
    OFFLINE = "offline", "已下线"
    REVOKED = "revoked", "已撤回"
    REDIRECTED = "redirected", "已转至他处"


PUBLIC_STATES = frozenset({DocumentState.LIVE, DocumentState.WITHDRAWN})
"""States in which the text can be read by everybody (a withdrawn one under its notice)."""


class NoticeKind(models.TextChoices):
    """Why a text that stays readable no longer holds."""

    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"


class Topic(models.Model):
    """A topic 专题 of an agency, by which columns can gather documents."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="topics")
    slug = models.SlugField("英文简称", max_length=40)
    name = models.CharField("专题名称", max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "slug"], name="catalog_topic_slug")]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("topic", str(self.pk), self.name)


class Document(models.Model):
    """The identity that lasts; what it says is in its editions.

    ``listed_at`` is the published date 发布日期 by which lists are ordered: the first release, or the original date of
    an imported document. The facts of a withdrawal or a redirect are the document's, since the editions do not change.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="documents")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="documents")
    type = models.CharField("类型", max_length=30)
    item = models.CharField("法定主动公开内容", max_length=10)
    index_number = models.CharField("索引号", max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=DocumentState.choices, default=DocumentState.UNRELEASED)
    version = models.PositiveIntegerField(default=1)
    live = models.ForeignKey("catalog.Edition", models.PROTECT, null=True, related_name="+")
    listed_at = models.DateTimeField("发布日期", null=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="documents")
    notice_kind = models.CharField(max_length=10, choices=NoticeKind.choices, blank=True)
    notice_ground = models.CharField(max_length=300, blank=True)
    notice_on = models.DateField(null=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    redirect_to = models.CharField(max_length=500, blank=True)
    offline_at = models.DateTimeField("定时下线时间", null=True)
    imported_from = models.CharField("迁入来源", max_length=500, blank=True)
    request_key = models.UUIDField(null=True, unique=True)  # of the form it was begun with: sent twice, it makes one
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            # Lists read their rows in these orders; with the state at the end public ones are also counted from them.
            models.Index(fields=["agency", "type", "-listed_at", "-id", "state"], name="catalog_by_type"),
            models.Index(fields=["agency", "item", "-listed_at", "-id", "state"], name="catalog_by_item"),
            models.Index(fields=["agency", "-listed_at", "-id", "state"], name="catalog_by_agency"),
            models.Index(fields=["type", "-listed_at", "-id", "state"], name="catalog_type_city"),
            models.Index(fields=["-listed_at", "-id", "state"], name="catalog_city"),
            # The worker asks in every round whether something is due; without the index it would read every document.
            models.Index(
                fields=["offline_at"], condition=models.Q(offline_at__isnull=False), name="catalog_planned_offline"
            ),
        ]

    def __str__(self) -> str:
        return self.index_number

    def ref(self) -> Ref:
        title = self.live.title if self.live_id and self.live else self.index_number
        return Ref("document", str(self.pk), title)

    @property
    def type_info(self) -> doctypes.DocumentType:
        return doctypes.get(self.type)

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    def get_absolute_url(self) -> str:
        return reverse("portal:document", args=[self.code])

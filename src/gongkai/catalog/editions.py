"""An edition is what was said: header, body, files and links as they stood. Once released it never changes."""

from typing import Any

from django.db import models
from django.urls import reverse

from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.ledger.refs import Ref


class EditionState(models.TextChoices):
    """Where an edition stands on its way; ``publishing.procedures`` has the table of changes."""

    DRAFTING = "drafting", "起草"
    DEPT_REVIEW = "dept_review", "处室初审"
    LEGAL_REVIEW = "legal_review", "法制审核"
    OFFICE_REVIEW = "office_review", "办公室复审"
    SECRECY_REVIEW = "secrecy_review", "保密审查"
    LEADER_REVIEW = "leader_review", "分管领导终审"
    APPROVED = "approved", "待发布"
    SCHEDULED = "scheduled", "定时发布"
    RELEASED = "released", "已发布"
    SUPERSEDED = "superseded", "历史版本"
    DISCARDED = "discarded", "已作废"
    FILED = "filed", "不公开存档"


SAID = frozenset({EditionState.RELEASED, EditionState.SUPERSEDED})
"""States of editions that were said in public: immutable, and part of the history readers see."""


class ChangeKind(models.TextChoices):
    """How an edition differs from the one before."""

    FIRST = "first", "首次发布"
    CORRECTION = "correction", "更正"
    REVISION = "revision", "修订"


class Disclosure(models.TextChoices):
    """公开属性, decided at the source (Regulation arts. 13-16)."""

    PROACTIVE = "proactive", "主动公开"
    ON_APPLICATION = "on_application", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Edition(models.Model):
    """Header and body of a document at one time.

    ``body`` is clean HTML (``texts.richtext.clean``), ``text`` its plain text; ``provisions`` are the articles with
    their stable identities (``texts.provisions``). ``version`` counts saves and steps, for optimistic locking.
    ``editors`` are the officers who wrote in it: none of them may approve it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=EditionState.choices, default=EditionState.DRAFTING)
    version = models.PositiveIntegerField(default=1)
    change_kind = models.CharField(max_length=12, choices=ChangeKind.choices, default=ChangeKind.FIRST)
    change_note = models.CharField("修改说明", max_length=500, blank=True)

    title = models.CharField("标题", max_length=300, blank=True)
    issuer = models.CharField("发文机关", max_length=300, blank=True)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    date_of_issue = models.DateField("成文日期", null=True, blank=True)
    subject = models.CharField("主题分类", max_length=40, blank=True)
    genre = models.CharField("体裁", max_length=20, blank=True)
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("失效日期", null=True, blank=True)
    keywords = models.CharField("主题词", max_length=200, blank=True)
    summary = models.TextField("内容概述", blank=True)
    source = models.CharField("来源", max_length=100, blank=True)
    disclosure = models.CharField("公开属性", max_length=16, choices=Disclosure.choices, default=Disclosure.PROACTIVE)
    ground = models.CharField("不予公开依据", max_length=40, blank=True)
    ground_note = models.CharField("不予公开说明", max_length=300, blank=True)
    body = models.TextField("正文", blank=True)
    text = models.TextField(blank=True)
    provisions = models.JSONField(default=list, blank=True)

    drafted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="drafted")
    editors = models.JSONField(default=list, blank=True)
    emergency = models.BooleanField("紧急发布", default=False)
    emergency_reason = models.CharField(max_length=300, blank=True)
    release_at = models.DateTimeField("定时发布时间", null=True, blank=True)
    submitted_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["document_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="catalog_edition_number"),
            models.UniqueConstraint(
                fields=["document"],
                condition=models.Q(state=EditionState.RELEASED),
                name="catalog_one_released_edition",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "release_at"], name="catalog_schedule"),
            models.Index(fields=["state", "-saved_at"], name="catalog_worklist"),
            models.Index(fields=["document_number"], name="catalog_docnumber"),
        ]

    def __str__(self) -> str:
        return self.title or "（无标题）"

    def ref(self) -> Ref:
        return Ref("edition", str(self.pk), str(self))

    @property
    def is_said(self) -> bool:
        return self.state in SAID

    @property
    def state_label(self) -> str:
        return str(EditionState(self.state).label)

    def header(self, keys: tuple[str, ...]) -> dict[str, Any]:
        """The values of these header fields by key."""
        return {key: getattr(self, key) for key in keys}

    def get_absolute_url(self) -> str:
        return reverse("portal:edition", args=[self.document.code, self.number])

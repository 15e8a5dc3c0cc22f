"""Letters 文书 of a case and their delivery 送达: what was sent is frozen, and how it reached whom is on record."""

from django.db import models

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.applications.files import CaseFile
from gongkai.applications.items import RequestedItem
from gongkai.applications.steps import Consultation
from gongkai.ledger.refs import Ref


class LetterState(models.TextChoices):
    """A letter is written, frozen when it is signed, or given up."""

    DRAFT = "draft", "草拟"
    FROZEN = "frozen", "已定稿"
    VOID = "void", "已作废"


class Letter(models.Model):
    """One letter. ``key`` names its form in ``letters.catalogue``; ``body`` is what was edited, empty: as composed.

    Once frozen, ``pdf`` and ``sha256`` are what was sent; a database trigger is not needed, for ``actions`` refuse and
    the hash tells.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="letters")
    items = models.ManyToManyField(RequestedItem, related_name="letters", blank=True)
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, blank=True, related_name="letters")
    key = models.CharField("文书种类", max_length=40)
    title = models.CharField("标题", max_length=100)
    number = models.CharField("文号", max_length=60, blank=True)
    state = models.CharField("状态", max_length=8, choices=LetterState.choices, default=LetterState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    given = models.JSONField("补充事项", default=dict, blank=True)
    body = models.TextField("正文", blank=True)
    dated = models.DateField("落款日期", null=True, blank=True)
    pdf = models.ForeignKey(CaseFile, models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.title}{self.number}"

    def ref(self) -> Ref:
        return Ref("letter", str(self.pk), str(self))


class Method(models.TextChoices):
    """How a letter travels."""

    ONLINE = "online", "网上送达"
    MAIL = "mail", "邮寄"
    EMAIL = "email", "电子邮件"
    COUNTER = "counter", "当面送达"
    FAX = "fax", "传真"


class Delivery(models.Model):
    """One attempt to bring a letter: sent, received or come back, with its evidence (送达回证)."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="deliveries")
    method = models.CharField("方式", max_length=10, choices=Method.choices)
    sent_on = models.DateField("发出日期")
    tracking = models.CharField("邮件号", max_length=60, blank=True)
    received_on = models.DateField("送达日期", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=60, blank=True)
    failed_on = models.DateField("退回日期", null=True, blank=True)
    failure = models.CharField("未送达原因", max_length=200, blank=True)
    evidence = models.ForeignKey(CaseFile, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

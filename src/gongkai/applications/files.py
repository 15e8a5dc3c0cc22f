"""Files of a case 卷内材料: sealed as they came, so that a stolen disk tells nobody anything."""

import uuid

from django.db import models

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.applications.items import RequestedItem
from gongkai.ledger.refs import Ref


class FileRole(models.TextChoices):
    """What a file is to the case."""

    IDENTITY = "identity", "身份证明"
    AUTHORITY = "authority", "授权委托书"
    REQUEST = "request", "申请书原件"
    ATTACHMENT = "attachment", "申请附件"
    SUPPLEMENT = "supplement", "补正材料"
    PAYMENT = "payment", "缴费凭证"
    OPINION = "opinion", "意见回函"
    RECORD = "record", "拟提供的信息（原件）"
    PROVIDED = "provided", "提供的信息"
    LETTER = "letter", "文书"
    EVIDENCE = "evidence", "送达证明"
    INTERNAL = "internal", "内部材料"


class CaseFile(models.Model):
    """One file of a case. ``place`` is where its sealed bytes lie, ``person`` under whose key.

    ``sha256`` is of the plain bytes: what was sent can be proven later. ``derived_from`` leads from a redacted file to
    its sealed original.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    item = models.ForeignKey(RequestedItem, models.CASCADE, null=True, blank=True, related_name="files")
    role = models.CharField("类别", max_length=12, choices=FileRole.choices)
    code = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField(max_length=20)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=200)
    person = models.UUIDField()
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derived")
    scanned = models.CharField("病毒检查", max_length=20, blank=True)
    from_applicant = models.BooleanField("申请人提交", default=False)
    for_applicant = models.BooleanField("提供给申请人", default=False)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name = "卷内材料"

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("case_file", str(self.pk), self.name)


class Redaction(models.Model):
    """区分处理 of one file (art. 37): its boxes with grounds as last saved, and the file made of them."""

    file = models.OneToOneField(CaseFile, models.CASCADE, related_name="redaction")
    boxes = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    made = models.ForeignKey(CaseFile, models.SET_NULL, null=True, blank=True, related_name="+")
    made_version = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

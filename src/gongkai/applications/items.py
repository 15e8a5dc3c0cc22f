"""Requested items 申请事项: each piece of information asked for, and the one decision made on it."""

from django.db import models

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.ledger.refs import Ref


class ItemState(models.TextChoices):
    """Where an item stands; ``procedures.ITEM`` is the table."""

    OPEN = "open", "待办理"
    DRAFTED = "drafted", "已拟决定"
    SETTLED = "settled", "已审定"
    CLOSED = "closed", "已办结"
    DROPPED = "dropped", "不再处理"


class RequestedItem(models.Model):
    """One thing asked for (art. 29 item 2) with its decision: an outcome of ``law.replies`` and its grounds.

    ``facts`` holds what the outcome demands beside the grounds (keys of ``law.replies``): way to get it, other agency,
    what is provided and when.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField("序号", default=1)
    state = models.CharField("状态", max_length=12, choices=ItemState.choices, default=ItemState.OPEN)
    version = models.PositiveIntegerField(default=1)

    name = models.CharField("信息名称", max_length=300)
    document_number = models.CharField("文号", max_length=100, blank=True)
    features = models.TextField("其他特征性描述", blank=True)

    outcome = models.CharField("处理决定", max_length=40, blank=True)
    grounds = models.JSONField("理由", default=list, blank=True)
    reasons = models.TextField("事实和理由", blank=True)
    facts = models.JSONField("所需事项", default=dict, blank=True)
    earlier = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="前次答复"
    )
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("拟定时间", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        verbose_name = "申请事项"
        ordering = ["application_id", "position", "id"]
        indexes = [models.Index(fields=["outcome", "closed_on"])]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("requested_item", str(self.pk), self.name)


class SearchRecord(models.Model):
    """检索记录: who searched where and found what. Without one nobody may say that nothing exists (art. 36 item 4)."""

    item = models.ForeignKey(RequestedItem, models.CASCADE, related_name="searches")
    place = models.CharField("检索范围", max_length=200)
    terms = models.CharField("检索词、方法", max_length=200)
    on = models.DateField("检索日期")
    found = models.TextField("检索结果")
    nothing = models.BooleanField("未检索到", default=False)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    searcher = models.CharField("检索人", max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["on", "id"]


class Deliberation(models.Model):
    """会商: a difficult item put before departments; their opinions are recorded."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="deliberations")
    question = models.TextField("会商事项")
    held_on = models.DateField("会商日期", null=True, blank=True)
    conclusion = models.TextField("会商结论", blank=True)
    called_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["called_at", "id"]

    def __str__(self) -> str:
        return self.question[:40]

    def ref(self) -> Ref:
        return Ref("deliberation", str(self.pk), self.question[:60])


class Opinion(models.Model):
    """One invited department's opinion in a deliberation; empty until it was given."""

    deliberation = models.ForeignKey(Deliberation, models.CASCADE, related_name="opinions")
    department = models.ForeignKey("agencies.Department", models.PROTECT, related_name="+")
    text = models.TextField("意见", blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["deliberation", "department"], name="applications_opinion_once")]


class Note(models.Model):
    """An internal note 备注 on a case; never shown to the applicant."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    text = models.TextField("备注")
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

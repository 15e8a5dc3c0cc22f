"""Deliveries: what has to be brought to an outlet, and how far that is."""

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import Document
from gongkai.ledger.refs import Ref


class Act(models.TextChoices):
    """What the outlet is told."""

    PUBLISH = "publish", "发布"
    NOTICE = "notice", "标注失效"
    REMOVE = "remove", "撤下"
    STATE = "state", "办理进展"


class DeliveryState(models.TextChoices):
    """How far a delivery is. Dead ones wait for a person; superseded ones were overtaken by a removal."""

    PENDING = "pending", "待投递"
    SENT = "sent", "已送达"
    DEAD = "dead", "投递失败"
    SUPERSEDED = "superseded", "已被取代"


class OutletSetting(models.Model):
    """An agency uses an outlet, with its settings (addresses, switches; secrets are named, not stored)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="outlets")
    outlet = models.CharField("渠道", max_length=30)
    enabled = models.BooleanField("启用", default=True)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "outlet"], name="publishing_outlet_once")]

    def ref(self) -> Ref:
        return Ref("outlet", f"{self.agency_id}-{self.outlet}", self.outlet)


class Delivery(models.Model):
    """One ledger entry to bring to one outlet. The pair is unique, so that a replay makes no second one."""

    outlet = models.CharField(max_length=30)
    entry_id = models.BigIntegerField()
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="deliveries")
    document = models.ForeignKey(Document, models.CASCADE, related_name="deliveries")
    act = models.CharField(max_length=10, choices=Act.choices)
    state = models.CharField(max_length=12, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField()
    last_error = models.TextField(blank=True)
    receipt = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["outlet", "entry_id"], name="publishing_delivery_once")]
        indexes = [
            models.Index(fields=["state", "next_try"], name="publishing_due"),
            models.Index(fields=["document", "outlet", "id"], name="publishing_in_order"),
        ]

    def ref(self) -> Ref:
        return Ref("delivery", str(self.pk), f"{self.outlet}")

"""Statutory steps 法定环节: what stops, restarts or lengthens the clock. Facts only; the law counts."""

from django.db import models

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.law import clock, fees
from gongkai.ledger.refs import Ref


class Clarification(models.Model):
    """补正 (art. 30): the notice, what is to be made good by when, and what came."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="clarifications")
    unclear = models.TextField("不明确之处")
    wanted = models.TextField("补正事项")
    until = models.DateField("补正期限")
    notified_on = models.DateField("告知日期")
    answered_on = models.DateField("补正日期", null=True, blank=True)
    answer = models.TextField("补正内容", blank=True)
    excused_on = models.DateField("认定正当理由日期", null=True, blank=True)
    excused_until = models.DateField("顺延至", null=True, blank=True)
    excuse = models.CharField("正当理由", max_length=300, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["notified_on", "id"]


class ExtensionState(models.TextChoices):
    """Where an extension 延期 stands; without approval and notice it has no effect."""

    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "已批准待告知"
    NOTIFIED = "notified", "已告知申请人"
    DECLINED = "declined", "未批准"


class Extension(models.Model):
    """延期 (art. 33): once, approved by the head of the disclosure office, told to the applicant in time."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="extensions")
    state = models.CharField("状态", max_length=12, choices=ExtensionState.choices, default=ExtensionState.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    working_days = models.PositiveIntegerField("延长工作日")
    reason = models.TextField("延期理由")
    proposed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    approved_on = models.DateField("批准日期", null=True, blank=True)
    approved_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    notified_on = models.DateField("告知日期", null=True, blank=True)
    decline_reason = models.CharField("不批准理由", max_length=300, blank=True)

    class Meta:
        ordering = ["proposed_at", "id"]

    def __str__(self) -> str:
        return f"延期{self.working_days}个工作日"

    def ref(self) -> Ref:
        return Ref("extension", str(self.pk), str(self))


class ReasonDemand(models.Model):
    """说明理由 (art. 35): number or frequency beyond reason; reasons demanded, given, judged, a later date set."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reason_demands")
    facts = models.TextField("超出合理范围的事实")
    until = models.DateField("说明期限")
    demanded_on = models.DateField("告知日期")
    given_on = models.DateField("说明日期", null=True, blank=True)
    given = models.TextField("申请人的说明", blank=True)
    judged_on = models.DateField("认定日期", null=True, blank=True)
    reasonable = models.BooleanField("理由合理", null=True)
    later_due = models.DateField("延迟答复至", null=True, blank=True)
    notified_on = models.DateField("告知延迟日期", null=True, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["demanded_on", "id"]


class FeeBasis(models.TextChoices):
    """按件 or 按量, never both for the same application."""

    COUNT = "count", fees.Measure.BY_COUNT.label
    PAGES = "pages", fees.Measure.BY_PAGES.label


class Fee(models.Model):
    """信息处理费: what was charged on which basis, paid or not, waived, given back. ``lines``: the law's breakdown."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="fees")
    basis = models.CharField("计收方式", max_length=8, choices=FeeBasis.choices)
    quantity = models.PositiveIntegerField("件数或页数")
    before = models.PositiveIntegerField("当月此前累计", default=0)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2)
    lines = models.JSONField("计算明细", default=list)
    noticed_on = models.DateField("通知日期")
    received_on = models.DateField("申请人收到日期", null=True, blank=True)
    paid_on = models.DateField("缴费日期", null=True, blank=True)
    paid_amount = models.DecimalField("实缴（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    receipt_number = models.CharField("票据号", max_length=60, blank=True)
    waived_on = models.DateField("免收日期", null=True, blank=True)
    waive_reason = models.CharField("免收理由", max_length=300, blank=True)
    refunded_on = models.DateField("退付日期", null=True, blank=True)
    refunded_amount = models.DecimalField("退付（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["noticed_on", "id"]


class ConsultationKind(models.TextChoices):
    """Whom one asks: the effects of silence differ."""

    THIRD_PARTY = clock.ConsultationKind.THIRD_PARTY.value, f"征求{clock.ConsultationKind.THIRD_PARTY.label}意见"
    JOINT_AGENCY = clock.ConsultationKind.JOINT_AGENCY.value, f"征求{clock.ConsultationKind.JOINT_AGENCY.label}意见"
    OTHER_AGENCY = clock.ConsultationKind.OTHER_AGENCY.value, f"征求{clock.ConsultationKind.OTHER_AGENCY.label}意见"


class ConsultationState(models.TextChoices):
    """Where a consultation 征求意见 stands."""

    SENT = "sent", "等待回复"
    ANSWERED = "answered", "已回复"
    LAPSED = "lapsed", "期满未回复"
    CANCELLED = "cancelled", "已取消"


class Answer(models.TextChoices):
    """What was answered; 同意部分公开 is neither to the law."""

    CONSENT = clock.Answer.CONSENT.value, clock.Answer.CONSENT.label
    PARTLY = "partly", "同意部分公开"
    OBJECT = "object", clock.Answer.REFUSAL.label


class Consultation(models.Model):
    """征求意见 (arts. 32, 34): asked whom, about which item, received when, answered what. It stops the clock."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="consultations")
    item = models.ForeignKey(
        "applications.RequestedItem", models.CASCADE, null=True, blank=True, related_name="consultations"
    )
    kind = models.CharField("类型", max_length=20, choices=ConsultationKind.choices)
    state = models.CharField("状态", max_length=12, choices=ConsultationState.choices, default=ConsultationState.SENT)
    version = models.PositiveIntegerField(default=1)
    party = models.ForeignKey("applications.Party", models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(
        "征求对象", max_length=120, blank=True
    )  # an agency's name; a third party stands in ``party``
    question = models.TextField("征求意见的信息")
    sent_on = models.DateField("发出日期")
    received_on = models.DateField("对方收到日期", null=True, blank=True)
    answered_on = models.DateField("回复日期", null=True, blank=True)
    answer = models.CharField("意见", max_length=10, choices=Answer.choices, blank=True)
    answer_reason = models.TextField("意见的理由", blank=True)
    public_interest = models.TextField("公共利益理由", blank=True)  # art. 15: disclosed against the objection
    third_party_told_on = models.DateField("告知第三方日期", null=True, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["sent_on", "id"]

    def __str__(self) -> str:
        return self.body or (self.party.masked_name if self.party else "")

    def ref(self) -> Ref:
        return Ref("consultation", str(self.pk), f"{self.get_kind_display()}：{self}")

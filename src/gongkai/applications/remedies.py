"""Remedies 行政复议、行政诉讼 against a reply, and what came of them (art. 51; annual report table four)."""

from django.db import models

from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.law import remedies as law
from gongkai.ledger.refs import Ref


class RemedyKind(models.TextChoices):
    """The three blocks of table four."""

    RECONSIDERATION = law.RemedyKind.RECONSIDERATION.value, law.RemedyKind.RECONSIDERATION.label
    LITIGATION_DIRECT = law.RemedyKind.LITIGATION_DIRECT.value, law.RemedyKind.LITIGATION_DIRECT.label
    LITIGATION_AFTER = law.RemedyKind.LITIGATION_AFTER.value, law.RemedyKind.LITIGATION_AFTER.label


class RemedyResult(models.TextChoices):
    """The results as table four counts them; none yet: 尚未审结."""

    UPHELD = law.RemedyResult.UPHELD.value, law.RemedyResult.UPHELD.label
    CORRECTED = law.RemedyResult.CORRECTED.value, law.RemedyResult.CORRECTED.label
    OTHER = law.RemedyResult.OTHER.value, law.RemedyResult.OTHER.label


class RemedyState(models.TextChoices):
    """Where a remedy stands."""

    FILED = "filed", "已受理"
    ANSWERED = "answered", "已答复（答辩）"
    DECIDED = "decided", "已审结"


class Remedy(models.Model):
    """One reconsideration or one court case. ``orders_new_reply``: a new round of the application is opened."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="remedies")
    kind = models.CharField("类型", max_length=20, choices=RemedyKind.choices)
    state = models.CharField("状态", max_length=10, choices=RemedyState.choices, default=RemedyState.FILED)
    version = models.PositiveIntegerField(default=1)
    after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    body = models.CharField("复议机关或法院", max_length=120)
    case_number = models.CharField("案号", max_length=80, blank=True)
    filed_on = models.DateField("提起日期")
    served_on = models.DateField("收到答复通知日期", null=True, blank=True)
    simplified = models.BooleanField("简易程序", default=False)
    claim = models.TextField("请求和理由", blank=True)
    answered_on = models.DateField("答复（答辩）日期", null=True, blank=True)
    result = models.CharField("结果", max_length=10, choices=RemedyResult.choices, blank=True)
    decided_on = models.DateField("审结日期", null=True, blank=True)
    decision = models.TextField("决定要点", blank=True)
    orders_new_reply = models.BooleanField("责令重新答复", default=False)
    reply_within = models.DateField("重新答复期限", null=True, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["filed_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_number}".strip()

    def ref(self) -> Ref:
        return Ref("remedy", str(self.pk), str(self))

"""What grows out of applications: corrections, proposals to publish, reviews of what was withheld, ratings."""

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.applications.applications import Application
from gongkai.applications.items import RequestedItem
from gongkai.applications.parties import Party
from gongkai.catalog.documents import Document
from gongkai.ledger.refs import Ref


class CorrectionState(models.TextChoices):
    """Where a request for correction stands."""

    FILED = "filed", "待办理"
    CORRECTED = "corrected", "已更正"
    REFUSED = "refused", "不予更正"
    PASSED_ON = "passed_on", "已转送"


class Correction(models.Model):
    """更正 (art. 41): a record about oneself is shown to be wrong; corrected, refused, or passed on to whoever may."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Party, models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="相关申请"
    )
    state = models.CharField("状态", max_length=12, choices=CorrectionState.choices, default=CorrectionState.FILED)
    version = models.PositiveIntegerField(default=1)
    record = models.CharField("记录名称", max_length=300)
    wrong = models.TextField("不准确之处")
    proof = models.TextField("证据说明")
    filed_on = models.DateField("提出日期")
    answer = models.TextField("处理说明", blank=True)
    passed_to = models.CharField("转送机关", max_length=120, blank=True)
    answered_on = models.DateField("告知日期", null=True, blank=True)

    class Meta:
        ordering = ["filed_on", "id"]

    def __str__(self) -> str:
        return self.record

    def ref(self) -> Ref:
        return Ref("correction", str(self.pk), self.record)


class ProposalState(models.TextChoices):
    """Where a proposal to publish stands."""

    FILED = "filed", "待审核"
    ADOPTED = "adopted", "已纳入主动公开"
    DECLINED = "declined", "未采纳"


class Proposal(models.Model):
    """主动公开建议 (art. 44): from an applicant, or because several people asked for the same."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, null=True, blank=True, related_name="proposals")
    item = models.ForeignKey(RequestedItem, models.PROTECT, null=True, blank=True, related_name="proposals")
    state = models.CharField("状态", max_length=10, choices=ProposalState.choices, default=ProposalState.FILED)
    version = models.PositiveIntegerField(default=1)
    what = models.CharField("建议公开的信息", max_length=300)
    why = models.TextField("理由", blank=True)
    by_applicant = models.BooleanField("申请人建议", default=True)
    likeness = models.CharField(max_length=64, blank=True)
    filed_on = models.DateField("提出日期")
    answer = models.TextField("审核意见", blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="proposals")
    published_on = models.DateField("公开日期", null=True, blank=True)

    class Meta:
        ordering = ["filed_on", "id"]

    def __str__(self) -> str:
        return self.what

    def ref(self) -> Ref:
        return Ref("proposal", str(self.pk), self.what)


class WithheldReview(models.Model):
    """定期评估 (art. 18): what was withheld is looked at again; still to be withheld, or now to be disclosed."""

    item = models.ForeignKey(RequestedItem, models.CASCADE, related_name="reviews")
    on = models.DateField("评估日期")
    disclose = models.BooleanField("可以公开")
    reason = models.TextField("评估意见")
    next_on = models.DateField("下次评估日期", null=True, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["on", "id"]


class Rating(models.Model):
    """How the applicant found the service: one per application, one to five, with words if they like."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="rating")
    stars = models.PositiveSmallIntegerField("满意度")
    words = models.TextField("意见", blank=True)
    at = models.DateTimeField()


class Offered(models.Model):
    """Published answers offered while somebody typed: shown, opened, asked nevertheless. Counts, nobody's name."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="applications_offered_day")]

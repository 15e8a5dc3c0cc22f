"""The report 年度报告 of an agency for a year: an identity, its editions, the answers to findings, its submission."""

from typing import Any

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import Document
from gongkai.ledger.refs import Ref


class AnnualReport(models.Model):
    """An agency's report for a year. ``document`` is where the public reads it, once it is published."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="annual_reports")
    year = models.PositiveIntegerField("年度")
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="annual_report")
    makes_rules = models.BooleanField("有规章制定权", default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="oversight_one_report_a_year")]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.year}年政府信息公开工作年度报告"

    def ref(self) -> Ref:
        return Ref("annual_report", str(self.pk), str(self))


class ReportState(models.TextChoices):
    """Where an edition stands; ``procedures.REPORT`` is the table."""

    DRAFTING = "drafting", "编写"
    COMPLETE = "complete", "数据已齐"
    OFFICE_REVIEW = "office_review", "办公室审核"
    HEAD_REVIEW = "head_review", "公开机构审核"
    LEADER_REVIEW = "leader_review", "分管领导审定"
    APPROVED = "approved", "待公布"
    PUBLISHED = "published", "已公布"
    SUPERSEDED = "superseded", "已更正"
    DISCARDED = "discarded", "已作废"


WRITABLE = frozenset({ReportState.DRAFTING, ReportState.COMPLETE})
"""States in which the text may be written and the figures still move with the records."""
SAID = frozenset({ReportState.PUBLISHED, ReportState.SUPERSEDED})
"""States of editions the public was told."""
CLOSED = frozenset({*SAID, ReportState.DISCARDED})
"""States after which a new edition may be begun."""


class Origin(models.TextChoices):
    """Where the tables of an edition come from."""

    COMPUTED = "computed", "由本系统记录计算"
    READ = "read", "由报告文件读入"


class ReportEdition(models.Model):
    """What a report says. ``chapters`` by number as written, with references to figures and marks of draft sentences.

    ``figures`` is empty while the tables are computed at every look; handing in for review freezes them, publishing
    seals them with ``digest``. A report read from a file has its figures from the beginning.
    """

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField("状态", max_length=20, choices=ReportState.choices, default=ReportState.DRAFTING)
    version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.COMPUTED)
    explanation = models.TextField("更正说明", blank=True)
    chapters: Any = models.JSONField("正文", default=dict)
    preface = models.TextField("引言", blank=True)
    figures = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file_name = models.CharField("读入的文件", max_length=200, blank=True)
    lacking = models.CharField("未填报数据的说明", max_length=300, blank=True)
    editors = models.JSONField(default=list, blank=True)
    drafted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="oversight_edition_number"),
            models.UniqueConstraint(
                fields=["report"],
                condition=models.Q(state=ReportState.PUBLISHED),
                name="oversight_one_published_edition",
            ),
        ]
        indexes = [models.Index(fields=["state"], name="oversight_edition_state")]

    def __str__(self) -> str:
        return str(self.report) if self.number == 1 else f"{self.report}（第{self.number}版）"

    def ref(self) -> Ref:
        return Ref("report_edition", str(self.pk), str(self))

    @property
    def writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def fixed_because(self) -> str:
        """Why it cannot be changed, and what one may do instead; empty while it may be written."""
        if self.writable:
            return ""
        if self.state == ReportState.PUBLISHED:
            return "报告已经公布，这一版不能再改。有错误的以更正版更正：更正版公布以前，公众看到的仍是这一版。"
        state = ReportState(self.state).label
        if self.state in CLOSED:
            return f"现在的状态是“{state}”，这一版不能再改。"
        return f"现在的状态是“{state}”，不能修改。需要修改的，请先退回。"

    @property
    def text_of(self) -> dict[int, str]:
        """The chapters by number, as written."""
        return {int(number): text for number, text in self.chapters.items()}


class FindingAnswer(models.Model):
    """Why a finding may stay (口径不同：…). It sticks to the finding as long as both values are the same."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=300)
    code = models.CharField(max_length=10)
    message = models.CharField(max_length=500)
    note = models.CharField("说明", max_length=300)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="oversight_answered_once")]


class SubmissionState(models.TextChoices):
    """Where a submission stands; ``procedures.SUBMISSION`` is the table."""

    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"


class Submission(models.Model):
    """The report before the supervising office 主管部门. ``edition`` is what it holds in hand."""

    report = models.OneToOneField(AnnualReport, models.PROTECT, related_name="submission")
    edition = models.ForeignKey(ReportEdition, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=12, choices=SubmissionState.choices, default=SubmissionState.SUBMITTED)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField("报送时间")
    first_submitted_at = models.DateTimeField("首次报送时间")
    submitted_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    return_reason = models.TextField("退回意见", blank=True)
    findings = models.JSONField(default=list, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state"], name="oversight_submissions")]

    def __str__(self) -> str:
        return str(self.report)

    def ref(self) -> Ref:
        return Ref("report_submission", str(self.pk), str(self.report))


class Reminder(models.Model):
    """催报: the supervising office asked for a report, or the disclosure office a department for its figures."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="report_reminders")
    department = models.ForeignKey("agencies.Department", models.CASCADE, null=True, blank=True, related_name="+")
    year = models.PositiveIntegerField()
    text = models.CharField("催报意见", max_length=300)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def ref(self) -> Ref:
        return Ref("report_reminder", str(self.pk), f"{self.agency.name}{self.year}年度报告")

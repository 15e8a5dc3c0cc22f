"""What is written down through the year for the report: departments' monthly figures, trainings 培训台账."""

from decimal import Decimal

from django.db import models

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.ledger.refs import Ref
from gongkai.oversight.annual_report.sources import SOURCES, source


class FigureAssignment(models.Model):
    """A department answers for a source: it is asked for the months, and reminded of those it has not entered."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="figure_assignments")
    department = models.ForeignKey(Department, models.PROTECT, related_name="figure_assignments")
    source = models.CharField("数据", max_length=40, choices=[(one.key, one.label) for one in SOURCES.values()])
    since = models.DateField("自何时起")
    until = models.DateField("至何时止", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["department", "source"], name="oversight_source_assigned_once"),
        ]

    def ref(self) -> Ref:
        return Ref("figure_assignment", str(self.pk), f"{self.department}：{source(self.source).label}")


class MonthlyFigure(models.Model):
    """What a department counted in a month. Who entered it, when and out of which file stays with it."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="monthly_figures")
    department = models.ForeignKey(Department, models.PROTECT, related_name="monthly_figures")
    source = models.CharField("数据", max_length=40, choices=[(one.key, one.label) for one in SOURCES.values()])
    year = models.PositiveIntegerField("年")
    month = models.PositiveIntegerField("月")
    value = models.DecimalField("数量", max_digits=16, decimal_places=4, default=Decimal(0))
    note = models.CharField("说明", max_length=200, blank=True)
    imported_from = models.CharField("导入自", max_length=200, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("填报时间")

    class Meta:
        ordering = ["year", "month", "department_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "source", "year", "month"], name="oversight_month_entered_once"
            ),
            models.CheckConstraint(condition=models.Q(month__gte=1, month__lte=12), name="oversight_a_month"),
        ]
        indexes = [models.Index(fields=["agency", "year", "source"], name="oversight_figures_of_year")]

    def ref(self) -> Ref:
        what = source(self.source).label
        return Ref("monthly_figure", str(self.pk), f"{self.department} {self.year}年{self.month}月{what}")


class Training(models.Model):
    """One training of staff in disclosure (条例第四十八条: 定期培训)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="trainings")
    held_on = models.DateField("日期")
    subject = models.CharField("培训内容", max_length=120)
    lecturer = models.CharField("授课人", max_length=60, blank=True)
    people = models.PositiveIntegerField("参加人数")
    note = models.CharField("备注", max_length=200, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["agency", "-held_on"], name="oversight_trainings")]

    def ref(self) -> Ref:
        return Ref("training", str(self.pk), f"{self.held_on:%Y-%m-%d} {self.subject}")

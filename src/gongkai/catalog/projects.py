"""Regular progress disclosure 定期公开进展: livelihood projects 民生实事 and key work 重点工作, month by month.

A monthly update that was published is never rewritten: a correction is another revision of the same month, and the
former words stay in the history.
"""

from datetime import date

from django.db import models
from django.urls import reverse

from gongkai.agencies.bodies import Agency, Department
from gongkai.agencies.officers import Officer
from gongkai.catalog.documents import new_code
from gongkai.ledger.refs import Ref


class ProjectKind(models.TextChoices):
    """What the government promised it as."""

    LIVELIHOOD = "livelihood", "民生实事"
    KEY_WORK = "key_work", "重点工作"


class Project(models.Model):
    """One project of a year. ``due_day``: a month's progress is to be public by that day of the next month."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="projects")
    kind = models.CharField("类别", max_length=12, choices=ProjectKind.choices, default=ProjectKind.LIVELIHOOD)
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("序号")
    name = models.CharField("项目名称", max_length=150)
    goal = models.TextField("年度目标", max_length=2000)
    responsible = models.CharField("责任单位", max_length=200)
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="projects", verbose_name="牵头处室"
    )
    due_day = models.PositiveIntegerField("次月几日前公布", default=10)
    finished_on = models.DateField("完成日期", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "agency_id", "kind", "number", "id"]
        indexes = [models.Index(fields=["agency", "-year", "kind", "number"], name="catalog_projects")]

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("project", str(self.pk), self.name)

    def get_absolute_url(self) -> str:
        return reverse("portal:project", args=[self.code])


def projects_ref(agency: Agency) -> Ref:
    """How pages name an agency's list of projects."""
    return Ref("projects", str(agency.pk), f"{agency.short_name}重点进展")


class Milestone(models.Model):
    """A step of a project: when it is planned, and when it was done."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    position = models.PositiveIntegerField(default=0)
    name = models.CharField("节点", max_length=100)
    planned_on = models.DateField("计划完成")
    finished_on = models.DateField("实际完成", null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]


class ProjectUpdate(models.Model):
    """The progress of one month as it was said. ``revision`` 1 is the first; later ones correct it, with ``note``."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="updates")
    month = models.DateField("月份")
    revision = models.PositiveIntegerField(default=1)
    percent = models.PositiveIntegerField("完成比例")
    stage = models.CharField("阶段", max_length=60, blank=True)
    text = models.TextField("进展情况", max_length=3000)
    note = models.CharField("更正说明", max_length=300, blank=True)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["project", "month", "revision"], name="catalog_update_revision"),
        ]

    @property
    def key(self) -> str:
        """2025-03, for forms and anchors."""
        return f"{self.month:%Y-%m}"


def month_of(year: int, month: int) -> date:
    """A month is kept as its first day."""
    return date(year, month, 1)

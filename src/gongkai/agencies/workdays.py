"""The working-day calendar of this installation: what an operator entered over the published data."""

from django.db import models

from gongkai.law.calendar import Calendar, DayKind, Override
from gongkai.ledger.refs import Ref


class WorkdayNotice(models.Model):
    """A day whose kind an official notice set: date, kind, document number of the notice."""

    KINDS = [
        (DayKind.HOLIDAY.value, "放假"),
        (DayKind.MAKEUP.value, "调休上班"),
        (DayKind.WORKDAY.value, "工作日"),
    ]
    day = models.DateField("日期", unique=True)
    kind = models.CharField("性质", max_length=10, choices=KINDS)
    document_number = models.CharField("依据文号", max_length=60)
    note = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        ordering = ["day"]

    @property
    def override(self) -> Override:
        """The entry as the law's calendar takes it."""
        return Override(self.day, DayKind(self.kind), self.document_number, self.note)

    def ref(self) -> Ref:
        return Ref("workday_notice", str(self.pk), self.day.isoformat())


class AnnouncedYear(models.Model):
    """A year whose official arrangement was entered completely: its dates are no longer provisional."""

    year = models.PositiveIntegerField("年份", primary_key=True)
    document_number = models.CharField("依据文号", max_length=60)

    class Meta:
        ordering = ["year"]

    def ref(self) -> Ref:
        return Ref("announced_year", str(self.pk), f"{self.year}年")


def current_calendar() -> Calendar:
    """The calendar as of now; two small queries, so read it once per page or per batch."""
    overrides = [one.override for one in WorkdayNotice.objects.all()]
    return Calendar(overrides=overrides, announced=AnnouncedYear.objects.values_list("year", flat=True))

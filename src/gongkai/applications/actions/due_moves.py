"""A new official calendar 放假安排 moves due dates: no date is stored, yet whoever counts on one is told that it moved.

Which days were worked on when open cases were last compared is remembered (``WorkdaysSeen``). When they differ from
those of now, whether an operator entered a notice or the installation came with a new arrangement, open cases are gone
through in chunks: one entry for each case whose due date moved, in the transaction that moves the mark on. So it may
stop anywhere, and a second run tells nothing twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.workdays import AnnouncedYear, WorkdayNotice
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.applications import OPEN_STATES, Application
from gongkai.applications.clock_facts import CASE_FACTS, Clocks, history
from gongkai.applications.due_days import WorkdaysSeen
from gongkai.law.calendar import Calendar, CalendarRangeError, DayKind, Override
from gongkai.law.clock import HistoryError, timeline
from gongkai.ledger import clockwork
from gongkai.ledger.recording import Fact, record_many
from gongkai.ledger.refs import SYSTEM

CHUNK = 500
_LOOKED_FOR_EVERY = timedelta(minutes=1)
_YEARS_BACK, _YEARS_AHEAD = 1, 2  # around the present: an open case is seldom older, no deadline is set later
_THE_ROW = 1

Workdays = Mapping[str, Any]
"""``first`` and ``last`` day looked at; ``days`` that are not what their weekday says, and whether one works."""


def workdays_of(calendar: Calendar, year: int) -> Workdays:
    """What a calendar says of the years around one."""
    first, last = date(year - _YEARS_BACK, 1, 1), date(year + _YEARS_AHEAD, 12, 31)
    unusual = {
        one.date.isoformat(): one.working for one in calendar.days(first, last) if one.working != _usual(one.date)
    }
    return {"first": first.isoformat(), "last": last.isoformat(), "days": unusual}


def changed_days(seen: Workdays, coming: Workdays) -> list[date]:
    """Days that one says are worked on and the other not, in order; only days that both know of."""
    first, last = max(seen["first"], coming["first"]), min(seen["last"], coming["last"])
    both = {*seen["days"], *coming["days"]}
    return sorted(
        date.fromisoformat(day)
        for day in both
        if first <= day <= last and seen["days"].get(day) != coming["days"].get(day)
    )


def _usual(day: date) -> bool:
    return day.weekday() < 5


class _Entered:
    """What operators entered, and the calendar of now; two queries."""

    def __init__(self) -> None:
        self.overrides = [one.override for one in WorkdayNotice.objects.all()]
        self.announced = list(AnnouncedYear.objects.values_list("year", flat=True))
        self.calendar = Calendar(overrides=self.overrides, announced=self.announced)

    def as_of(self, workdays: Workdays) -> Calendar:
        """The calendar of now with every day as ``workdays`` has it."""
        now = workdays_of(self.calendar, date.fromisoformat(workdays["last"]).year - _YEARS_AHEAD)
        back = []
        for day in changed_days(workdays, now):
            working = workdays["days"].get(day.isoformat(), _usual(day))
            back.append(Override(day, DayKind.WORKDAY if working else DayKind.HOLIDAY, ""))
        return Calendar(overrides=[*self.overrides, *back], announced=self.announced)


def look(now: datetime) -> bool:
    """Whether the working days are others than open cases know; then going through them begins."""
    year = timezone.localdate(now).year
    coming = workdays_of(_Entered().calendar, year)
    with transaction.atomic():
        row, _ = WorkdaysSeen.objects.get_or_create(pk=_THE_ROW, defaults={"days": workdays_of(Calendar(), year)})
        row = WorkdaysSeen.objects.select_for_update().get(pk=row.pk)
        if row.coming is not None or row.days == coming:
            return row.coming is not None
        if not changed_days(row.days, coming):
            row.days = coming  # a new year came into sight
            row.save(update_fields=["days"])
            return False
        row.coming, row.after, row.began_at = coming, 0, now
        row.save(update_fields=["coming", "after", "began_at"])
    return True


def advance(now: datetime) -> int:
    """Go through the next open cases; how many were looked at. 0: nothing to compare, or done.

    Reckoning takes a second or two for a chunk, in which nobody else shall wait: it is done before the transaction,
    which writes only when nobody else has gone through the same cases meanwhile."""
    row = WorkdaysSeen.objects.filter(pk=_THE_ROW, coming__isnull=False).first()
    if row is None or row.coming is None:
        return 0
    cases = list(_open(row.began_at or now).filter(pk__gt=row.after)[:CHUNK])
    facts = list(_moved(cases, row.days, row.coming, _Entered()))
    with transaction.atomic():
        current = WorkdaysSeen.objects.select_for_update().get(pk=_THE_ROW)
        if (current.coming, current.after) != (row.coming, row.after):
            return len(cases)
        record_many(facts)
        if len(cases) < CHUNK:
            current.days, current.coming, current.after = row.coming, None, 0
        else:
            current.after = cases[-1].pk
        current.save(update_fields=["days", "coming", "after"])
    return len(cases)


def tell_all(now: datetime) -> None:
    """Look, and go through everything."""
    if look(now):
        while _under_way():
            advance(now)


def _under_way() -> bool:
    return WorkdaysSeen.objects.filter(coming__isnull=False).exists()


def _open(began: datetime) -> QuerySet[Application]:
    """Cases that were here when the days changed; later ones have known nothing else."""
    here = Q(taken_over_at=None, created_at__lte=began) | Q(taken_over_at__lte=began)
    cases = Application.objects.filter(here, state__in=OPEN_STATES).select_related("agency", "applicant")
    return cases.prefetch_related(*CASE_FACTS).order_by("pk")


def _moved(cases: Sequence[Application], seen: Workdays, coming: Workdays, entered: _Entered) -> Iterator[Fact]:
    former, present = entered.as_of(seen), entered.as_of(coming)
    changed = changed_days(seen, coming)
    clocks = Clocks(calendar=present)
    for case in cases:
        days = _due_days(case, former, clocks, changed)
        if days is not None:
            before, after = (day.isoformat() for day in days)
            yield Fact(kinds.DUE_MOVED, SYSTEM, case, case.agency, {"before": before, "after": after})


def _due_days(case: Application, former: Calendar, clocks: Clocks, changed: Sequence[date]) -> tuple[date, date] | None:
    """Before and after, where they differ. Days after the due date or before the arrival move nothing."""
    try:
        acts = history(case)
        after = timeline(acts, clocks.calendar, clocks.today, clocks.readings).due_date
        if after is None or not any(case.arrived_on <= day <= after for day in changed):
            return None
        before = timeline(acts, former, clocks.today, clocks.readings).due_date
    except (HistoryError, CalendarRangeError):
        return None  # the case page says what is wrong with its days
    return (before, after) if before is not None and before != after else None


_look_seldom = clockwork.at_intervals(_LOOKED_FOR_EVERY, lambda now: int(look(now)))


def _work(now: datetime) -> int:
    return advance(now) or _look_seldom(now)


clockwork.register(clockwork.Timed("due dates", lambda: timezone.now() if _under_way() else None, _work))

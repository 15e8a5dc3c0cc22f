"""The statutory clock of editions on their way (Regulation art. 26 and the limit of their type), for lists.

Editions share due dates: those of one limit that were formed on one day. A list is ordered by these groups, so that the
due date (derived, never stored) orders it exactly although the database knows nothing of working days.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.db.models import Case, DateField, Expression, F, IntegerField, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from gongkai.agencies.workdays import current_calendar
from gongkai.catalog import doctypes
from gongkai.law import duties
from gongkai.law.calendar import Calendar, CalendarRangeError
from gongkai.law.duties import DisclosureState, DisclosureStatus
from gongkai.law.limits import Limit

ADOPTED = 99  # the clock of what a former site published long ago: none runs


@cache
def limits() -> tuple[Limit, ...]:
    """The different limits of the declared types; a clock's number is its place here."""
    return tuple(dict.fromkeys(one.limit for one in doctypes.all_types().values()))


def formed_expression() -> Expression:
    """The day the information was formed or changed 形成或者变更之日: a later edition changes it when it is begun."""
    begun = TruncDate("created_at")
    return Case(When(number__gt=1, then=begun), default=Coalesce(F("date_of_issue"), begun), output_field=DateField())


def clock_expression() -> Expression:
    """Which limit runs for an edition: its number in ``limits``."""
    kinds = doctypes.all_types().items()
    # By limit, not by type: lists name the expression many times over in one statement.
    whens = [
        When(document__type__in=[key for key, one in kinds if one.limit == limit], then=Value(place))
        for place, limit in enumerate(limits())
    ]
    return Case(
        When(document__imported_from__gt="", then=Value(ADOPTED)),
        *whens,
        default=Value(ADOPTED),
        output_field=IntegerField(),
    )


@dataclass(frozen=True)
class Urgency:
    """How an edition stands against its limit, as a list shows it. ``due`` is None where no date can be named."""

    text: str
    tone: str
    due: date | None
    sentence: str
    late: bool


class Clocks:
    """Due dates as of today, with one calendar (two queries when made, none after)."""

    def __init__(self, today: date | None = None, calendar: Calendar | None = None) -> None:
        self.today = today or timezone.localdate()
        self._calendar = calendar or current_calendar()

    def urgency(self, clock: int, formed: date) -> Urgency:
        """How urgent something of that clock is that was formed that day."""
        if clock == ADOPTED:
            return Urgency("存量迁入", "", None, "原网站早已公开，不另计时限", late=False)
        return _urgency(self._calendar, limits()[clock], formed, self.today)

    def is_late(self, clock: int, formed: date) -> bool:
        return self.urgency(clock, formed).late

    def order(self, clock: int, formed: date) -> tuple[date, date, int]:
        """Where a group stands in a list: by due date; without one, last."""
        return (self.urgency(clock, formed).due or date.max, formed, clock)


@lru_cache(maxsize=20_000)  # a worklist asks for every day of a year or more, on every page
def _urgency(calendar: Calendar, limit: Limit, formed: date, today: date) -> Urgency:
    try:
        return _shown(duties.disclosure_status(formed, None, today, calendar, limit))
    except CalendarRangeError:
        return Urgency("请核对成文日期", "", None, "成文日期在工作日历之外，时限算不出来", late=False)


def _shown(status: DisclosureStatus) -> Urgency:
    due = status.due
    if due is None:
        return Urgency("按规定时限", "", None, status.sentence(), late=False)
    provisional = "（暂定）" if due.provisional else ""
    days = status.days or 0
    if status.state is DisclosureState.OVERDUE:
        return Urgency(f"超期{days}个工作日{provisional}", "late", due.date, due.reason, late=True)
    if status.state is DisclosureState.DUE_SOON:
        text = f"剩{days}个工作日{provisional}" if days else f"今天到期{provisional}"
        return Urgency(text, "soon" if days else "late", due.date, due.reason, late=False)
    return Urgency(f"剩{days}个工作日{provisional}", "", due.date, due.reason, late=False)

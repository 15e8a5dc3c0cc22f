"""When what is disclosed again and again (定期公开的事项) is expected next: from its 公开时限, or from an update duty.

A full list (主动公开全清单) says 每季度公开一次 or 每年1月31日前; from that and from the day of the last disclosure
follows the last day on which the next one is in time. Wordings that set no recurrence (20个工作日内, 及时公开) expect
nothing by themselves. Readings of ours, hints and never a hard stop.
"""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.law.limits import Limit, LimitKind, LimitUnit
from gongkai.law.periods import PeriodUnit, add_months, end_of_current, last_of_month, period_end
from gongkai.law.upkeep import Period


def recurs(limit: Limit) -> bool:
    """Whether the wording says how often something is disclosed: 定期公开, or by a date of every year or month.

    Every working day (每个工作日) is not counted as recurring: it would need the calendar, and nobody lists it.
    """
    if limit.kind is LimitKind.PERIODIC:
        return limit.unit is not LimitUnit.WORKING_DAY
    return limit.kind is LimitKind.FIXED_DATE


def next_expected(limit: Limit, last: date, period: Period | None = None) -> date | None:
    """The last day on which the disclosure that follows the one of `last` is in time; None where none is expected.

    `period`, an update duty the agency set itself, goes before the limit's wording. 每季度公开一次: by the end of the
    quarter after the one of `last`. 每年1月31日前: what came out on `last` answered the date nearest to it (a report
    published on 10 February was late for January, not early for the next), and the one after that is next.
    """
    if period is not None:
        return period_end(last, period.value, period.unit)
    if not recurs(limit):
        return None
    if limit.kind is LimitKind.PERIODIC:
        if limit.unit is None or limit.value is None:
            raise ValueError(f"时限缺少数值或者单位：{limit!r}")
        unit = PeriodUnit(limit.unit.value)
        return end_of_current(period_end(last, limit.value, unit), unit)
    return _fixed(limit, _nearest(limit, last), 1)


def _nearest(limit: Limit, day: date) -> date:
    """The occurrence of a fixed date that lies nearest to `day`; of two as near, the later one."""
    around = [_fixed(limit, day, offset) for offset in (-1, 0, 1)]
    return min(around, key=lambda one: (abs(one - day), -one.toordinal()))


def _fixed(limit: Limit, day: date, offset: int) -> date:
    """The fixed date in the year (for a date of every month: in the month) of `day`, `offset` of them later."""
    if limit.day is None:
        raise ValueError(f"时限缺少日期：{limit!r}")
    step = 12 if limit.month else 1
    first = add_months(date(day.year, limit.month or day.month, 1), offset * step)
    return first + timedelta(days=min(limit.day, last_of_month(first.year, first.month).day) - 1)

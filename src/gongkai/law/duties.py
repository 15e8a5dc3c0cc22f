"""Time limits of proactive disclosure (主动公开时限): article 26, and the limits a full list (主动公开全清单) sets.

条例第二十六条 【核】: within twenty working days of the day the information was formed or changed; laws and
regulations (法律、法规) may set another limit. The list's column 公开时限 is written by hand; `parse` reads the
wordings seen in published lists 【摘】.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import Calendar, Explanation
from gongkai.law.limits import ARTICLE_26, ARTICLE_26_WORKING_DAYS, FORMED_OR_CHANGED, Limit, LimitKind, LimitUnit
from gongkai.law.numerals import chinese_date
from gongkai.law.periods import PeriodUnit, add_months, end_of_current, last_of_month, period_end
from gongkai.law.wordings import LimitWordingError, parse

__all__ = [
    "ARTICLE_26",
    "FORMED_OR_CHANGED",
    "DisclosureState",
    "DisclosureStatus",
    "Due",
    "Limit",
    "LimitKind",
    "LimitUnit",
    "LimitWordingError",
    "disclosure_status",
    "due",
    "exceeds_article_26",
    "parse",
]


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to disclose: `date`, counted by `limit` from `start`; `reason` says in Chinese why.

    `explanation` lists the days where working days were counted; `provisional` when one of them may still change.
    """

    limit: Limit
    start: date
    date: date
    reason: str
    provisional: bool = False
    explanation: Explanation | None = None


def due(limit: Limit, start: date, calendar: Calendar, *, rest_day_extends: bool = False) -> Due | None:
    """The last day to disclose information formed (or changed) on `start`; None where the wording names no date
    (按规定).

    及时公开 and 长期公开 set no number of their own: article 26 bounds them, for it says 及时 and twenty working days
    in one sentence, and 长期 says how long, not by when. `rest_day_extends`: whether a limit in days, weeks, months
    or years that ends on a day of rest runs to the next working day (民法典第二百零三条's reading); by default the
    earlier day, the stricter reading for the agency. Raises CalendarRangeError for dates the calendar cannot answer
    for.
    """
    calendar.day(start)
    if limit.kind is LimitKind.BY_LAW:
        return None
    if limit.kind in (LimitKind.PROMPT, LimitKind.PERMANENT):
        return _working_days_due(
            limit, start, ARTICLE_26_WORKING_DAYS, calendar, f"{limit.label()}，首次公开不晚于条例第二十六条的期限："
        )
    if limit.unit is LimitUnit.WORKING_DAY and limit.value is not None:
        if limit.kind is LimitKind.WITHIN:
            return _working_days_due(limit, start, limit.value, calendar, "")
        day = start if calendar.is_working(start) else calendar.next_working(start)
        return Due(limit, start, day, f"{limit.label()}，{chinese_date(day)}", calendar.day(day).provisional)
    day = _calendar_due(limit, start)
    reason = f"{limit.label()}，至{chinese_date(day)}"
    if rest_day_extends and not calendar.is_working(day):
        day = calendar.next_working(day)
        reason += f"；该日为休息日，顺延至{chinese_date(day)}"
        return Due(limit, start, day, reason, calendar.day(day).provisional)
    calendar.day(day)
    return Due(limit, start, day, reason)


def _working_days_due(limit: Limit, start: date, n: int, calendar: Calendar, preface: str) -> Due:
    explanation = calendar.explain(start, n)
    reason = preface + explanation.sentence().removesuffix("。")
    return Due(limit, start, explanation.due, reason, explanation.provisional, explanation)


def _calendar_due(limit: Limit, start: date) -> date:
    """The last day by the civil calendar alone."""
    if limit.kind is LimitKind.REAL_TIME:
        return start
    if limit.kind is LimitKind.FIXED_DATE and limit.day is not None:
        return _next_fixed_date(start, limit.month, limit.day)
    if limit.unit is None or limit.value is None:
        raise ValueError(f"时限缺少数值或者单位：{limit!r}")
    unit = PeriodUnit(limit.unit.value)
    if limit.kind is LimitKind.WITHIN:
        return period_end(start, limit.value, unit)
    # Information of a period is disclosed by the end of the period it was formed in.
    return end_of_current(start, unit) if limit.value == 1 else period_end(start, limit.value, unit)


def _next_fixed_date(start: date, month: int | None, day: int) -> date:
    """The first day `day` of `month` (of any month for None) on or after `start`; short months end the count."""
    first = date(start.year, month or start.month, 1)
    step = 12 if month else 1
    while True:
        last = last_of_month(first.year, first.month)
        found = last.replace(day=min(day, last.day))
        if found >= start:
            return found
        first = add_months(first, step)


def exceeds_article_26(limit: Limit, start: date, calendar: Calendar) -> bool:
    """Whether `limit` would allow later than article 26 does for information formed on `start`.

    Only a law or regulation may allow that: the desk asks for it where this is true. False for limits without a date.
    """
    allowed = due(limit, start, calendar)
    return allowed is not None and allowed.date > calendar.add(start, ARTICLE_26_WORKING_DAYS)


class DisclosureState(StrEnum):
    """How one piece of information stands against its time limit."""

    ON_TIME = "on_time"
    LATE = "late"
    PENDING = "pending"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    UNDATED = "undated"

    @property
    def label(self) -> str:
        """The Chinese name of the state."""
        return {
            "on_time": "按时公开",
            "late": "逾期公开",
            "pending": "期限内",
            "due_soon": "即将到期",
            "overdue": "逾期未公开",
            "undated": "未定日期",
        }[self.value]


@dataclass(frozen=True, slots=True)
class DisclosureStatus:
    """`days` are working days: left until `due` (pending, due soon, on time: how early), or past it (late, overdue),
    never negative."""

    state: DisclosureState
    due: Due | None
    days: int | None

    def sentence(self) -> str:
        """The status in one Chinese phrase for a list."""
        if self.due is None:
            return "时限按有关规定执行，未定日期" if self.state is DisclosureState.UNDATED else self.state.label
        provisional = "（暂定）" if self.due.provisional else ""
        last = f"{chinese_date(self.due.date)}{provisional}"
        return {
            DisclosureState.ON_TIME: f"按时公开（期满日{last}）",
            DisclosureState.LATE: f"逾期{self.days}个工作日公开（期满日{last}）",
            DisclosureState.OVERDUE: f"已逾期{self.days}个工作日，期满日{last}，请尽快公开",
            DisclosureState.DUE_SOON: f"还有{self.days}个工作日，期满日{last}" if self.days else f"今天（{last}）期满",
        }.get(self.state, f"期限内，期满日{last}")


def disclosure_status(
    formed: date,
    published: date | None,
    today: date,
    calendar: Calendar,
    limit: Limit = ARTICLE_26,
    *,
    soon: int = 5,
) -> DisclosureStatus:
    """How information formed on `formed`, published on `published` (None or a later day than `today`: not yet),
    stands today.

    `soon`: how many working days before the due date 即将到期 begins. Overdue begins the day after the due date and
    counts at least one day. Raises CalendarRangeError for dates the calendar cannot answer for.
    """
    last = due(limit, formed, calendar)
    done = published is not None and published <= today
    if last is None:
        return DisclosureStatus(DisclosureState.ON_TIME if done else DisclosureState.UNDATED, None, None)
    reference = published if done and published is not None else today
    days = calendar.remaining(reference, last.date)
    if done:
        state = DisclosureState.ON_TIME if days >= 0 else DisclosureState.LATE
    elif days < 0:
        state = DisclosureState.OVERDUE
    else:
        state = DisclosureState.DUE_SOON if days <= soon else DisclosureState.PENDING
    return DisclosureStatus(state, last, abs(days))

"""When the agency must answer in reconsideration and litigation against it (被申请人答复、被告答辩的期限).

- 行政复议法 (2023) 第四十八条, ten days from receipt of the copy of the application; 第五十四条, five days in the
  simplified procedure, which 第五十三条 opens to cases of government information 【核】; both are working days by
  第八十八条 (三日、五日、七日、十日 mean working days). Ten, five and working days are 【忆】.
- The edition before 2024 第二十三条, ten days; its 第四十条 made only five and seven days working days, so these are
  calendar days 【忆】.
- 行政诉讼法 第六十七条, fifteen days from receipt of the copy of the complaint 【摘】. Calendar days: periods are
  those of civil procedure (第一百零一条), which counts every day and ends a period whose last day is a day of rest on
  the next working day 【忆】.

What is 【忆】 is a value an agency may set otherwise: the deadline warns, it forbids nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.calendar import Calendar
from gongkai.law.numerals import chinese_date
from gongkai.law.remedies import RECONSIDERATION_FIRST_FROM, RemedyKind


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """How long the agency has for its answer. `rest_day_extends`: a calendar period ends on a working day."""

    days: int
    working: bool
    source: str
    verified: str
    rest_day_extends: bool = False

    @property
    def label(self) -> str:
        """10个工作日, 15日."""
        return f"{self.days}个工作日" if self.working else f"{self.days}日"


ORDINARY = AnswerTerm(10, True, "《中华人民共和国行政复议法》第四十八条、第八十八条", "忆")
SIMPLIFIED = AnswerTerm(5, True, "《中华人民共和国行政复议法》第五十四条、第八十八条", "忆")
BEFORE_2024 = AnswerTerm(10, False, "《中华人民共和国行政复议法》（2017年修正）第二十三条", "忆", rest_day_extends=True)
DEFENCE = AnswerTerm(15, False, "《中华人民共和国行政诉讼法》第六十七条", "摘", rest_day_extends=True)


def answer_term(kind: RemedyKind, received: date, *, simplified: bool = False) -> AnswerTerm:
    """The term for proceedings whose papers came on `received`; `simplified`: 简易程序, of reconsideration only."""
    if kind.is_litigation:
        return DEFENCE
    if received < RECONSIDERATION_FIRST_FROM:
        return BEFORE_2024
    return SIMPLIFIED if simplified else ORDINARY


@dataclass(frozen=True, slots=True)
class AnswerDue:
    """The last day for the answer, and why; `provisional` when the year's arrangement is not announced yet."""

    date: date
    term: AnswerTerm
    reason: str
    provisional: bool = False


def answer_due(
    kind: RemedyKind,
    received: date,
    calendar: Calendar,
    *,
    simplified: bool = False,
    term: AnswerTerm | None = None,
) -> AnswerDue:
    """When the agency must have answered papers received on `received` (that day not counted).

    `term` replaces the law's as an agency set it. Raises CalendarRangeError for dates the calendar cannot answer for.
    """
    term = term or answer_term(kind, received, simplified=simplified)
    if term.working:
        explanation = calendar.explain(received, term.days)
        return AnswerDue(explanation.due, term, f"{term.source}：{explanation.sentence()}", explanation.provisional)
    last = received + timedelta(days=term.days)
    reason = f"{term.source}：自{chinese_date(received)}起{term.label}（始日不计），至{chinese_date(last)}"
    if term.rest_day_extends and not calendar.is_working(last):
        last = calendar.next_working(last)
        reason += f"；该日为休息日，顺延至{chinese_date(last)}"
    return AnswerDue(last, term, f"{reason}。", calendar.day(last).provisional)

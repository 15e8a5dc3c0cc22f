"""A time limit of disclosure (公开时限) as data: how it is set, how much, in which unit, from which starting point.

A limit is stored as its parts or as an enumerated wording, never as free text alone; `wordings.parse` reads the
officials' texts into it, `duties` computes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.periods import PeriodUnit

FORMED_OR_CHANGED = "信息形成或者变更之日"


class LimitKind(StrEnum):
    """How a limit is set."""

    WITHIN = "within"
    REAL_TIME = "real_time"
    PROMPT = "prompt"
    PERMANENT = "permanent"
    PERIODIC = "periodic"
    FIXED_DATE = "fixed_date"
    BY_LAW = "by_law"

    @property
    def label(self) -> str:
        """The Chinese name of the kind, for a form's choices."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    LimitKind.WITHIN: "自起算日起若干日内",
    LimitKind.REAL_TIME: "实时公开",
    LimitKind.PROMPT: "及时公开",
    LimitKind.PERMANENT: "长期公开",
    LimitKind.PERIODIC: "定期公开",
    LimitKind.FIXED_DATE: "每年（每月）固定日期前",
    LimitKind.BY_LAW: "按法律法规规定的时限",
}


class LimitUnit(StrEnum):
    """The unit of a limit's value."""

    WORKING_DAY = "working_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def label(self) -> str:
        """The unit as it is written after a number: 20个工作日, 6个月."""
        return "个工作日" if self is LimitUnit.WORKING_DAY else PeriodUnit(self.value).label


_EVERY = {
    LimitUnit.WORKING_DAY: "每个工作日",
    LimitUnit.DAY: "每日",
    LimitUnit.WEEK: "每周",
    LimitUnit.MONTH: "每月",
    LimitUnit.QUARTER: "每季度",
    LimitUnit.YEAR: "每年",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit of disclosure.

    WITHIN: `value` units after the day `start` names. PERIODIC: once in every `value` units. FIXED_DATE: before the
    day `day` (included) of `month`, each year, or of every month when `month` is None. `lasting`: the wording also
    says 长期公开.
    """

    kind: LimitKind
    value: int | None = None
    unit: LimitUnit | None = None
    start: str = FORMED_OR_CHANGED
    month: int | None = None
    day: int | None = None
    lasting: bool = False

    def label(self) -> str:
        """The limit in the officials' words; `parse` reads it back to an equal limit."""
        text = self._main_label()
        return f"{text}，长期公开" if self.lasting and self.kind is not LimitKind.PERMANENT else text

    def _main_label(self) -> str:
        if self.kind is LimitKind.WITHIN and self.unit is not None:
            return f"自{self.start}起{self.value}{self.unit.label}内"
        if self.kind is LimitKind.PERIODIC and self.unit is not None:
            every = _EVERY[self.unit] if self.value == 1 else f"每{self.value}{self.unit.label}"
            return f"{every}公开一次"
        if self.kind is LimitKind.FIXED_DATE:
            day = "底" if self.day == 31 and self.month is None else f"{self.day}日"
            return f"每月{day}前" if self.month is None else f"每年{self.month}月{day}前"
        return self.kind.label


# 条例第二十六条.
ARTICLE_26_WORKING_DAYS = 20
ARTICLE_26 = Limit(LimitKind.WITHIN, ARTICLE_26_WORKING_DAYS, LimitUnit.WORKING_DAY)

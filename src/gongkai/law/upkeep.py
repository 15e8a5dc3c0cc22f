"""How often a column (栏目) must be renewed: 《政府网站与政务新媒体检查指标》, 国办秘函〔2019〕19号.

网站单项否决 4 栏目不更新 【摘】: columns of news (动态、要闻类) without anything new in the two weeks before the
inspection, and columns of notices and policy documents (通知公告、政策文件类) in the six months before it, together
five or more; columns that ought to be renewed and were not for long (应更新但长期未更新), ten or more; empty columns,
five or more. 首页不更新 【摘】: two weeks. 政策解读 six months 【忆】, 政务新媒体 two weeks 【摘】. How long
长期未更新 is the source does not say; one year for columns renewed yearly, and the quarter and month for those an
agency promised to renew so often, are our readings: values an agency may set, hints and never a hard stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law.numerals import chinese_date
from gongkai.law.periods import PeriodUnit, period_end

SOURCE = "国办秘函〔2019〕19号"


@dataclass(frozen=True, slots=True)
class Period:
    """How long a column may stay without anything new."""

    value: int
    unit: PeriodUnit

    @property
    def label(self) -> str:
        """2周, 6个月, 1年."""
        return f"{self.value}{self.unit.label}"


@dataclass(frozen=True, slots=True)
class UpdateDuty:
    """The duty to renew a column: `period` None where the content is fixed; `verified` is 摘 or 忆 (see
    docs/law.md)."""

    key: str
    label: str
    period: Period | None
    verified: str
    source: str = SOURCE

    @property
    def sentence(self) -> str:
        """The duty in Chinese, for a form's choice."""
        return f"{self.label}：{'至少每' + self.period.label + '更新一次' if self.period else '内容固定，变动时更新'}"


_TWO_WEEKS = Period(2, PeriodUnit.WEEK)
_SIX_MONTHS = Period(6, PeriodUnit.MONTH)

DUTIES = (
    UpdateDuty("home", "首页", _TWO_WEEKS, "摘"),
    UpdateDuty("news", "动态、要闻类", _TWO_WEEKS, "摘"),
    UpdateDuty("new-media", "政务新媒体", _TWO_WEEKS, "摘"),
    UpdateDuty("notices", "通知公告类", _SIX_MONTHS, "摘"),
    UpdateDuty("policies", "政策文件类", _SIX_MONTHS, "摘"),
    UpdateDuty("interpretations", "政策解读类", _SIX_MONTHS, "忆"),
    UpdateDuty("monthly", "按月更新", Period(1, PeriodUnit.MONTH), "忆"),
    UpdateDuty("quarterly", "按季度更新", Period(1, PeriodUnit.QUARTER), "忆"),
    UpdateDuty("yearly", "按年更新", Period(1, PeriodUnit.YEAR), "忆"),
    UpdateDuty("fixed", "固定内容", None, "摘"),
)
_DUTIES = {duty.key: duty for duty in DUTIES}


def duty(key: str) -> UpdateDuty:
    """The duty with this key. Raises KeyError with a Chinese message."""
    try:
        return _DUTIES[key]
    except KeyError:
        raise KeyError(f"没有编号为{key}的更新要求，可选：{'、'.join(_DUTIES)}") from None


class UpkeepState(StrEnum):
    """How a column stands against its duty."""

    FRESH = "fresh"
    DUE_SOON = "due_soon"
    STALE = "stale"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        """The Chinese name of the state."""
        return {"fresh": "正常更新", "due_soon": "即将到期", "stale": "未按时更新", "empty": "空白栏目"}[self.value]


@dataclass(frozen=True, slots=True)
class UpkeepStatus:
    """`stale_on`: the first day the column counts as not renewed (None: never, or empty already). `days`: calendar
    days to it, or since."""

    state: UpkeepState
    stale_on: date | None
    days: int | None

    def sentence(self) -> str:
        """The status in one Chinese phrase."""
        if self.state is UpkeepState.EMPTY:
            return "空白栏目，请尽快发布内容，或者下线该栏目"
        if self.stale_on is None:
            return "内容固定，变动时更新"
        if self.state is UpkeepState.STALE:
            return f"自{chinese_date(self.stale_on)}起未按时更新，请尽快更新"
        return f"{self.state.label}，最迟应在{chinese_date(self.stale_on)}前更新"


def upkeep_status(duty: UpdateDuty, last_update: date | None, today: date, *, soon: int = 3) -> UpkeepStatus:
    """How a column last renewed on `last_update` (None: nothing in it yet) stands on `today`.

    The period's last day is still in time; the day after, the column is stale. `soon`: how many calendar days before it
    is stale 即将到期 begins.
    """
    if last_update is None:
        return UpkeepStatus(UpkeepState.EMPTY, None, None)
    if duty.period is None:
        return UpkeepStatus(UpkeepState.FRESH, None, None)
    stale_on = period_end(last_update, duty.period.value, duty.period.unit) + timedelta(days=1)
    left = (stale_on - today).days
    if left <= 0:
        return UpkeepStatus(UpkeepState.STALE, stale_on, -left)
    return UpkeepStatus(UpkeepState.DUE_SOON if left <= soon else UpkeepState.FRESH, stale_on, left)

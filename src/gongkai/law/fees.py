"""What processing costs an applicant who asks for too much (信息处理费).

《政府信息公开信息处理费管理办法》, 国办函〔2020〕109号.

条例第四十二条 【核】: disclosure on application is free, unless number or frequency clearly exceed what is reasonable.
办法第三条 【摘】: charged by application (按件) or by page (按量), either one for an application but never both, each
progressively (超额累进: a step's rate is for what lies in that step). 第四条 【摘】: by application, what one applicant
asks for in one calendar month counts together, whatever is decided. 第五条 【摘】: by page, where paper, mail or copied
data is asked for.

【忆】: pages are counted for each application by itself, one side of A4 or smaller being a page; the tariff is in force
since 2021-01-01; the decision to charge cannot be challenged by itself, so the notice tells of no remedies, while the
letter that ends an application not paid for does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gongkai.law.answering import PAYMENT_WORKING_DAYS
from gongkai.law.numerals import chinese_date

SOURCE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
IN_FORCE = date(2021, 1, 1)
"""【忆】"""

PAYMENT_TERMS = (
    f"请自收到本通知次日起{PAYMENT_WORKING_DAYS}个工作日内缴纳；"
    "逾期未缴纳的，视为放弃申请，本机关不再处理该政府信息公开申请。"
)
"""When to pay and what follows otherwise, for the notice 【摘：四川省财政厅2021年通知】."""


class Measure(StrEnum):
    """What is counted."""

    BY_COUNT = "by_count"
    BY_PAGES = "by_pages"

    @property
    def label(self) -> str:
        """按件计收, 按量计收."""
        return {"by_count": "按件计收", "by_pages": "按量计收"}[self.value]

    @property
    def unit(self) -> str:
        """件, 页."""
        return {"by_count": "件", "by_pages": "页"}[self.value]

    @property
    def article(self) -> str:
        """The article of the Measures that sets the tariff."""
        return {"by_count": "第四条", "by_pages": "第五条"}[self.value]


@dataclass(frozen=True, slots=True)
class Bracket:
    """A step of a tariff: the units from `first` to `last` (None: no end) cost `rate` yuan each."""

    first: int
    last: int | None
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Tariff:
    """A progressive tariff in force from a day on.

    With `step`, the last bracket goes on in steps of so many units, each `rise` yuan dearer than the one before.
    """

    measure: Measure
    brackets: tuple[Bracket, ...]
    step: int | None = None
    rise: Decimal = Decimal(0)
    in_force: date = IN_FORCE
    source: str = SOURCE

    def bracket(self, unit: int) -> Bracket:
        """The step the `unit`-th application or page lies in; units from 1."""
        found = next(one for one in reversed(self.brackets) if one.first <= unit)
        if found.last is not None or self.step is None:
            return found
        number = (unit - found.first) // self.step
        first = found.first + number * self.step
        return Bracket(first, first + self.step - 1, found.rate + number * self.rise)

    def charge(self, added: int, *, before: int = 0) -> Charge:
        """What `added` more cost after `before` were counted already. Raises ValueError for negative numbers."""
        if added < 0 or before < 0:
            raise ValueError(f"{self.measure.unit}数不能为负：{before}、{added}")
        lines = []
        unit, end = before + 1, before + added
        while unit <= end:
            bracket = self.bracket(unit)
            last = end if bracket.last is None else min(end, bracket.last)
            lines.append(Line(self.measure, unit, last, bracket.rate))
            unit = last + 1
        return Charge(self, before, added, tuple(lines))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a charge: units `first` to `last` at `rate` yuan each; a rate of 0 is what is free."""

    measure: Measure
    first: int
    last: int
    rate: Decimal

    @property
    def quantity(self) -> int:
        """How many units."""
        return self.last - self.first + 1

    @property
    def amount(self) -> Decimal:
        """Yuan."""
        return self.quantity * self.rate

    def sentence(self) -> str:
        """第31至35件，5件×200元=1,000元; 第1至10件，10件，不收费."""
        unit = self.measure.unit
        place = f"第{self.first}{unit}" if self.first == self.last else f"第{self.first}至{self.last}{unit}"
        if not self.rate:
            return f"{place}，{self.quantity}{unit}，不收费"
        return f"{place}，{self.quantity}{unit}×{yuan(self.rate)}={yuan(self.amount)}"


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge with its calculation, as the notice (收费通知书) has to show it."""

    tariff: Tariff
    before: int
    added: int
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        """Yuan."""
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def basis(self) -> str:
        """The provision the tariff stands in."""
        return f"{self.tariff.source}{self.tariff.measure.article}"

    def sentence(self) -> str:
        """The calculation in one Chinese sentence."""
        return (
            f"{'；'.join(line.sentence() for line in self.lines)}；合计{yuan(self.total)}。"
            if self.lines
            else "不收费。"
        )


def yuan(amount: Decimal) -> str:
    """1000 → 1,000元; 0.5 → 0.50元."""
    return f"{amount:,.0f}元" if amount == amount.to_integral_value() else f"{amount:,.2f}元"


BY_COUNT = Tariff(
    Measure.BY_COUNT,
    (Bracket(1, 10, Decimal(0)), Bracket(11, 30, Decimal(100)), Bracket(31, None, Decimal(200))),
    step=10,
    rise=Decimal(100),
)
"""办法第四条 【摘】: 10 free, to 30 at 100 yuan; from 31 on every ten are a step, each 100 yuan dearer."""

BY_PAGES = Tariff(
    Measure.BY_PAGES,
    (
        Bracket(1, 30, Decimal(0)),
        Bracket(31, 100, Decimal(10)),
        Bracket(101, 200, Decimal(20)),
        Bracket(201, None, Decimal(40)),
    ),
)
"""办法第五条 【摘】: 30 free, to 100 at 10 yuan, to 200 at 20, from 201 on at 40."""

TARIFFS = (BY_COUNT, BY_PAGES)


def tariff_on(day: date, measure: Measure) -> Tariff:
    """The tariff in force on `day`. Raises ValueError for a day before there was one."""
    found = [tariff for tariff in TARIFFS if tariff.measure is measure and tariff.in_force <= day]
    if not found:
        raise ValueError(f"{chinese_date(day)}尚无收费标准：{SOURCE}自{chinese_date(IN_FORCE)}起施行")
    return max(found, key=lambda tariff: tariff.in_force)


def by_count(added: int, *, before: int = 0) -> Charge:
    """What `added` applications cost one applicant who made `before` others in the same calendar month (自然月)."""
    return BY_COUNT.charge(added, before=before)


def by_pages(pages: int) -> Charge:
    """What the pages given for one application cost."""
    return BY_PAGES.charge(pages)

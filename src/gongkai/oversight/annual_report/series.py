"""An agency's years beside each other, from its published reports: what the charts and their tables are drawn from."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from gongkai.law.annual_report.figures import Figures, load
from gongkai.oversight.annual_report.charts import Chart, Series
from gongkai.oversight.annual_report.editions import ReportEdition
from gongkai.oversight.annual_report.standing import FACTS, ON_TIME

_GROUPS = (
    ("予以公开", ("granted",)),
    ("部分公开", ("partial",)),
    ("不予公开", ("deny_",)),
    ("无法提供", ("noprov_",)),
    ("不予处理", ("noproc_",)),
    ("其他处理", ("other",)),
)
_DOCUMENTS = ("table2.art20_1.行政规范性文件.valid", "table2.art20_1.规范性文件.total_public")


def charts(editions: Sequence[ReportEdition]) -> list[Chart]:
    """Applications, outcomes, on-time rate, proactive numbers; those of which no year says anything are left out."""
    told = sorted(editions, key=lambda one: one.report.year)
    years = [one.report.year for one in told]
    figures = [load(one.figures or {}) for one in told]
    facts = [dict((one.figures or {}).get(FACTS) or {}) for one in told]
    drawn = [
        Chart(
            "收到和办结的申请",
            "件",
            years,
            [_row("本年新收", figures, "new_received"), _row("本年办结", figures, "total")],
        ),
        Chart("办理结果", "件", years, [_group(label, figures, keys) for label, keys in _GROUPS], stacked=True),
        Chart("按期答复率", "%", years, [Series("按期答复率", [_percent(one) for one in facts])], whole=Decimal(100)),
        Chart("主动公开信息", "条", years, [Series("主动公开信息", [_number(one, "公开.信息条数") for one in facts])]),
        Chart("现行有效规范性文件", "件", years, [Series("年末现行有效", [_documents(one) for one in figures])]),
    ]
    return [one for one in drawn if any(value for each in one.series for value in each.values)]


def _row(label: str, figures: Sequence[Figures], row: str) -> Series:
    return Series(label, [one.applications(row, "total").number for one in figures])


def _group(label: str, figures: Sequence[Figures], prefixes: tuple[str, ...]) -> Series:
    return Series(label, [_sum(one, prefixes) for one in figures])


def _sum(figures: Figures, prefixes: tuple[str, ...]) -> Decimal:
    rows = {key.split(".")[1] for key in figures.values if key.startswith("table3.")}
    wanted = [row for row in rows if row.startswith(prefixes)]
    return sum((figures.applications(row, "total").counted for row in wanted), Decimal(0))


def _documents(figures: Figures) -> Decimal | None:
    return next((figures[key].number for key in _DOCUMENTS if figures[key].number is not None), None)


def _number(facts: dict[str, Any], name: str) -> Decimal | None:
    try:
        return Decimal(str(facts[name]))
    except (KeyError, InvalidOperation):
        return None


def _percent(facts: dict[str, Any]) -> Decimal | None:
    share = _number(facts, ON_TIME)
    return None if share is None else (share * 100).quantize(Decimal("0.1"))

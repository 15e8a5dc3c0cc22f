"""What departments count and no record here knows 登记数据: 许可、处罚、强制、收费、采购, month by month.

A source is declared once: its words, its unit, and whether months add up (a flow: decisions made) or each says how many
there are at its end (a stock: projects there are). Which cells of which format draw on it stands in ``definitions``.
"""

from dataclasses import dataclass
from enum import StrEnum


class Nature(StrEnum):
    """How the months of a year make the figure of the year."""

    FLOW = "flow"
    STOCK = "stock"


@dataclass(frozen=True)
class Source:
    """One registered source. ``words``: what exactly is to be counted, shown beside its field."""

    key: str
    label: str
    unit: str
    nature: Nature
    words: str

    @property
    def whole(self) -> bool:
        """Whether only whole numbers can be right."""
        return self.unit not in ("万元", "元")


_FLOW, _STOCK = Nature.FLOW, Nature.STOCK
_SOURCES = (
    Source("licence_decisions", "行政许可处理决定", "件", _FLOW, "本月作出的准予、不予许可和变更、延续、撤回等决定"),
    Source("service_decisions", "其他对外管理服务处理决定", "件", _FLOW, "本月办结的备案、确认、给付等对外事项"),
    Source("penalty_decisions", "行政处罚处理决定", "件", _FLOW, "本月作出的处罚决定（含简易程序）"),
    Source("coercion_decisions", "行政强制处理决定", "件", _FLOW, "本月实施的强制措施和强制执行"),
    Source("fee_amount", "行政事业性收费金额", "万元", _FLOW, "本月收取的行政事业性收费，以万元为单位"),
    Source("purchase_projects", "政府集中采购项目", "项", _FLOW, "本月完成的集中采购项目"),
    Source("purchase_amount", "政府集中采购金额", "元", _FLOW, "本月完成的集中采购总金额，以元为单位"),
    Source("licence_items", "行政许可项目", "项", _STOCK, "月末的行政许可事项数"),
    Source("service_items", "其他对外管理服务项目", "项", _STOCK, "月末的其他对外管理服务事项数"),
    Source("penalty_items", "行政处罚项目", "项", _STOCK, "月末的行政处罚权力事项数"),
    Source("coercion_items", "行政强制项目", "项", _STOCK, "月末的行政强制权力事项数"),
    Source("fee_items", "行政事业性收费项目", "项", _STOCK, "月末的行政事业性收费项目数"),
)
SOURCES = {one.key: one for one in _SOURCES}
"""Every source by key, in the order of the form."""


def source(key: str) -> Source:
    """The source of that key. Raises KeyError with a Chinese message."""
    try:
        return SOURCES[key]
    except KeyError:
        raise KeyError(f"没有编号为{key}的登记数据") from None

"""The columns every agency has from the start: 政府信息公开 as 国办公开办函〔2019〕61号 fixes its parts."""

from dataclasses import dataclass, field

from gongkai.agencies.bodies import Agency
from gongkai.catalog.columns import ColumnKind
from gongkai.law import articles


@dataclass(frozen=True)
class RequiredColumn:
    """A column that exists from the start and cannot be removed."""

    key: str
    name: str
    kind: str
    parent: str = ""
    rule: dict[str, object] = field(default_factory=dict)
    duty: str = "fixed"


def required_columns(agency: Agency) -> list[RequiredColumn]:
    """Parents before children. The fifteen items stand under 法定主动公开内容 in the Regulation's order."""
    top = [
        RequiredColumn("xxgk", "政府信息公开", ColumnKind.GROUP),
        RequiredColumn("zhinan", "政府信息公开指南", ColumnKind.GUIDE, "xxgk"),
        RequiredColumn("zhidu", "政府信息公开制度", ColumnKind.LIST, "xxgk", {"picked_only": True}),
        RequiredColumn("fdzdgk", "法定主动公开内容", ColumnKind.GROUP, "xxgk"),
        RequiredColumn("nianbao", "政府信息公开年报", ColumnKind.LIST, "xxgk", {"types": ["annual_report"]}, "yearly"),
        RequiredColumn("yishenqing", "依申请公开", ColumnKind.APPLY, "xxgk"),
    ]
    items = [
        RequiredColumn(f"fd-{item.key}", item.name, ColumnKind.LIST, "fdzdgk", {"items": [item.key]})
        for item in articles.ARTICLE_20
    ]
    return top + items

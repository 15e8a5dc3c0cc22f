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
    description: str = ""


def required_columns(agency: Agency) -> list[RequiredColumn]:
    """Parents before children. The fifteen items stand under 法定主动公开内容 in the Regulation's order.

    The city's portal gathers every agency's annual report, which is where people look for them.
    """
    top = [
        RequiredColumn("xxgk", "政府信息公开", ColumnKind.GROUP),
        RequiredColumn(
            "zhinan",
            "政府信息公开指南",
            ColumnKind.GUIDE,
            "xxgk",
            description="信息的分类、编排、获取方式和公开机构的联系方式。",
        ),
        RequiredColumn(
            "zhidu",
            "政府信息公开制度",
            ColumnKind.LIST,
            "xxgk",
            {"picked_only": True},
            description="本机关公开工作的依据和制度。",
        ),
        RequiredColumn(
            "fdzdgk", "法定主动公开内容", ColumnKind.GROUP, "xxgk", description="法律规定应当主动公开的各类信息。"
        ),
        RequiredColumn(
            "nianbao",
            "政府信息公开年报",
            ColumnKind.LIST,
            "xxgk",
            {"types": ["annual_report"]} | ({"reach": "city"} if agency.is_city else {}),
            "yearly",
            description="历年政府信息公开工作年度报告。",
        ),
        RequiredColumn(
            "yishenqing", "依申请公开", ColumnKind.APPLY, "xxgk", description="没有主动公开的信息，怎样申请、多久答复。"
        ),
    ]
    items = [
        RequiredColumn(f"fd-{item.key}", item.name, ColumnKind.LIST, "fdzdgk", {"items": [item.key]})
        for item in articles.ARTICLE_20
    ]
    return top + items

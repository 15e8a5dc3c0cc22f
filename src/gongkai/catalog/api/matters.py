"""The full list 主动公开全清单 of an agency, with how each matter stands today."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Path, Router, Schema

from gongkai.catalog.api.bodies import agency_or_404
from gongkai.catalog.api.shapes import AgencyRef, Keyed
from gongkai.catalog.api.telling import Telling, Told, agency_ref, keyed
from gongkai.catalog.documents import Document
from gongkai.catalog.full_list import standing
from gongkai.catalog.full_list.standing import Standing
from gongkai.catalog.matters import Way
from gongkai.interfaces.values import Code

router = Router(tags=["机关和栏目"])


class MatterOut(Schema):
    """全清单中的一个事项"""

    number: int = Field(description="序号")
    first: str = Field(description="一级事项")
    second: str = Field(description="二级事项")
    content: str = Field(description="公开内容（要素）")
    basis: str = Field(description="公开依据")
    limit: str = Field(description="公开时限")
    body: str = Field(description="公开主体")
    channels: list[str] = Field(description="公开渠道和载体")
    audience: str = Field(description="公开对象")
    way: Keyed = Field(description="公开方式")
    tiers: list[str] = Field(description="公开层级")
    state: Keyed = Field(
        description="late 未按时更新、missing 尚未公开、due_soon 即将到期、fresh 已公开、unbound 不计算"
    )
    last_on: date | None = Field(description="最近一次公开的日期")
    next_on: date | None = Field(description="下一次公开的期限")
    newest: str | None = Field(description="最近一份文件的代码")
    url: str


class FullList(Schema):
    """一个机关的主动公开全清单"""

    agency: AgencyRef
    as_of: date = Field(description="公开状态按哪一天计算")
    items: list[MatterOut]


@router.get(
    "/agencies/{code}/matters", response=FullList, url_name="matters", summary="主动公开全清单", operation_id="matters"
)
def matters(request: HttpRequest, code: Path[Code]) -> Any:
    """公开什么、依据什么、由谁、何时、在哪里公开，以及现在公开得怎样。按清单的顺序，一次给全。"""
    telling, agency = Telling(request), agency_or_404(code)
    found = standing.of_agency(agency, telling.today)
    numbers = {one.document_id for one in found if one.document_id is not None}
    codes = dict(Document.objects.filter(pk__in=numbers).values_list("pk", "code"))
    return {
        "agency": agency_ref(agency),
        "as_of": telling.today,
        "items": [_matter(one, codes.get(one.document_id or 0), telling) for one in found],
    }


def _matter(one: Standing, newest: str | None, telling: Telling) -> Told:
    matter, status = one.matter, one.status
    facts = {key: getattr(matter, key) for key in ("number", "first", "second", "content", "basis", "body")}
    return facts | {
        "limit": matter.limit_text,
        "channels": matter.channel_names,
        "audience": matter.audience_name,
        "way": keyed(matter.way, str(Way(matter.way).label)),
        "tiers": matter.tier_names,
        "state": keyed(status.state.value, status.state.label),
        "last_on": status.last,
        "next_on": status.next_on,
        "newest": newest,
        "url": telling.web(matter.agency_id, matter.get_absolute_url()),
    }

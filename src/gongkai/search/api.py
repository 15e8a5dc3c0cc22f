"""Search for other systems: the same answers as on the page, under the same limits. Mounted under ``/api/v1/``."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from gongkai.agencies.bodies import Agency
from gongkai.catalog import doctypes
from gongkai.catalog.api.asked import agency_of
from gongkai.catalog.api.shapes import AgencyRef, Keyed
from gongkai.catalog.api.telling import Telling, keyed
from gongkai.interfaces.limits import client_address, demand_room
from gongkai.interfaces.paging import PAGE, link_next
from gongkai.interfaces.problems import invalid
from gongkai.interfaces.values import Code, Day, Text
from gongkai.search import limits, query
from gongkai.search.asking import LONGEST_TEXT, Asked, Hit, Sort, State, Where

router = Router(tags=["搜索"])
_LONGEST_PAGE = 50


class AskedSearch(Schema):
    """What is looked for, and where."""

    q: Text = Field(min_length=1, max_length=LONGEST_TEXT, description="要找的词；也可以是发文字号、索引号")
    agency: Code | None = Field(
        None, description="机构代码；all 为全市。不写时，在机关网站上为该机关，在市门户上为全市"
    )
    type: Code | None = Field(None, description="文件类型，见 /api/v1/types")
    published_from: Day | None = Field(None, description="自哪一日（含）起发布")
    published_to: Day | None = Field(None, description="至哪一日（含）止发布")
    where: Literal["all", "title"] = Field("all", description="all 全文，title 只看标题")
    sort: Literal["relevance", "date"] = Field("relevance", description="relevance 按相关，date 按日期")
    cursor: str | None = Field(
        None, pattern=r"^[a-z][ond][0-9]{1,19}(-[0-9]{1,5})?$", description="上一页答复中的 next，原样带回"
    )
    limit: int = Field(PAGE, ge=1, le=_LONGEST_PAGE, description="一页多少条")


class HitOut(Schema):
    """一条结果"""

    kind: Keyed = Field(description="种类，document 为文件")
    title: str
    title_html: str = Field(description="标题，找到的词在 mark 中")
    fragment_html: str = Field(description="摘录，找到的词在 mark 中")
    fragment_in: str = Field(description="摘录所在的附件；在正文的为空")
    agency: AgencyRef
    published_at: datetime | None
    validity: Keyed
    facts: dict[str, str] = Field(description="其他事实，如发文字号、索引号")
    url: str


class SearchPage(Schema):
    """一页结果"""

    ready: bool = Field(description="索引正在建立时为 false，结果为空，请一分钟后再试")
    total: int = Field(description="一共多少条，是准数")
    matched: Keyed = Field(description="怎样找到的：phrase 原词、joined 拆成几个词等")
    words: list[str] = Field(description="拆成了哪些词")
    as_of: date
    items: list[HitOut]
    next: str | None


@router.get("/search", response=SearchPage, url_name="search", summary="搜索", operation_id="search")
def search(request: HttpRequest, response: HttpResponse, asked: Query[AskedSearch]) -> Any:
    """与网站的搜索相同：原词在前，失效的靠后，找不到原词时拆开来找并说明。"""
    demand_room(request, group="search", whose=client_address(request), per_minute=limits.SEARCHES)
    telling = Telling(request)
    found = query.search(_question(asked, telling))
    link_next(request, response, found.next or None)
    codes = dict(Agency.objects.filter(pk__in={one.agency_id for one in found.hits}).values_list("pk", "code"))
    return {
        "ready": found.state is State.READY,
        "total": found.total,
        "matched": keyed(found.matched.value, found.matched.label),
        "words": list(found.joined),
        "as_of": telling.today,
        "items": [_hit(one, codes.get(one.agency_id, ""), telling) for one in found.hits],
        "next": found.next or None,
    }


def _question(asked: AskedSearch, telling: Telling) -> Asked:
    agency = agency_of(asked.agency, telling)
    filters: dict[str, tuple[str, ...]] = {"agency": (str(agency.pk),)} if agency else {}
    if asked.type:
        if asked.type not in doctypes.all_types():
            raise invalid([("query.type", "没有这种文件类型，见 /api/v1/types。")])
        filters["type"] = (asked.type,)
    return Asked(
        text=asked.q,
        filters=filters,
        since=asked.published_from,
        until=asked.published_to,
        where=Where(asked.where),
        sort=Sort(asked.sort),
        cursor=asked.cursor or "",
        size=asked.limit,
        site=None if telling.here.is_city else telling.here.pk,
        facets=(),
    )


def _hit(one: Hit, code: str, telling: Telling) -> dict[str, Any]:
    return {
        "kind": keyed(one.kind, one.kind_label),
        "title": one.title,
        "title_html": one.title_html,
        "fragment_html": one.fragment_html,
        "fragment_in": one.fragment_in,
        "agency": {"code": code, "name": one.agency_name},
        "published_at": one.listed_at,
        "validity": keyed(one.validity.value, one.validity.label),
        "facts": {key: str(value) for key, value in one.facts.items()},
        "url": telling.web(one.agency_id, one.path),
    }

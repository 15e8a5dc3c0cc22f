"""The figures page and the catalogue: counted from the documents, by year and month as paths, downloadable."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from lxml import html
from tests.catalog.portal.reading import get, labels, links, text
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.catalog import figures, queries
from gongkai.catalog.documents import Document
from gongkai.catalog.portal import catalogue, downloads
from gongkai.pages.keys import expiry, is_rare, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None, frozen_time: Any) -> Staffed:
    """An agency with two documents last year, and one in each of two months of this one."""
    now = frozen_time("2025-03-31 23:30")
    at = people.staffed("澜川市城市管理委员会")
    sites.columns_of(at)
    editions.released(at, title="三月最后一刻的公告", date_of_issue=date(2025, 3, 28))
    now.move_to("2025-12-30 02:00 +0000")
    editions.released(at, type_key="news", title="岁末要闻", genre="动态", summary="年底的事")
    now.move_to("2026-01-04 02:00 +0000")
    editions.released(at, title="新年的公告")
    now.move_to("2026-02-10 02:00 +0000")
    editions.withdrawn(at, title="又失效的公告")
    editions.draft(at, title="没有公开的草稿")
    return at


def table(page: Any, label: str) -> dict[str, str]:
    """The counts of a table by their names."""
    rows = html.fromstring(page.content).xpath(f"//div[@aria-label='{label}']//tbody/tr")
    return {row[0].text_content().strip(): row[1].text_content() for row in rows}


def test_a_year_is_counted_in_every_way(at: Staffed) -> None:
    page = get(at.agency, "/sj/2025/")
    assert "共 2 条" in text(page)
    assert list(table(page, "按文件类型").values()) == ["1", "1"]
    assert sum(map(int, table(page, "按法定主动公开内容").values())) == 2
    assert len(table(page, "按法定主动公开内容")) == 15
    assert table(page, "按栏目") == {"要闻动态": "1", "通知公告": "1"}
    assert table(page, "历年公开") == {"2026年": "2", "2025年": "2"}
    drawing = html.fromstring(page.content).xpath("//figure//svg")[0]
    assert "共2条" in drawing.get("aria-label")
    assert "3月" in text(page)
    assert is_rare(page)
    assert f"releases:{at.agency.pk}" in shown(page)
    assert expiry(page) is None


def test_without_a_year_it_is_the_newest_and_changes_with_the_month(at: Staffed) -> None:
    page = get(at.agency, "/sj/")
    assert "2026年公开统计" in text(page)
    assert f"{expiry(page):%Y-%m-%d %H:%M}" == "2026-03-01 00:00"
    assert not is_rare(page)
    assert labels(page)["ColumnName"] == "公开统计"
    assert get(at.agency, "/sj/2019/").status_code == 404
    assert get(at.agency, "/sj/25/").status_code == 404


def test_nothing_published_is_said() -> None:
    at = people.staffed("澜川市水务局")
    assert "还没有公开的信息" in text(get(at.agency, "/sj/"))
    assert "目录里还没有信息" in text(get(at.agency, "/ml/"))
    assert get(at.agency, "/ml/2025.csv").status_code == 404


def test_the_city_counts_everybody_and_says_who(city: City) -> None:
    page = get(city.portal.agency, "/sj/")
    counted = table(page, "按机关")
    public = queries.public_documents()
    assert int(counted[city.at.agency.name]) == public.filter(agency=city.at.agency).count()
    assert sum(map(int, counted.values())) == public.count()
    assert "releases:" in shown(page)


def test_a_column_counts_what_it_lists(city: City) -> None:
    newest = Document.objects.filter(live__isnull=False).latest("listed_at")
    year = timezone.localdate(newest.listed_at).year
    documents = figures.published(city.at.agency)
    columns = list(city.at.agency.columns.all())
    counted = {one.label: one.count for one in figures.by_column(documents, year, columns)}
    assert counted
    for column in columns:
        if column.name in counted:
            listed = figures.within(queries.documents_in(column), year).filter(agency=city.at.agency)
            assert counted[column.name] == listed.count()


def test_the_catalogue_has_its_four_columns_by_year_and_month(at: Staffed) -> None:
    page = get(at.agency, "/ml/")
    assert links(page)["2025年"] == "/ml/2025/"
    assert links(page)["12月"] == "/ml/2025/12/"
    whole = get(at.agency, "/ml/2025/")
    assert html.fromstring(whole.content).xpath("//thead//th/text()") == ["索引号", "名称", "内容概述", "生成日期"]
    assert "年底的事" in text(whole)
    month = get(at.agency, "/ml/2025/03/")
    row = html.fromstring(month.content).xpath("//tbody/tr")[0]
    assert [cell.text_content() for cell in row][1:] == [
        "三月最后一刻的公告",
        "告知供热主管网检修的时间和范围。",
        "2025-03-28",
    ]
    assert is_rare(month)
    assert not is_rare(get(at.agency, "/ml/2026/02/"))
    for path in ("/ml/2025/04/", "/ml/2025/13/", "/ml/2025/3/", "/ml/2025/03/2/", "/ml/2019/", "/ml/2019.csv"):
        assert get(at.agency, path).status_code == 404
    assert "没有公开的草稿" not in text(get(at.agency, "/ml/2026/"))


def test_a_long_month_has_pages(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "PAGE_ROWS", 10)
    sites.many(at, 25)
    seen: list[str] = []
    path = "/ml/2026/02/"
    while path:
        page = get(at.agency, path)
        seen += html.fromstring(page.content).xpath("//tbody//th/a/text()")
        path = links(page).get("较早", "")
    assert len(seen) == len(set(seen)) == 26
    assert "全年目录" not in text(get(at.agency, "/ml/2026/"))


def test_the_download_can_be_opened_and_runs_nothing(at: Staffed) -> None:
    editions.released(at, title='=HYPERLINK("http://example.invalid")', summary="+1")
    answer = get(at.agency, "/ml/2026.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head == ["索引", "名称", "内容概述", "生成日期", "网址"]
    assert rows[0][1:3] == ['\'=HYPERLINK("http://example.invalid")', "'+1"]
    assert len(rows) == 3
    assert all(row[4].startswith("http") for row in rows)
    assert is_rare(answer)


@pytest.mark.parametrize(("path", "number"), [("/sj/", 13), ("/ml/", 11), ("/ml/2026/", 9), ("/ml/2026/02/", 9)])
def test_pages_cost_the_same_for_many_documents(
    at: Staffed, path: str, number: int, django_assert_num_queries: Any
) -> None:
    sites.many(at, 60)
    with django_assert_num_queries(number):
        get(at.agency, path)


def test_downloads_are_limited_and_pages_are_not(at: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "PER_MINUTE", 2)
    cache.clear()
    answers = [get(at.agency, path).status_code for path in ("/ml/2026.csv", "/ml/2025.csv", "/ml/2026.csv")]
    assert answers == [200, 200, 429]
    refused = get(at.agency, "/qd/all.xlsx")
    assert (refused.status_code, "秒后再试" in refused.content.decode()) == (429, True)
    assert int(refused.headers["Retry-After"]) >= 1
    assert get(at.agency, "/ml/2026/").status_code == 200
    cache.clear()

"""The full list as readers see it: the agency's, everybody's on the city's portal, one matter, the download."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from lxml import html
from tests.catalog.portal.reading import get, labels, links, text
from tests.catalog.test_matters import given
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.agencies.bodies import SiteHost
from gongkai.catalog.actions import matters
from gongkai.catalog.matters import Matter
from gongkai.pages.keys import expiry, is_rare, shown

pytestmark = pytest.mark.django_db


def made(at: Staffed, **facts: Any) -> Matter:
    return matters.create_matter(at.agency, by=at.disclosure_officer, **given(**facts))


def states(page: Any) -> dict[str, str]:
    """The words about how each matter stands, by its name."""
    rows = html.fromstring(page.content).xpath("//table[contains(@class, 'table--matters')]//tbody/tr")
    return {row.xpath(".//th/a")[0].text_content(): " ".join(row[-1].text_content().split()) for row in rows}


def test_the_list_says_what_when_who_where_and_how_it_stands(at: Staffed) -> None:
    released = editions.released(at, title="供热质量检查结果")
    on = timezone.localdate()
    made(at, duty="monthly")
    made(at, second="收费标准", types=["fee"], channels=["website", "reading_point"])
    made(at, first="其他", second="档案", way="on_application", types=[])
    page = get(at.agency, "/qd/")
    seen = states(page)
    assert seen["供热质量监督检查"].startswith(f"已公开 最近 {on:%Y-%m-%d} 下次")
    assert seen["供热质量监督检查"].endswith("供热质量检查结果")
    assert seen["收费标准"] == "尚未公开"
    assert seen["档案"] == "依申请公开"
    words = text(page)
    for told in (
        "《城市供热管理办法》第二十条",
        "自信息形成或者变更之日起20个工作日内",
        "政府网站、公开查阅点",
        "公开事项3",
    ):
        assert told in words
    assert links(page)["供热质量检查结果"] == released.document.get_absolute_url()
    assert labels(page)["ColumnName"] == "主动公开全清单"


def test_the_page_says_on_which_day_it_changes_and_what_it_shows(at: Staffed) -> None:
    editions.released(at)
    made(at)
    assert expiry(get(at.agency, "/qd/")) is None
    matter = made(at, second="月报", duty="monthly")
    page = get(at.agency, "/qd/")
    at_midnight = expiry(page)
    assert at_midnight is not None
    assert timezone.localtime(at_midnight).hour == 0
    assert timezone.localdate() < timezone.localdate(at_midnight) < timezone.localdate() + timedelta(days=31)
    assert {f"matters:{at.agency.pk}", f"releases:{at.agency.pk}", f"agency:{at.agency.pk}"} <= shown(page)
    one = get(at.agency, matter.get_absolute_url())
    assert {f"matter:{matter.pk}", f"releases:{at.agency.pk}/type/notice"} <= shown(one)
    assert expiry(one) == at_midnight


def test_what_is_late_is_said(db: None, frozen_time: Any) -> None:
    now = frozen_time("2026-03-02 10:00")
    at = people.staffed("澜川市城市管理委员会")
    editions.released(at)
    matter = made(at, limit_text="每月公开一次")
    now.shift(timedelta(days=45))
    assert states(get(at.agency, "/qd/"))["供热质量监督检查"].startswith("即将到期 最近 2026-03-02 下次 2026-04-30")
    now.shift(timedelta(days=15))
    assert states(get(at.agency, "/qd/"))["供热质量监督检查"].startswith(
        "未按时更新 最近 2026-03-02 应于 2026-04-30 前"
    )
    assert "应于2026年4月30日前更新，尚未更新" in text(get(at.agency, matter.get_absolute_url()))


def test_a_matter_shows_its_documents_and_whether_they_came_in_time(db: None, frozen_time: Any) -> None:
    frozen_time("2026-03-30 10:00")
    at = people.staffed("澜川市城市管理委员会")
    editions.released(at, title="及时的公告", date_of_issue=date(2026, 3, 20))
    editions.released(at, title="迟到的公告", date_of_issue=date(2026, 2, 24))
    editions.released(people.staffed("澜川市水务局"), title="别人的公告")
    matter = made(at, item="20-13", tiers=["city"], department=at.department)
    words = text(get(at.agency, matter.get_absolute_url()))
    assert "共 2 条" in words
    assert "及时的公告2026-03-30按时公开" in words
    assert "迟到的公告2026-03-30逾期5个工作日公开" in words
    assert "别人的公告" not in words
    for told in ("条例第二十条第（十三）项", "全社会", "市级", "主动公开", "检查时间、范围、结果和处理情况"):
        assert told in words


def test_an_abolished_matter_is_on_no_list_and_says_why_where_it_stood(at: Staffed) -> None:
    matter = made(at)
    matters.abolish_matter(matter, by=at.disclosure_officer, reason="职责已划出")
    assert "清单还没有公布" in text(get(at.agency, "/qd/"))
    assert "从清单中取消：职责已划出" in text(get(at.agency, matter.get_absolute_url()))


def test_the_city_shows_everybodys_list_in_figures(city: City) -> None:
    made(city.at, types=["normative"])
    made(city.at, second="收费标准", types=["fee"])
    own = made(city.portal, second="市政府自己的事项", types=[])
    page = get(city.portal.agency, "/qd/")
    row = html.fromstring(page.content).xpath(f"//tr[.//a[text()='{city.at.agency.name}']]")[0]
    assert [cell.text_content() for cell in row][1:] == ["2", "1", "0", "0", "1"]
    host = city.at.agency.hosts.get(primary=True).host
    assert row.xpath(".//a/@href")[0].endswith(f"{host}/qd/")
    assert links(page)["市政府自己的事项"] == own.get_absolute_url()
    assert city.merged.agency.name not in text(page)
    assert {"matters:", "releases:"} <= shown(page)


def test_a_body_without_a_site_is_read_on_the_citys(city: City) -> None:
    matter = made(city.at)
    slug = city.at.agency.slug
    moved = get(city.portal.agency, f"/qd/jg/{slug}/")
    assert (moved.status_code, moved.headers["Location"].endswith("/qd/")) == (301, True)
    assert get(city.portal.agency, matter.get_absolute_url()).status_code == 301
    SiteHost.objects.filter(agency=city.at.agency).delete()
    assert links(get(city.portal.agency, "/qd/"))[city.at.agency.name] == f"/qd/jg/{slug}/"
    assert "供热质量监督检查" in text(get(city.portal.agency, f"/qd/jg/{slug}/"))
    assert get(city.portal.agency, matter.get_absolute_url()).status_code == 200
    assert get(city.portal.agency, "/qd/jg/nobody/").status_code == 404


def test_the_download_is_the_list(at: Staffed) -> None:
    assert get(at.agency, "/qd/all.xlsx").status_code == 404
    made(at)
    answer = get(at.agency, "/qd/all.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[3]][1:4] == ["供热管理", "供热质量监督检查", "检查时间、范围、结果和处理情况"]
    assert is_rare(answer)
    assert f"matters:{at.agency.pk}" in shown(answer)
    assert answer.headers["ETag"] == get(at.agency, "/qd/all.xlsx").headers["ETag"]


@pytest.mark.parametrize("number", [1, 150])
def test_the_list_costs_the_same_however_long_it_is(city: City, number: int, django_assert_num_queries: Any) -> None:
    sites.many(city.at, 30)
    for at in range(number):
        made(city.at, second=f"事项{at}", duty="monthly")
    with django_assert_num_queries(11):
        get(city.at.agency, "/qd/")
    with django_assert_num_queries(10):
        get(city.portal.agency, "/qd/")

"""What stands around every page: where to go, whom to ask, what is kept for the record, what leads elsewhere."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from lxml import html
from tests.catalog.portal.reading import get, links, notices, text
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.agencies.actions import bodies
from gongkai.catalog.actions import content, documents
from gongkai.catalog.actions.columns import create_column
from gongkai.catalog.files import FileRole
from gongkai.catalog.portal import outside
from gongkai.catalog.portal.frame import Frame
from gongkai.catalog.rules import archived
from gongkai.ledger.refs import SYSTEM
from gongkai.pages.keys import expiry, shown

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)


def _tags(response: Any) -> list[str]:
    return html.fromstring(response.content).xpath("//p[@class='doc-meta']/span[contains(@class, 'tag')]/text()")


def test_the_foot_says_who_runs_the_site_and_whom_to_tell_of_mistakes(city: City) -> None:
    bodies.change_agency(city.at.agency, by=SYSTEM, icp_number="测ICP备1号", police_number="测公网安备2号")
    page = get(city.at.agency, "/")
    foot = html.fromstring(page.content).xpath("//footer")[0].text_content()
    for value in ("主办单位", "澜川市城市管理委员会", "1100000002", "测ICP备1号", "测公网安备2号", "本页最近更新"):
        assert value in foot
    found = links(page, "//footer")
    assert found["网站地图"] == "/map/"
    assert found["为政府网站找错"].startswith("mailto:gongkai@example.cn?subject=")
    assert found["0000-5550100"] == "tel:0000-5550100"


def test_the_navigation_stays_one_row_and_where_i_am_is_in_it(at: Staffed) -> None:
    for number in range(1, 15):
        create_column(at.agency, by=SYSTEM, key=f"c{number}", name=f"第{number}类", in_nav=True, position=number + 20)
    found = links(get(at.agency, "/lm/c14/"), "//nav[@class='mainnav']")
    assert len(found) == 12
    assert {"首页", "政府信息公开", "第14类", "全部栏目"} <= set(found)
    assert "第14类" not in links(get(at.agency, "/"), "//nav[@class='mainnav']")
    assert links(get(at.agency, "/map/"))["第14类"] == "/lm/c14/"


def test_the_annual_report_of_any_agency_is_two_taps_from_the_city_s_home(city: City) -> None:
    title = "澜川市城市管理委员会2020年政府信息公开工作年度报告"
    report = editions.released(city.at, type_key="annual_report", title=title, genre="年度报告").document
    reports = links(get(city.portal.agency, "/"))
    [first] = [url for label, url in reports.items() if label.startswith("政府信息公开年报")]
    assert links(get(city.portal.agency, first))[title].endswith(report.get_absolute_url())


def test_an_agency_in_the_directory_shows_its_functions_heads_and_departments(city: City) -> None:
    said = text(get(city.portal.agency, f"/jg/{city.at.agency.slug}/"))
    for value in ("负责城市管理", "林岸", "环境建设处", "0000-5550100", "关于印发《投放设施设置规范》的通知"):
        assert value in said


def test_agencies_named_in_a_list_are_known_to_be_shown(city: City) -> None:
    assert f"agency:{city.at.agency.pk}" in shown(get(city.portal.agency, "/lm/policy/"))


@pytest.mark.parametrize(
    ("has_validity", "expires_on", "ended_on", "kept"),
    [
        (False, None, None, False),
        (False, date(2026, 5, 31), None, True),
        (False, TODAY, None, True),
        (False, date(2026, 6, 2), None, False),
        (True, date(2026, 5, 31), None, False),
        (True, None, TODAY, True),
        (True, None, date(2026, 6, 2), False),
    ],
)
def test_what_is_kept_for_the_record_follows_from_facts(
    has_validity: bool, expires_on: date | None, ended_on: date | None, kept: bool
) -> None:
    assert archived(has_validity, expires_on, ended_on, TODAY) is kept


def test_a_notice_past_its_last_day_is_archived_by_itself(at: Staffed, frozen_time: Callable[[str], Any]) -> None:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    frozen_time(f"{today} 09:00")
    document = editions.released(at, title="停热公告", genre="公告", expires_on=tomorrow).document
    page = get(at.agency, document.get_absolute_url())
    assert "已归档" not in _tags(page)
    assert timezone.localdate(expiry(page)) == tomorrow
    frozen_time(f"{tomorrow} 00:00")
    page = get(at.agency, document.get_absolute_url())
    assert "已归档" in _tags(page)
    last = f"{tomorrow.year}年{tomorrow.month}月{tomorrow.day}日"
    assert notices(page) == [f"本信息所告知的事项截至{last}已经结束，保留在这里供查考。"]


def test_what_a_former_body_said_is_archived(city: City) -> None:
    page = get(city.at.agency, city.merged.get_absolute_url())
    assert "已归档" in _tags(page)
    assert notices(page)[0].startswith("本文件由原澜川市市容委员会")


@pytest.mark.parametrize(
    ("address", "out"),
    [
        ("https://www.example.com/a", True),
        ("http://gov.cn.example.com/", True),
        ("https://notgov.cn/", True),
        ("//cdn.example.com/a", True),
        ("https://www.example.gov.cn/a", False),
        ("HTTPS://WWW.EXAMPLE.GOV.CN:8443/a", False),
        ("https://示例.政务/", False),
        ("https://xn--fiq.xn--zfr164b/", False),
        ("/info/abc/", False),
        ("mailto:a@example.com", False),
    ],
)
def test_what_leads_out_of_government_sites(at: Staffed, rf: Any, address: str, out: bool) -> None:
    sites_here = Frame(rf.get("/"), at.agency).sites
    assert outside.leads_out(sites_here, address) is out
    said = outside.marked(sites_here, f'<p><a href="{address}">甲<b>乙</b></a>和<a href="/map/">丙</a></p>')
    assert said.count("data-outside") == said.count("（外部网站）") == int(out)


def test_another_agency_of_the_installation_is_no_outside(city: City, rf: Any) -> None:
    host = city.portal.agency.hosts.get(primary=True).host
    assert outside.leads_out(Frame(rf.get("/"), city.at.agency).sites, f"https://{host}/") is False


def test_a_picture_in_a_text_comes_with_its_size(at: Staffed) -> None:
    draft = editions.draft(at, title="有图的公告")
    picture = content.add_file(
        draft, name="图.png", data=sites.picture_bytes(80), role=FileRole.IMAGE, by=at.drafter, alt="示意"
    )
    draft.refresh_from_db()
    body = f'<p>如图：</p><p><img src="{picture.get_absolute_url()}" alt="示意"></p>'
    draft = documents.save_draft(draft, by=at.drafter, version=draft.version, facts={"body": body})
    document = editions.release_through(at, draft).document
    [shown_picture] = html.fromstring(get(at.agency, document.get_absolute_url()).content).xpath(
        "//div[@id='text']//img"
    )
    assert (shown_picture.get("width"), shown_picture.get("height")) == ("80", "30")

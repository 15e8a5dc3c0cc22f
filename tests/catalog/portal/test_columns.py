"""Columns as readers walk them."""

from datetime import date

import pytest
from lxml import html
from tests.catalog.portal.reading import get, links, text
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.agencies.actions import bodies
from gongkai.catalog.actions import columns
from gongkai.catalog.columns import Column
from gongkai.catalog.links import LinkKind
from gongkai.law import answering
from gongkai.law.articles import ARTICLE_20, GUIDE_CONTENTS
from gongkai.ledger.refs import SYSTEM
from gongkai.pages.keys import is_rare

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_columns(at: Staffed) -> Staffed:
    sites.columns_of(at)
    return at


def test_a_list_is_paged_both_ways_and_nothing_is_lost_or_shown_twice(with_columns: Staffed) -> None:
    at = with_columns
    sites.many(at, 45)
    seen: list[str] = []
    path = "/lm/notices/"
    for _ in range(3):
        page = get(at.agency, path)
        found = links(page)
        seen += [title for title in found if title.startswith("第")]
        path = found.get("较早", "")
    assert seen == [f"第{number}号公告" for number in range(1, 46)]
    assert "较早" not in found
    back = links(get(at.agency, found["较新"]))
    assert [title for title in back if title.startswith("第")] == [f"第{number}号公告" for number in range(21, 41)]


def test_picked_documents_come_first_and_once(with_columns: Staffed) -> None:
    at = with_columns
    first = editions.released(at, title="最早的公告").document
    editions.released(at, title="最新的公告")
    columns.set_picks(Column.objects.get(agency=at.agency, key="notices"), [first], by=at.disclosure_officer)
    found = links(get(at.agency, "/lm/notices/"), "//main//ul[@class='list']")
    assert list(found) == ["最早的公告", "最新的公告"]


def test_a_list_marks_what_no_longer_holds_and_what_explains_what(with_columns: Staffed) -> None:
    at = with_columns
    policy = editions.released(at, **sites.NORMATIVE).document
    editions.withdrawn(at, **(sites.NORMATIVE | {"title": "失效的规范"}))
    sites.linked(at, LinkKind.INTERPRETS, policy, type_key="interpretation", title="一图读懂", genre="图解")
    page = get(at.agency, "/lm/policy/")
    tags = html.fromstring(page.content).xpath("//ul[@class='list']//span[contains(@class, 'tag')]/text()")
    assert tags == ["失效"]
    assert any(label.startswith("图解") for label in links(page))


def test_the_fifteen_items_stand_in_the_regulation_s_order_with_their_numbers(with_columns: Staffed) -> None:
    at = with_columns
    editions.released(at, **sites.NORMATIVE)
    page = get(at.agency, "/lm/fdzdgk/")
    names = [label for label in links(page, "//main//h2") if label != "政府信息公开"]
    assert names == [item.name for item in ARTICLE_20]
    assert "1 条" in text(page)
    assert sites.NORMATIVE["title"] in text(page)


def test_a_page_column_shows_its_text(with_columns: Staffed) -> None:
    at = with_columns
    assert "还没有内容" in text(get(at.agency, "/lm/plan/"))
    editions.released(at, type_key="plan", title="工作要点", genre="要点", body="<p>今年做好三件事。</p>")
    assert "今年做好三件事" in text(get(at.agency, "/lm/plan/"))


def test_the_guide_has_every_content_of_article_12_from_the_live_data(at: Staffed) -> None:
    bodies.change_contact(
        at.agency, by=SYSTEM, fax="0000-5550109", email="gongkai@example.cn", hours="工作日 9:00—17:30"
    )
    said = text(get(at.agency, "/lm/zhinan/"))
    for content in GUIDE_CONTENTS:
        assert content.label in said
    for value in (
        "办公室",
        "澜川市中心路1号",
        "工作日 9:00—17:30",
        "0000-5550100",
        "0000-5550109",
        "gongkai@example.cn",
    ):
        assert value in said
    bodies.change_contact(at.agency, by=SYSTEM, phone="0000-5550177")
    assert "0000-5550177" in text(get(at.agency, "/lm/zhinan/"))


def test_the_guide_says_when_it_last_changed(at: Staffed, frozen_time: object) -> None:
    frozen_time("2027-03-04 10:00")  # type: ignore[operator]
    bodies.change_contact(at.agency, by=SYSTEM, phone="0000-5550177")
    assert "2027年3月4日" in text(get(at.agency, "/lm/zhinan/"))


def test_an_applicant_learns_what_to_write_where_to_send_it_and_how_long_it_takes(at: Staffed) -> None:
    bodies.change_contact(at.agency, by=SYSTEM, fax="0000-5550109", postcode="000001")
    said = text(get(at.agency, "/lm/yishenqing/"))
    assert "第二十九条" in said
    for required in ("身份证明", "便于查询的其他特征性描述", "形式要求"):
        assert required in said
    assert "邮编 000001" in said
    assert "0000-5550109" in said
    assert f"{answering.REPLY_WORKING_DAYS} 个工作日内答复" in said
    assert "电子邮件" not in said


def test_an_agency_nobody_can_write_to_says_so(at: Staffed) -> None:
    bodies.change_contact(at.agency, by=SYSTEM, address="", phone="")
    assert "尚未公布提交申请的地址" in text(get(at.agency, "/lm/yishenqing/"))


def test_the_body_is_described_from_what_is_registered(city: City) -> None:
    said = text(get(city.at.agency, "/lm/about/"))
    for value in ("负责城市管理", "林岸", "主任", "环境建设处", "0000-5550100"):
        assert value in said


def test_a_former_name_is_shown_with_the_body(city: City) -> None:
    bodies.rename(city.at.agency, name="澜川市城市运行委", short_name="市城运委", on=date(2026, 1, 2), by=SYSTEM)
    assert "曾用名：澜川市城市管理委员会（至 2026年1月1日）" in text(get(city.at.agency, "/lm/about/"))


def test_another_agency_s_column_is_unknown(city: City) -> None:
    columns.create_column(city.portal.agency, by=SYSTEM, key="only-here", name="市政府规章")
    assert get(city.portal.agency, "/lm/only-here/").status_code == 200
    assert get(city.at.agency, "/lm/only-here/").status_code == 404


@pytest.mark.parametrize("cursor", ["x", "1-", "nan-1", "1e400-1", "1-9999999999999999999999", "1000000000.000000-7"])
@pytest.mark.parametrize("direction", ["before", "after"])
def test_a_page_that_no_list_ever_had_is_not_found_and_the_way_on_is_shown(
    with_columns: Staffed, direction: str, cursor: str
) -> None:
    editions.released(with_columns)
    missing = get(with_columns.agency, f"/lm/notices/{direction}/{cursor}/")
    assert missing.status_code == 404
    assert links(missing)["通知公告"] == "/lm/notices/"


def test_a_page_has_one_address_that_is_kept_for_who_asks_for_it(with_columns: Staffed) -> None:
    at = with_columns
    sites.many(at, 21)
    first = get(at.agency, "/lm/notices/")
    second = get(at.agency, links(first)["较早"])
    assert not is_rare(first)
    assert is_rare(second)
    cursor = links(first)["较早"].split("/")[-2]
    assert get(at.agency, links(first)["较早"].replace(cursor, f"0{cursor}")).status_code == 404
    for old in (f"/lm/notices/?before={cursor}", f"/lm/notices/?before={cursor}&x=1"):
        moved = get(at.agency, old)
        assert (moved.status_code, moved["Location"]) == (301, f"/lm/notices/before/{cursor}/")
    assert links(get(at.agency, "/lm/notices/?before=x")) == links(first)


def test_only_lists_have_pages(with_columns: Staffed) -> None:
    sites.many(with_columns, 21)
    cursor = links(get(with_columns.agency, "/lm/notices/"))["较早"].split("/")[-2]
    for path in (f"/lm/zhinan/before/{cursor}/", "/lm/zhinan/valid/", "/lm/notices/valid/", "/lm/zhinan/atom.xml"):
        assert get(with_columns.agency, path).status_code == 404, path

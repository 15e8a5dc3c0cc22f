"""What a reader is told about a document: what it is, whether it holds, what belongs to it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.catalog.portal.reading import facts, get, links, notices, text
from tests.factories import editions, people, sites
from tests.factories.people import Staffed
from tests.factories.sites import NORMATIVE, City

from gongkai.agencies.actions import bodies
from gongkai.catalog.actions.columns import create_column, save_topic
from gongkai.catalog.actions.documents import set_topics
from gongkai.catalog.documents import Document
from gongkai.catalog.links import LinkKind
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


def _page(at: Staffed, document: Document) -> object:
    response = get(at.agency, document.get_absolute_url())
    assert response.status_code == 200
    return response


def test_the_first_screen_says_what_it_is_and_whether_it_holds(at: Staffed) -> None:
    document = editions.released(at, **NORMATIVE).document
    page = _page(at, document)
    assert "关于印发《投放设施设置规范》的通知" in text(page)
    table = facts(page)
    assert table["索引号"] == document.index_number
    assert table["发文字号"] == "澜城管发〔2025〕17号"
    assert table["成文日期"] == "2025年5月13日"
    assert table["有效性"] == "现行有效"
    assert table["公开属性"] == "主动公开"
    assert notices(page) == []


def test_a_fact_that_is_not_known_has_no_row(at: Staffed) -> None:
    table = facts(_page(at, editions.released(at).document))
    assert "有效性" not in table
    assert "失效日期" not in table


def test_a_repealed_text_stays_readable_under_its_notice(at: Staffed) -> None:
    new = editions.released(at, **NORMATIVE).document
    old = editions.released(at, **(NORMATIVE | {"title": "旧规定"})).document
    sites.changed(
        at, old, "withdraw", notice_kind="repealed", on=date(2026, 3, 6), ground="由新规范废止", successor=new
    )
    page = _page(at, old)
    [notice] = notices(page)
    assert notice == (
        "本文件已废止，自2026年3月6日起不再适用。依据：由新规范废止。现行的是"
        "《关于印发〈投放设施设置规范〉的通知》（澜城管发〔2025〕17号）。"
    )
    assert links(page)["《关于印发〈投放设施设置规范〉的通知》"] == new.get_absolute_url()
    assert facts(page)["有效性"] == "废止"
    assert "为规范投放设施的设置" in text(page)


def test_a_repeal_that_is_announced_leaves_the_text_in_force_until_then(at: Staffed) -> None:
    document = editions.released(at, **NORMATIVE).document
    later = timezone.localdate() + timedelta(days=30)
    sites.changed(at, document, "withdraw", notice_kind="repealed", on=later, ground="由新规范废止")
    page = _page(at, document)
    assert "在此之前仍然有效" in notices(page)[0]
    assert facts(page)["有效性"] == "现行有效"


def test_a_period_of_validity_that_ended_is_said_without_anybody_doing_anything(at: Staffed) -> None:
    past = editions.released(at, **(NORMATIVE | {"expires_on": timezone.localdate()})).document
    page = _page(at, past)
    assert notices(page)[0].startswith("本文件有效期已满，自")
    assert facts(page)["有效性"] == "失效"


def test_a_text_not_yet_in_force_says_from_when(at: Staffed) -> None:
    later = timezone.localdate() + timedelta(days=30)
    page = _page(at, editions.released(at, **(NORMATIVE | {"effective_on": later})).document)
    assert notices(page)[0].startswith("本文件尚未施行，自")
    assert facts(page)["有效性"] == "尚未施行"


def test_an_amended_text_names_what_amended_it_and_the_amendment_names_it(at: Staffed) -> None:
    document = editions.released(at, **NORMATIVE).document
    amending = sites.linked(
        at, LinkKind.AMENDS, document, **(NORMATIVE | {"title": "修改决定", "body": "<p>修改。</p>"})
    )
    page = _page(at, document)
    assert notices(page) == ["本文件已被《修改决定》（澜城管发〔2025〕17号）修改，请与修改的文件一并查阅。"]
    assert facts(page)["有效性"] == "已修改，现行有效"
    assert links(page)["修改决定"] == amending.document.get_absolute_url()
    assert links(_page(at, amending.document))[NORMATIVE["title"]] == document.get_absolute_url()


def test_a_revision_that_works_an_amendment_in_names_it_once(at: Staffed) -> None:
    document = editions.released(at, **NORMATIVE).document
    amending = NORMATIVE | {"title": "修改决定", "document_number": "澜城管发〔2026〕6号", "body": "<p>修改。</p>"}
    sites.linked(at, LinkKind.AMENDS, document, **amending)
    sites.revised(at, document, note="第三条增加改造要求", summary="规定数量、位置和改造。")
    [notice] = notices(_page(at, document))
    assert notice.startswith("本文件经《修改决定》（澜城管发〔2026〕6号）修改，以下为")
    assert notice.endswith("修订后的文本。第三条增加改造要求。 查看前后对照")


def test_what_another_document_repeals_says_so_before_anybody_marks_it(at: Staffed) -> None:
    document = editions.released(at, **NORMATIVE).document
    sites.linked(at, LinkKind.REPEALS, document, **(NORMATIVE | {"title": "废止决定", "body": "<p>废止。</p>"}))
    assert notices(_page(at, document)) == ["《废止决定》（澜城管发〔2025〕17号）规定废止本文件。"]


def test_an_interpretation_and_its_policy_lead_to_each_other(at: Staffed) -> None:
    policy = editions.released(at, **NORMATIVE).document
    explains = sites.linked(at, LinkKind.INTERPRETS, policy, type_key="interpretation", title="一图读懂", genre="图解")
    assert links(_page(at, policy))["一图读懂"] == explains.document.get_absolute_url()
    page = _page(at, explains.document)
    assert "解读的文件" in text(page)
    assert links(page)[NORMATIVE["title"]] == policy.get_absolute_url()


def test_a_link_to_a_revoked_document_is_not_shown(at: Staffed) -> None:
    policy = editions.released(at, **NORMATIVE).document
    explains = sites.linked(at, LinkKind.INTERPRETS, policy, type_key="interpretation", title="一图读懂", genre="图解")
    sites.changed(at, explains.document, "revoke", reason="误发")
    assert "一图读懂" not in text(_page(at, policy))
    sites.changed(at, policy, "revoke", reason="误发")
    other = sites.linked(at, LinkKind.RELATED, policy, title="相关公告")
    assert NORMATIVE["title"] not in text(_page(at, other.document))


def test_a_revision_says_what_changed_and_leads_to_both_texts(at: Staffed) -> None:
    document = editions.released(at, **NORMATIVE).document
    sites.revised(at, document, note="第三条增加改造要求", summary="规定数量、位置和改造。")
    page = _page(at, document)
    assert "修订：第三条增加改造要求。以下为修订后的文本。" in notices(page)[0]
    found = links(page)
    address = document.get_absolute_url()
    assert found["查看前后对照"] == f"{address}compare/1-2/"
    assert found["首次发布"] == f"{address}v1/"


def test_every_article_has_an_address(at: Staffed) -> None:
    document = editions.released(at, **NORMATIVE).document
    page = _page(at, document).content.decode()  # type: ignore[attr-defined]
    assert (
        '<p id="t-3"><a class="anchor" href="#t-3" aria-label="第三条的链接"></a><span class="law-no">第三条</span>'
        in page
    )
    assert '<h2 id="z-2">' in page
    assert 'href="#z-2">第二章　设置</a>' in page


def test_an_emergency_release_stays_marked_in_the_history(at: Staffed) -> None:
    edition = sites.emergency(at, title="关于北广场临时封闭的提示")
    assert "紧急发布" in text(_page(at, edition.document))
    sites.revised(at, edition.document, note="恢复通行", summary="恢复通行的时间。")
    assert "首次发布 紧急发布" in text(_page(at, edition.document))


def test_a_body_that_was_renamed_is_named_by_both_names(at: Staffed) -> None:
    document = editions.released(at, date_of_issue=date(2025, 5, 13), issuer="澜川市城市管理委员会").document
    bodies.rename(at.agency, name="澜川市城市运行管理委员会", short_name="市城运委", on=timezone.localdate(), by=SYSTEM)
    assert notices(_page(at, document)) == ["发文机关澜川市城市管理委员会已更名为澜川市城市运行管理委员会。"]


def test_a_merged_body_s_document_is_on_its_successor_s_site_and_says_who_answers_for_it(city: City) -> None:
    page = _page(city.at, city.merged)
    [notice] = notices(page)
    assert notice.startswith("本文件由原澜川市市容委员会（于")
    assert notice.endswith("合并）发布，现由澜川市城市管理委员会负责。")
    assert "请联系澜川市城市管理委员会" in text(page)


def test_a_body_without_a_site_is_served_by_the_city(city: City) -> None:
    orphan = people.staffed("澜川市档案馆")
    orphan.agency.hosts.all().delete()
    document = editions.released(orphan, title="开放档案目录公告").document
    assert get(city.portal.agency, document.get_absolute_url()).status_code == 200


def test_topics_and_place_are_shown(at: Staffed) -> None:
    sites.columns_of(at)
    document = editions.released(at, **NORMATIVE).document
    topic = save_topic(at.agency, slug="waste", name="垃圾分类", by=SYSTEM)
    set_topics(document, [topic], by=at.drafter)
    page = _page(at, document)
    assert links(page, "//nav[@aria-label='您的位置']") == {"首页": "/", "政策文件": "/lm/policy/"}
    assert "专题垃圾分类" in text(page)
    assert "垃圾分类" not in links(page)
    create_column(at.agency, by=SYSTEM, key="waste", name="垃圾分类专题", rule={"topics": ["waste"]})
    assert links(_page(at, document))["垃圾分类"] == "/lm/waste/"


def test_markup_in_a_title_is_text(at: Staffed) -> None:
    document = editions.released(at, title="关于<b>加粗</b>的公告", summary='说明"引号"').document
    page = _page(at, document).content.decode()  # type: ignore[attr-defined]
    assert "关于&lt;b&gt;加粗&lt;/b&gt;的公告" in page
    assert "<b>加粗" not in page

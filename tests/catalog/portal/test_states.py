"""What is not there: each state has its own answer, and what was never public has none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from tests.catalog.portal.reading import get, links, text
from tests.factories import editions, sites
from tests.factories.people import Staffed
from tests.factories.sites import City

from gongkai.catalog.addresses import OldAddress
from gongkai.catalog.documents import Document
from gongkai.catalog.portal import server_error

pytestmark = pytest.mark.django_db


def test_a_revoked_document_leaves_a_trace_without_its_words(city: City) -> None:
    response = get(city.at.agency, city.revoked.get_absolute_url())
    assert response.status_code == 410
    said = text(response)
    assert "这条信息已经撤回" in said
    assert "由澜川市城市管理委员会撤回" in said
    assert "0000-5550100" in said
    assert "误发的秘密标题" not in response.content.decode()
    assert "供热主管网" not in response.content.decode()


def test_every_address_of_a_revoked_document_answers_the_same(city: City) -> None:
    address = city.revoked.get_absolute_url()
    for path in (address, f"{address}v1/", f"{address}compare/"):
        assert get(city.at.agency, path).status_code == 410


def test_a_document_taken_offline_says_so_and_comes_back(city: City) -> None:
    response = get(city.at.agency, city.offline.get_absolute_url())
    assert response.status_code == 404
    assert "这条信息已经下线" in text(response)
    assert "下线的公告" not in response.content.decode()
    sites.changed(city.at, city.offline, "bring_back", reason="核对完毕")
    assert get(city.at.agency, city.offline.get_absolute_url()).status_code == 200


def test_a_redirected_document_leads_on(at: Staffed) -> None:
    document = editions.released(at).document
    sites.changed(at, document, "redirect", target="https://www.example.gov.cn/new")
    response = get(at.agency, document.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, "https://www.example.gov.cn/new")


def test_a_draft_is_as_unknown_as_an_address_nobody_ever_gave(city: City) -> None:
    code = city.draft.document.code
    draft, nothing = get(city.at.agency, f"/info/{code}/"), get(city.at.agency, "/info/2222222222/")
    assert (draft.status_code, nothing.status_code) == (404, 404)
    assert draft.content.replace(code.encode(), b"2222222222") == nothing.content


def test_an_unknown_address_shows_the_way_on(city: City) -> None:
    response = get(city.at.agency, "/no/such/page")
    assert response.status_code == 404
    found = links(response)
    assert found["澜川市城市管理委员会首页"] == "/"
    assert found["依申请公开"] == "/lm/yishenqing/"


def test_another_agency_s_site_sends_to_the_right_one(city: City) -> None:
    address = city.policy.get_absolute_url()
    response = get(city.portal.agency, f"{address}?from=wechat")
    host = city.at.agency.hosts.get(primary=True).host
    assert (response.status_code, response["Location"]) == (301, f"http://{host}{address}?from=wechat")


def test_another_agency_s_site_does_not_even_know_a_draft(city: City) -> None:
    assert get(city.portal.agency, city.draft.document.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("/art/2019/1/2/art_1_22.html", "/art/2019/1/2/art_1_22.html"),
        ("/view.jsp?id=5", "/view.jsp?id=5"),
        ("/公开/通知.html", "/%E5%85%AC%E5%BC%80/%E9%80%9A%E7%9F%A5.html"),
        ("/art/22.html", "/art/22.html?utm=weixin"),
    ],
)
def test_an_address_of_the_former_site_leads_to_the_document(city: City, kept: str, asked: str) -> None:
    OldAddress.objects.create(agency=city.at.agency, path=kept, document=city.policy)
    response = get(city.at.agency, asked)
    assert (response.status_code, response["Location"]) == (301, city.policy.get_absolute_url())
    assert get(city.portal.agency, asked).status_code == 404


def test_a_former_address_of_a_merged_body_still_leads_on(city: City) -> None:
    OldAddress.objects.create(agency=city.merged.agency, path="/old/7.html", document=city.merged)
    response = get(city.at.agency, "/old/7.html")
    assert (response.status_code, response["Location"]) == (301, city.merged.get_absolute_url())


def test_a_former_address_of_a_draft_is_unknown(city: City) -> None:
    draft: Document = city.draft.document
    OldAddress.objects.create(agency=city.at.agency, path="/old/8.html", document=draft)
    response = get(city.at.agency, "/old/8.html")
    assert response.status_code == 404
    assert draft.code not in response.content.decode()


def test_a_very_long_address_is_unknown_and_no_failure(city: City) -> None:
    assert get(city.at.agency, "/" + "a" * 3000).status_code == 404


def test_a_failure_is_said_without_asking_the_database(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "稍后再试" in text(response)


def test_an_unknown_address_of_the_desk_leads_back_to_the_desk(city: City) -> None:
    response = Client().get("/desk/no/such/page/", headers={"host": city.at.agency.hosts.get(primary=True).host})
    assert response.status_code == 404
    assert links(response)["返回工作台"] == "/desk/"


def test_a_host_nobody_has_says_so(city: City) -> None:
    response = Client().get("/", headers={"host": "nobody.localhost"})
    assert response.status_code == 404
    assert "nobody.localhost" in text(response)

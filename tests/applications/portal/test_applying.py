"""Applying over HTTP, as somebody without a script does."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.applications.portal.filling import (
    CITIZEN,
    CREDIT_CODE,
    IDENTITY,
    Visitor,
    errors,
    hidden,
    photo,
    tree,
    words,
)
from tests.factories import people
from tests.factories.people import Staffed

from gongkai.agencies.actions import bodies
from gongkai.agencies.bodies import SuccessionKind
from gongkai.applications.applications import Application, ApplicationState, Channel
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.portal import submitting
from gongkai.ledger import moment, persons
from gongkai.ledger.entries import Entry
from gongkai.ledger.person_files import PersonFile
from gongkai.ledger.refs import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_citizen_applies_and_the_case_says_what_was_asked(visitor: Visitor, at: Staffed) -> None:
    made = visitor.apply(**{"item-0-features": "2025年，环境建设处", "way": "email", "email": "li@Example.com"})
    assert (made.agency, made.channel, made.state) == (at.agency, Channel.ONLINE, ApplicationState.UNCONFIRMED)
    assert (made.applicant_kind, made.way, made.confirmed_on) == ("citizen", "email", None)
    assert [(one.name, one.features) for one in made.items.all()] == [
        ("北湖里小区投放设施改造项目中标合同", "2025年，环境建设处")
    ]
    known = persons.unseal(made.applicant.person, bytes(made.applicant.sealed))
    assert known == {
        "name": "李明",
        "document_kind": "resident_id",
        "document_number": IDENTITY,
        "phone": "13800138000",
        "email": "li@example.com",
    }
    assert Entry.objects.filter(kind="applications.received", subject_id=str(made.pk)).count() == 1


def test_nothing_asks_what_it_is_for(visitor: Visitor) -> None:
    page = visitor.get("/apply/")
    assert [one for one in tree(page).xpath("//form//label/text()") if "用途" in one] == []
    assert "不用说明用途" in words(page)


def test_nothing_of_it_is_ever_kept(visitor: Visitor) -> None:
    review = visitor.look_over(visitor.fill())
    made = visitor.submit(review)
    pages = [visitor.get("/apply/"), review, made, visitor.get("/apply/receipt/"), visitor.get("/apply/status/")]
    assert {page.headers["Cache-Control"] for page in pages} == {"private, no-store"}


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    typed = visitor.fill(
        document_number="11010119900307003X", phone="138001380", **{"item-0-name": "", "item-0-features": "去年的"}
    )
    page = visitor.look_over(typed)
    assert page.status_code == 422
    said = errors(page)
    assert set(said) == {"document_number", "phone", "item-0-name"}
    assert "校验位" in said["document_number"]
    assert "手机号码应为" in said["phone"]
    kept = tree(page)
    assert kept.xpath("//input[@name='document_number']/@value") == ["11010119900307003X"]
    assert kept.xpath("string(//textarea[@name='item-0-features'])").strip() == "去年的"
    assert hidden(page)["submission"] == typed["submission"]
    assert Application.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"way": "email"}, "email"),
        ({"way": "mail"}, "address"),
        ({"way": "fax"}, "fax"),
        ({"who": "organisation", "credit_code": "91110000", "contact_person": "王"}, "credit_code"),
        ({"who": "organisation", "credit_code": CREDIT_CODE}, "contact_person"),
        ({"has_agent": "on", "agent_name": "张三", "agent_phone": "010-12345678"}, "agent_document_number"),
        ({"name": ""}, "name"),
        ({"email": "li@@example.com"}, "email"),
        ({"item-0-name": "字" * 301}, "item-0-name"),
    ],
)
def test_what_each_choice_needs(visitor: Visitor, facts: dict[str, Any], field: str) -> None:
    page = visitor.look_over(visitor.fill(**facts))
    assert page.status_code == 422
    assert field in errors(page)


def test_an_organisation_applies_for_several_things_with_an_agent_and_papers(visitor: Visitor) -> None:
    made = visitor.apply(
        who="organisation",
        name="澜川市北湖物业有限公司",
        organisation_kind="legal_service",
        credit_code=CREDIT_CODE.lower(),
        contact_person="王芳",
        has_agent="on",
        agent_name="张三",
        agent_document_number=IDENTITY,
        agent_phone="010-12345678",
        authority=photo("委托书.jpg"),
        identity=photo(),
        items="2",
        **{"item-1-name": "供热管网图", "item-1-document_number": "城管发〔2026〕12号"},
    )
    assert made.applicant_kind == "legal_service"
    assert made.applicant.masked_name == "澜川市北湖物业有限公司"
    assert [one.name for one in made.items.all()] == [CITIZEN["item-0-name"], "供热管网图"]
    assert made.agent is not None
    assert persons.unseal(made.agent.person, bytes(made.agent.sealed))["name"] == "张三"


def test_papers_are_sealed_under_the_applicants_key_and_their_names_with_them(
    visitor: Visitor, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = visitor.apply(identity=photo())
    file = CaseFile.objects.get(application=made)
    assert (file.role, file.name, file.kind, file.from_applicant) == (FileRole.IDENTITY, "身份证明.jpg", "jpg", True)
    stored = PersonFile.objects.get(pk=file.place)
    assert stored.person == made.applicant.person
    assert stored.facts()["name"] == "身份证 李明.jpg"
    assert b"".join(stored.chunks())[:3] == b"\xff\xd8\xff"


def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(visitor: Visitor) -> None:
    page = visitor.look_over(visitor.fill(identity=SimpleUploadedFile("照片.jpg", b"MZ\x90\x00 program")))
    assert page.status_code == 422
    assert "照片.jpg" in errors(page)["identity"]


def test_items_are_added_and_taken_away_without_a_script(visitor: Visitor) -> None:
    typed = visitor.fill(**{"item-0-name": "第一份", "name": ""}) | {"step": "more"}
    more = visitor.post("/apply/", typed)
    assert more.status_code == 200
    assert errors(more) == {}
    assert tree(more).xpath("//input[starts-with(@name, 'item-')][contains(@name, '-name')]/@value") == ["第一份"]
    two = typed | {"items": "2", "item-1-name": "第二份", "step": "drop-0"}
    fewer = visitor.post("/apply/", two)
    assert tree(fewer).xpath("//input[@name='item-0-name']/@value") == ["第二份"]
    assert tree(fewer).xpath("//input[@name='item-1-name']") == []


def test_one_goes_back_from_the_review_with_everything(visitor: Visitor) -> None:
    review = visitor.look_over(visitor.fill(identity=photo(), help_wanted=["sign", "braille"]))
    back = visitor.post("/apply/", hidden(review) | {"step": "edit"})
    page = tree(back)
    assert page.xpath("//input[@name='name']/@value") == ["李明"]
    assert page.xpath("//input[@name='help_wanted'][@checked]/@value") == ["sign", "braille"]
    assert len(page.xpath("//input[@name='identity-token']")) == 1


def test_the_same_form_sent_twice_is_one_application_and_leads_to_one_receipt(visitor: Visitor) -> None:
    review = visitor.look_over(visitor.fill())
    first, second = visitor.submit(review), visitor.submit(review)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Application.objects.count() == 1


def test_a_wrong_answer_to_the_captcha_makes_nothing_and_loses_nothing(visitor: Visitor) -> None:
    review = visitor.look_over(visitor.fill())
    page = visitor.post("/apply/", hidden(review) | {"step": "submit", "captcha": "99"})
    assert page.status_code == 422
    assert "回答不对" in words(page)
    assert Application.objects.count() == 0
    assert visitor.submit(page).status_code == 302
    assert Application.objects.count() == 1


def test_who_fills_what_nobody_sees_is_told_so(visitor: Visitor) -> None:
    page = visitor.look_over(visitor.fill(website="http://spam.example"))
    assert page.status_code == 422
    assert "网址" in words(page)


def test_too_many_from_one_address_are_told_when_to_come_back(
    visitor: Visitor, at: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submitting, "_APPLICATIONS", "2/h")
    for _ in range(2):
        assert visitor.submit(visitor.look_over(visitor.fill())).status_code == 302
    refused = visitor.submit(visitor.look_over(visitor.fill()))
    assert refused.status_code == 429
    assert "分钟后再提交" in words(refused)
    assert Application.objects.count() == 2
    elsewhere = Visitor(at.agency, "198.51.100.7")
    assert elsewhere.submit(elsewhere.look_over(elsewhere.fill())).status_code == 302


def test_the_receipt_shows_the_secret_to_this_browser_for_an_hour(visitor: Visitor, at: Staffed) -> None:
    made = visitor.apply()
    code, secret = visitor.codes()
    assert code.replace("-", "") == made.query_code
    assert secret.replace("-", "") not in str(vars(made))
    assert secret in visitor.get("/apply/receipt/file").content.decode()
    assert visitor.get("/apply/receipt/file").headers["Content-Disposition"].startswith("attachment")
    assert Visitor(at.agency).get("/apply/receipt/").status_code == 302


def test_the_city_helps_to_find_the_agency_by_what_it_does(at: Staffed) -> None:
    city = people.agency("澜川市人民政府", is_city=True)
    at.department.functions = "城市道路照明和路灯的建设、维护"
    at.department.save()
    visitor = Visitor(city)
    page = visitor.get("/apply/", q="路灯")
    assert at.agency.name in words(page)
    found = tree(page).xpath("//ul[@class='apply-agencies'][1]//a")
    assert [one.xpath("string(strong)") for one in found[:1]] == [at.agency.name]
    assert found[0].get("href").startswith(f"http://{at.agency.hosts.get(primary=True).host}")
    assert visitor.get("/apply/to/no-such/").status_code == 404


def test_the_city_itself_is_applied_to_on_its_own_site(at: Staffed) -> None:
    city = people.agency("澜川市人民政府", is_city=True, slug="city")
    visitor = Visitor(city)
    review = visitor.look_over(visitor.form("/apply/to/city/") | CITIZEN, "/apply/to/city/")
    assert visitor.submit(review, "/apply/to/city/").status_code == 302
    assert Application.objects.get().agency == city


def test_a_body_without_a_site_is_applied_to_where_it_is_served(at: Staffed) -> None:
    city = people.agency("澜川市人民政府", is_city=True)
    plain = bodies.create_agency(by=SYSTEM, code="T99", slug="plain", name="澜川市测试中心", short_name="测试中心")
    visitor = Visitor(city)
    links = tree(visitor.get("/apply/")).xpath("//ul[@class='apply-agencies']//a/@href")
    assert "/apply/to/plain/" in links
    review = visitor.look_over(visitor.form("/apply/to/plain/") | CITIZEN, "/apply/to/plain/")
    assert visitor.submit(review, "/apply/to/plain/").status_code == 302
    assert Application.objects.get().agency == plain
    elsewhere = visitor.get(f"/apply/to/{at.agency.slug}/")
    assert elsewhere["Location"] == f"http://{at.agency.hosts.get(primary=True).host}/apply/"


def test_a_body_that_ended_is_asked_no_more_but_whoever_took_over(at: Staffed) -> None:
    city = people.agency("澜川市人民政府", is_city=True)
    gone = people.agency("澜川市市容局", slug="former", host="former.localhost")
    before = Visitor(gone)
    yesterday = moment.today() - timedelta(days=1)
    bodies.end_agency(gone, successor=at.agency, kind=SuccessionKind.MERGED, on=yesterday, by=SYSTEM)
    there = f"http://{at.agency.hosts.get(primary=True).host}/apply/"
    assert Visitor(city).get("/apply/to/former/")["Location"] == there
    assert before.get("/apply/")["Location"] == there


def test_in_the_mirror_words_are_converted_and_what_was_typed_is_not(visitor: Visitor) -> None:
    page = visitor.get("/zh-hant/apply/")
    assert "申請公開資訊" not in words(page)
    assert "申請" in words(page)
    review = visitor.look_over(visitor.form() | CITIZEN | {"name": "王后发"}, "/zh-hant/apply/")
    assert "核對並提交" in words(review)
    assert "王后发" in words(review)
    assert hidden(review)["name"] == "王后发"
    assert visitor.submit(review, "/zh-hant/apply/")["Location"] == "/zh-hant/apply/receipt/"

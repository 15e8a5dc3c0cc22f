"""统一身份认证: off unless configured; then it fills in, and lists one's own, and keeps nothing else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings
from tests.applications.portal import provider
from tests.applications.portal.filling import IDENTITY, Visitor, hidden, tree, words
from tests.applications.portal.provider import CLIENT, SECRET, Provider
from tests.factories.people import Staffed

from gongkai.ledger import moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Iterator[Provider]:
    """A provider that knows 李明, and an installation that knows the provider."""
    with (
        provider.running(sub="user-4711", name="李明", id_number=IDENTITY) as running,
        override_settings(
            GONGKAI_OIDC_ISSUER=running.issuer,
            GONGKAI_OIDC_CLIENT_ID=CLIENT,
            GONGKAI_OIDC_CLIENT_SECRET=SECRET,
            GONGKAI_OIDC_NUMBER_CLAIM="id_number",
        ),
    ):
        yield running


def sign_in(visitor: Visitor, known: Provider, there: str = "/apply/") -> str:
    """All the way to the provider and back; where it leads."""
    to = visitor.get("/apply/account/sign-in/", next=there)["Location"]
    assert to.startswith(f"{known.issuer}/authorize?")
    back = visitor.client.get(f"/apply/account/signed-in/?{known.sign_in(to)}")
    assert back.status_code == 302
    return str(back["Location"])


def test_without_a_provider_there_is_nothing_to_sign_in_to(visitor: Visitor) -> None:
    for path in ("/apply/account/sign-in/", "/apply/account/signed-in/", "/apply/mine/"):
        assert visitor.get(path).status_code == 404
    assert "登录" not in words(visitor.get("/apply/"))


def test_who_signs_in_has_the_form_filled_in(visitor: Visitor, known: Provider) -> None:
    assert sign_in(visitor, known) == "/apply/"
    page = tree(visitor.get("/apply/"))
    assert page.xpath("//input[@name='name']/@value") == ["李明"]
    assert page.xpath("//input[@name='document_number']/@value") == [IDENTITY]
    # What lies in the session cannot be read there.
    kept = " ".join(str(one.get_decoded()) for one in Session.objects.all())
    assert "李明" not in kept
    assert IDENTITY not in kept
    assert "user-4711" not in kept


def test_own_applications_are_listed_and_open_without_a_code(visitor: Visitor, known: Provider, at: Staffed) -> None:
    sign_in(visitor, known)
    made = visitor.apply()
    assert len(made.account) == 64
    visitor.post("/apply/account/sign-out/", {})
    assert visitor.get(f"/apply/status/{made.pk}/").headers["Location"] == "/apply/status/"
    another = Visitor(at.agency)
    stranger = another.apply(name="赵六")
    assert stranger.account == ""
    assert sign_in(another, known, "/apply/mine/") == "/apply/mine/"
    listed = another.get("/apply/mine/")
    assert tree(listed).xpath("//button[@name='application']/@value") == [str(made.pk)]
    opened = another.post("/apply/mine/", {"application": str(made.pk)})
    assert another.get(opened["Location"]).status_code == 200
    assert another.post("/apply/mine/", {"application": str(stranger.pk)}).status_code == 404
    with moment.at(moment.now() + timedelta(hours=3)):  # what was typed when it closed comes back by the account, too
        typed = {"what": "中标合同", "why": ""}
        door = another.post(f"/apply/status/{made.pk}/propose/", typed)
        again = another.post("/apply/status/", hidden(door) | {"account": "1"})
        assert tree(again).xpath("//input[@name='what']/@value") == ["中标合同"]
        theirs = another.post(f"/apply/status/{stranger.pk}/propose/", typed)
        assert tree(theirs).xpath("//button[@name='account']") == []
        assert another.post("/apply/status/", hidden(theirs) | {"account": "1"}).status_code == 422


def test_somebody_elses_account_lists_nothing(visitor: Visitor, known: Provider, at: Staffed) -> None:
    sign_in(visitor, known)
    visitor.apply()
    known.claims["sub"] = "user-42"
    another = Visitor(at.agency)
    sign_in(another, known, "/apply/mine/")
    assert "还没有申请" in words(another.get("/apply/mine/"))


def test_a_forged_token_signs_nobody_in(visitor: Visitor, known: Provider) -> None:
    known.forged = True
    assert sign_in(visitor, known) == "/apply/"
    page = words(visitor.get("/apply/"))
    assert "统一身份认证没有成功" in page
    assert visitor.get("/apply/mine/")["Location"].startswith("/apply/account/sign-in/")


def test_an_answer_nobody_asked_for_signs_nobody_in(visitor: Visitor, known: Provider, at: Staffed) -> None:
    to = visitor.get("/apply/account/sign-in/")["Location"]
    query = known.sign_in(to)
    stranger = Visitor(at.agency)
    assert stranger.client.get(f"/apply/account/signed-in/?{query}")["Location"] == "/apply/"
    assert stranger.get("/apply/mine/")["Location"].startswith("/apply/account/sign-in/")


def test_a_provider_that_does_not_answer_is_no_reason_not_to_apply(visitor: Visitor) -> None:
    with override_settings(GONGKAI_OIDC_ISSUER="http://127.0.0.1:9", GONGKAI_OIDC_CLIENT_ID=CLIENT):
        assert visitor.get("/apply/account/sign-in/")["Location"] == "/apply/"
        assert "直接填写申请" in words(visitor.get("/apply/"))
        assert visitor.apply().pk


def test_the_way_back_leads_to_this_site_only(visitor: Visitor, known: Provider) -> None:
    assert sign_in(visitor, known, "https://evil.example/") == "/apply/"

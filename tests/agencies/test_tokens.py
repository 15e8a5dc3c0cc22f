"""接口令牌: issued and revoked by the administrator, shown once, kept as a digest."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from tests.factories import people, tokens
from tests.factories.people import Staffed

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.actions import tokens as actions
from gongkai.agencies.officers import Officer
from gongkai.agencies.queries import token_of
from gongkai.agencies.tokens import ApiToken
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


def as_(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    session = client.session
    session[SECOND_FACTOR_DUE] = False
    session.save()
    return client


def form(at: Staffed, **facts: Any) -> dict[str, Any]:
    return {
        "name": "办公自动化系统",
        "acts": ["push", "read_state"],
        "department": at.department.pk,
        "officer": at.drafter.pk,
        "expires_on": (timezone.localdate() + timedelta(days=100)).isoformat(),
        "callback_url": "https://oa.example.cn/back",
    } | facts


def test_a_token_is_shown_once_and_kept_as_a_digest(at: Staffed) -> None:
    client = as_(at.admin)
    answer = client.post("/desk/tokens/", form(at))
    [secret] = re.findall(r"<code[^>]*>(gk_[\w-]+)</code>", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    token = ApiToken.objects.get()
    assert token_of(secret) == token
    assert secret not in str(ApiToken.objects.values().get())
    assert secret not in client.get("/desk/tokens/").content.decode()
    assert secret not in str(list(Entry.objects.values()))


def test_it_is_changed_looked_at_and_revoked(at: Staffed) -> None:
    token, secret = tokens.issued(at, callback_url="https://oa.example.cn/back")
    client, url = as_(at.admin), f"/desk/tokens/{token.pk}/"
    before = token.callback_secret
    assert before not in client.get(url).content.decode()
    assert before in client.post(url, {"act": "secret"}).content.decode()
    changed = {"act": "change", "officer": at.disclosure_officer.pk, "callback_url": "https://new.example.cn/"}
    assert client.post(url, changed).status_code == 302
    token.refresh_from_db()
    assert token.officer == at.disclosure_officer
    assert token.callback_secret != before
    assert client.post(url, {"act": "revoke"}).status_code == 302
    found = token_of(secret)
    assert found is not None
    assert not found.usable(timezone.localdate())
    kinds = [one.kind for one in Entry.objects.about(token.ref())]
    assert kinds == [f"agencies.token_{what}" for what in ("issued", "secret", "changed", "revoked")]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"acts": []}, "acts"),
        ({"acts": ["rule"]}, "acts"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "2099-01-01"}, "expires_on"),
        ({"callback_url": "ftp://oa.example.cn"}, "callback_url"),
    ],
)
def test_what_is_wrong_stands_at_its_field(at: Staffed, facts: dict[str, Any], field: str) -> None:
    answer = as_(at.admin).post("/desk/tokens/", form(at, **facts))
    assert answer.context["form"].errors[field]
    assert "办公自动化系统" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_who_answers_for_it_has_to_be_able_to_draft_there(at: Staffed) -> None:
    other = people.staffed()
    for officer in (at.leader, other.drafter):
        with pytest.raises(ValidationError, match="承办人"):
            tokens.issued(at, officer=officer)
    with pytest.raises(ValidationError, match="承办人"):
        tokens.issued(at, department=at.other_department)
    with pytest.raises(ValidationError, match="处室"):
        tokens.issued(at, department=other.department)


def test_only_the_administrator_of_the_agency_gets_there(at: Staffed) -> None:
    token, _ = tokens.issued(at)
    other = people.staffed()
    assert as_(at.disclosure_head).get("/desk/tokens/").status_code == 403
    assert as_(other.admin).get(f"/desk/tokens/{token.pk}/").status_code == 404
    assert "办公自动化系统" not in as_(other.admin).get("/desk/tokens/").content.decode()


def test_the_last_day_is_a_day(at: Staffed) -> None:
    token, _ = tokens.issued(at)
    assert token.usable(token.expires_on)
    assert not token.usable(token.expires_on + timedelta(days=1))
    assert token.state(token.expires_on)[0] == "即将过期"
    actions.revoke(token, by=at.admin)
    token.refresh_from_db()
    assert token.state(timezone.localdate())[0] == "已作废"

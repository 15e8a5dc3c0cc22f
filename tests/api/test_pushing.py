"""An OA sends drafts: through the same actions and checks, to the right desk, once for every key, past no reviewer."""

import base64
import io
import json
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from tests.factories import people, tokens
from tests.factories.editions import ATTESTED
from tests.factories.people import Staffed
from tests.factories.tokens import System

from gongkai.agencies.access import SECOND_FACTOR_DUE
from gongkai.agencies.actions import tokens as actions
from gongkai.agencies.tokens import ApiToken
from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import StoredFile
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import fire
from gongkai.publishing.edition_effects import chain_of
from gongkai.publishing.procedures import EDITION
from gongkai.publishing.pushes import Push

pytestmark = pytest.mark.django_db
REVIEWERS = {
    "dept_review": "dept_reviewer",
    "legal_review": "legal_reviewer",
    "office_review": "office_reviewer",
    "secrecy_review": "secrecy_reviewer",
    "leader_review": "leader",
}


@pytest.fixture
def issued(at: Staffed) -> tuple[ApiToken, str]:
    return tokens.issued(at)


@pytest.fixture
def oa(issued: tuple[ApiToken, str]) -> System:
    return System(issued[1])


@cache
def word() -> bytes:
    file, written = io.BytesIO(), Word()
    written.add_paragraph("关于路灯检修的公告")
    written.add_paragraph("各有关单位：定于近期检修路灯，请过往行人留意。")
    written.save(file)
    return file.getvalue()


def b64(name: str, data: bytes) -> dict[str, str]:
    return {"name": name, "content": base64.b64encode(data).decode()}


def test_a_draft_arrives_on_the_desk_of_its_department(oa: System, at: Staffed) -> None:
    answer = oa.push(tokens.draft())
    told = answer.json()
    assert answer.status_code == 201, told
    assert told["state"] == {"key": "drafting", "label": "起草"}
    assert told["department"] == at.department.name
    assert not told["blocked"]
    edition = Edition.objects.get(document__code=told["code"])
    assert edition.drafted_by == at.drafter
    assert edition.issuer == at.agency.name
    client = Client()
    client.force_login(at.drafter)
    session = client.session
    session[SECOND_FACTOR_DUE] = False
    session.save()
    assert "关于供热主管网检修的公告" in client.get(reverse("desk:tasks")).content.decode()
    kinds = list(Entry.objects.about(edition.ref()).values_list("kind", "actor_kind"))
    assert ("publishing.pushed", "token") in kinds
    assert answer["Location"].endswith(f"/api/v1/pushes/{told['id']}")


def test_what_arrived_is_nobodys_to_read_yet(oa: System, client: Client) -> None:
    told = oa.push(tokens.draft()).json()
    assert client.get(f"/api/v1/documents/{told['code']}").status_code == 404
    assert client.get(f"/info/{told['code']}/").status_code == 404
    assert told["url"] is None
    assert told["code"] not in client.get("/api/v1/documents").content.decode()
    assert client.get("/api/v1/changes").json()["items"] == []


def test_the_same_key_makes_one_document_and_gives_one_answer(oa: System) -> None:
    first, again = oa.push(tokens.draft()), oa.push(tokens.draft())
    assert again.status_code == first.status_code == 201
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Document.objects.count() == 1
    other = oa.push(tokens.draft(title="另一份公告"))
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["errors"][0]["field"]
    assert oa.push(tokens.draft(), key="k-2").json()["code"] != first.json()["code"]


def test_without_a_key_nothing_is_taken(oa: System) -> None:
    answer = oa.client.post("/api/v1/pushes", tokens.draft(), content_type="application/json", headers=oa.headers)
    assert answer.status_code == 422
    assert not Push.objects.exists()


def test_a_trial_finds_everything_and_leaves_nothing(oa: System, at: Staffed, settings: Any) -> None:
    before = (Document.objects.count(), Entry.objects.count())
    number = oa.push(tokens.draft(dry_run=True)).json()["index_number"]
    body = "<p>联系人手机13800138000，请各单位照此办理。</p>"
    answer = oa.push(tokens.draft(dry_run=True, body=body, attachments=[b64("附表.csv", b"a,b\n1,2\n")]))
    told = answer.json()
    assert (answer.status_code, told["id"], told["dry_run"]) == (200, None, True)
    assert any(one["severity"] == "block" for one in told["findings"])
    assert told["blocked"]
    assert told["index_number"] == number, "no 索引号 is used up"
    assert (Document.objects.count(), Entry.objects.count()) == (before[0], before[1] + 1), "only the use of the token"
    assert not StoredFile.objects.exists()


def test_a_word_file_becomes_the_text_and_its_first_line_the_title(oa: System) -> None:
    draft = tokens.draft(
        title="", body="", body_file=b64("来文.docx", word()), attachments=[b64("附表.csv", b"a\n1\n")]
    )
    told = oa.push(draft).json()
    edition = Edition.objects.get(document__code=told["code"])
    assert "检修路灯" in edition.text
    assert edition.title == told["title"] == "关于路灯检修的公告"
    roles = set(StoredFile.objects.values_list("role", "name"))
    assert roles == {("source", "来文.docx"), ("attachment", "附表.csv")}


def test_files_also_come_as_a_form(oa: System) -> None:
    def sent(text: bytes) -> Any:
        parts = {
            "draft": json.dumps(tokens.draft(body="", title="")),
            "body_file": SimpleUploadedFile("来文.docx", word()),
            "attachments": [SimpleUploadedFile("附表.csv", text), SimpleUploadedFile("附图说明.txt", b"abc")],
        }
        return oa.client.post("/api/v1/pushes/form", parts, headers=oa.headers | {"idempotency-key": "form-1"})

    answer = sent(b"a\n1\n")
    assert answer.status_code == 201, answer.json()
    edition = Edition.objects.get(document__code=answer.json()["code"])
    assert edition.edition_files.filter(file__role="attachment").count() == 2
    assert sent(b"a\n1\n").json() == answer.json()
    assert sent(b"a\n2\n").status_code == 422


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"type": "novel"}, "body.type"),
        ({"disclosure": "secret"}, "body.disclosure"),
        ({"disclosure": "withheld"}, "body.ground"),
        ({"disclosure": "withheld", "ground": "because"}, "body.ground"),
        ({"ground": "state-secret"}, "body.ground"),
        ({"department": "没有的处"}, "body.department"),
        ({"type": "normative", "document_number": "第一号文"}, "body.document_number"),
        ({"date_of_issue": "昨天"}, "body.date_of_issue"),
        ({"type": "news", "document_number": "澜城管发〔2026〕6号"}, "body.document_number"),
        ({"body_file": {"name": "a.docx", "content": "%%"}}, "body.body"),
        ({"attachments": [{"name": "a.csv", "content": "%%"}]}, "body.attachments.0.content"),
        ({"title": "a\x00b"}, "body.title"),
        ({"titel": "写错的名称"}, "body.titel"),
    ],
)
def test_what_cannot_be_taken_is_told_at_its_field(oa: System, facts: dict[str, Any], field: str) -> None:
    answer = oa.push(tokens.draft(**facts))
    assert answer.status_code == 422, answer.json()
    assert field in [one["field"] for one in answer.json()["errors"]] or field.startswith("body.body")
    assert not Push.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"), [("病毒.exe", b"MZ\x90\x00"), ("伪装.pdf", b"MZ\x90\x00"), ("页.php", b"<?php")]
)
def test_files_pass_the_same_checks_as_at_the_desk(oa: System, name: str, data: bytes) -> None:
    answer = oa.push(tokens.draft(attachments=[b64(name, data)]))
    assert answer.status_code == 422
    assert name in answer.json()["detail"]
    assert not Document.objects.exists()


def test_a_broken_request_is_told_so(oa: System) -> None:
    for body in (b"{", b"[1]", b"\xff\xfe", b'{"title": "\\ud800"}', b"[" * 100_000):
        headers = oa.headers | {"idempotency-key": "k"}
        answer = oa.client.post("/api/v1/pushes", body, content_type="application/json", headers=headers)
        assert answer.status_code in {400, 422}, body[:20]
        assert answer["Content-Type"] == "application/problem+json"


def test_the_way_to_the_public_can_be_followed(oa: System, at: Staffed) -> None:
    told = oa.push(tokens.draft()).json()
    path = f"/api/v1/pushes/{told['id']}"
    edition = Edition.objects.get(document__code=told["code"])
    fire(EDITION, edition, "submit", by=at.drafter)
    first = oa.get(path).json()
    assert first["submitted_at"]
    assert first["waits_for"]
    edition.refresh_from_db()
    reviewer = at.officers[REVIEWERS[edition.state]]
    fire(EDITION, edition, "return", by=reviewer, given={"to": "drafting", "reason": "请补写检修时间"})
    returned = oa.get(path).json()
    assert returned["returned"] == "请补写检修时间"
    assert returned["reviews"][0]["verdict"]["key"] == "returned"
    assert reviewer.name not in json.dumps(returned, ensure_ascii=False)
    edition.refresh_from_db()
    fire(EDITION, edition, "submit", by=at.drafter)
    for _ in chain_of(edition):
        edition.refresh_from_db()
        fire(EDITION, edition, "pass", by=at.officers[REVIEWERS[edition.state]], given=ATTESTED)
    edition.refresh_from_db()
    fire(EDITION, edition, "release", by=at.disclosure_officer)
    released = oa.get(path).json()
    assert released["state"]["key"] == "released"
    assert released["returned"] is None
    assert released["url"].endswith(f"/info/{told['code']}/")


def test_who_answers_for_it_cannot_approve_it(oa: System, at: Staffed) -> None:
    told = oa.push(tokens.draft()).json()
    assert Edition.objects.get(document__code=told["code"]).editors == [at.drafter.pk]


def test_what_was_sent_is_found_by_the_senders_number(oa: System, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        oa.push(tokens.draft(source_id=f"OA-{number}", title=f"第{number}号公告"), key=f"k{number}")
    [found] = oa.get("/api/v1/pushes", source_id="OA-3").json()["items"]
    assert found["title"] == "第3号公告"
    first = oa.get("/api/v1/pushes", limit=2).json()
    second = oa.get("/api/v1/pushes", limit=2, cursor=first["next"]).json()
    assert [one["source_id"] for one in first["items"] + second["items"]] == ["OA-4", "OA-3", "OA-2", "OA-1"]
    for limit in (1, 5):
        with django_assert_max_num_queries(10):
            oa.get("/api/v1/pushes", limit=limit)


def test_a_token_of_another_agency_sees_and_touches_nothing(oa: System, at: Staffed) -> None:
    told = oa.push(tokens.draft()).json()
    other = people.staffed("澜川市水务局")
    stranger = System(tokens.issued(other)[1])
    assert stranger.get(f"/api/v1/pushes/{told['id']}").status_code == 404
    assert stranger.get("/api/v1/pushes").json()["items"] == []
    assert stranger.push(tokens.draft(department=at.department.name)).status_code == 201, "a namesake of its own"
    assert Document.objects.filter(agency=at.agency).count() == 1


def test_a_departments_token_stays_in_its_department(oa: System, at: Staffed) -> None:
    told = oa.push(tokens.draft()).json()
    neighbour = people.officer(at.agency, "drafter", at.other_department)
    next_door = System(tokens.issued(at, department=at.other_department, officer=neighbour)[1])
    assert next_door.get(f"/api/v1/pushes/{told['id']}").status_code == 404
    assert next_door.get("/api/v1/pushes").json()["items"] == []
    refused = next_door.push(tokens.draft(department=at.department.name))
    assert refused.status_code == 403
    whole = System(tokens.issued(at, department=None, officer=at.disclosure_officer)[1])
    assert whole.get(f"/api/v1/pushes/{told['id']}").status_code == 200
    assert whole.push(tokens.draft(department=at.other_department.name)).status_code == 201


def test_an_officer_without_the_power_cannot_be_drafted_for(at: Staffed) -> None:
    token = System(tokens.issued(at, department=None)[1])
    assert token.push(tokens.draft(department=at.other_department.name)).status_code == 403


def test_a_token_opens_only_what_it_is_for(at: Staffed) -> None:
    reader = System(tokens.issued(at, acts=["read_state"])[1])
    sender = System(tokens.issued(at, acts=["push"])[1])
    assert reader.push(tokens.draft()).status_code == 403
    assert reader.get("/api/v1/pushes").status_code == 200
    assert sender.get("/api/v1/pushes").status_code == 403
    assert sender.get("/api/v1/token").json()["departments"] == [at.department.name]
    assert sender.get("/api/v1/token").headers["Cache-Control"] == "private, no-store"


def test_a_token_that_is_not_in_force_opens_nothing(oa: System, issued: Any, at: Staffed, client: Client) -> None:
    for headers in ({}, {"authorization": "Bearer gk_wrong"}, {"authorization": "Basic abc"}):
        answer = client.get("/api/v1/pushes", headers=headers)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
    token = issued[0]
    ApiToken.objects.filter(pk=token.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "过期" in oa.get("/api/v1/pushes").json()["detail"]
    actions.revoke(token, by=at.admin)
    assert "作废" in oa.get("/api/v1/pushes").json()["detail"]


def test_signing_in_at_the_desk_is_no_token(at: Staffed) -> None:
    client = Client()
    client.force_login(at.drafter)
    assert client.get("/api/v1/pushes").status_code == 401
    assert client.post("/api/v1/pushes", tokens.draft(), content_type="application/json").status_code == 401


def test_uses_are_kept(oa: System, issued: Any) -> None:
    for _ in range(3):
        oa.get("/api/v1/pushes")
    token = issued[0]
    token.refresh_from_db()
    assert token.last_used_at is not None
    entries = Entry.objects.about(token.ref()).values_list("kind", flat=True)
    assert list(entries) == ["agencies.token_issued", "agencies.token_used"]


def test_each_token_has_room_of_its_own(at: Staffed, limited: None, settings: Any) -> None:
    settings.GONGKAI_API_TOKEN_PER_MINUTE = 2
    one, two = System(tokens.issued(at)[1]), System(tokens.issued(at)[1])
    assert [one.get("/api/v1/pushes").status_code for _ in range(3)] == [200, 200, 429]
    assert two.get("/api/v1/pushes").status_code == 200


def test_wrong_tokens_are_not_tried_for_long(at: Staffed, client: Client, limited: None) -> None:
    tried = [client.get("/api/v1/token", headers={"authorization": f"Bearer {n}"}).status_code for n in range(21)]
    assert tried[-2:] == [401, 429]

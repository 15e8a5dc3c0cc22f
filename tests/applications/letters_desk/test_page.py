"""A letter at the desk: begun from the case, completed, frozen, sent, proven, and what must not happen on the way."""

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.applications.letters_desk import outcomes
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import letter_facts
from gongkai.applications.actions import letters
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Letter, LetterState
from gongkai.applications.files import FileRole
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]
TODAY = moment.today


def begin(client: Client, case: Application, key: str, **more: Any) -> Letter:
    """Begin a letter from the case's page."""
    answer = client.post(reverse("applications:letter_new", args=[case.pk]), {"key": key} | more)
    assert answer.status_code == 302
    return Letter.objects.latest("pk")


def url(letter: Letter, name: str = "letter", *more: Any) -> str:
    return reverse(f"applications:{name}", args=[letter.application_id, letter.pk, *more])


def save(client: Client, letter: Letter, *, then: str = "save", **given: Any) -> Any:
    """Send the page's form; facts by field."""
    letter.refresh_from_db()
    fields = {f"fact-{name}": value for name, value in given.items()}
    return client.post(url(letter, "letter_save"), {"version": letter.version, "then": then} | fields)


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, sheet: bytes) -> None:
    """Printing is tested on its own (tests/applications/letters)."""
    monkeypatch.setattr("gongkai.applications.letters.printing.pdf", lambda composed: sheet)


@pytest.mark.usefixtures("printed")
def test_the_reply_from_the_case_to_the_applicants_hand(at: Staffed, desk: Desk) -> None:
    case = outcomes.signed(at, "partial")
    client = desk(at.disclosure_officer)
    assert "答复书（部分公开）" in client.get(case.get_absolute_url()).content.decode()
    letter = begin(client, case, "reply-partial")
    shown = client.get(url(letter)).content.decode()
    assert "〔定稿时编号〕" in shown
    assert "王小雨" not in shown
    assert save(client, letter, then="freeze").status_code == 302
    letter.refresh_from_db()
    assert (letter.state, bool(letter.number), len(letter.sha256)) == (LetterState.FROZEN, True, 64)
    assert letter.sha256 in client.get(url(letter)).content.decode()

    provided = case.files.get(role=FileRole.PROVIDED)
    assert not provided.for_applicant
    proof_of = begin(client, case, "service-return", serves=letter.pk)
    assert letter.number in proof_of.given["送达文书"]
    letters.void(proof_of, reason="改用签收单", by=at.disclosure_officer)
    sent = {"send-method": "email-recorded", "send-sent_on": TODAY().isoformat(), "send-tracking": "EMS0001"}
    assert client.post(url(letter, "letter_send"), sent).status_code == 302
    assert cases.again(case).state == ApplicationState.DELIVERED
    provided.refresh_from_db()
    assert provided.for_applicant
    delivery = letter.deliveries.get()
    assert (delivery.method, delivery.tracking) == ("email", "EMS0001")

    proof = SimpleUploadedFile("回证.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    prefix = f"arrived{delivery.pk}"
    fields = {"act": "arrived", f"{prefix}-on": TODAY(), f"{prefix}-received_by": "本人", f"{prefix}-proof": proof}
    assert client.post(url(letter, "letter_result", delivery.pk), fields).status_code == 302
    delivery.refresh_from_db()
    assert delivery.evidence is not None
    assert delivery.evidence.role == FileRole.EVIDENCE
    cases.act(case, "archive", by=at.disclosure_officer)


def test_what_is_missing_is_listed_with_a_field_and_saved(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    asked = cases.consultation(at, case)
    client = desk(at.disclosure_officer)
    letter = begin(client, case, "third-party", consultation=asked.pk)
    shown = client.get(url(letter)).content.decode()
    assert "还缺 1 项" in shown
    assert 'name="fact-concern"' in shown
    assert "〔涉及权益〕" in shown
    assert client.post(url(letter, "letter_sheet")).status_code == 302
    refused = save(client, letter, then="freeze")
    assert refused.status_code == 422
    assert "文书还缺：涉及权益" in refused.content.decode()
    assert save(client, letter, concern="商业秘密").status_code == 302
    letter.refresh_from_db()
    assert letter.given == {"涉及权益": "商业秘密"}
    assert "还缺" not in client.get(url(letter)).content.decode()


def test_a_second_writer_is_told_and_loses_nothing(at: Staffed, desk: Desk) -> None:
    letter = letters.write(cases.registered(at), "clarification", by=at.disclosure_officer)
    client = desk(at.disclosure_officer)
    client.post(url(letter, "letter_save"), {"version": 1, "fact-unclear": "没有写明年份"})
    answer = client.post(url(letter, "letter_save"), {"version": 1, "fact-unclear": "没有写明地点"})
    assert answer.status_code == 409
    assert "没有写明地点" in answer.content.decode()
    letter.refresh_from_db()
    assert letter.given["不明确之处"] == "没有写明年份"


def test_a_wrong_day_is_told_at_its_field(at: Staffed, desk: Desk) -> None:
    letter = letters.write(cases.registered(at), "clarification", by=at.disclosure_officer)
    answer = save(desk(at.disclosure_officer), letter, answer_by="下周", unclear="没有写明年份")
    assert answer.status_code == 422
    assert "请填写日期，如" in answer.content.decode()
    assert "没有写明年份" in answer.content.decode()


def test_a_look_at_the_whole_letter_is_in_the_ledger(at: Staffed, desk: Desk) -> None:
    letter = letters.write(cases.registered(at), "receipt", by=at.disclosure_officer)
    answer = desk(at.disclosure_officer).post(url(letter, "letter_docx"))
    assert answer["Cache-Control"] == "private, no-store"
    text = "".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "王小雨" in text
    entry = Entry.objects.get(kind="applications.party_seen")
    assert "登记回执" in entry.data["what"]


def test_word_goes_out_comes_back_and_can_be_dropped_again(at: Staffed, desk: Desk) -> None:
    letter = letters.write(cases.registered(at), "receipt", by=at.disclosure_officer)
    client = desk(at.disclosure_officer)
    document = docx.Document(io.BytesIO(client.post(url(letter, "letter_docx")).content))
    body = next(one for one in document.paragraphs if "收到之日的确定" in one.text)
    body.runs[0].text = "收到之日另行说明。"
    for run in body.runs[1:]:
        run.text = ""
    edited = io.BytesIO()
    document.save(edited)
    sent = {"version": 1, "word-word": SimpleUploadedFile("改.docx", edited.getvalue())}
    assert client.post(url(letter, "letter_word"), sent).status_code == 302
    assert "收到之日另行说明" in client.get(url(letter)).content.decode()
    assert client.post(url(letter, "letter_word"), {"version": 2, "act": "reset"}).status_code == 302
    letter.refresh_from_db()
    assert letter.body == ""
    bad = client.post(url(letter, "letter_word"), {"version": 3, "word-word": SimpleUploadedFile("改.docx", b"no")})
    assert bad.status_code == 422
    assert "field-error" in bad.content.decode()


@pytest.mark.usefixtures("printed")
def test_numbers_follow_each_other_and_a_void_letter_keeps_its_own(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at)
    client = desk(at.disclosure_officer)
    frozen = []
    for _ in range(2):
        letter = begin(client, case, "receipt")
        save(client, letter, then="freeze")
        letter.refresh_from_db()
        frozen.append(letter)
    assert "第1号" in frozen[0].number
    assert "第2号" in frozen[1].number
    assert client.post(url(frozen[1], "letter_void"), {"void-reason": ""}).status_code == 422
    assert client.post(url(frozen[1], "letter_void"), {"void-reason": "内容有误"}).status_code == 302
    frozen[1].refresh_from_db()
    assert (frozen[1].state, "第2号" in frozen[1].number) == (LetterState.VOID, True)
    letter = begin(client, case, "receipt")
    save(client, letter, then="freeze")
    letter.refresh_from_db()
    assert "第3号" in letter.number


@pytest.mark.usefixtures("printed")
def test_a_reply_waits_for_the_signature(at: Staffed, desk: Desk) -> None:
    case = outcomes.decided(at, "granted")
    client = desk(at.disclosure_officer)
    letter = begin(client, case, "reply-granted")
    assert "签发以后" in save(client, letter, then="freeze").content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.number) == (LetterState.DRAFT, "")


@pytest.mark.usefixtures("printed")
def test_the_act_of_delivering_sends_the_letter_the_way_that_was_wanted(at: Staffed, desk: Desk) -> None:
    case = outcomes.online(at)
    client = desk(at.disclosure_officer)
    save(client, begin(client, case, "reply-granted"), then="freeze")
    shown = client.get(case.get_absolute_url()).content.decode()
    assert 'name="deliver-method" value="online"' in shown
    fields = {"version": case.version, "deliver-replied_on": TODAY(), "deliver-method": "online"}
    sent = client.post(reverse("applications:fire_application", args=[case.pk, "deliver"]), fields)
    assert sent.status_code == 302
    assert case.letters.get().deliveries.get().method == "online"


@pytest.mark.usefixtures("printed")
def test_letters_to_others_and_forms_of_the_file_do_not_go_online(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    client = desk(at.disclosure_officer)
    form = begin(client, case, "registration")
    save(client, form, then="freeze")
    assert client.post(url(form, "letter_send"), {"send-method": "mail", "send-sent_on": TODAY()}).status_code == 422
    other = begin(client, case, "third-party", consultation=cases.consultation(at, case).pk)
    save(client, other, then="freeze", concern="商业秘密")
    assert client.post(url(other, "letter_send"), {"send-method": "online", "send-sent_on": TODAY()}).status_code == 422
    assert client.post(url(other, "letter_send"), {"send-method": "mail", "send-sent_on": TODAY()}).status_code == 302


def test_departments_read_no_letters_and_other_agencies_find_none(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    cases.assigned(at, case)
    letter = letters.write(case, "receipt", by=at.disclosure_officer)
    assert url(letter) in desk(at.disclosure_officer).get(case.get_absolute_url()).content.decode()
    assert url(letter) not in desk(at.handler).get(case.get_absolute_url()).content.decode()
    assert desk(at.handler).get(url(letter)).status_code == 403
    stranger = people.staffed("澜川市另一局")
    assert desk(stranger.disclosure_officer).get(url(letter)).status_code == 404
    assert desk(at.legal_reviewer).get(url(letter)).status_code == 200
    assert save(desk(at.legal_reviewer), letter).status_code == 403


@pytest.mark.parametrize("key", ["registration", "approval", "search-record", "handover", "service-return"])
def test_the_forms_of_the_file_are_filled_from_the_case(at: Staffed, key: str) -> None:
    case = outcomes.signed(at, "not_held")
    letter = letters.write(case, key, by=at.disclosure_officer)
    facts = letter_facts.facts_for(letter, clocks=Clocks())
    lacking = letters.missing(letter, facts)
    assert set(lacking) <= {"经办人", "送达文书"}
    given = {"经办人": "周澄", "送达文书": "答复书1份"}
    letter.given = {name: given[name] for name in lacking}
    assert case.number in letters.compose(letter).body
    if key == "approval":
        assert [one.step for one in facts.opinions][1:] == ["法制审核意见", "公开工作机构负责人意见", "分管领导签发"]
        assert [one.text for one in facts.opinions][1:] == ["同意。", "同意", "同意。"]

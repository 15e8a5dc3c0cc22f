"""The page of a case: every state opens for everybody who may see it, and each of its forms does what it says."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications.actions import handling
from gongkai.applications.applications import Application, ApplicationState
from gongkai.applications.items import ItemState
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
Desk = Callable[[Officer], Client]
TODAY = moment.today


def page(client: Client, case: Application, query: str = "") -> str:
    answer = client.get(case.get_absolute_url() + query)
    assert answer.status_code == 200
    return answer.content.decode()


def write(client: Client, case: Application, what: str, of: Any = None, **given: Any) -> Any:
    """Send one of the forms as the page sends it."""
    prefix = f"{what}-{of.pk}" if of is not None else what
    fields = {f"{prefix}-{name}": value for name, value in given.items()} | ({"of": of.pk} if of is not None else {})
    return client.post(reverse("applications:write", args=[case.pk, what]), fields)


@pytest.mark.parametrize("state", list(ApplicationState))
def test_every_state_opens_and_offers_what_the_table_permits(at: Staffed, desk: Desk, state: str) -> None:
    case = cases.in_state(at, state)
    shown = page(desk(at.disclosure_officer), case)
    assert case.number in shown
    assert "王小雨" not in shown
    assert desk(at.disclosure_officer).get(reverse("applications:dossier", args=[case.pk])).status_code == 200


@pytest.mark.parametrize(
    ("state", "extended"),
    [("registered", 422), ("clarifying", 422), ("handling", 422), ("signed", 403), ("delivered", 403)],
)
def test_days_that_contradict_each_other_are_told_where_they_are_mended(
    at: Staffed, desk: Desk, state: str, extended: int
) -> None:
    """As when the machine's clock was a day ahead for a while: nothing is written so, and yet it can be met."""
    case = cases.in_state(at, state)
    Application.objects.filter(pk=case.pk).update(arrived_on=TODAY() + timedelta(days=2))
    client = desk(at.disclosure_officer)
    assert "日期有矛盾，期限无法计算" in page(client, case)
    assert client.get(reverse("applications:list"), {"section": "all"}).status_code == 200
    assert write(client, case, "extend", working_days=5, reason="案情复杂").status_code == extended
    assert not case.extensions.exists()


def test_each_role_sees_its_own_acts(at: Staffed, desk: Desk) -> None:
    case = cases.legal_review(at)
    fire = reverse("applications:fire_application", args=[case.pk, "pass"])
    assert fire in page(desk(at.legal_reviewer), case)
    assert fire not in page(desk(at.disclosure_officer), case)
    assert desk(at.handler).get(case.get_absolute_url()).status_code == 404


def test_an_act_is_done_and_said(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at)
    client = desk(at.disclosure_officer)
    sent = {"version": case.version, "seen": 0}
    answer = client.post(reverse("applications:fire_application", args=[case.pk, "take_up"]), sent, follow=True)
    assert "审查通过，转入办理" in answer.content.decode()
    assert cases.again(case).state == ApplicationState.HANDLING


def test_two_officers_at_once_the_second_is_told_what_happened(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at)
    seen = Entry.objects.latest("id").pk
    cases.act(case, "take_up", by=at.disclosure_officer)
    url = reverse("applications:fire_application", args=[case.pk, "withdraw"])
    answer = desk(at.disclosure_officer).post(
        url, {"version": case.version, "seen": seen, "withdraw-reason": "申请人来电"}
    )
    assert answer.status_code == 409
    assert "他人已经办理过" in answer.content.decode()
    assert "申请人来电" in answer.content.decode()
    assert cases.again(case).state == ApplicationState.HANDLING


def test_what_was_typed_is_still_there_when_a_day_is_wrong(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at, arrived=cases.days_ago(3))
    url = reverse("applications:fire_application", args=[case.pk, "clarify"])
    fields = {"unclear": "没有写明年份", "wanted": "请写明年份", "notified_on": cases.days_ago(9), "until": TODAY()}
    sent = {f"clarify-{name}": value for name, value in fields.items()} | {"version": case.version}
    answer = desk(at.disclosure_officer).post(url, sent)
    assert answer.status_code == 422
    assert "日期有矛盾" in answer.content.decode()
    assert "没有写明年份" in answer.content.decode()


def test_personal_data_is_shown_by_a_deliberate_look_that_the_ledger_knows(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at)
    url = reverse("applications:look", args=[case.pk])
    client = desk(at.disclosure_officer)
    asked = client.post(url, {"party": case.applicant_id, "why": ""})
    assert asked.status_code == 422
    assert "王小雨" not in asked.content.decode()
    shown = client.post(url, {"party": case.applicant_id, "why": "核对身份"})
    assert "王小雨" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    entry = Entry.objects.get(kind="applications.party_seen")
    assert (entry.actor_id, entry.data["what"]) == (str(at.disclosure_officer.pk), "核对身份")
    other = cases.registered(at, personal={"name": "李四海"})
    assert client.post(url, {"party": other.applicant_id, "why": "好奇"}).status_code == 404


def test_a_department_takes_answers_and_sends_back(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    assert write(desk(at.disclosure_officer), case, "assign", department=at.department.pk, leads="1").status_code == 302
    assignment = case.assignments.get()
    client = desk(at.handler)
    url = reverse("applications:fire_assignment", args=[case.pk, assignment.pk, "accept"])
    assert url in page(client, case)
    client.post(url, {"version": assignment.version})
    answer = reverse("applications:fire_assignment", args=[case.pk, assignment.pk, "answer"])
    client.post(answer, {f"assignment{assignment.pk}-answer-answer": "可以公开", "version": assignment.version + 1})
    assignment.refresh_from_db()
    assert (assignment.state, assignment.answer) == ("answered", "可以公开")


def test_the_forms_write_what_they_say(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    item = case.items.get()
    client = desk(at.disclosure_officer)
    today = TODAY().isoformat()
    search = {"place": "档案室", "terms": "标题", "on": today, "nothing": "1", "found": "没有", "searcher": "沈若溪"}
    consult = {
        "kind": "third_party",
        "name": "北湖公司",
        "party_kind": "enterprise",
        "question": "合同",
        "sent_on": today,
    }
    for what, of, given in (
        ("search", None, search | {"item": item.pk}),
        ("note", None, {"text": "已电话联系"}),
        ("add_item", None, {"name": "另一份文件"}),
        ("amend_item", item, {"name": "改过的名称", "features": "2026年"}),
        ("deliberate", None, {"question": "能否公开", "departments": [at.department.pk]}),
        ("consult", None, consult),
        ("extend", None, {"working_days": 20, "reason": "案情复杂"}),
        ("handler", None, {"handler": at.disclosure_officer.pk}),
        ("amend", None, registration(case) | {"source_number": "12345-1"}),
    ):
        answer = write(client, case, what, of, **given)
        assert answer.status_code == 302, f"{what}: {answer.content.decode()}"
    meeting = case.deliberations.get()
    opinion = meeting.opinions.get()
    assert write(desk(at.handler), case, "opinion", opinion, text="可以公开").status_code == 302
    assert write(client, case, "conclude", meeting, conclusion="公开", held_on=today).status_code == 302
    case.refresh_from_db()
    item.refresh_from_db()
    assert (item.name, item.searches.get().nothing, case.source_number) == ("改过的名称", True, "12345-1")
    assert case.items.count() == 2
    assert case.consultations.get().party.masked_name == "北湖公司"
    assert case.extensions.get().state == "proposed"
    shown = page(client, case)
    assert "可以公开" in shown
    assert "已电话联系" in shown


def registration(case: Application) -> dict[str, Any]:
    names = ("channel", "arrived_on", "signed_on", "source_number", "subject", "form", "way", "needs_help")
    return {name: getattr(case, name) or "" for name in names}


def test_forms_say_at_the_field_what_is_wrong_and_keep_what_was_typed(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    answer = write(
        desk(at.disclosure_officer), case, "consult", kind="third_party", question="合同单价表", sent_on="昨天"
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写“第三方或者机关名称”" in said
    assert "请填写日期，如" in said
    assert "合同单价表" in said


def test_what_is_not_one_s_own_is_refused(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    assert write(desk(at.leader), case, "assign", department=at.department.pk, leads="1").status_code == 403
    closed = cases.archived(at)
    assert write(desk(at.disclosure_officer), closed, "assign", department=at.department.pk).status_code == 403


def test_a_decision_tells_everything_it_lacks_and_asks_only_what_it_needs(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    item = case.items.get()
    client = desk(at.disclosure_officer)
    live = reverse("applications:decide_live", args=[case.pk, item.pk])
    fields = client.post(f"{live}?show=fields", {f"decide{item.pk}-outcome": "other_agency"}).content.decode()
    assert "负责公开的机关名称" in fields
    assert "商业秘密" not in fields
    missing = client.post(f"{live}?show=missing", {f"decide{item.pk}-outcome": "other_agency"}).content.decode()
    assert "还缺 3 项" in missing
    known = {"outcome": "other_agency", "reasons": "由财政部门制作", "other_agency_unknown": "on"}
    sent = {f"decide{item.pk}-{name}": value for name, value in known.items()} | {"version": item.version}
    assert "要件齐全" in client.post(f"{live}?show=missing", sent).content.decode()
    assert client.post(reverse("applications:decide", args=[case.pk, item.pk]), sent).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.outcome, item.facts) == (ItemState.DRAFTED, "other_agency", {"other_agency_unknown": True})
    assert "本机关不掌握" in page(client, case)


def test_a_decision_is_not_written_over_another(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    item = case.items.get()
    cases.draft(item, by=at.disclosure_officer)
    sent = {f"decide{item.pk}-outcome": "not_held", "version": item.version}
    answer = desk(at.disclosure_officer).post(reverse("applications:decide", args=[case.pk, item.pk]), sent)
    assert answer.status_code == 409
    item.refresh_from_db()
    assert item.outcome == "granted"


def test_a_remedy_is_entered_with_the_day_its_answer_is_due(at: Staffed, desk: Desk) -> None:
    case = cases.delivered(at)
    client = desk(at.disclosure_officer)
    today = TODAY().isoformat()
    given = {"kind": "reconsideration", "body": "澜川市人民政府", "filed_on": today, "served_on": today}
    assert write(client, case, "remedy", **given).status_code == 302
    assert "第四十八条" in page(client, case)
    assert "10个工作日" in page(client, case)


def test_a_fee_is_reckoned_before_it_is_asked_for(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    url = reverse("applications:fee", args=[case.pk])
    assert "合计 900元" in desk(at.disclosure_officer).get(url, {"basis": "pages", "quantity": "110"}).content.decode()
    counted = desk(at.disclosure_officer).get(url, {"basis": "count", "quantity": "1", "before": "10"})
    assert "合计 100元" in counted.content.decode()


def test_cases_beside_it_are_named_with_the_reason(at: Staffed, desk: Desk) -> None:
    case, other = cases.registered(at, wanted=["同一份文件"]), cases.registered(at, wanted=["同一份 文件"])
    shown = page(desk(at.disclosure_officer), case)
    assert other.number in shown
    assert "申请内容相同" in shown
    handling.link_repeat(case, other, by=at.disclosure_officer)
    assert "已关联为重复申请" in page(desk(at.disclosure_officer), case)


def test_the_page_takes_a_fixed_number_of_queries(at: Staffed, desk: Desk) -> None:
    def full(number: int) -> int:
        case = cases.handling_(at, wanted=[f"文件{number}之{place}" for place in range(number)])
        for item in case.items.all():
            cases.draft(item, by=at.disclosure_officer)
            handling.add_note(case, "备注", by=at.disclosure_officer)
            cases.consultation(at, case)
        client = desk(at.disclosure_officer)
        page(client, case)
        with CaptureQueriesContext(connection) as asked:
            page(client, case)
        return len(asked)

    assert full(6) == full(2)


def test_two_records_of_one_person_are_joined_by_a_human_and_parted_again(at: Staffed, desk: Desk) -> None:
    first, second = cases.registered(at), cases.registered(at)
    client = desk(at.disclosure_officer)
    shown = page(client, second)
    assert "可能是同一人" in shown
    assert "证件号码" in shown
    assert write(client, second, "merge", first.applicant).status_code == 302
    assert "同一申请人" in page(client, cases.again(second))
    assert write(client, cases.again(second), "unmerge", second.applicant).status_code == 302
    second.applicant.refresh_from_db()
    assert second.applicant.merged_into_id is None


def test_somebody_of_another_agency_finds_no_case(at: Staffed, desk: Desk) -> None:
    case = cases.registered(at)
    assert desk(people.staffed().disclosure_officer).get(case.get_absolute_url()).status_code == 404


def test_the_result_of_a_remedy_is_asked_for_in_a_form(at: Staffed, desk: Desk) -> None:
    case = cases.archived(at)
    day = cases.days_ago(0)
    given = {"kind": "reconsideration", "body": "澜川市人民政府", "filed_on": day, "served_on": day}
    client = desk(at.disclosure_officer)
    assert write(client, case, "remedy", **given).status_code == 302
    shown = page(client, case)
    assert "-decide-result" in shown
    assert "-decide-orders_new_reply" in shown


def test_what_is_no_question_of_the_case_is_not_among_the_reasons(at: Staffed, desk: Desk) -> None:
    case = cases.handling_(at)
    cases.extension(at, case)
    shown = page(desk(at.disclosure_officer), case)
    assert "送审" in shown
    assert "既有台账" not in shown

"""Staff register what came on paper: what is wrong is said at its field, and the day of receipt by the rule."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.applications.portal.filling import photo, tree
from tests.factories import cases
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import case_files
from gongkai.applications.actions import filing
from gongkai.applications.applications import Application, ApplicationState
from gongkai.ledger import moment, persons

pytestmark = pytest.mark.django_db
NEW = reverse("applications:register")
Desk = Callable[[Officer], Client]


def paper(**changed: Any) -> dict[str, Any]:
    """A form as it is sent, with what is changed."""
    today = moment.today().isoformat()
    fields = {
        "submission": "one-paper",
        "channel": "counter",
        "arrived_on": today,
        "kind": "citizen",
        "name": "王小雨",
        "document_kind": "resident_id",
        "document_number": cases.CITIZEN["document_number"],
        "phone": "138 0013 8000",
        "form": "paper",
        "way": "mail",
        "items-TOTAL_FORMS": "2",
        "items-INITIAL_FORMS": "0",
        "items-0-name": "供热管网图",
        "items-0-features": "2025年",
        "items-1-name": "",
    }
    return fields | changed


def test_an_application_over_the_counter_is_registered_at_once(at: Staffed, desk: Desk) -> None:
    answer = desk(at.disclosure_officer).post(NEW, paper(), follow=True)
    case = Application.objects.get()
    assert (case.state, case.channel, case.items.count()) == (ApplicationState.REGISTERED, "counter", 1)
    known = persons.unseal(case.applicant.person, bytes(case.applicant.sealed))
    assert known["phone"] == "13800138000"
    assert case.number in answer.content.decode()


def test_the_same_paper_sent_twice_is_one_application(at: Staffed, desk: Desk) -> None:
    client = desk(at.disclosure_officer)
    shown = client.post(NEW, paper(explain="1", scans=photo("申请书.jpg")))  # what was chosen stays with what was typed
    token = tree(shown).xpath("//input[@name='scans-token']/@value")
    for _ in range(2):
        sent = client.post(NEW, paper(**{"scans-token": token, "scans": [photo("信封.jpg")]}))
        assert sent.status_code == 302
        filing.seal_waiting(moment.now() + timedelta(minutes=2))
    case = Application.objects.get()
    scans = list(case.files.all())
    assert [(one.role, one.from_applicant, one.by) for one in scans] == [("request", False, at.disclosure_officer)] * 2
    assert all(case_files.content(one).startswith(b"\xff\xd8") for one in scans)  # sealed with the others of the case


def test_a_scan_that_is_none_is_refused_at_its_field(at: Staffed, desk: Desk) -> None:
    scan = SimpleUploadedFile("申请书.jpg", b"<script>")
    answer = desk(at.disclosure_officer).post(NEW, paper(scans=scan))
    assert answer.status_code == 422
    assert "供热管网图" in answer.content.decode()
    assert not Application.objects.exists()


def test_what_both_sides_must_confirm_waits_for_it(at: Staffed, desk: Desk) -> None:
    desk(at.disclosure_officer).post(NEW, paper(channel="fax"))
    assert Application.objects.get().state == ApplicationState.UNCONFIRMED


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"document_number": "110101199003071234"}, "校验位不对"),
        ({"document_kind": "", "document_number": "123"}, "请先选择证件类型"),
        ({"kind": "enterprise"}, "申请人类型与证件类型不符"),
        ({"phone": "12"}, "电话"),
        ({"phone": ""}, "电话、电子邮箱或者通信地址至少一项"),
        ({"channel": "signed_mail"}, "请填写签收日期"),
        ({"arrived_on": "2099-01-01"}, "日期晚于今天"),
        ({"arrived_on": "昨天"}, "请填写日期"),
        ({"channel": ""}, "请选择“接收渠道”"),
        ({"items-0-name": ""}, "请填写“所需信息的名称”"),
        ({"channel": "fax", "confirmed_on": "2020-01-01"}, "早于到达日期"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    at: Staffed, desk: Desk, changed: dict[str, str], said: str
) -> None:
    answer = desk(at.disclosure_officer).post(NEW, paper(**changed))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert "王小雨" in shown
    assert "2025年" in shown
    assert not Application.objects.exists()


def test_another_item_is_offered_without_losing_the_first(at: Staffed, desk: Desk) -> None:
    shown = desk(at.disclosure_officer).post(NEW, paper(more="1")).content.decode()
    assert "第3项" in shown
    assert "供热管网图" in shown
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("channel=counter&arrived_on=2026-08-31", "收到申请之日：2026年8月31日"),
        ("channel=counter&arrived_on=2026-08-31", "2026年9月28日"),
        ("channel=signed_mail&arrived_on=2026-08-31", "需补录签收之日"),
        ("channel=signed_mail&arrived_on=2026-08-31&signed_on=2026-08-30", "以签收之日为准"),
        ("channel=plain_mail&arrived_on=2026-08-31&confirmed_on=2026-09-02", "应当于到达当日"),
        ("channel=hotline&arrived_on=2026-08-31", "尚未确认"),
        ("channel=fax&arrived_on=2026-08-31&confirmed_on=2026-08-01", "早于到达之日"),
        ("channel=&arrived_on=2026-08-31", "选择接收渠道"),
        ("channel=counter&arrived_on=1500-01-01", "1500"),
    ],
)
def test_the_day_of_receipt_is_explained_while_its_dates_are_typed(
    at: Staffed, desk: Desk, dates: str, said: str
) -> None:
    url = reverse("applications:register_receipt")
    assert said in desk(at.disclosure_officer).get(f"{url}?{dates}").content.decode()


def test_it_is_explained_without_script_as_well(at: Staffed, desk: Desk) -> None:
    shown = desk(at.disclosure_officer).post(NEW, paper(explain="1")).content.decode()
    assert "收到申请之日：" in shown
    assert "王小雨" in shown


def test_only_the_disclosure_officer_registers(at: Staffed, desk: Desk) -> None:
    assert desk(at.handler).get(NEW).status_code == 403

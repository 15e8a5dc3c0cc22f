"""The calculator for anyone, as a page and as an interface."""

import json
from typing import Any

import pytest
from tests.applications.portal.filling import Visitor, errors, tree, words

from gongkai.agencies.workdays import current_calendar
from gongkai.applications.applications import Application
from gongkai.law.clock import dump, load, timeline
from gongkai.ledger.entries import Entry

pytestmark = pytest.mark.django_db
PATH = "/apply/calculator/"
FIRST = {"channel": "online", "arrived": "2024-01-15", "confirmed": "2024-01-17"}
CONSULTED = {"asked_1": "third_party", "sent_1": "2024-01-22", "reached_1": "2024-01-24"}
DOCUMENT: dict[str, Any] = {
    "today": "2024-02-22",
    "acts": [
        {"act": "received", "channel": "online", "arrived": "2024-01-15", "confirmed": "2024-01-17"},
        {"act": "consultation_sent", "key": "1", "kind": "third_party", "on": "2024-01-22", "received": "2024-01-24"},
        {"act": "extension_granted", "approved_on": "2024-02-20", "notified_on": "2024-02-21", "working_days": 10},
    ],
}


def test_the_day_is_said_with_every_reason(visitor: Visitor) -> None:
    """Received on Wednesday 2024-01-17: two days that week, five, five, Sunday 4 February made up, five up to New
    Year's Eve, Sunday 18 made up, Monday 19."""
    page = visitor.get(PATH, **FIRST, today="2024-01-18")
    assert tree(page).xpath("string(//h2[@id='result'])") == "最迟 2024年2月19日 答复"
    text = words(page)
    assert "第20个工作日，期满日" in text
    assert "第19个工作日（调休上班）" in text
    assert len(tree(page).xpath("//*[@class='clock-strip']//span")) > 25


def test_stops_extension_and_readings_move_it(visitor: Visitor) -> None:
    extension = {"extension_on": "2024-02-20", "extension_told": "2024-02-21", "extension_days": "10"}
    asked = FIRST | CONSULTED | extension | {"today": "2024-02-22"}
    history, readings, today = load(DOCUMENT)
    expected = timeline(history, current_calendar(), today, readings).due_date
    assert expected is not None
    said = f"最迟 {expected.year}年{expected.month}月{expected.day}日 答复"
    assert tree(visitor.get(PATH, **asked)).xpath("string(//h2[@id='result'])") == said
    other = visitor.get(PATH, **asked, stop_takes_send_day="true")
    assert "与默认不同的读法：发出征求意见书的当日，当日即停止计算" in words(other)


def test_the_address_says_only_what_matters(visitor: Visitor) -> None:
    answer = visitor.get(PATH, **FIRST, signed="", notice_on="", stop_takes_send_day="")
    assert answer["Location"] == f"{PATH}?channel=online&arrived=2024-01-15&confirmed=2024-01-17"


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"channel": "online"}, "arrived", "请填写到达之日"),
        (FIRST | {"arrived": "2024-13-01"}, "arrived", "2026-03-05"),
        (FIRST | {"supplement_on": "2024-02-01"}, "notice_on", "告知补正之日"),
        (FIRST | {"replied_on": "2024-01-10", "today": "2024-03-01"}, "replied_on", "早于收到申请"),
        (FIRST | CONSULTED | {"answered_1": "2024-01-23", "today": "2024-03-01"}, "answered_1", "早于对方收到"),
        (FIRST | {"arrived": "1999-01-15", "confirmed": "1999-01-15", "today": "1999-02-01"}, "arrived", "2004"),
        (FIRST | {"today": "2050-01-01"}, "today", "十年"),
        (FIRST | {"sent_2": "2024-01-22"}, "asked_2", "征求谁的意见"),
        (FIRST | {"clarification_working_days": "0"}, "clarification_working_days", "至少为1"),
    ],
)
def test_what_cannot_have_happened_is_said_at_its_field(
    visitor: Visitor, asked: dict[str, str], field: str, said: str
) -> None:
    page = visitor.get(PATH, **asked)
    assert page.status_code == 422
    assert said in errors(page)[field]


def test_nothing_is_kept_of_a_calculation(visitor: Visitor) -> None:
    before = Entry.objects.count()
    page = visitor.get(PATH, **FIRST, today="2024-01-18")
    assert page.headers["Cache-Control"] == "private, no-store"
    assert (Entry.objects.count(), Application.objects.count()) == (before, 0)


def post(visitor: Visitor, body: Any) -> Any:
    return visitor.client.post("/api/v1/clock", json.dumps(body), content_type="application/json")


def test_the_interface_answers_what_the_command_prints(visitor: Visitor) -> None:
    history, readings, today = load(DOCUMENT)
    answer = post(visitor, DOCUMENT)
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(dump(timeline(history, current_calendar(), today, readings))))
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"acts": []}, "body.acts"),
        ({"acts": [{"act": "received", "channel": "pigeon", "arrived": "2024-01-15"}]}, "body.acts[0].channel"),
        ({"acts": [*DOCUMENT["acts"], {"act": "supplement", "on": "2024-02-01"}]}, "body.acts[3]"),
        ({"readings": {"no_such": True}}, "body.readings.no_such"),
        ({"today": "gestern"}, "body.today"),
        ({"today": "2024-01-16"}, "body.acts"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(visitor: Visitor, change: dict[str, Any], field: str) -> None:
    answer = post(visitor, DOCUMENT | change)
    assert answer.status_code == 422
    named = [one["field"] for one in answer.json()["errors"]]
    assert any(one.startswith(field) for one in named), named


def test_it_is_described(visitor: Visitor) -> None:
    schema = visitor.get("/api/v1/openapi.json").json()
    operation = schema["paths"]["/api/v1/clock"]["post"]
    assert operation["summary"]
    assert "ClockIn" in json.dumps(operation["requestBody"])
    assert "ClockOut" in json.dumps(operation["responses"]["200"])

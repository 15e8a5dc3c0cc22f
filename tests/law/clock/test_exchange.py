"""The clock's JSON: what is read, what is refused and where, what comes out."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.law.clock.examples import CALENDAR, JOINT, consulted, line, on

from gongkai.law.clock import (
    Channel,
    ClarificationNotice,
    DocumentError,
    FeeNotice,
    Received,
    Status,
    dump,
    load,
    readings_offered,
    timeline,
)
from gongkai.law.clock.exchange import ACTS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "clock.md"
RECEIVED = {"act": "received", "channel": "counter", "arrived": "2024-03-01"}


def test_a_document_is_read() -> None:
    history, readings, today = load(
        {
            "today": "2024-03-20",
            "readings": {"stop_takes_send_day": True, "clarification_working_days": 10},
            "acts": [{"act": "fee_notice", "on": "2024-03-05", "amount": 380.5}, RECEIVED],
        }
    )
    assert history.acts == (Received(Channel.COUNTER, on("03-01")), FeeNotice(on("03-05"), Decimal("380.5")))
    assert (readings.stop_takes_send_day, readings.clarification_working_days, today) == (True, 10, on("03-20"))


def test_mail_that_was_signed_for_needs_no_other_day() -> None:
    history, _, _ = load(
        {"acts": [{"act": "received", "channel": "signed_mail", "signed": "2024-03-01"}]}, today=on("03-01")
    )
    assert history.received == Received(Channel.SIGNED_MAIL, on("03-01"), on("03-01"))


@pytest.mark.parametrize(
    ("document", "path", "message"),
    [
        ([], "", "应是一个JSON对象"),
        ({}, "acts", "至少有一项“received”"),
        ({"acts": [RECEIVED], "day": "2024-03-01"}, "day", "没有这个字段"),
        ({"acts": [RECEIVED], "format": "other"}, "format", "gongkai-clock-1"),
        ({"acts": [RECEIVED]}, "today", "请写明计算之日"),
        ({"acts": ["received"]}, "acts[0]", "应是一个JSON对象"),
        ({"acts": [{"act": ["received"]}]}, "acts[0].act", "不认识的行为"),
        ({"acts": [RECEIVED, {"act": "answered"}]}, "acts[1].act", "不认识的行为，可用的有：received、"),
        ({"acts": [RECEIVED, {"act": "replied"}]}, "acts[1].on", "“答复”必须写明"),
        ({"acts": [RECEIVED, {"act": "replied", "on": "2024-2-30"}]}, "acts[1].on", "应是日期"),
        ({"acts": [RECEIVED, {"act": "replied", "on": 20240230}]}, "acts[1].on", "现为“20240230”"),
        ({"acts": [RECEIVED, {"act": "replied", "on": "2024-03-05", "at": "x"}]}, "acts[1].at", "没有这个字段"),
        ({"acts": [{**RECEIVED, "channel": "post"}]}, "acts[0].channel", "signed_mail（需签收的邮寄）"),
        ({"acts": [RECEIVED, {"act": "fee_notice", "on": "2024-03-05", "amount": "多"}]}, "acts[1].amount", "金额"),
        ({"acts": [RECEIVED, {"act": "fee_notice", "on": "2024-03-05", "amount": "NaN"}]}, "acts[1].amount", "金额"),
        ({"acts": [RECEIVED], "today": "2024-03-01", "readings": {"x": True}}, "readings.x", "没有这个字段"),
        (
            {"acts": [RECEIVED], "today": "2024-03-01", "readings": {"stop_takes_send_day": 1}},
            "readings.stop_takes_send_day",
            "true或者false",
        ),
        (
            {"acts": [RECEIVED], "today": "2024-03-01", "readings": {"other_agency_working_days": 0}},
            "readings",
            "1至250",
        ),
        ({"acts": [{"act": "supplement", "on": "2024-03-05"}, RECEIVED], "today": "2024-03-09"}, "acts[0]", "补正告知"),
        ({"acts": [RECEIVED] * 501}, "acts", "最多500项"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(document: Any, path: str, message: str) -> None:
    with pytest.raises(DocumentError) as refused:
        load(document)
    assert refused.value.path == path
    assert message in str(refused.value)


def test_what_comes_out_is_json_with_nothing_due_while_waiting() -> None:
    told = json.loads(json.dumps(dump(line(ClarificationNotice(on("03-05"), on("03-12"))))))
    assert (told["status"], told["due_date"], told["days_left"]) == ("awaiting_supplement", None, None)
    assert told["next_step"] == "supplement"
    assert told["receipt"]["day"] == "2024-03-01"


def test_silence_comes_out_in_the_words_of_the_rules() -> None:
    told = dump(line(consulted("03-11"), consulted("03-12", JOINT, "乙机关"), today="04-08"))
    assert told["consultation_outcomes"] == {"甲公司": "agency_decides", "乙机关": "deemed_consent"}
    assert (told["agency_decides"], told["deemed_consent"]) == (["甲公司"], ["乙机关"])
    assert {one["key"] for one in told["steps"]} > {"consultation:甲公司", "consultation:乙机关", "reply"}


def test_the_page_documents_every_act_field_and_reading() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (.+)$", page, re.M))
    for name, kind in ACTS.items():
        assert [one.name for one in fields(kind) if f"`{one.name}`" not in rows[name]] == [], name
    for one in readings_offered():
        default = str(one.default).lower() if isinstance(one.default, bool) else str(one.default)
        assert rows[one.key].startswith(f"{default} | "), one.key
    assert [one.value for one in Status if f"`{one.value}`" not in page] == []
    assert [one.value for one in Channel if f"`{one.value}`" not in page] == []


def test_the_example_of_the_page_is_true() -> None:
    page = PAGE.read_text(encoding="utf-8")
    given, promised = (json.loads(one) for one in re.findall(r"```json\n(.*?)```", page, re.DOTALL)[:2])
    history, readings, today = load(given)
    told = dump(timeline(history, CALENDAR, today, readings))
    assert {key: told[key] for key in promised} == promised
    assert today == date(2024, 2, 22)

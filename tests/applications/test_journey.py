"""One application from the citizen to the archive: every step by its real event, every date against the calendar.

The days were counted by hand on the official calendar of 2026 (国庆节 1 to 7 October, make-up days 20 September and
10 October; 中秋节 25 to 27 September).
"""

from datetime import date
from typing import Any

import pytest
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.applications import letter_facts, letter_records
from gongkai.applications.actions import handling, steps
from gongkai.applications.applications import Application, ApplicationState, Channel
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Delivery, LetterState
from gongkai.applications.items import ItemState
from gongkai.applications.portal.case import course
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.procedures import APPLICATION, CONSULTATION, EXTENSION
from gongkai.law.clock import Status
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry
from gongkai.procedures.engine import Refused, fire

pytestmark = pytest.mark.django_db


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def line(case: Application, today: date) -> Any:
    return Clocks(today=today).of(cases.again(case))


def test_from_the_citizen_to_the_archive() -> None:
    at = people.staffed()
    case = sent_and_confirmed(at)
    clarified(at, case)
    third_party_asked(at, case)
    extended(at, case)
    decided_and_signed(at, case)
    delivered_and_archived(at, case)
    said = Entry.objects.filter(subject_kind="application", subject_id=str(case.pk)).order_by("id")
    assert [one.kind.partition(".")[2] for one in said][:4] == [
        "received",
        "confirmed",
        "clarification",
        "supplemented",
    ]
    assert all("王小雨" not in str(one.data) for one in said)


def sent_and_confirmed(at: Staffed) -> Application:
    """Sent on a Sunday; art. 31 item 3: what counts is the day both sides confirmed."""
    case = cases.received(at, channel=Channel.ONLINE, arrived=day(8, 30), wanted=["招标文件", "中标合同"])
    assert case.state == ApplicationState.UNCONFIRMED
    assert line(case, day(8, 31)).status is Status.AWAITING_CONFIRMATION
    with cases.on(day(8, 31)):
        confirmed = {"confirmed_on": day(8, 31), "confirmed_how": "电话，上午9时，本人接听"}
        fire(APPLICATION, case, "confirm", by=at.disclosure_officer, given=confirmed)
    # 1 to 4, 7 to 11, 14 to 18 September are days 1 to 14; 20 (make-up) to 24 are 15 to 19; 28 is day 20.
    assert line(case, day(8, 31)).due_date == day(9, 28)
    assert line(case, day(8, 31)).step("clarification_notice").due == day(9, 9)
    return case


def clarified(at: Staffed, case: Application) -> None:
    """Clarification stops everything; the supplement begins the count anew (art. 30)."""
    told = {"unclear": "没有写明标段", "wanted": "请写明标段", "notified_on": day(9, 7), "until": day(9, 17)}
    with cases.on(day(9, 7)):
        fire(APPLICATION, case, "clarify", by=at.disclosure_officer, given=told)
    assert line(case, day(9, 8)).due_date is None
    with cases.on(day(9, 14)):
        given = {"answer": "第一标段", "answered_on": day(9, 14)}
        fire(APPLICATION, case, "supplement", by=ApplicantActor(case.pk), given=given)
        fire(APPLICATION, case, "take_up", by=at.disclosure_officer)
    # 15 to 18 September are days 1 to 4, 20 to 24 are 5 to 9, 28 to 30 are 10 to 12; 8 to 10 October 13 to 15,
    # 12 to 16 are 16 to 20.
    assert line(case, day(9, 14)).due_date == day(10, 16)


def third_party_asked(at: Staffed, case: Application) -> None:
    """Asked on 21 September, answered on 12 October: that time is left out (art. 33)."""
    with cases.on(day(9, 22)):
        asked = steps.Asked(
            kind=steps.ConsultationKind.THIRD_PARTY,
            question="中标合同单价表",
            sent_on=day(9, 21),
            received_on=day(9, 22),
            personal=cases.FIRM,
            item=case.items.get(name="中标合同"),
        )
        consulted = steps.consult(cases.again(case), asked, by=at.disclosure_officer)
    assert line(case, day(9, 23)).status is Status.STOPPED
    with cases.on(day(10, 12)):
        objected = {"answered_on": day(10, 12), "answer": "object", "answer_reason": "商业秘密"}
        fire(CONSULTATION, consulted, "answer", by=at.disclosure_officer, given=objected)
    stopped = [one for one in line(case, day(10, 13)).segments if one.kind.value == "stopped"]
    # Stopped: 22 to 24, 28 to 30 September, 8 to 10 and 12 October: ten working days, and as many later it is due.
    assert sum(one.working_days for one in stopped) == 10
    assert line(case, day(10, 13)).due_date == day(10, 30)


def extended(at: Staffed, case: Application) -> None:
    """Extended once, approved by the head and told before the day (art. 33): twenty more working days."""
    officer = at.disclosure_officer
    with cases.on(day(10, 20)):
        extension = steps.propose_extension(cases.again(case), working_days=20, reason="案情复杂", by=officer)
        fire(EXTENSION, extension, "approve", by=at.disclosure_head)
    assert line(case, day(10, 20)).due_date == day(10, 30)
    with cases.on(day(10, 21)):
        fire(EXTENSION, extension, "notify", by=officer, given={"notified_on": day(10, 21)})
        with pytest.raises(Refused, match="只允许延期一次"):
            steps.propose_extension(cases.again(case), working_days=5, reason="再延", by=officer)
    assert line(case, day(10, 21)).due_date == day(11, 27)


def decided_and_signed(at: Staffed, case: Application) -> None:
    """Each item has its decision; what is missing is said all at once; three pairs of eyes."""
    tender, contract = case.items.all()
    refused = {"outcome": "refused", "grounds": ["trade-secret"]}
    with cases.on(day(11, 2)):
        cases.draft(tender, by=at.disclosure_officer)
        cases.draft(contract, by=at.disclosure_officer, **refused)
        with pytest.raises(Refused, match=r"第2项.*理由"):
            fire(APPLICATION, case, "submit", by=at.disclosure_officer)
        reasons = "单价表属于商业秘密，第三方不同意公开。"
        cases.draft(contract, by=at.disclosure_officer, reasons=reasons, **refused)
        fire(APPLICATION, case, "submit", by=at.disclosure_officer)
        assert cases.again(case).state == ApplicationState.LEGAL_REVIEW
        fire(APPLICATION, case, "pass", by=at.legal_reviewer)
        fire(APPLICATION, case, "pass_head", by=at.disclosure_head)
        fire(APPLICATION, case, "sign", by=at.leader)
    assert {one.state for one in case.items.all()} == {ItemState.SETTLED}


def delivered_and_archived(at: Staffed, case: Application) -> None:
    """Nothing goes out that cannot be proven afterwards; sent in time, filed when it is known to have arrived."""
    officer = at.disclosure_officer
    with cases.on(day(11, 3)):
        with pytest.raises(Refused, match="还没有定稿"):
            fire(APPLICATION, case, "deliver", by=officer, given={"replied_on": day(11, 3)})
        letter = cases.frozen_reply(at, case, "reply-mixed")
        with pytest.raises(Refused, match="早于签发日期"):
            fire(APPLICATION, case, "deliver", by=officer, given={"replied_on": day(11, 1)})
        fire(APPLICATION, case, "deliver", by=officer, given={"replied_on": day(11, 3)})
    assert line(case, day(11, 3)).status is Status.REPLIED
    with cases.on(day(11, 5)):
        with pytest.raises(Refused, match="怎样送达"):
            fire(APPLICATION, case, "archive", by=officer)
        sent = {"method": "mail", "sent_on": day(11, 3), "received_on": day(11, 5), "by": officer, "at": moment.now()}
        Delivery.objects.create(letter=letter, **sent)
        fire(APPLICATION, case, "archive", by=officer)
    ended = cases.again(case)
    assert (ended.state, ended.replied_on, ended.ending) == (ApplicationState.ARCHIVED, day(11, 3), "replied")
    assert {one.state for one in ended.items.all()} == {ItemState.CLOSED}


def test_a_day_that_cannot_have_been_is_refused_where_it_is_written() -> None:
    at = people.staffed()
    case = cases.received(at, channel=Channel.ONLINE, arrived=day(8, 31))
    with cases.on(day(9, 1)):
        for wrong in (day(8, 30), day(9, 20)):
            with pytest.raises(Refused, match="日期有矛盾"):
                fire(
                    APPLICATION,
                    case,
                    "confirm",
                    by=at.disclosure_officer,
                    given={"confirmed_on": wrong, "confirmed_how": "电话"},
                )
    assert cases.again(case).state == ApplicationState.UNCONFIRMED


def test_what_was_signed_can_be_taken_back_and_what_was_served_answered_anew() -> None:
    at = people.staffed()
    case = cases.signed(at, decision=cases.GRANTED, arrived=day(3, 2))
    void = case.letters.get()
    with pytest.raises(Refused, match="请先撤回签发"):
        handling.add_item(case, name="另一项", by=at.disclosure_officer)
    case = cases.act(case, "unsign", by=at.leader, day=day(3, 3), reason="漏查了2024年度档案")
    assert (case.state, case.signed_at) == (ApplicationState.HANDLING, None)
    void.refresh_from_db()
    assert void.state == LetterState.VOID
    assert not letter_records.opinions(case)[-1].name
    assert {one.state for one in case.items.all()} == {ItemState.DRAFTED}

    case = cases.act(case, "submit", by=at.disclosure_officer, day=day(3, 3))
    case = cases.act(cases.act(case, "pass_head", by=at.disclosure_head, day=day(3, 3)), "sign", by=at.leader)
    assert [one["what"] for one in course(case)].count("签发答复") == 1  # the applicant is told of what stands
    assert "答复书还没有定稿" in refusal(case, "deliver", at.disclosure_officer, replied_on=day(3, 4))
    served = cases.frozen_reply(at, case)
    Delivery.objects.create(letter=served, method="mail", sent_on=day(3, 4), by=at.leader, at=moment.now())
    assert "已经发出" in refusal(case, "unsign", at.leader, reason="有误")
    case = cases.act(case, "deliver", by=at.disclosure_officer, replied_on=moment.today())

    case = cases.act(case, "answer_anew", by=at.disclosure_head, reason="把重复申请认定错了")
    anew = case.rounds.get()
    assert (case.state, anew.state) == (ApplicationState.DELIVERED, ApplicationState.HANDLING)
    assert f"正在重新办理，登记号{anew.number}" in refusal(case, "answer_anew", at.leader, reason="再次")
    letter = cases.frozen_reply(at, anew)
    known = letter_facts.facts_for(letter, clocks=Clocks())
    assert known.anew.endswith("有下列不当：把重复申请认定错了。现撤销原答复，重新答复。")
    assert served.number in known.anew
    assert known.received_on == day(3, 2)  # the letter says when the application came in, not when the round began
    receipt = line(anew, moment.today()).receipt
    assert (receipt.day, receipt.reason.partition("，")[0]) == (moment.today(), "本机关自行纠正")

    withdrawn = cases.act(cases.withdrawn(at), "archive", by=at.disclosure_officer)
    assert "没有作出答复" in refusal(withdrawn, "answer_anew", at.disclosure_head, reason="有误")


def refusal(case: Application, event: str, by: Any, **given: Any) -> str:
    with pytest.raises(Refused) as refused:
        cases.act(case, event, by=by, **given)
    return "；".join(refused.value.reasons)

"""Who is told of what: each event reaches those who wait for it, with nothing of the person in what crosses the net."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.applications.portal.filling import photo
from tests.factories import cases, people
from tests.factories.people import Staffed

from gongkai.agencies.officers import Officer
from gongkai.applications import telling_deadlines
from gongkai.applications.actions import applying, handling, later, letters
from gongkai.applications.actions.applying import Papers
from gongkai.applications.aftermath import Correction, Proposal
from gongkai.applications.applications import Application
from gongkai.applications.dispatch import LetterState, Method
from gongkai.applications.files import FileRole
from gongkai.applications.ledger_kinds import DUE_MOVED
from gongkai.applications.parties import Party
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.procedures import APPLICATION, CONSULTATION, CORRECTION, PROPOSAL
from gongkai.applications.remedies import RemedyKind
from gongkai.applications.uploads import PAYMENT
from gongkai.interfaces.uploads.fields import Kept
from gongkai.interfaces.uploads.receiving import take_whole
from gongkai.ledger import holders as forgetting
from gongkai.ledger import moment
from gongkai.ledger.entries import Entry
from gongkai.ledger.recording import record
from gongkai.ledger.refs import SYSTEM
from gongkai.procedures.engine import fire
from gongkai.telling import addresses, following, status
from gongkai.telling.messages import Channel as Way
from gongkai.telling.messages import Message

pytestmark = pytest.mark.django_db
REACHED = cases.CITIZEN | {"email": "wang@example.cn"}
_OFFICER = {"disclosure_officer"}
TODAY = moment.today
Act = Callable[[Staffed, Application], Any]


@pytest.fixture
def at() -> Staffed:
    return people.staffed()


def told(after: int = 0) -> list[Message]:
    """What the follower makes of everything since an entry."""
    before = set(Message.objects.values_list("pk", flat=True))
    following.follow(list(Entry.objects.filter(pk__gt=after).order_by("id")))
    return [one for one in Message.objects.order_by("id") if one.pk not in before]


def last() -> int:
    return Entry.objects.latest("id").pk


def fresh(at: Staffed, state: str, **facts: Any) -> Application:
    """A case there, of somebody with mailbox and mobile phone."""
    return cases.in_state(at, state, personal=REACHED, **facts)


def _clarify(at: Staffed, case: Application) -> Any:
    given = {
        "unclear": "没有年份",
        "wanted": "请写明年份",
        "notified_on": TODAY(),
        "until": TODAY() + timedelta(days=9),
    }
    return cases.act(case, "clarify", by=at.disclosure_officer, **given)


def _charge(at: Staffed, case: Application) -> Any:
    given = {"basis": "pages", "quantity": 120, "noticed_on": TODAY(), "received_on": TODAY()}
    return cases.act(case, "charge", by=at.disclosure_officer, **given)


def _move(at: Staffed, case: Application) -> Any:
    record(DUE_MOVED, by=SYSTEM, subject=case, agency=case.agency, before="2026-12-25", after="2026-12-28")


def _online(at: Staffed, case: Application) -> Any:
    letter = letters.write(case, "receipt", by=at.disclosure_officer)
    letter.state = LetterState.FROZEN
    letter.save(update_fields=["state"])
    letters.send(letter, method=Method.ONLINE, sent_on=TODAY(), by=at.disclosure_officer)


@pytest.mark.parametrize(
    ("state", "act", "template"),
    [
        ("unconfirmed", lambda at, case: cases.confirm(at, case), "confirmed"),
        ("registered", _clarify, "clarification"),
        ("clarifying", lambda at, case: _answer(at, case), "supplemented"),
        ("handling", lambda at, case: cases.extension(at, case, "notified"), "extended"),
        ("handling", lambda at, case: cases.consultation(at, case), "consulted"),
        ("handling", _charge, "charged"),
        ("handling", _move, "moved"),
        ("handling", _online, "letter"),
        ("signed", lambda at, case: _deliver(at, case), "replied"),
        ("registered", lambda at, case: _withdraw(case), "withdrawn"),
    ],
)
def test_applicants_are_told_without_a_word_of_who_asked_what(at: Staffed, state: str, act: Act, template: str) -> None:
    case = fresh(at, state)
    since = last()
    act(at, case)
    sent = [one for one in told(since) if one.officer_id is None]
    assert {one.template for one in sent} == {f"applications.{template}"}
    assert {one.channel for one in sent} == {Way.MAIL, Way.SMS}
    words = "".join(f"{one.title}{one.text}" for one in sent)
    assert case.number in words
    for secret in (case.subject, case.items.get().name, REACHED["name"], REACHED["phone"], REACHED["email"]):
        assert secret not in words
    assert "{{" not in words


def _deliver(at: Staffed, case: Application) -> Application:
    return cases.act(case, "deliver", by=at.disclosure_officer, replied_on=TODAY())


def _answer(at: Staffed, case: Application) -> Application:
    return cases.act(case, "supplement", by=at.disclosure_officer, answer="2025年")


def test_addresses_are_opened_when_sent_and_gone_when_erased(at: Staffed) -> None:
    case = fresh(at, "archived")
    message = next(one for one in told() if one.officer_id is None and one.channel == Way.MAIL)
    assert addresses.of(message) == REACHED["email"]
    party = Party.objects.get(pk=case.applicant_id)
    for holder in forgetting.all_holders():
        holder.erase(party.person)
    assert not Message.objects.filter(recipient=f"person:{party.person}", envelope=None).exists()
    with pytest.raises(addresses.NoAddress):
        addresses.of(message)


def test_who_gave_no_way_and_what_was_moved_in_are_told_nothing(at: Staffed) -> None:
    cases.received(at, personal={"name": "李四海"})
    moved_in = cases.received(at, personal=REACHED, imported=True, taken_over_at=moment.now() + timedelta(hours=1))
    assert [one for one in told() if one.officer_id is None] == []
    with cases.on(TODAY() + timedelta(days=1)):
        fire(APPLICATION, moved_in, "withdraw", by=ApplicantActor(moved_in.pk))
    assert [one for one in told() if one.officer_id is None]


def _assigned_and(state: str) -> Act:
    return lambda at, case: cases.assigned(at, case, state)


@pytest.mark.parametrize(
    ("state", "act", "template", "roles"),
    [
        ("handling", _assigned_and("sent"), "assigned", {"handler", "dept_reviewer"}),
        ("handling", _assigned_and("answered"), "assignment_answered", {"disclosure_officer"}),
        ("handling", _assigned_and("returned"), "assignment_back", {"disclosure_officer"}),
        ("handling", lambda at, case: cases.extension(at, case), "extension", {"disclosure_head"}),
        (
            "handling",
            lambda at, case: cases.extension(at, case, "approved"),
            "extension_answered",
            {"disclosure_officer"},
        ),
        ("handling", lambda at, case: _urge(at, case), "urged", {"disclosure_officer"}),
        ("head_review", lambda at, case: cases.act(case, "pass_head", by=at.disclosure_head), "review", {"leader"}),
        ("head_review", lambda at, case: _return(at, case), "returned", {"disclosure_officer"}),
        ("signing", lambda at, case: cases.act(case, "sign", by=at.leader), "signed", {"disclosure_officer"}),
        ("clarifying", lambda at, case: _supply(case), "came_in", {"disclosure_officer"}),
        ("delivered", lambda at, case: _sue(at, case), "remedy", {"legal_reviewer"}),
        ("unconfirmed", lambda at, case: applying.confirm(case, by=ApplicantActor(case.pk)), "agreed", _OFFICER),
        ("paying", lambda at, case: _prove(case), "proof", _OFFICER),
        ("handling", lambda at, case: _correct(case), "correct", _OFFICER),
        ("handling", lambda at, case: _propose(case), "proposed", _OFFICER),
        (
            "registered",
            lambda at, case: cases.act(case, "withdraw", by=ApplicantActor(case.pk)),
            "taken_back",
            _OFFICER,
        ),
        ("delivered", lambda at, case: _rate(case), "rated", {"disclosure_officer"}),
        ("handling", lambda at, case: _invite(at, case), "invited", {"handler", "dept_reviewer"}),
    ],
)
def test_officers_are_told_what_waits_for_them(
    at: Staffed, state: str, act: Act, template: str, roles: set[str]
) -> None:
    case = fresh(at, state)
    since = last()
    act(at, case)
    bells = [one for one in told(since) if one.template == f"applications.staff_{template}" and one.channel == Way.BELL]
    assert {one.officer_id for one in bells} == {getattr(at, role).pk for role in roles}
    assert all(case.number in one.title for one in bells)
    page = {"correct": "/corrections/", "proposed": "/proposals/"}.get(template, case.get_absolute_url())
    assert all(page in one.url for one in bells)
    assert REACHED["name"] not in "".join(f"{one.title}{one.text}" for one in bells)


def _approve(at: Staffed, case: Application) -> Any:
    return cases.extension(at, case, "approved")


def _urge(at: Staffed, case: Application) -> Any:
    return cases.act(case, "urge", by=at.disclosure_head, text="请抓紧")


def _return(at: Staffed, case: Application) -> Any:
    return cases.act(case, "return", by=at.disclosure_head, reason="理由不足")


def _supply(case: Application) -> Any:
    return cases.act(case, "supplement", by=ApplicantActor(case.pk), answer="2025年")


def _sue(at: Staffed, case: Application) -> Any:
    facts = {"body": "澜川市人民政府", "filed_on": TODAY(), "served_on": TODAY(), "claim": "不服", "case_number": ""}
    return later.file_remedy(case, kind=RemedyKind.RECONSIDERATION, by=at.disclosure_officer, **facts)


def _rate(case: Application) -> Any:
    return later.rate(case, stars=5, words="", by=ApplicantActor(case.pk))


def _withdraw(case: Application) -> Application:
    return cases.act(case, "withdraw", by=ApplicantActor(case.pk))


def _prove(case: Application) -> Any:
    kept = Kept(*take_whole(purpose=PAYMENT, file=photo("回单.jpg"), address="192.0.2.1"))
    return applying.hand_in(case, Papers(FileRole.PAYMENT, PAYMENT.name, [kept]), by=ApplicantActor(case.pk))


def _correct(case: Application) -> Correction:
    given = {"record_name": f"{REACHED['name']}登记表", "wrong": "姓名写错", "proof": "户口簿"}
    return later.file_correction(case.agency, case.applicant, by=ApplicantActor(case.pk), application=case, **given)


def _propose(case: Application) -> Proposal:
    return later.propose(case.agency, what="中标合同", why="", by=ApplicantActor(case.pk), application=case)


def test_who_asked_for_a_correction_or_proposed_is_told_what_came_of_it(at: Staffed) -> None:
    case = fresh(at, "handling")
    filed = [(CORRECTION, _correct(case), "refuse"), (PROPOSAL, _propose(case), "decline")]
    own = later.propose(
        case.agency, what="同类信息", why="", by=at.disclosure_officer, application=case, by_applicant=False
    )
    since = last()
    for procedure, subject, event in [*filed, (PROPOSAL, own, "decline")]:
        fire(procedure, subject, event, by=at.disclosure_officer, given={"answer": "没有错误"})
    sent = [one.template for one in told(since) if one.channel == Way.MAIL]
    assert sent == ["applications.corrected", "applications.advised"]


def _invite(at: Staffed, case: Application) -> Any:
    return handling.call_deliberation(case, question="可否公开", departments=[at.department], by=at.disclosure_officer)


def test_who_has_the_case_is_told_instead_of_everybody(at: Staffed) -> None:
    case = fresh(at, "handling")
    other = people.officer(at.agency, "disclosure_officer")
    handling.set_handler(case, other, by=at.disclosure_officer)
    since = last()
    asked = cases.consultation(at, cases.again(case))
    given = {"answered_on": TODAY(), "answer": "consent", "answer_reason": ""}
    fire(CONSULTATION, asked, "answer", by=at.disclosure_officer, given=given)
    bells = [one for one in told(since) if one.channel == Way.BELL]
    assert {(one.template, one.officer_id) for one in bells} == {("applications.staff_opinion", other.pk)}


def test_the_page_of_the_case_says_what_was_told(at: Staffed) -> None:
    case = fresh(at, "handling")
    extension = cases.extension(at, case, "notified")
    told()
    labels = {one.template for one in status.about(case.ref(), extension.ref())}
    assert {"收到申请", "延期答复"} <= labels


# ---- deadlines


def due(days_before: int = 30, days_after: int = 60) -> dict[str, telling_deadlines.Deadline]:
    found = telling_deadlines.read(TODAY() - timedelta(days=days_before), TODAY() + timedelta(days=days_after))
    return {one.step: one for one in found}


def who(*officers: Officer) -> set[int]:
    return {one.pk for one in officers}


def recipients(one: telling_deadlines.Deadline) -> set[int]:
    return {to.officer_id for to in one.recipients}


def test_each_step_warns_those_who_can_still_take_it(at: Staffed) -> None:
    cases.registered(at)
    assert set(due()) == {"clarification_notice", "reply"}


def test_the_reply_warns_whoever_has_the_case(at: Staffed) -> None:
    case = cases.handling_(at)
    cases.assigned(at, case)
    found = due()
    assert set(found) == {"reply"}
    assert recipients(found["reply"]) == who(at.disclosure_officer, at.handler, at.dept_reviewer)


def test_in_review_the_reviewer_is_warned(at: Staffed) -> None:
    cases.signing(at)
    assert recipients(due()["reply"]) == who(at.disclosure_officer, at.leader)


def test_an_extension_that_waits_warns_its_head(at: Staffed) -> None:
    cases.extension(at, cases.handling_(at))
    assert recipients(due()["extension_notice"]) == who(at.disclosure_officer, at.disclosure_head)


def test_departments_and_proceedings_have_days_of_their_own(at: Staffed) -> None:
    case = cases.handling_(at)
    handling.assign(case, at.department, by=at.disclosure_officer, due_on=TODAY() + timedelta(days=3))
    _sue(at, cases.delivered(at))
    kinds = {one.split(":")[0] for one in due()}
    assert kinds == {"assignment", "remedy", "reply"}


def test_what_lies_outside_the_days_and_what_is_closed_is_silent(at: Staffed) -> None:
    cases.handling_(at)
    cases.withdrawn(at)
    assert list(telling_deadlines.read(TODAY(), TODAY())) == []


def test_the_number_of_queries_does_not_grow_with_the_cases(at: Staffed) -> None:
    cases.handling_(at)
    with CaptureQueriesContext(connection) as few:
        due()
    for _ in range(3):
        cases.handling_(at)
    with CaptureQueriesContext(connection) as many:
        due()
    assert len(few) == len(many)

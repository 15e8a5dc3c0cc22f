"""Applications for information in every state, brought there by the real actions and procedures.

Days lie in the past as real ones do: ``on`` is the day an act happens, and counts as such in the ledger
(``ledger.moment``). Whoever needs a case somewhere asks ``in_state``.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from tests.factories.people import Staffed

from gongkai.applications.actions import handling, receiving, steps
from gongkai.applications.actions.receiving import Received, Wanted
from gongkai.applications.applications import Application, Assignment, Channel
from gongkai.applications.applications import ApplicationState as S
from gongkai.applications.dispatch import Delivery, Letter, LetterState
from gongkai.applications.items import ItemState, RequestedItem
from gongkai.applications.parties import PartyKind
from gongkai.applications.powers import ApplicantActor
from gongkai.applications.procedures import APPLICATION, ASSIGNMENT, EXTENSION, ITEM
from gongkai.applications.steps import Consultation, ConsultationKind, Extension
from gongkai.ledger import moment
from gongkai.ledger.refs import Ref
from gongkai.procedures.engine import fire

CITIZEN = {
    "name": "王小雨",
    "document_kind": "resident_id",
    "document_number": "110101199003071233",
    "phone": "13800138000",
}
"""An invented person; the number is right by its check digit and nobody's."""
FIRM = {"name": "澜川市北湖物业有限公司", "contact_person": "赵经理", "phone": "0000-5550101"}
GRANTED = {"outcome": "granted", "facts": {"way_to_get": "电子邮件发送", "time_to_get": "2026-01-05"}}
REFUSED = {"outcome": "refused", "grounds": ["internal-affairs"], "reasons": "属于内部管理方面的信息。"}
_numbers = count(1)


class Somebody:
    """Who applies before there is an application: the applicant, to the ledger."""

    def ref(self) -> Ref:
        return Ref("applicant", "", "申请人")


@contextmanager
def on(day: date | None, hour: int = 10) -> Iterator[None]:
    """What happens inside happens on that day (None: now)."""
    if day is None:
        yield
        return
    with moment.at(timezone.make_aware(datetime.combine(day, time(hour)))):
        yield


def days_ago(days: int) -> date:
    """A day in the past."""
    return moment.today() - timedelta(days=days)


def received(
    at: Staffed,
    *,
    channel: Channel = Channel.COUNTER,
    arrived: date | None = None,
    wanted: Sequence[str] = (),
    kind: PartyKind = PartyKind.CITIZEN,
    personal: dict[str, str] | None = None,
    **facts: Any,
) -> Application:
    """An application as it came in; by the counter it is registered at once."""
    number = next(_numbers)
    day = arrived or moment.today()
    names = wanted or (f"环境卫生设施改造项目第{number}期招标文件",)
    came = Received(
        kind=kind,
        personal=personal or (CITIZEN if kind == PartyKind.CITIZEN else FIRM),
        wanted=[Wanted(name, features="2025年签订") for name in names],
        channel=channel,
        arrived_on=day,
        signed_on=facts.pop("signed_on", day if channel == Channel.SIGNED_MAIL else None),
        **facts,
    )
    by = Somebody() if channel == Channel.ONLINE else at.disclosure_officer
    with on(arrived):
        return receiving.receive(at.agency, came, by=by)


def act(case: Application, event: str, *, by: Any, day: date | None = None, **given: Any) -> Application:
    """Fire an event of the case on that day; the case as it stands afterwards."""
    with on(day):
        fire(APPLICATION, case, event, by=by, given=given)
    return again(case)


def again(case: Application) -> Application:
    """The case, read anew."""
    return Application.objects.select_related("agency", "applicant").get(pk=case.pk)


def unconfirmed(at: Staffed, **facts: Any) -> Application:
    """Sent on the site, not yet confirmed."""
    return received(at, channel=Channel.ONLINE, **facts)


def confirm(at: Staffed, case: Application, day: date | None = None) -> Application:
    """Both sides know of it."""
    given = {"confirmed_on": day or moment.today(), "confirmed_how": "电话确认"}
    return act(case, "confirm", by=at.disclosure_officer, day=day, **given)


def registered(at: Staffed, **facts: Any) -> Application:
    """Received, not yet looked at."""
    return received(at, **facts)


def handling_(at: Staffed, **facts: Any) -> Application:
    """In hand."""
    case = registered(at, **facts)
    return act(case, "take_up", by=at.disclosure_officer, day=facts.get("arrived"))


def clarifying(at: Staffed, *, until: date | None = None, **facts: Any) -> Application:
    """Told to make something good, by ``until`` (in ten days unless told otherwise)."""
    case = registered(at, **facts)
    day = facts.get("arrived") or moment.today()
    given = {"unclear": "没有写明年份", "wanted": "请写明年份", "notified_on": day}
    until = until or day + timedelta(days=10)
    return act(case, "clarify", by=at.disclosure_officer, day=facts.get("arrived"), until=until, **given)


def justifying(at: Staffed, **facts: Any) -> Application:
    """Asked why so many."""
    case = handling_(at, **facts)
    day = facts.get("arrived") or moment.today()
    given = {"facts": "当月第12件申请", "demanded_on": day, "until": day + timedelta(days=10)}
    return act(case, "demand_reasons", by=at.disclosure_officer, day=facts.get("arrived"), **given)


def paying(at: Staffed, **facts: Any) -> Application:
    """Asked to pay."""
    case = handling_(at, **facts)
    day = facts.get("arrived") or moment.today()
    given = {"basis": "pages", "quantity": 120, "noticed_on": day, "received_on": day}
    return act(case, "charge", by=at.disclosure_officer, day=facts.get("arrived"), **given)


def draft(item: RequestedItem, *, by: Any, day: date | None = None, **decision: Any) -> RequestedItem:
    """Draft the decision on one item."""
    with on(day):
        fire(ITEM, item, "draft", by=by, given=decision or GRANTED)
    return RequestedItem.objects.select_related("application").get(pk=item.pk)


def decided(
    at: Staffed, *, day: date | None = None, decision: dict[str, Any] | None = None, **facts: Any
) -> Application:
    """In hand, every item with its decision."""
    case = handling_(at, **facts)
    for item in case.items.all():
        draft(item, by=at.disclosure_officer, day=day or facts.get("arrived"), **(decision or GRANTED))
    return again(case)


def submitted(at: Staffed, **facts: Any) -> Application:
    """Handed in for review: to the head when everything is given, else to the legal office."""
    case = decided(at, **facts)
    return act(case, "submit", by=at.disclosure_officer, day=facts.get("arrived"))


def legal_review(at: Staffed, **facts: Any) -> Application:
    """With the legal office."""
    return submitted(at, **{"decision": REFUSED} | facts)


def head_review(at: Staffed, **facts: Any) -> Application:
    """With the head of the disclosure office."""
    return submitted(at, **facts)


def signing(at: Staffed, **facts: Any) -> Application:
    """With the leader."""
    return act(submitted(at, **facts), "pass_head", by=at.disclosure_head, day=facts.get("arrived"))


def signed(at: Staffed, **facts: Any) -> Application:
    """Signed, to be sent; its letter is frozen."""
    case = act(signing(at, **facts), "sign", by=at.leader, day=facts.get("arrived"))
    frozen_reply(at, case)
    return case


def frozen_reply(at: Staffed, case: Application, key: str = "reply-granted") -> Letter:
    """A reply as it was frozen, without its sheet."""
    return Letter.objects.create(
        application=case,
        key=key,
        title="政府信息公开告知书",
        state=LetterState.FROZEN,
        number=f"澜依申〔2026〕{case.pk}号",
        frozen_at=moment.now(),
        by=at.disclosure_officer,
        created_at=moment.now(),
    )


def delivered(at: Staffed, **facts: Any) -> Application:
    """Sent, and known to have arrived."""
    case = signed(at, **facts)
    day = facts.get("arrived") or moment.today()
    case = act(case, "deliver", by=at.disclosure_officer, day=facts.get("arrived"), replied_on=day)
    for letter in case.letters.all():
        Delivery.objects.create(
            letter=letter, method="online", sent_on=day, received_on=day, by=at.disclosure_officer, at=moment.now()
        )
    return case


def archived(at: Staffed, **facts: Any) -> Application:
    """Filed."""
    return act(delivered(at, **facts), "archive", by=at.disclosure_officer, day=facts.get("arrived"))


def withdrawn(at: Staffed, **facts: Any) -> Application:
    """Taken back by the applicant."""
    case = registered(at, **facts)
    return act(case, "withdraw", by=ApplicantActor(case.pk), day=facts.get("arrived"))


def abandoned(at: Staffed, **facts: Any) -> Application:
    """Nothing was made good in time."""
    case = clarifying(at, **{"arrived": days_ago(40)} | facts)
    return act(case, "lapse", by=at.disclosure_officer)


def transferred(at: Staffed, to: Any = None, **facts: Any) -> Application:
    """Handed over to another agency, which is founded for it unless given."""
    from tests.factories import people

    case = registered(at, **facts)
    other = to or people.agency()
    return act(case, "transfer", by=at.disclosure_officer, agency=str(other.pk), reason="由该机关负责公开")


_MAKERS: dict[str, Callable[..., Application]] = {
    S.UNCONFIRMED: unconfirmed,
    S.REGISTERED: registered,
    S.CLARIFYING: clarifying,
    S.JUSTIFYING: justifying,
    S.HANDLING: handling_,
    S.PAYING: paying,
    S.LEGAL_REVIEW: legal_review,
    S.HEAD_REVIEW: head_review,
    S.SIGNING: signing,
    S.SIGNED: signed,
    S.DELIVERED: delivered,
    S.ARCHIVED: archived,
    S.WITHDRAWN: withdrawn,
    S.ABANDONED: abandoned,
    S.TRANSFERRED: transferred,
}


def in_state(at: Staffed, state: str, **facts: Any) -> Application:
    """A case of the agency in that state."""
    return _MAKERS[state](at, **facts)


def assigned(at: Staffed, case: Application, state: str = "sent", day: date | None = None) -> Assignment:
    """Handed to the department, which has done with it what the state says."""
    with on(day):
        made = handling.assign(case, at.department, by=at.disclosure_officer, note="请提出意见")
        events: dict[str, list[tuple[str, Any, dict[str, str]]]] = {
            "sent": [],
            "accepted": [("accept", at.handler, {})],
            "answered": [("accept", at.handler, {}), ("answer", at.handler, {"answer": "可以公开"})],
            "returned": [("return", at.handler, {"reason": "不属于本处室"})],
            "recalled": [("recall", at.disclosure_officer, {"reason": "误转"})],
        }
        for event, by, given in events[state]:
            fire(ASSIGNMENT, made, event, by=by, given=given)
    return Assignment.objects.select_related("application", "application__agency", "department").get(pk=made.pk)


def extension(at: Staffed, case: Application, state: str = "proposed", day: date | None = None) -> Extension:
    """An extension as far as the state says."""
    with on(day):
        made = steps.propose_extension(case, working_days=20, reason="案情复杂", by=at.disclosure_officer)
        if state == "declined":
            fire(EXTENSION, made, "decline", by=at.disclosure_head, given={"reason": "不必延期"})
        if state in ("approved", "notified"):
            fire(EXTENSION, made, "approve", by=at.disclosure_head)
        if state == "notified":
            given = {"notified_on": moment.today()}
            fire(EXTENSION, made, "notify", by=at.disclosure_officer, given=given)
    return Extension.objects.select_related("application", "application__agency").get(pk=made.pk)


def consultation(
    at: Staffed, case: Application, day: date | None = None, kind: ConsultationKind = ConsultationKind.THIRD_PARTY
) -> Consultation:
    """An opinion asked for; it was received on the same day."""
    sent = day or moment.today()
    third = kind == ConsultationKind.THIRD_PARTY
    asked = steps.Asked(
        kind=kind,
        question="中标合同及单价表",
        sent_on=sent,
        received_on=sent,
        body="" if third else "澜川市财政局",
        party_kind=PartyKind.ENTERPRISE,
        personal=FIRM if third else {},
    )
    with on(day):
        return steps.consult(case, asked, by=at.disclosure_officer)


def item_in(at: Staffed, state: str, **facts: Any) -> RequestedItem:
    """An item in that state, in a case as far along as that takes."""
    makers: dict[str, Callable[[], Application]] = {
        ItemState.OPEN: lambda: handling_(at, **facts),
        ItemState.DRAFTED: lambda: decided(at, **facts),
        ItemState.SETTLED: lambda: signed(at, **facts),
        ItemState.CLOSED: lambda: delivered(at, **facts),
        ItemState.DROPPED: lambda: withdrawn(at, **facts),
    }
    return RequestedItem.objects.select_related("application", "application__agency").get(application=makers[state]())

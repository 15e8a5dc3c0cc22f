"""One case of a former ledger is made: by the real actions and events, each at its own day, in one transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.applications.actions import handling, later, receiving, steps
from gongkai.applications.actions.receiving import Received, Wanted
from gongkai.applications.applications import Application, ApplicationState, Channel, Form, Way
from gongkai.applications.importing import cells
from gongkai.applications.importing.cases import LedgerCase
from gongkai.applications.importing.planning import Known
from gongkai.applications.parties import PartyKind
from gongkai.applications.procedures import APPLICATION, CONSULTATION, EXTENSION, REMEDY
from gongkai.applications.remedies import RemedyKind
from gongkai.applications.steps import ConsultationKind
from gongkai.ledger import moment
from gongkai.procedures.engine import fire

TAKEN_OVER = "原台账记载"
_PERSONAL = ("name", "document_kind", "document_number", "phone", "email", "address", "postcode", "contact_person")
_OPENS_AT = time(9)


@dataclass(frozen=True)
class _Step:
    """Something that happened on a day; ``rank`` orders what happened on the same one."""

    day: date
    rank: int
    do: Callable[[Application], Any]


def write(case: LedgerCase, known: Known, *, by: Officer) -> Application:
    """Make the case with its history. Raises Refused when an act is not possible after all; then nothing may stay."""
    now = timezone.now()
    with moment.at(_at(case.day("arrived") or moment.today(), 0, now)):
        made = receiving.receive(
            known.agency, _received(case, now), by=by, handler=known.handlers.get(case.said("handler"))
        )
    for step in sorted(_steps(case, known, by), key=lambda one: (one.day, one.rank)):
        with moment.at(_at(step.day, step.rank, now)):
            step.do(_again(made))
    made = _again(made)
    if not case.closed and _was_in_hand(case) and made.state == ApplicationState.REGISTERED:
        fire(APPLICATION, made, "take_up", by=by)
    return _again(made)


def _at(day: date, rank: int, now: datetime) -> datetime:
    """The moment of an act: its day is known, its hour is not; never later than now."""
    return min(timezone.make_aware(datetime.combine(day, _OPENS_AT)) + timedelta(minutes=rank), now)


def _again(case: Application) -> Application:
    return Application.objects.select_related("agency", "applicant").get(pk=case.pk)


def _received(case: LedgerCase, now: datetime) -> Received:
    channel = Channel(case.facts["channel"])
    arrived = case.day("arrived") or moment.today()
    return Received(
        kind=PartyKind(case.facts["kind"]),
        personal={key: case.said(key) for key in _PERSONAL if case.said(key)},
        wanted=[Wanted(one.name, one.document_number, one.features) for one in case.items],
        channel=channel,
        arrived_on=arrived,
        signed_on=case.day("signed") or (arrived if channel == Channel.SIGNED_MAIL else None),
        form=Form(case.facts.get("form") or Form.ELECTRONIC),
        way=Way(case.facts.get("way") or Way.ONLINE),
        source_number=case.number,
        imported=True,
        taken_over_at=now,
    )


def _was_in_hand(case: LedgerCase) -> bool:
    return any(case.facts.get(key) for key in ("department", "extension_approved", "consulted_on"))


def _steps(case: LedgerCase, known: Known, by: Officer) -> Iterator[_Step]:
    arrived = case.day("arrived") or moment.today()
    confirmed = case.day("confirmed")
    if confirmed is not None and Channel(case.facts["channel"]).value not in (Channel.COUNTER, Channel.SIGNED_MAIL):
        given = {"confirmed_on": confirmed, "confirmed_how": TAKEN_OVER}
        yield _Step(confirmed, 1, lambda one: fire(APPLICATION, one, "confirm", by=by, given=given))
    if department := known.departments.get(case.said("department")):
        yield _Step(arrived, 2, lambda one: handling.assign(one, department, by=by, note=TAKEN_OVER))
    yield from _clarification(case, by)
    yield from _extension(case, by)
    yield from _consultation(case, by)
    yield from _end(case, by)
    yield from _remedies(case, by)
    yield from _notes(case, by, arrived)


def _clarification(case: LedgerCase, by: Officer) -> Iterator[_Step]:
    notified, supplemented = case.day("clarified"), case.day("supplemented")
    if notified is None:
        return
    given = {"unclear": TAKEN_OVER, "wanted": TAKEN_OVER, "notified_on": notified, "until": case.day("clarify_until")}
    yield _Step(notified, 3, lambda one: fire(APPLICATION, one, "clarify", by=by, given=given))
    if supplemented is not None:
        came = {"answered_on": supplemented, "answer": TAKEN_OVER}
        yield _Step(supplemented, 4, lambda one: fire(APPLICATION, one, "supplement", by=by, given=came))


def _extension(case: LedgerCase, by: Officer) -> Iterator[_Step]:
    approved, notified = case.day("extension_approved"), case.day("extension_notified")
    if approved is None:
        return

    def approve(one: Application) -> None:
        days = int(case.facts["extension_days"])
        made = steps.propose_extension(one, working_days=days, reason=TAKEN_OVER, by=by)
        fire(EXTENSION, made, "adopt", by=by, given={"approved_on": approved})

    yield _Step(approved, 5, approve)
    if notified is not None:
        yield _Step(
            notified,
            6,
            lambda one: fire(EXTENSION, one.extensions.get(), "notify", by=by, given={"notified_on": notified}),
        )


def _consultation(case: LedgerCase, by: Officer) -> Iterator[_Step]:
    sent, answered = case.day("consulted_on"), case.day("consulted_answered")
    if sent is None:
        return
    kind = ConsultationKind(case.facts.get("consulted_kind") or ConsultationKind.THIRD_PARTY)
    third = kind == ConsultationKind.THIRD_PARTY
    asked = steps.Asked(
        kind=kind,
        question=TAKEN_OVER,
        sent_on=sent,
        received_on=case.day("consulted_received"),
        body="" if third else case.said("consulted"),
        party_kind=cells.kind_of(case.said("consulted")),
        personal={"name": case.said("consulted")} if third else {},
    )
    yield _Step(sent, 7, lambda one: steps.consult(one, asked, by=by))
    if answered is not None:
        given = {"answered_on": answered, "answer": case.facts["consulted_answer"], "answer_reason": ""}
        yield _Step(answered, 8, lambda one: fire(CONSULTATION, one.consultations.get(), "answer", by=by, given=given))


def _end(case: LedgerCase, by: Officer) -> Iterator[_Step]:
    ended = case.day("replied")
    if ended is None:
        return
    decisions = [{"outcome": one.outcome, "grounds": list(one.grounds), "reasons": one.reasons} for one in case.items]
    given = {"ending": case.ending, "on": ended, "decisions": decisions}
    yield _Step(ended, 9, lambda one: fire(APPLICATION, one, "adopt", by=by, given=given))


def _remedies(case: LedgerCase, by: Officer) -> Iterator[_Step]:
    after = RemedyKind.LITIGATION_AFTER if case.facts.get("reconsidered") else RemedyKind.LITIGATION_DIRECT
    yield from _remedy(case, by, RemedyKind.RECONSIDERATION, ("reconsidered", "reconsider_body", "reconsider"))
    yield from _remedy(case, by, after, ("sued", "sue_body", "sue"))


def _remedy(case: LedgerCase, by: Officer, kind: RemedyKind, keys: tuple[str, str, str]) -> Iterator[_Step]:
    filed_key, body_key, prefix = keys
    filed, decided = case.day(filed_key), case.day(f"{prefix}_decided")
    result = case.facts.get(f"{prefix}_result")
    if filed is None:
        return
    body = case.said(body_key)
    yield _Step(
        filed,
        10,
        lambda one: later.file_remedy(one, kind=kind, body=body, filed_on=filed, claim=TAKEN_OVER, by=by),
    )
    if result and decided is not None:
        given = {"result": result, "decided_on": decided, "decision": TAKEN_OVER}
        yield _Step(decided, 11, lambda one: fire(REMEDY, one.remedies.get(kind=kind), "decide", by=by, given=given))


def _notes(case: LedgerCase, by: Officer, arrived: date) -> Iterator[_Step]:
    delivery = f"送达方式：{case.said('delivery')}" if case.said("delivery") else ""
    text = "；".join(filter(None, (delivery, case.said("note"))))
    if text:
        yield _Step(case.day("replied") or arrived, 12, lambda one: handling.add_note(one, text, by=by))

"""Who is told of which entry of an application: the applicant, the office, its departments; others by letter only."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from gongkai.agencies.queries import holders
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications import mailing
from gongkai.applications import telling_templates as templates
from gongkai.applications.actions import mailing as posting
from gongkai.applications.aftermath import Correction, Proposal
from gongkai.applications.applications import Application, ApplicationState, Assignment
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dating import was_before
from gongkai.applications.dispatch import Letter, Method
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.parties import Party
from gongkai.applications.powers import CLOSED_TO_DEPARTMENT
from gongkai.applications.steps import Consultation, Extension
from gongkai.applications.telling_values import of_case
from gongkai.law.numerals import chinese_date
from gongkai.ledger import persons
from gongkai.ledger.entries import Entry
from gongkai.ledger.persons import Forgotten
from gongkai.telling import addresses, enclosing
from gongkai.telling.addresses import Sealed
from gongkai.telling.messages import Channel
from gongkai.telling.registry import Recipient, ToOfficer, ToPerson, tells
from gongkai.texts import contacts

PARTIES = "applications.party"
"""The source of sealed addresses of parties."""
_PARTS = {
    "assignment": Assignment,
    "extension": Extension,
    "consultation": Consultation,
    "correction": Correction,
    "proposal": Proposal,
}
_REVIEWS = {
    ApplicationState.LEGAL_REVIEW: "legal_reviewer",
    ApplicationState.HEAD_REVIEW: "disclosure_head",
    ApplicationState.SIGNING: "leader",
}
_DEPARTMENT = ("handler", "dept_reviewer")

People = Callable[[Application, Entry], Iterable[int]]
"""Officers by their number."""


def case_of(entry: Entry) -> Application | None:
    """The application that the entry is about, directly or through one of its parts; read once for the entry."""
    if "told_case" not in entry.__dict__:
        part = _PARTS.get(entry.subject_kind)
        pk = entry.subject_id if part is None else _parent(part, entry.subject_id)
        known = entry.subject_kind == "application" or part is not None
        found = Application.objects.select_related("agency__contact", "applicant", "agent") if known else None
        entry.__dict__["told_case"] = found.filter(pk=pk).first() if found is not None and pk else None
    case: Application | None = entry.__dict__["told_case"]
    return case


def _parent(part: Any, pk: str) -> int | None:
    found: int | None = part.objects.filter(pk=pk).values_list("application_id", flat=True).first()
    return found


def sealed_of(party_id: str) -> Sealed | None:
    """Where mailbox and mobile number of a party stand; None once they were erased."""
    party = Party.objects.filter(pk=party_id, erased_at=None).first()
    return Sealed(party.person, bytes(party.sealed), mail="email", phone="phone") if party is not None else None


# ---- applicants


def applicants(entry: Entry) -> Iterator[Recipient]:
    """The applicant, and who acts for them, by the ways they gave; nobody of what a former ledger brought."""
    case = case_of(entry)
    if case is None or was_before(case, entry.at):
        return
    for party in (case.applicant, case.agent):
        channels = _channels(party) if party is not None else frozenset()
        if party is not None and channels:
            yield ToPerson(party.person, PARTIES, str(party.pk), channels)


def _channels(party: Party) -> frozenset[Channel]:
    """Which ways the party gave. The addresses themselves are read in the moment of sending."""
    if party.erased_at is not None:
        return frozenset()
    try:
        facts = persons.unseal(party.person, bytes(party.sealed))
    except Forgotten:
        return frozenset()
    found = {Channel.MAIL} if facts.get("email") else set()
    try:
        contacts.mobile(str(facts.get("phone") or ""))
    except contacts.InvalidContact:
        return frozenset(found)
    return frozenset({*found, Channel.SMS})


def values_for_applicants(entry: Entry) -> Mapping[str, str]:
    """Number, agency, telephone, where to ask."""
    case = case_of(entry)
    return of_case(case) if case is not None else {}


def _with(due: Callable[[Application], date | None]) -> Callable[[Entry], Mapping[str, str]]:
    def values(entry: Entry) -> Mapping[str, str]:
        case = case_of(entry)
        day = due(case) if case is not None else None
        return {**values_for_applicants(entry), "due": chinese_date(day) if day else "另行告知之日"}

    return values


def _reply_due(case: Application) -> date | None:
    line = Clocks().read(case).line
    return line.due_date if line else None


def _payment_due(case: Application) -> date | None:
    line = Clocks().read(case).line
    step = line.step("payment") if line else None
    return step.due if step else None


def _supplement_due(case: Application) -> date | None:
    notice = case.clarifications.last()
    return notice.until if notice else None


def _reasons_due(case: Application) -> date | None:
    demand = case.reason_demands.last()
    return demand.until if demand else None


def _who_proposed(entry: Entry) -> Iterator[Recipient]:
    """The applicant who proposed it; what the office proposed to itself is nobody's news."""
    if Proposal.objects.filter(pk=entry.subject_id, by_applicant=True).exists():
        yield from applicants(entry)


def _online_letters(entry: Entry) -> Iterator[Recipient]:
    """Letters to the applicant that wait on their page; the reply is told of as the reply."""
    if entry.data.get("method") == Method.ONLINE:
        letter = Letter.objects.filter(pk=entry.data.get("letter")).first()
        if letter is not None and not is_reply(letter.key):
            yield from applicants(entry)


# ---- officers


def _staff(people: People) -> Callable[[Entry], Iterator[Recipient]]:
    """Those officers, without who did it."""

    def recipients(entry: Entry) -> Iterator[Recipient]:
        case = case_of(entry)
        if case is None or was_before(case, entry.at):
            return
        actor = entry.actor_id if entry.actor_kind == "officer" else ""
        for pk in dict.fromkeys(people(case, entry)):
            if str(pk) != actor:
                yield ToOfficer(pk)

    return recipients


def in_hand(case: Application, entry: Entry | None = None) -> list[int]:
    """Who handles the case; the disclosure officers as long as nobody in particular does."""
    if case.handler_id is not None:
        return [case.handler_id]
    return [one.pk for one in holders(case.agency_id, "disclosure_officer")]


def in_departments(case: Application, entry: Entry | None = None) -> list[int]:
    """Departments that have it open."""
    held = case.assignments.exclude(state__in=CLOSED_TO_DEPARTMENT).values_list("department_id", flat=True)
    return [pk for department in held for pk in of_department(case.agency_id, department)]


def of_department(agency: int, department: int) -> list[int]:
    """Who handles applications in a department."""
    return [one.pk for role in _DEPARTMENT for one in holders(agency, role, department)]


def _named_departments(case: Application, entry: Entry) -> list[int]:
    named = entry.data.get("departments") or [entry.data.get("department")]
    return [pk for one in named if one for pk in of_department(case.agency_id, int(one))]


def _reviewers(case: Application, entry: Entry) -> list[int]:
    role = _REVIEWS.get(ApplicationState(entry.data["to_state"]))
    return [one.pk for one in holders(case.agency_id, role)] if role else []


def _heads(case: Application, entry: Entry) -> list[int]:
    return [one.pk for one in holders(case.agency_id, "disclosure_head")]


def _everybody_concerned(case: Application, entry: Entry) -> list[int]:
    return [*in_hand(case), *in_departments(case)]


def _with_leaders(case: Application, entry: Entry) -> list[int]:
    """Also who signs: the officer may have taken the signature back with their agreement."""
    return [*in_hand(case), *(one.pk for one in holders(case.agency_id, "leader"))]


def _with_lawyers(case: Application, entry: Entry) -> list[int]:
    return [*in_hand(case), *(one.pk for one in holders(case.agency_id, "legal_reviewer"))]


def values_for_staff(entry: Entry) -> Mapping[str, str]:
    """Number, subject, who did it, and what the entry says of it."""
    case = case_of(entry)
    said = str(entry.data.get("what") or entry.data.get("reason") or "")
    proposed = entry.subject_kind == "proposal"  # which says itself what is proposed
    label = entry.subject_label if case is None or proposed else case.ref().label
    number = case.number if case is not None else ""
    return {"number": number, "label": label, "who": entry.actor_label, "what": said}


def _moved_for_applicants(entry: Entry) -> Mapping[str, str]:
    """The day as it is now."""
    return {**values_for_applicants(entry), "due": _written(entry.data.get("after"))}


def _moved_for_staff(entry: Entry) -> Mapping[str, str]:
    moved = f"由{_written(entry.data.get('before'))}变为{_written(entry.data.get('after'))}"
    return {**values_for_staff(entry), "what": moved}


def _written(day: Any) -> str:
    return chinese_date(date.fromisoformat(day)) if day else "待定"


def desk_page(entry: Entry) -> str:
    """The page of the case."""
    case = case_of(entry)
    return case.get_absolute_url() if case is not None else ""


def _page_of_part(entry: Entry) -> str:
    """The page of the correction or proposal itself."""
    return reverse(f"applications:{entry.subject_kind}", args=[entry.subject_id])


def _from_the_public(people: Callable[[Entry], Iterator[Recipient]]) -> Callable[[Entry], Iterator[Recipient]]:
    """What people asked for on the site, and not what an officer noted."""
    return lambda entry: people(entry) if entry.actor_kind != "officer" else iter(())


def _to_applicants(kind: str, template: str, due: Callable[[Application], date | None] | None = None) -> None:
    tells(kind, template, applicants, values=_with(due) if due else values_for_applicants)


def _to_staff(kind: str, template: str, people: People, *, urgent: bool = False) -> None:
    tells(kind, template, _staff(people), values=values_for_staff, url=desk_page, urgent=urgent)


def register() -> None:
    """Declare everything; called once, when the application is ready."""
    addresses.register(PARTIES, sealed_of)
    addresses.register(mailing.SOURCE, mailing.address_of)
    enclosing.register(mailing.SOURCE, files=mailing.enclosed, became=posting.became)
    _to_applicants(kinds.RECEIVED, templates.RECEIVED)
    _to_applicants(kinds.CONFIRMED, templates.CONFIRMED, _reply_due)
    _to_applicants(kinds.CLARIFICATION, templates.CLARIFICATION, _supplement_due)
    _to_applicants(kinds.SUPPLEMENTED, templates.SUPPLEMENTED, _reply_due)
    _to_applicants(kinds.REASONS_DEMANDED, templates.REASONS, _reasons_due)
    _to_applicants(kinds.CONSULTED, templates.CONSULTED)
    _to_applicants(kinds.EXTENSION_NOTIFIED, templates.EXTENDED, _reply_due)
    _to_applicants(kinds.CHARGED, templates.CHARGED, _payment_due)
    _to_applicants(kinds.DELIVERED, templates.REPLIED)
    _to_applicants(kinds.SET_RIGHT, templates.SET_RIGHT)
    _to_applicants(kinds.WITHDRAWN, templates.WITHDRAWN)
    _to_applicants(kinds.LAPSED, templates.ABANDONED)
    _to_applicants(kinds.TRANSFERRED, templates.TRANSFERRED)
    tells(kinds.DUE_MOVED, templates.MOVED, applicants, values=_moved_for_applicants)
    tells(kinds.DUE_MOVED, templates.DAY_MOVED, _staff(_everybody_concerned), values=_moved_for_staff, url=desk_page)
    _to_applicants(kinds.CORRECTION_ANSWERED, templates.CORRECTED)
    tells(kinds.PROPOSAL_ANSWERED, templates.ADVISED, _who_proposed, values=values_for_applicants)
    tells(kinds.LETTER_SENT, templates.LETTER, _online_letters, values=values_for_applicants)

    _to_staff(kinds.RECEIVED, templates.NEW, in_hand)
    _to_staff(kinds.ASSIGNED, templates.ASSIGNED, _named_departments)
    _to_staff(kinds.ASSIGNMENT_RETURNED, templates.ASSIGNMENT_BACK, in_hand)
    _to_staff(kinds.ASSIGNMENT_ANSWERED, templates.ASSIGNMENT_ANSWERED, in_hand)
    _to_staff(kinds.DELIBERATION_CALLED, templates.INVITED, _named_departments)
    _to_staff(kinds.SUBMITTED, templates.REVIEW, _reviewers)
    _to_staff(kinds.PASSED, templates.REVIEW, _reviewers)
    _to_staff(kinds.RETURNED, templates.RETURNED, in_hand)
    _to_staff(kinds.SIGNED, templates.SIGNED, in_hand)
    _to_staff(kinds.UNSIGNED, templates.UNSIGNED, _with_leaders)
    _to_staff(kinds.SUPPLEMENTED, templates.CAME_IN, in_hand)
    _to_staff(kinds.REASONS_GIVEN, templates.CAME_IN, in_hand)
    _to_staff(kinds.APPLICANT_CONFIRMED, templates.AGREED, in_hand)
    _to_staff(kinds.PAYMENT_SHOWN, templates.PROOF, in_hand)
    for kind, template in ((kinds.CORRECTION_FILED, templates.CORRECT), (kinds.PROPOSAL_FILED, templates.PROPOSED)):
        filed = _from_the_public(_staff(in_hand))
        tells(kind, template, filed, values=values_for_staff, url=_page_of_part)
    _to_staff(kinds.WITHDRAWN, templates.TAKEN_BACK, _everybody_concerned)
    _to_staff(kinds.CONSULTATION_ANSWERED, templates.OPINION, in_hand)
    _to_staff(kinds.EXTENSION_PROPOSED, templates.EXTENSION, _heads)
    _to_staff(kinds.EXTENSION_APPROVED, templates.EXTENSION_ANSWERED, in_hand)
    _to_staff(kinds.EXTENSION_DECLINED, templates.EXTENSION_ANSWERED, in_hand)
    _to_staff(kinds.URGED, templates.URGED, _everybody_concerned, urgent=True)
    _to_staff(kinds.REMEDY_FILED, templates.REMEDY, _with_lawyers)
    _to_staff(kinds.RATED, templates.RATED, in_hand)
    _to_staff(kinds.LETTER_FAILED, templates.LETTER_BACK, in_hand)

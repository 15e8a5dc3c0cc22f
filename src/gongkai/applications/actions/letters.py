"""Letters of a case: written from its facts, edited, frozen with number and hash, sent, and known to have arrived."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications import case_files, letter_facts
from gongkai.applications import ledger_kinds as kinds
from gongkai.applications.actions import mailing
from gongkai.applications.actions.powers_asked import demand
from gongkai.applications.applications import Application
from gongkai.applications.clock_facts import Clocks
from gongkai.applications.dispatch import Delivery, Letter, LetterState, Method
from gongkai.applications.files import CaseFile, FileRole
from gongkai.applications.items import RequestedItem
from gongkai.applications.letter_keys import is_reply
from gongkai.applications.letter_settings import house_of, take_number
from gongkai.applications.letters import catalogue, composing, printing
from gongkai.applications.letters.catalogue import Addressee
from gongkai.applications.letters.composing import Composed, House, IncompleteLetter
from gongkai.applications.letters.facts import LetterFacts
from gongkai.applications.powers import OFFICE, OFFICER, WHOLE_AGENCY
from gongkai.applications.steps import Consultation
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Conflict, Refused
from gongkai.procedures.tables import Actor

_DECIDED = frozenset({"signed", "delivered", "archived"})


@transaction.atomic
def write(
    application: Application,
    key: str,
    *,
    by: Officer,
    items: Iterable[RequestedItem] = (),
    consultation: Consultation | None = None,
    given: Mapping[str, str] | None = None,
) -> Letter:
    """Begin a letter of that form, perhaps with facts ``given`` by name. Raises KeyError for an unknown form."""
    demand(by, application, OFFICER)
    form = catalogue.get(key)
    letter = Letter.objects.create(
        application=application,
        consultation=consultation,
        key=key,
        title=form.title,
        given=dict(given or {}),
        by=by,
        created_at=moment.now(),
    )
    letter.items.set(items)
    _say(kinds.LETTER_WRITTEN, letter, by)
    return letter


@transaction.atomic
def save(letter: Letter, *, given: Mapping[str, str], dated: date | None, seen: int, by: Officer) -> Letter:
    """Keep what was typed for the letter. Raises Conflict when somebody saved in between."""
    current = _draft(letter, by, seen)
    current.given = {name: value for name, value in given.items() if str(value).strip()}
    current.dated = dated
    current.version += 1
    current.save(update_fields=["given", "dated", "version"])
    _say(kinds.LETTER_CHANGED, current, by, fields=sorted(current.given))
    return current


@transaction.atomic
def set_body(letter: Letter, body: str, *, seen: int, by: Officer) -> Letter:
    """The body as it came back from Word; empty: composed from the facts again."""
    current = _draft(letter, by, seen)
    current.body = body
    current.version += 1
    current.save(update_fields=["body", "version"])
    _say(kinds.LETTER_CHANGED, current, by, body="word" if body else "composed")
    return current


def compose(letter: Letter, *, clocks: Clocks | None = None) -> Composed:
    """The letter as it would stand on paper now. Raises IncompleteLetter with everything missing."""
    facts = letter_facts.facts_for(letter, clocks=clocks or Clocks())
    return composed(letter, facts, house_of(letter.application.agency))


def composed(letter: Letter, facts: LetterFacts, house: House) -> Composed:
    """The same from facts that were read before. What came back from Word stands as it is."""
    made = composing.compose(catalogue.get(letter.key), facts, house)
    return made.with_body(letter.body) if letter.body else made


@transaction.atomic
def looked_at(letter: Letter, *, by: Officer) -> Composed:
    """A draft as it would stand, without the seal, for somebody who looks: it says who applied, so the look enters the
    ledger. Raises IncompleteLetter; then nobody saw anything."""
    demand(by, letter.application, WHOLE_AGENCY)
    made = replace(compose(letter), seal=b"")
    application = letter.application
    what = f"查看文书草稿《{letter.title}》"
    record(kinds.PARTY_SEEN, by=by, subject=application, agency=application.agency, what=what, letter=letter.pk)
    return made


def freeze(letter: Letter, *, by: Officer, seen: int | None = None) -> Letter:
    """定稿: the number is taken, the sheet printed, both kept for good.

    The number is taken in a transaction of its own, so that printing holds up nobody; a letter that was not printed
    after all keeps its number and is printed with it next time. Raises Refused with everything that is missing, and
    ``printing.CannotPrint``.
    """
    numbered = _take_number(letter, seen, by)
    try:
        sheet = compose(numbered)
    except IncompleteLetter as incomplete:
        raise Refused([f"文书还缺：{'、'.join(incomplete.missing)}。"]) from None
    return _keep(numbered, printing.pdf(sheet), by)


def missing(letter: Letter, facts: LetterFacts, house: House | None = None) -> list[str]:
    """Chinese names of what the letter still needs; its number is none of it: it is given when the letter is frozen."""
    return composing.missing(catalogue.get(letter.key), facts, house or house_of(letter.application.agency))


@transaction.atomic
def _take_number(letter: Letter, seen: int | None, by: Officer) -> Letter:
    current = _draft(letter, by, seen)
    form = catalogue.get(current.key)
    if is_reply(current.key) and current.application.state not in _DECIDED and current.application.closed_on is None:
        raise Refused(["处理决定签发以后，答复书才能定稿。"])
    current.dated = current.dated or moment.today()
    if lacking := missing(current, letter_facts.facts_for(current, clocks=Clocks())):
        raise Refused([f"文书还缺：{'、'.join(lacking)}。"])
    if form.series is not None and not current.number:
        current.number = take_number(form, current.application.agency, current.dated.year)
    current.save(update_fields=["number", "dated"])
    return current


@transaction.atomic
def _keep(letter: Letter, data: bytes, by: Officer) -> Letter:
    current = _draft(letter, by, letter.version)
    form = catalogue.get(current.key)
    kept = case_files.keep(
        current.application,
        data,
        name=f"{current.title}{current.number}.pdf",
        role=FileRole.LETTER,
        by=by,
        for_applicant=form.addressee is Addressee.APPLICANT,
    )
    current.pdf, current.sha256 = kept, kept.sha256
    current.state, current.frozen_at = LetterState.FROZEN, moment.now()
    current.version += 1
    current.save(update_fields=["pdf", "sha256", "state", "frozen_at", "version"])
    _say(kinds.LETTER_FROZEN, current, by, sha256=current.sha256)
    return current


@transaction.atomic
def reply_sent(
    application: Application, *, on: date, by: Officer, method: Method | None = None, tracking: str = ""
) -> int:
    """The reply goes out, in the transaction of the act that says so: what is provided becomes the applicant's, and
    frozen replies that were not sent yet are sent by ``method`` (None: how is entered later). Returns how many files
    were provided."""
    provided = application.files.filter(role=FileRole.PROVIDED, for_applicant=False).update(for_applicant=True)
    if method is not None:
        waiting = application.letters.filter(state=LetterState.FROZEN, deliveries=None)
        for letter in waiting:
            if is_reply(letter.key):
                send(letter, method=method, sent_on=on, by=by, tracking=tracking)
    return provided


@transaction.atomic
def void(letter: Letter, *, reason: str, by: Officer) -> Letter:
    """作废: a draft, or a frozen letter that was never sent. Its number stays taken and is told."""
    demand(by, letter.application, OFFICE)
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if current.state == LetterState.VOID or current.deliveries.exists():
        raise Refused(["已发出的文书不能作废；内容有误的，请另行作出更正的文书。"])
    _void(current, reason.strip(), by)
    return current


@transaction.atomic
def void_replies(application: Application, *, reason: str, by: Actor) -> list[str]:
    """撤回签发: frozen replies that never went out are void, in the transaction of the act that says so. Returns their
    numbers."""
    replies = [one for one in application.letters.filter(state=LetterState.FROZEN) if is_reply(one.key)]
    for letter in replies:
        _void(letter, reason, by)
    return [one.number for one in replies if one.number]


def _void(letter: Letter, reason: str, by: Actor) -> None:
    letter.state = LetterState.VOID
    letter.version += 1
    letter.save(update_fields=["state", "version"])
    _say(kinds.LETTER_VOID, letter, by, reason=reason)


@transaction.atomic
def send(
    letter: Letter, *, method: Method, sent_on: date, by: Officer, tracking: str = "", recorded: bool = False
) -> Delivery:
    """A frozen letter goes out. Sent online, opening it is receiving it; by e-mail it is mailed to the applicant,
    unless it went from another mailbox and is only ``recorded``. Every other way is a record of what was done."""
    demand(by, letter.application, OFFICER)
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if current.state != LetterState.FROZEN:
        raise Refused(["文书定稿以后才能发出。"])
    form = catalogue.get(current.key)
    if form.addressee is Addressee.INTERNAL:
        raise Refused(["案卷表单存档备查，不送达。"])
    if method == Method.ONLINE and form.addressee is not Addressee.APPLICANT:
        raise Refused(["网上送达只用于给申请人的文书。"])
    if current.dated is not None and sent_on < current.dated:
        raise Refused([f"发出日期不能早于文书的落款日期{current.dated:%Y-%m-%d}。"])
    if sent_on > moment.today():
        raise Refused(["发出日期不能晚于今天。"])
    mails = mailing.sends(method, recorded=recorded)
    if mails:
        mailing.demand_possible(current, on_today=sent_on == moment.today())
    made = Delivery.objects.create(
        letter=current,
        method=method,
        sent_on=sent_on,
        tracking=tracking.strip()[:60],
        received_on=sent_on if method == Method.COUNTER else None,
        by=by,
        at=moment.now(),
    )
    _say(kinds.LETTER_SENT, current, by, delivery=made.pk, method=str(method), on=sent_on.isoformat())
    if mails:
        mailing.post(made)
    return made


@transaction.atomic
def arrived(
    delivery: Delivery, *, on: date, received_by: str, by: Officer, evidence: CaseFile | None = None
) -> Delivery:
    """It was received: when, by whom, with what evidence (送达回证)."""
    current, letter = _delivery(delivery, by)
    if on < current.sent_on:
        raise Refused(["送达日期不能早于发出日期。"])
    if on > moment.today():
        raise Refused(["送达日期不能晚于今天。"])
    current.received_on, current.received_by = on, received_by.strip()[:60]
    current.evidence = evidence or current.evidence
    current.failed_on, current.failure = None, ""
    current.save(update_fields=["received_on", "received_by", "evidence", "failed_on", "failure"])
    _say(kinds.LETTER_RECEIVED, letter, by, delivery=current.pk, on=on.isoformat())
    return current


@transaction.atomic
def came_back(delivery: Delivery, *, on: date, why: str, by: Officer) -> Delivery:
    """It came back; another attempt is another delivery."""
    current, letter = _delivery(delivery, by)
    if current.received_on is not None:
        raise Refused(["这次送达已经登记签收，不能再登记退回。"])
    if on < current.sent_on:
        raise Refused(["退回日期不能早于发出日期。"])
    if on > moment.today():
        raise Refused(["退回日期不能晚于今天。"])
    current.failed_on, current.failure = on, why.strip()[:200]
    current.save(update_fields=["failed_on", "failure"])
    _say(kinds.LETTER_FAILED, letter, by, delivery=current.pk, on=on.isoformat())
    return current


def _delivery(delivery: Delivery, by: Officer) -> tuple[Delivery, Letter]:
    current = Delivery.objects.select_for_update().get(pk=delivery.pk)
    letter = Letter.objects.select_related("application__agency").get(pk=current.letter_id)
    demand(by, letter.application, OFFICER)
    return current, letter


def _draft(letter: Letter, by: Officer, seen: int | None) -> Letter:
    """The letter, locked, if it can still be changed and nobody changed it since ``seen`` (None: whoever did)."""
    demand(by, letter.application, OFFICER)
    current = Letter.objects.select_for_update().select_related("application__agency").get(pk=letter.pk)
    if current.state != LetterState.DRAFT:
        raise Refused(["文书已经定稿或者作废，不能再修改。"])
    if seen is not None and current.version != seen:
        raise Conflict(["在您打开之后，他人修改过这份文书。请刷新页面，看过最新内容再修改。"])
    return current


def _say(kind: str, letter: Letter, by: Actor, **data: Any) -> None:
    application = letter.application
    what = f"《{letter.title}》{letter.number}"
    record(kind, by=by, subject=application, agency=application.agency, what=what, letter=letter.pk, **data)

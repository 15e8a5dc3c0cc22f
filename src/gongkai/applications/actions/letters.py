"""Letters of a case: written from its facts, edited, frozen with number and hash, sent, and known to have arrived."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.agencies.officers import Officer
from gongkai.applications import case_files, letter_facts
from gongkai.applications import ledger_kinds as kinds
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
from gongkai.applications.letters.composing import Composed, IncompleteLetter
from gongkai.applications.powers import OFFICE, OFFICER
from gongkai.applications.steps import Consultation
from gongkai.ledger import moment
from gongkai.ledger.recording import record
from gongkai.procedures.engine import Conflict, Refused

_DECIDED = frozenset({"signed", "delivered", "archived"})


@transaction.atomic
def write(
    application: Application,
    key: str,
    *,
    by: Officer,
    items: Iterable[RequestedItem] = (),
    consultation: Consultation | None = None,
) -> Letter:
    """Begin a letter of that form. Raises KeyError for an unknown form."""
    demand(by, application, OFFICER)
    form = catalogue.get(key)
    letter = Letter.objects.create(
        application=application,
        consultation=consultation,
        key=key,
        title=form.title,
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
    return current


@transaction.atomic
def set_body(letter: Letter, body: str, *, seen: int, by: Officer) -> Letter:
    """The body as it came back from Word; empty: composed from the facts again."""
    current = _draft(letter, by, seen)
    current.body = body
    current.version += 1
    current.save(update_fields=["body", "version"])
    return current


def compose(letter: Letter, *, clocks: Clocks | None = None) -> Composed:
    """The letter as it would stand on paper now. Raises IncompleteLetter with everything missing."""
    facts = letter_facts.facts_for(letter, clocks=clocks or Clocks())
    made = composing.compose(catalogue.get(letter.key), facts, house_of(letter.application.agency))
    return made.with_body(letter.body) if letter.body else made


def freeze(letter: Letter, *, by: Officer) -> Letter:
    """定稿: the number is taken, the sheet printed, both kept for good.

    The number is taken in a transaction of its own, so that printing holds up nobody; a letter that was not printed
    after all keeps its number and is printed with it next time. Raises Refused with everything that is missing, and
    ``printing.CannotPrint``.
    """
    numbered = _take_number(letter, by)
    try:
        composed = compose(numbered)
    except IncompleteLetter as incomplete:
        raise Refused([f"文书还缺：{'、'.join(incomplete.missing)}。"]) from None
    data = printing.pdf(composed)
    return _keep(numbered, data, by)


@transaction.atomic
def _take_number(letter: Letter, by: Officer) -> Letter:
    current = _draft(letter, by, None)
    form = catalogue.get(current.key)
    if is_reply(current.key) and current.application.state not in _DECIDED:
        raise Refused(["处理决定签发以后，答复书才能定稿。"])
    current.dated = current.dated or moment.today()
    lacking = composing.missing(form, letter_facts.facts_for(current, clocks=Clocks()))
    lacking = [name for name in lacking if name != "文号"]
    if lacking:
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
def void(letter: Letter, *, reason: str, by: Officer) -> Letter:
    """作废: a draft, or a frozen letter that was never sent. Its number stays taken and is told."""
    demand(by, letter.application, OFFICE)
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if current.state == LetterState.VOID or current.deliveries.exists():
        raise Refused(["已发出的文书不能作废；内容有误的，请另行作出更正的文书。"])
    current.state = LetterState.VOID
    current.version += 1
    current.save(update_fields=["state", "version"])
    _say(kinds.LETTER_VOID, current, by, reason=reason.strip())
    return current


@transaction.atomic
def send(letter: Letter, *, method: Method, sent_on: date, by: Officer, tracking: str = "") -> Delivery:
    """A frozen letter goes out. Sent online, opening it is receiving it."""
    demand(by, letter.application, OFFICER)
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    if current.state != LetterState.FROZEN:
        raise Refused(["文书定稿以后才能发出。"])
    form = catalogue.get(current.key)
    if method == Method.ONLINE and form.addressee is not Addressee.APPLICANT:
        raise Refused(["网上送达只用于给申请人的文书。"])
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
    return made


@transaction.atomic
def arrived(
    delivery: Delivery, *, on: date, received_by: str, by: Officer, evidence: CaseFile | None = None
) -> Delivery:
    """It was received: when, by whom, with what evidence (送达回证)."""
    letter = delivery.letter
    demand(by, letter.application, OFFICER)
    if on < delivery.sent_on:
        raise Refused(["送达日期不能早于发出日期。"])
    delivery.received_on, delivery.received_by, delivery.evidence = on, received_by.strip()[:60], evidence
    delivery.failed_on, delivery.failure = None, ""
    delivery.save(update_fields=["received_on", "received_by", "evidence", "failed_on", "failure"])
    _say(kinds.LETTER_RECEIVED, letter, by, delivery=delivery.pk, on=on.isoformat())
    return delivery


@transaction.atomic
def came_back(delivery: Delivery, *, on: date, why: str, by: Officer) -> Delivery:
    """It came back; another attempt is another delivery."""
    demand(by, delivery.letter.application, OFFICER)
    delivery.failed_on, delivery.failure = on, why.strip()[:200]
    delivery.save(update_fields=["failed_on", "failure"])
    _say(kinds.LETTER_FAILED, delivery.letter, by, delivery=delivery.pk, on=on.isoformat())
    return delivery


def _draft(letter: Letter, by: Officer, seen: int | None) -> Letter:
    demand(by, letter.application, OFFICER)
    current = Letter.objects.select_for_update().select_related("application__agency").get(pk=letter.pk)
    if current.state != LetterState.DRAFT:
        raise Refused(["文书已经定稿或者作废，不能再修改。"])
    if seen is not None and current.version != seen:
        raise Conflict(["在您打开之后，他人修改过这份文书。请刷新页面，看过最新内容再修改。"])
    return current


def _say(kind: str, letter: Letter, by: Officer, **data: Any) -> None:
    application = letter.application
    what = f"《{letter.title}》{letter.number}"
    record(kind, by=by, subject=application, agency=application.agency, what=what, letter=letter.pk, **data)

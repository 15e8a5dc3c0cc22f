"""Writing messages: once per cause, recipient and channel, however often it is tried."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.ledger.refs import Ref
from gongkai.telling import rules, wordings
from gongkai.telling.arrangements import Arrangement, Preference, Way, Wording
from gongkai.telling.messages import Channel, Message
from gongkai.telling.registry import Recipient, ToOfficer, ToPerson, fits
from gongkai.telling.wordings import Filled


class Misdirected(TypeError):
    """A template for staff was to go to the public, or the other way round: a programming error."""


@dataclass(frozen=True)
class Tiding:
    """Something to tell some people. ``agency_id`` is the agency that tells people of the public."""

    cause: str
    template: str
    subject: Ref
    agency_id: int
    recipients: tuple[Recipient, ...]
    values: Mapping[str, str]
    url: str = ""
    urgent: bool = False
    at_once: bool = False  # the public is told without waiting for what else there may be to say


def write(tidings: Iterable[Tiding], now: datetime) -> int:
    """Write the messages, those that are there already excepted; returns how many rows were tried. Four queries for
    any number."""
    batch = list(tidings)
    known = _Known.of(batch)
    rows = [row for tiding in batch for to in tiding.recipients for row in _rows(tiding, to, known, now)]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def arrangement_of(agency_id: int) -> Arrangement:
    """How the agency tells; the defaults where it has set nothing."""
    return Arrangement.objects.filter(agency_id=agency_id).first() or Arrangement(agency_id=agency_id)


@dataclass(frozen=True)
class _Known:
    """What a batch needs to know of officers and agencies."""

    officers: Mapping[int, Officer]
    preferences: Mapping[int, Preference]
    arrangements: Mapping[int, Arrangement]
    wordings: Mapping[tuple[int, str], Wording]

    @staticmethod
    def of(batch: list[Tiding]) -> "_Known":
        ids = {to.officer_id for one in batch for to in one.recipients if isinstance(to, ToOfficer)}
        officers = {one.pk: one for one in Officer.objects.filter(pk__in=ids, is_active=True)}
        agencies = {one.agency_id for one in batch} | {one.agency_id for one in officers.values()}
        return _Known(
            officers,
            {one.officer_id: one for one in Preference.objects.filter(officer__in=officers)},
            {one.agency_id: one for one in Arrangement.objects.filter(agency__in=agencies)},
            {(one.agency_id, one.template): one for one in Wording.objects.filter(agency__in=agencies)},
        )

    def arrangement(self, agency_id: int) -> Arrangement:
        return self.arrangements.get(agency_id) or Arrangement(agency_id=agency_id)

    def filled(self, tiding: Tiding, agency_id: int) -> Filled:
        own = self.wordings.get((agency_id, tiding.template)) or Wording()
        template = wordings.get(tiding.template)
        return wordings.fill(template, tiding.values, title=own.title, text=own.text, sms=own.sms)


def _rows(tiding: Tiding, to: Recipient, known: _Known, now: datetime) -> list[Message]:
    if not fits(tiding.template, to):
        raise Misdirected(f"{tiding.template!r} is not for {to.key!r}")
    return _to_officer(tiding, to, known, now) if isinstance(to, ToOfficer) else _to_person(tiding, to, known, now)


def _to_officer(tiding: Tiding, to: ToOfficer, known: _Known, now: datetime) -> list[Message]:
    officer = known.officers.get(to.officer_id)
    if officer is None:  # left since: whoever took over is told by the next entry
        return []
    wish = known.preferences.get(officer.pk) or Preference()
    channels, gathers = rules.officers_channels(
        Way(wish.way), urgent=tiding.urgent, mail=wish.has_mail, phone=wish.has_phone, sms_urgent=wish.sms_urgent
    )
    digest = rules.next_time(timezone.localtime(now), known.arrangement(officer.agency_id).digest_at)
    rows = []
    for channel in channels:
        waits = gathers and channel is Channel.MAIL
        row = _message(tiding, to, channel, officer.agency_id, known)
        row.officer = officer
        row.ready_at = None if channel is Channel.BELL else digest if waits else now
        rows.append(row)
    return rows


def _to_person(tiding: Tiding, to: ToPerson, known: _Known, now: datetime) -> list[Message]:
    waits = 0 if tiding.at_once else known.arrangement(tiding.agency_id).gather_minutes
    ready = now + timedelta(minutes=waits)
    rows = []
    for channel in sorted(to.channels - {Channel.BELL}):
        if channel is Channel.SMS and not wordings.get(tiding.template).sms:
            continue
        row = _message(tiding, to, channel, tiding.agency_id, known)
        row.source, row.source_id, row.ready_at = to.source, to.source_id, ready
        rows.append(row)
    return rows


def _message(tiding: Tiding, to: Recipient, channel: Channel, agency_id: int, known: _Known) -> Message:
    filled = known.filled(tiding, agency_id)
    return Message(
        agency_id=agency_id,
        channel=channel,
        recipient=to.key,
        cause=tiding.cause,
        template=tiding.template,
        urgent=tiding.urgent,
        subject_kind=tiding.subject.kind,
        subject_id=tiding.subject.id,
        subject_label=tiding.subject.label[:300],
        title=filled.title[:200],
        text=(filled.sms or filled.title) if channel is Channel.SMS else filled.text,
        values=dict(tiding.values),
        url=tiding.url,
    )

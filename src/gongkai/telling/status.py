"""What became of what was told 告知情况: for the page of a case, and for whoever looks after sending."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.agencies.officers import Officer
from gongkai.agencies.roles import Role
from gongkai.ledger.refs import Ref
from gongkai.telling import wordings
from gongkai.telling.messages import TROUBLE, Channel, Envelope, EnvelopeState, Message

LOG_READERS = frozenset({Role.DISCLOSURE_OFFICER.value, Role.DISCLOSURE_HEAD.value, Role.ADMIN.value})
"""Who may see what the agency sent, and send it again."""
_TONES = {
    EnvelopeState.SENT: "",
    EnvelopeState.WAITING: "",
    EnvelopeState.DELIVERED: "good",
    EnvelopeState.FILED: "soon",
    EnvelopeState.BOUNCED: "late",
    EnvelopeState.FAILED: "late",
}


@dataclass(frozen=True)
class Told:
    """One message to somebody, as a page shows it."""

    what: str
    template: str
    channel: str
    to: str  # masked, or the officer's name
    state: str
    tone: str
    at: datetime
    next_at: datetime | None  # when it goes out, or is tried again
    reason: str
    envelope_id: int | None  # set where it can be sent again
    sent: bool  # the other side has taken it, as far as is known

    @property
    def trouble(self) -> bool:
        return self.envelope_id is not None


def about(*subjects: Ref, public_only: bool = True) -> list[Told]:
    """What the public was told about a subject (and its parts), newest first, with what became of it; one query.
    Without ``public_only``, mail and short messages to officers too. Whoever may see the subject may see this."""
    of_these = Q()
    for one in subjects:
        of_these |= Q(subject_kind=one.kind, subject_id=one.id)
    rows = Message.objects.filter(of_these).exclude(channel=Channel.BELL) if subjects else Message.objects.none()
    if public_only:
        rows = rows.filter(officer=None)
    return [told(one) for one in rows.select_related("envelope", "officer").order_by("-id")]


def by_source(subject: Ref, source: str) -> dict[str, Told]:
    """Mails about a subject whose address stands at one source, by the id it is asked with; one query."""
    rows = Message.objects.filter(subject_kind=subject.kind, subject_id=subject.id, source=source)
    return {one.source_id: told(one) for one in rows.select_related("envelope", "officer")}


def bounced(subject: Ref) -> bool:
    """Whether the last thing the public was to be told of this reached nobody; one query."""
    rows = Message.objects.filter(subject_kind=subject.kind, subject_id=subject.id, officer=None)
    last = rows.exclude(envelope=None).select_related("envelope").order_by("-envelope_id").first()
    return last is not None and last.envelope is not None and last.envelope.state in TROUBLE


def access_log(officer: Officer) -> QuerySet[Envelope]:
    """Everything the officer's agency sent or is to send, for those who look after it."""
    own = Envelope.objects.filter(agency_id=officer.agency_id).select_related("officer")
    return own if officer.holds(LOG_READERS) else own.none()


def access_bell(officer: Officer) -> QuerySet[Message]:
    """The officer's own messages at the desk, and nobody else's."""
    return Message.objects.filter(officer_id=officer.pk, channel=Channel.BELL)


def unread(officer: Officer) -> int:
    """How many messages the officer has not read; one indexed query per officer object, that is: per request."""
    known = officer.__dict__.get("_unread_messages")
    if known is None:
        known = officer.__dict__["_unread_messages"] = access_bell(officer).filter(read_at=None).count()
    return int(known)


def told(message: Message) -> Told:
    """The message with what is known of its envelope."""
    envelope = message.envelope
    state = EnvelopeState(envelope.state) if envelope else EnvelopeState.WAITING
    waits = state is EnvelopeState.WAITING
    due = (envelope.next_try if envelope else message.ready_at) if waits else None
    return Told(
        what=message.title,
        template=wordings.label_of(message.template),
        channel=str(Channel(message.channel).label),
        to=message.officer.name if message.officer else (envelope.masked if envelope else ""),
        state=str(state.label),
        tone=_TONES[state],
        at=(envelope and (envelope.known_at or envelope.sent_at)) or message.created_at,
        next_at=due if due and due > timezone.now() else None,
        reason=envelope.last_error if envelope and state is not EnvelopeState.SENT else "",
        envelope_id=envelope.pk if envelope and state in TROUBLE else None,
        sent=state in (EnvelopeState.SENT, EnvelopeState.DELIVERED),
    )

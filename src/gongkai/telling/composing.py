"""What stands in one mail or short message that carries several messages."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from gongkai.agencies.bodies import Agency
from gongkai.agencies.queries import primary_host
from gongkai.pages.installation import authority, scheme
from gongkai.telling import enclosing, wordings
from gongkai.telling.arrangements import Wording
from gongkai.telling.messages import Channel, Envelope, Message
from gongkai.telling.outlets.contract import Letter, Part
from gongkai.telling.writing import arrangement_of

_FOOT = "——\n{agency}\n此邮件由系统自动发出，请勿直接回复。"


def compose(envelope: Envelope, messages: Sequence[Message], to: str) -> Letter:
    """The letter for the outlet; ``messages`` are all that go in it, oldest first."""
    write = _short if envelope.channel == Channel.SMS else _mail
    title, text, template = write(envelope, messages)
    sms = envelope.channel == Channel.SMS
    return Letter(
        key=str(envelope.key),
        to=to,
        title=title,
        text=text,
        sender=envelope.agency.name,
        sign=(arrangement_of(envelope.agency_id).sms_sign or envelope.agency.short_name) if sms else "",
        part=_part(envelope, messages, template) if sms else Part("", ()),
        again=envelope.attempts > 1,
        on=timezone.localdate(envelope.tried_at) if envelope.tried_at else None,
        enclosed=enclosing.files_of(envelope),
    )


def _mail(envelope: Envelope, messages: Sequence[Message]) -> tuple[str, str, str]:
    foot = _FOOT.format(agency=envelope.agency.name)
    one = messages[-1]
    if len(messages) == 1:
        link = _link(envelope.agency, one.url)
        return one.title, "\n\n".join(part for part in (one.text, link, foot) if part), one.template
    if envelope.officer_id:
        title = f"{len(messages)}件消息"
        return title, "\n\n".join([*(_item(envelope.agency, each) for each in messages), foot]), one.template
    filled = _several(envelope, messages)
    list_ = "\n".join(f"· {each.title}" for each in messages)
    return filled.title, "\n\n".join([filled.text, list_, foot]), wordings.SEVERAL.key


def _short(envelope: Envelope, messages: Sequence[Message]) -> tuple[str, str, str]:
    one = messages[-1]
    if len(messages) == 1:
        return one.title, one.text, one.template
    filled = _several(envelope, messages)
    return filled.title, filled.sms, wordings.SEVERAL.key


def _several(envelope: Envelope, messages: Sequence[Message]) -> wordings.Filled:
    own = Wording.objects.filter(agency_id=envelope.agency_id, template=wordings.SEVERAL.key).first() or Wording()
    values = _values(envelope, messages, wordings.SEVERAL.key)
    return wordings.fill(wordings.SEVERAL, values, title=own.title, text=own.text, sms=own.sms)


def _values(envelope: Envelope, messages: Sequence[Message], template: str) -> dict[str, str]:
    values = {name: str(value) for name, value in messages[-1].values.items()}
    if template == wordings.SEVERAL.key:
        values = {"agency": envelope.agency.name, **values, "count": str(len(messages))}
    return values


def _part(envelope: Envelope, messages: Sequence[Message], template: str) -> Part:
    """The provider's number for the template, and the values that the declared short message names."""
    own = Wording.objects.filter(agency_id=envelope.agency_id, template=template).first()
    values = _values(envelope, messages, template)
    names = wordings.names_in(wordings.get(template).sms)
    return Part(own.sms_code if own else "", tuple((name, values.get(name, "")) for name in names))


def _item(agency: Agency, message: Message) -> str:
    return "\n".join(part for part in (f"■ {message.title}", message.text, _link(agency, message.url)) if part)


def _link(agency: Agency, path: str) -> str:
    return f"{scheme()}://{authority(primary_host(agency) or settings.GONGKAI_CITY_HOST)}{path}" if path else ""

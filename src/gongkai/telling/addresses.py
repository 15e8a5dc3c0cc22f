"""Where somebody can be reached 联系方式: sealed at rest, opened only in the moment of sending, shown masked."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.agencies.officers import Officer
from gongkai.ledger import persons
from gongkai.telling.arrangements import Preference
from gongkai.telling.messages import Addressee, Channel


class NoAddress(LookupError):
    """There is nothing to send to, and trying again will not change that. Says why in Chinese."""


@dataclass(frozen=True)
class Sealed:
    """A sealed record of a person, and under which names in it mailbox and mobile number stand."""

    person: uuid.UUID
    sealed: bytes
    mail: str = "mail"
    phone: str = "phone"


Read = Callable[[str], Sealed | None]
"""From the id that was given with the recipient to the sealed record as it is now; None: there is none any more."""

_SOURCES: dict[str, Read] = {}


def register(source: str, read: Read) -> None:
    """Declare where addresses of people of the public stand (in an AppConfig.ready); names are unique."""
    if source in _SOURCES:
        raise ValueError(f"address source {source!r} is registered twice")
    _SOURCES[source] = read


def of(addressee: Addressee) -> str:
    """The address, in plain: for the outlet and nobody else. Raises NoAddress."""
    channel = Channel(addressee.channel)
    found = _of_officer(addressee.officer_id) if addressee.officer_id else _of_person(addressee)
    if found is None:
        raise NoAddress("没有登记联系方式。")
    try:
        facts = persons.unseal(found.person, found.sealed)
    except persons.Forgotten:
        raise NoAddress("联系方式已按规定清除。") from None
    address = str(facts.get(found.mail if channel is Channel.MAIL else found.phone) or "").strip()
    if not address:
        raise NoAddress(f"没有登记{'电子邮箱' if channel is Channel.MAIL else '手机号码'}。")
    return address


def masked(address: str) -> str:
    """What may stand in a list: 138****5678, z***@example.cn."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{address[:3]}****{address[-4:]}" if len(address) >= 11 else "****"


def _of_person(addressee: Addressee) -> Sealed | None:
    return _SOURCES[addressee.source](addressee.source_id)


def _of_officer(officer_id: int) -> Sealed | None:
    if not Officer.objects.filter(pk=officer_id, is_active=True).exists():
        raise NoAddress("账号已停用。")
    row = Preference.objects.filter(officer_id=officer_id).exclude(person=None).first()
    return Sealed(row.person, bytes(row.sealed)) if row and row.person and row.sealed else None

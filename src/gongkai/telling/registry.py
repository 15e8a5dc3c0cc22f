"""Who is told of what: filled by the packages that know, in their ``AppConfig.ready``."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from gongkai.ledger.entries import Entry
from gongkai.telling import wordings
from gongkai.telling.messages import Channel
from gongkai.telling.wordings import Audience


@dataclass(frozen=True)
class ToOfficer:
    """An officer; by which channels is the officer's own choice."""

    officer_id: int

    @property
    def key(self) -> str:
        return f"officer:{self.officer_id}"


@dataclass(frozen=True)
class ToPerson:
    """A person of the public. ``source`` names who can read the sealed address (``addresses.register``), ``source_id``
    is what it is asked with; ``channels`` are those the person gave."""

    person: uuid.UUID
    source: str
    source_id: str
    channels: frozenset[Channel]

    @property
    def key(self) -> str:
        return f"person:{self.person}"


Recipient = ToOfficer | ToPerson


@dataclass(frozen=True)
class Rule:
    """Entries of ``kind`` are told to ``recipients`` in the words of ``template``."""

    kind: str
    template: str
    recipients: Callable[[Entry], Iterable[Recipient]]
    values: Callable[[Entry], Mapping[str, str]]
    url: Callable[[Entry], str]
    urgent: bool


_RULES: dict[str, list[Rule]] = {}


def tells(
    kind: str,
    template: str,
    recipients: Callable[[Entry], Iterable[Recipient]],
    *,
    values: Callable[[Entry], Mapping[str, str]],
    url: Callable[[Entry], str] | None = None,
    urgent: bool = False,
) -> Rule:
    """Declare that somebody is told of entries of a kind. Several rules for one kind have different templates.

    ``values`` fill the template's names; ``url`` is the page of the desk that the bell leads to. ``urgent`` does not
    wait for the digest of the day (never past quiet hours). Recipients who are officers get templates for staff only,
    others those for the public only: a mix-up is an error when the entry is told.
    """
    wordings.get(template)
    rule = Rule(kind, template, recipients, values, url or _nowhere, urgent)
    if any(one.template == template for one in _RULES.get(kind, [])):
        raise ValueError(f"{kind!r} is told with template {template!r} twice")
    _RULES.setdefault(kind, []).append(rule)
    return rule


def rules_of(kind: str) -> list[Rule]:
    """The rules for entries of this kind."""
    return _RULES.get(kind, [])


def fits(template: str, recipient: Recipient) -> bool:
    """Whether the template is meant for such a recipient."""
    return (wordings.get(template).audience is Audience.STAFF) == isinstance(recipient, ToOfficer)


def _nowhere(entry: Entry) -> str:
    return ""

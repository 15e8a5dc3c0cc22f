"""Results and facets as the page shows them: addresses made, what need not be said left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from gongkai.catalog.portal.frame import Frame
from gongkai.catalog.presenting import validity_tone
from gongkai.catalog.rules import Validity
from gongkai.search.addresses import Search
from gongkai.search.asking import FACETS, Bucket, Found, Hit
from gongkai.search.best_bets import BestBet

_FIRST = 8  # values of a facet that stand open
_ORDER = ("kind", "type", "agency", "column", "topic", "year", "validity")


@dataclass(frozen=True)
class Value:
    """One value of a facet as a link that adds it to the filters, or takes it away when it is chosen."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One facet: the values that stand open, and the rest."""

    key: str
    label: str
    values: Sequence[Value]
    more: Sequence[Value]


@dataclass(frozen=True)
class Chosen:
    """A filter that is set, with the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Line:
    """One result."""

    hit: Hit
    title: SafeString
    url: str
    number: str
    agency: str
    type: str
    date: datetime | None
    validity: str
    tone: str


@dataclass(frozen=True)
class Bet:
    """A best bet."""

    title: str
    url: str
    note: str
    facts: str


def lines(frame: Frame, hits: Sequence[Hit]) -> list[Line]:
    """The hits as lines; no query but the addresses of sites."""
    return [_line(frame, hit) for hit in hits]


def facets(found: Found, search: Search, *, own: bool) -> list[Facet]:
    """The facets that tell results apart (or are chosen). ``own``: limited to one agency, which is no choice then."""
    shown = []
    for name in _ORDER:
        buckets = [one for one in found.facets.get(name, ()) if one.count or one.chosen]
        chosen = bool(search.filters.get(name))
        apart = len(buckets) > 1 or (bool(buckets) and buckets[0].count < found.total)
        if (own and name == "agency") or not (apart or chosen):
            continue
        values = [_value(search, name, same) for same in _same_name(buckets)]
        first = [one for at, one in enumerate(values) if at < _FIRST or one.chosen]
        shown.append(Facet(name, FACETS[name], first, [one for one in values if one not in first]))
    return shown


def chosen(found: Found, search: Search) -> list[Chosen]:
    """The filters that are set, as they are taken away."""
    told = []
    for name, values in search.filters.items():
        labels = {one.value: one.label for one in found.facets.get(name, ())}
        by_label: dict[str, list[str]] = {}
        for value in values:
            by_label.setdefault(labels.get(value, value), []).append(value)
        told += [
            Chosen(f"{FACETS[name]}：{label}", search.toggled(name, same, on=False).url)
            for label, same in by_label.items()
        ]
    return told


def bets(frame: Frame, found: Sequence[BestBet]) -> list[Bet]:
    """Best bets with their addresses."""
    return [_bet(frame, one) for one in found]


def _line(frame: Frame, hit: Hit) -> Line:
    # That a text holds is what a reader expects; only what departs from it is said.
    said = hit.validity not in (Validity.NONE, Validity.VALID)
    return Line(
        hit=hit,
        title=hit.title_html,
        url=frame.sites.url(hit.agency_id, hit.path),
        number=hit.facts.get("number", ""),
        agency=hit.agency_name,
        type=hit.facts.get("type_label", hit.kind_label),
        date=hit.listed_at,
        validity=hit.validity.label if said else "",
        tone=validity_tone(hit.validity),
    )


def _value(search: Search, name: str, same: Sequence[Bucket]) -> Value:
    chosen = any(one.chosen for one in same)
    url = search.toggled(name, [one.value for one in same], on=not chosen).url
    return Value(same[0].label, sum(one.count for one in same), url, chosen)


def _same_name(buckets: Sequence[Bucket]) -> list[list[Bucket]]:
    """Values that readers cannot tell apart (a topic of that name in two agencies) are one to them; a document has only
    its own agency's."""
    by_label: dict[str, list[Bucket]] = {}
    for one in buckets:
        by_label.setdefault(one.label, []).append(one)
    return list(by_label.values())


def _bet(frame: Frame, bet: BestBet) -> Bet:
    document = bet.document
    if document is None or document.live is None:
        return Bet(bet.title, bet.address, bet.note, "")
    url = frame.sites.url(document.agency_id, document.get_absolute_url())
    facts = [document.live.document_number, document.agency.short_name, f"{document.listed_at:%Y-%m-%d}"]
    return Bet(bet.title or document.live.title, url, bet.note, "　".join(one for one in facts if one))

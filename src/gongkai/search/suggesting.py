"""What is offered while somebody types, and what may have been meant when nothing was found.

Suggestions come from titles of public documents, their numbers, and what is often asked. Titles are found through the
index (by their words, sounds, initials, the beginning of the number: ``hints``) and then read from the database, so
that nothing is offered that is not public at this moment. Two or three questions to the index, no table is scanned.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.core.cache import cache
from django.db.models import Q

from gongkai.catalog.documents import PUBLIC_STATES, Document
from gongkai.search import hints, keeping, queries, spelling
from gongkai.search.analysis import phrases
from gongkai.search.asking import PUBLIC
from gongkai.search.engines.contract import Unusable, Wanted
from gongkai.search.frequent import FrequentSearch
from gongkai.search.wording import fold

LONGEST = 40
SIZE = 8
_MOST_ASKED, _MOST_WORDS = 3, 3
_CANDIDATES = 40
_WAYS = 3
_KEPT_SECONDS = 60
_TODAY_IS_OF_NO_MATTER = 20_000_101


class Kind(StrEnum):
    """What is offered."""

    ASKED = "asked"  # what others often ask
    WORD = "word"  # words of titles, completed
    DOCUMENT = "document"


@dataclass(frozen=True)
class Title:
    """A public document as far as a suggestion needs it."""

    id: int
    path: str
    title: str
    number: str
    agency_id: int
    agency: str
    listed_at: datetime | None


@dataclass(frozen=True)
class Suggestion:
    """One offer: words to search for, or a document to go to."""

    text: str
    kind: Kind
    document: Title | None = None


def suggest(typed: str, *, site: int, own: int | None) -> list[Suggestion]:
    """What to offer on that agency's site, from the documents of ``own`` (None: of the whole city).

    Five queries at most. Nothing while the index is being made, and nothing for what is too long to be completed.
    """
    text = fold(typed)
    if not text or len(text) > LONGEST:
        return []
    titles = _titles(text, own)
    asked = _asked(text, site, own)
    words = spelling.completions(text, [one.title for one in titles], _MOST_WORDS)
    found = [Suggestion(one, Kind.ASKED) for one in asked]
    found += [Suggestion(one, Kind.WORD) for one in words if one not in asked]
    found += [Suggestion(one.title, Kind.DOCUMENT, one) for one in _best(text, titles)]
    denied = queries.denied_words(site) if found else []
    return _allowed(found, denied)[:SIZE]


def instead(typed: str, *, site: int, own: int | None) -> list[str]:
    """您是不是要找: other words that public titles have, when what was typed is not found; at most three.

    Letters are taken as pinyin; Chinese words are looked for by their sound, and with one character wrong, missing or
    too many.
    """
    text = fold(typed)
    if not 2 <= len(text) <= LONGEST or " " in text:
        return []
    found: list[str] = []
    try:
        with keeping.watched():
            for looked in _looks(text):
                titles = [one.title for one in _read(_keys(looked.wanted, own))]
                found += looked.meant(titles)
                if found:
                    break
    except Unusable:
        return []
    denied = queries.denied_words(site) if found else []
    return [one for one in dict.fromkeys(found) if not _is_denied(one, denied)][:3]


def frequent(site: int, own: int | None) -> list[str]:
    """What is often asked on that agency's site (``own`` None: in the whole city), most often first; kept a minute."""
    key = f"search.frequent.{own}"
    kept: list[str] | None = cache.get(key)
    if kept is None:
        kept = list(FrequentSearch.objects.filter(agency=own).values_list("query", flat=True))
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def often_asked(site: int, own: int | None, size: int) -> list[str]:
    """The most frequent searches to be shown: what is denied is left out."""
    asked = frequent(site, own)
    denied = queries.denied_words(site) if asked else []
    return [one for one in asked if not _is_denied(one, denied)][:size]


def _asked(text: str, site: int, own: int | None) -> list[str]:
    """Frequent searches that begin as typed, by their characters or their sound, and that find something."""
    beginning = [one for one in frequent(site, own) if one != text and spelling.begins(one, text)]
    return [one for one in beginning[: 2 * _MOST_ASKED] if _is_found(one, own)][:_MOST_ASKED]


def _is_found(text: str, own: int | None) -> bool:
    try:
        with keeping.watched():
            return keeping.engine().count(_wanted(own, alternatives=(tuple(phrases(text)),))) > 0
    except Unusable:
        return False


def _titles(text: str, own: int | None) -> list[Title]:
    """Public documents whose title has what was typed, or sounds so, or whose number begins so; the newest first."""
    keys: dict[int, None] = {}
    try:
        with keeping.watched():
            for wanted in _ways(text):
                keys |= dict.fromkeys(_keys(wanted, own))
    except Unusable:
        return []
    return _read(list(keys))


def _ways(text: str) -> Iterator[dict[str, Any]]:
    by_sound = hints.asked_by_sound(text)[:_WAYS]
    yield from ({"hints": wanted} for _, wanted in by_sound)
    words = phrases(text)
    if not by_sound and words and not any(one.is_one_character for one in words):
        yield {"alternatives": (tuple(words),), "title_only": True}
    if (term := hints.number_term(text)) and not by_sound:
        yield {"hints": (term,)}


def _looks(text: str) -> Iterator["spelling.Look"]:
    yield from spelling.by_sound(text)
    yield from spelling.one_character_off(text)


def _keys(wanted: dict[str, Any], own: int | None) -> list[int]:
    places = keeping.engine().search(_wanted(own, **wanted, by_date=True, size=_CANDIDATES)).places
    return [int(one.key.partition(":")[2]) for one in places if one.key.startswith("document:")]


def _wanted(own: int | None, **facts: Any) -> Wanted:
    filters = {"kind": ("document",)} | ({} if own is None else {"agency": (str(own),)})
    return Wanted(labels=frozenset({PUBLIC}), today=_TODAY_IS_OF_NO_MATTER, filters=filters, **facts)


def _read(ids: Sequence[int]) -> list[Title]:
    """These documents, in their order, as they are public now; one query."""
    if not ids:
        return []
    rows = (
        Document.objects.filter(Q(pk__in=ids), state__in=PUBLIC_STATES, live__isnull=False)
        .select_related("live", "agency")
        .only("code", "listed_at", "agency__short_name", "live__title", "live__document_number")
    )
    found = {one.pk: _title(one) for one in rows}
    return [found[one] for one in ids if one in found]


def _title(document: Document) -> Title:
    said = document.live
    assert said is not None  # noqa: S101 - the query asked for it
    return Title(
        id=document.pk,
        path=document.get_absolute_url(),
        title=said.title,
        number=said.document_number,
        agency_id=document.agency_id,
        agency=document.agency.short_name,
        listed_at=document.listed_at,
    )


def _best(text: str, titles: Iterable[Title]) -> list[Title]:
    """Titles that begin as typed first; one title once, the newest of several."""
    once: dict[str, Title] = {}
    for one in titles:
        once.setdefault(one.title, one)
    return sorted(once.values(), key=lambda one: not spelling.begins(fold(one.title), text))


def _allowed(found: Sequence[Suggestion], denied: Sequence[str]) -> list[Suggestion]:
    return [one for one in found if not _is_denied(one.text, denied)]


def _is_denied(text: str, denied: Sequence[str]) -> bool:
    folded = fold(text)
    return any(word in folded for word in denied)

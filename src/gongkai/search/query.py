"""The one door to the search: ``search(Asked(...)) -> Found``.

What is public is found by everybody: ``search(Asked(text="供热", filters={"agency": ("3",)}))``. On the desk the
officer's labels are added: ``search(Asked(text="供热", labels=labels.of_officer(officer)))``; nothing else decides
what is found, and a page has nothing to hide afterwards.

Synonyms come in through ``register_expansion`` (in ``SearchConfig.ready``). Best bets are the page's own: it asks for
them by the question and shows them above the hits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from gongkai.search import analysis, keeping, paging, reading
from gongkai.search.asking import DEEPEST, LONGEST_TEXT, PUBLIC, Asked, Found, Hit, Matched, Sort, State, Where
from gongkai.search.counted import facets_of
from gongkai.search.engines.contract import NEVER, Answer, Engine, Place, Unusable, Wanted
from gongkai.search.marking import Marker
from gongkai.search.paging import Cursor
from gongkai.search.projections import registry
from gongkai.search.projections.documents.items import day_number
from gongkai.search.reading import Reading

FEW = 3
"""With fewer results than that the words of the question are looked for one by one as well."""
_OVERLAP = 40  # hits looked back for the last one shown, when the index changed between two pages
_MODES = {
    Matched.EVERYTHING: "e", Matched.PHRASE: "p", Matched.NUMBER: "z", Matched.INDEX_NUMBER: "i", Matched.JOINED: "j",
    Matched.PARTLY: "q", Matched.NOTHING: "x",
}  # fmt: skip

Expand = Callable[[str, int | None], Sequence[str]]
"""(text, site's agency id or None for the city) → the same question in other words; the text itself not among them."""

_expansions: list[Expand] = []


@dataclass(frozen=True)
class _Taken:
    """A reading with what the engine answered."""

    reading: Reading
    answer: Answer
    strict_total: int = 0


def register_expansion(expand: Expand) -> Expand:
    """Look for these wordings as well."""
    if expand not in _expansions:
        _expansions.append(expand)
    return expand


def search(asked: Asked) -> Found:
    """The answer. Without a usable index it is empty and says so (``State.MAKING``)."""
    asked = replace(asked, text=" ".join(asked.text[:LONGEST_TEXT].split()))
    try:
        with keeping.watched():
            taken = _take(keeping.engine(), asked)
    except Unusable:
        return Found(asked, State.MAKING, Matched.NOTHING, 0, (), {})
    labels = _labels(asked)
    reading_, answer = taken.reading, taken.answer
    marker = Marker(reading_.marked)
    hits = _shown(answer.places, labels, marker)
    matched = reading_.matched if answer.total or reading_.matched is Matched.EVERYTHING else Matched.NOTHING
    following, previous = _neighbours(asked, reading_, answer)
    return Found(
        asked,
        State.READY,
        matched,
        answer.total,
        hits,
        facets_of(asked, answer.facets),
        joined=reading_.words if matched in (Matched.JOINED, Matched.PARTLY) else (),
        synonyms=reading_.synonyms,
        strict_total=taken.strict_total,
        next=following,
        previous=previous,
    )


def count(asked: Asked) -> int:
    """Only how many have the words as they stand; 0 without a usable index."""
    ways = reading.ways(asked.text[:LONGEST_TEXT], exact=True)
    taken = ways.strict or Reading(Matched.EVERYTHING)
    if asked.text.strip() and ways.strict is None:
        return 0
    try:
        with keeping.watched():
            return keeping.engine().count(_wanted(asked, taken))
    except Unusable:
        return 0


def _take(engine: Engine, asked: Asked) -> _Taken:
    """The first reading that finds enough. A cursor keeps to the one of the page before."""
    if not asked.text:
        everything = Reading(Matched.EVERYTHING)
        return _Taken(everything, _ask(engine, asked, everything))
    synonyms = () if asked.exact else tuple(dict.fromkeys(x for f in _expansions for x in f(asked.text, asked.site)))
    ways = reading.ways(asked.text, synonyms=synonyms, exact=asked.exact)
    if ways.strict is None:
        return _Taken(Reading(Matched.NOTHING), Answer(0, (), {}))
    cursor = paging.parse(asked.cursor)
    for numbered in ways.numbered:
        if (cursor is None or cursor.mode == _MODES[numbered.matched]) and _owned(engine, asked, numbered):
            return _Taken(numbered, _ask(engine, asked, numbered))
    kept = cursor is not None and cursor.mode == _MODES[Matched.PHRASE]
    strict = _Taken(ways.strict, _ask(engine, asked, ways.strict))
    strict = replace(strict, strict_total=strict.answer.total)
    if kept or strict.answer.total >= FEW or _in_a_title(asked, strict.answer):
        return strict
    return _joined(engine, asked, ways.joined, strict)


def _ask(engine: Engine, asked: Asked, taken: Reading) -> Answer:
    """One page. By relevance it begins behind the last hit of the page before, wherever a change has moved that hit."""
    wanted = _wanted(asked, taken)
    last = (paging.parse(asked.cursor) or Cursor("")).order
    if wanted.by_date or not wanted.offset or not last:
        return engine.search(wanted)
    answer = engine.search(replace(wanted, offset=wanted.offset - 1, size=wanted.size + 1))
    if answer.places and answer.places[0].order == last:
        return replace(answer, places=answer.places[1:])
    begin = max(0, wanted.offset - _OVERLAP)
    around = engine.search(replace(wanted, offset=begin, size=2 * _OVERLAP + wanted.size, facets=()))
    behind = next((at + 1 for at, place in enumerate(around.places) if place.order == last), wanted.offset - begin)
    return replace(answer, places=around.places[behind : behind + wanted.size])


def _joined(engine: Engine, asked: Asked, ways: Sequence[Reading], strict: _Taken) -> _Taken:
    """All the words when that finds more than the strict reading did; a part of them when even that finds few."""
    best = strict
    for joined in ways:
        if joined.matched is Matched.PARTLY and (strict.answer.total or best.answer.total >= FEW):
            break
        answer = _ask(engine, asked, joined)
        if answer.total > best.answer.total:
            best = _Taken(joined, answer, strict.answer.total)
    return best


def _owned(engine: Engine, asked: Asked, numbered: Reading) -> bool:
    """Whether anything bears the number itself; else it is just words (2020年第3号 stands in many texts)."""
    return engine.count(_wanted(asked, replace(numbered, alternatives=()))) > 0


def _in_a_title(asked: Asked, answer: Answer) -> bool:
    """Whether what was asked is the title of a result: then it was found, however few they are."""
    whole = analysis.squeezed(asked.text)
    return any(whole == analysis.squeezed(str(place.shown.get("title", ""))) for place in answer.places)


def _labels(asked: Asked) -> frozenset[str]:
    return asked.labels | {PUBLIC}


def _wanted(asked: Asked, taken: Reading) -> Wanted:
    today = day_number(asked.today or timezone.localdate())
    cursor = paging.parse(asked.cursor) or Cursor("")
    by_date = asked.sort == Sort.DATE
    wanted = Wanted(
        labels=_labels(asked),
        today=today,
        alternatives=taken.alternatives,
        numbers=taken.numbers,
        hints=asked.hints,
        whole=analysis.squeezed(asked.text),
        title_only=asked.where == Where.TITLE,
        filters=asked.filters,
        since=day_number(asked.since),
        until=day_number(asked.until) or NEVER,
        facets=asked.facets,
        by_date=by_date,
        size=asked.size,
    )
    if by_date:
        return replace(wanted, older_than=cursor.older, newer_than=cursor.newer)
    return replace(wanted, offset=min(cursor.offset, DEEPEST))


def _neighbours(asked: Asked, taken: Reading, answer: Answer) -> tuple[str, str]:
    """The cursors of the next and the previous page, empty where there is none."""
    mode, cursor = _MODES[taken.matched], paging.parse(asked.cursor) or Cursor("")
    if not answer.places:
        return "", ""
    if asked.sort == Sort.DATE:
        older, newer = answer.places[-1].order, answer.places[0].order
        full = len(answer.places) == asked.size
        return (
            str(Cursor(mode, older=older)) if full or cursor.newer is not None else "",
            str(Cursor(mode, newer=newer)) if cursor.older is not None or (cursor.newer is not None and full) else "",
        )
    after = cursor.offset + len(answer.places)
    more = after < min(answer.total, DEEPEST)
    before = max(0, cursor.offset - asked.size)
    return (
        str(Cursor(mode, order=answer.places[-1].order, offset=after)) if more else "",
        str(Cursor(mode, offset=before)) if cursor.offset else "",
    )


def _shown(places: Sequence[Place], labels: frozenset[str], marker: Marker) -> list[Hit]:
    """The hits in order, read again: what is no longer for this reader is not shown."""
    shown: dict[str, Hit] = {}
    for projection in registry.all_projections():
        mine = [place for place in places if place.key.partition(":")[0] in projection.kinds]
        if mine:
            shown |= projection.show(mine, labels, marker)
    return [shown[place.key] for place in places if place.key in shown]

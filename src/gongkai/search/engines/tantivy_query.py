"""A question as a tantivy query: what has to match, and what lifts a hit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from gongkai.search import analysis
from gongkai.search.analysis import Phrase
from gongkai.search.engines.contract import EVERYBODY, NEVER, Wanted
from gongkai.search.engines.tantivy_schema import FACETS, facet_field, group_field

# How the parts of a score weigh against each other. A phrase in a body scores some 3 to 20 (BM25); the judged questions
# of search/judged say what became of a change (tests/search/test_quality.py).
TITLE = 3.0
WHOLE_TITLE = 60.0
OWN_NUMBER = 1000.0
ALTERNATIVE = 0.4

VALIDITIES = ("none", "pending", "valid", "amended", "expired", "repealed")


class QueryMaker:
    """Makes queries for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def matching(self, wanted: Wanted, *, without: str = "") -> Query:
        """Which items match, without any score. ``without``: leave the filter of that facet aside."""
        words = self._words(wanted)
        parts = [] if words is None else [(Occur.Must, words)]
        return Query.boolean_query([*parts, *self._conditions(wanted, without)])

    def turned(self, wanted: Wanted, without: str) -> Query:
        """Those of them whose validity may be another one today than when they were projected: hardly any."""
        turned = self._turned(wanted.today)
        return Query.boolean_query([(Occur.Must, self.matching(wanted, without=without)), (Occur.Must, turned)])

    def ranked(self, wanted: Wanted, *, lifted: bool = False) -> Query:
        """The same items with their scores. ``lifted``: only those that more than the words in their text speaks for,
        with the same scores."""
        words = self._words(wanted)
        must = [] if words is None else [(Occur.Must, words)]
        for occur, one in self._conditions(wanted, ""):
            must.append((occur, Query.const_score_query(one, 0.0) if occur == Occur.Must else one))
        lifts = [(Occur.Should, one) for one in self._lifts(wanted)]
        return Query.boolean_query([*must, (Occur.Must, Query.boolean_query(lifts))] if lifted else [*must, *lifts])

    def terms(self, wanted: Wanted) -> list[tuple[str, str]]:
        """What the words are, as (field, term), when they are nothing but terms each of which must be there."""
        if wanted.title_only or wanted.numbers or len(wanted.alternatives) != 1:
            return []
        found = [_as_term(one) for one in wanted.alternatives[0]]
        return [one for one in found if one is not None] if None not in found else []

    def scored(self, field: str, value: str) -> Query:
        """All that have a term, as the words of a question are scored."""
        return self._term(field, value, "freq")

    def placed(self, wanted: Wanted) -> Query:
        """The items of one page by date: after or before a place."""
        low = 0 if wanted.newer_than is None else wanted.newer_than + 1
        high = None if wanted.older_than is None else wanted.older_than - 1
        base = self.matching(wanted)
        if low == 0 and high is None:
            return base
        if high is not None and high < 0:
            return Query.empty_query()
        return Query.boolean_query([(Occur.Must, base), (Occur.Must, self._range("order", low, high))])

    def subject(self, subject: str) -> Query:
        """Everything projected from a subject."""
        return self._term("subject", subject)

    def _words(self, wanted: Wanted) -> Query | None:
        ways = []
        for number, phrases in enumerate(wanted.alternatives):
            query = _all([self._phrase(one, title=wanted.title_only) for one in phrases])
            ways.append(query if number == 0 else Query.boost_query(query, ALTERNATIVE))
        ways += [Query.const_score_query(self._term("number", one), OWN_NUMBER) for one in wanted.numbers]
        return _any(ways) if ways else None

    def _phrase(self, phrase: Phrase, *, title: bool) -> Query:
        field = "title" if title else "text"
        if title and phrase.is_one_character:
            return self._prefix(phrase.runs[0])
        words = analysis.placed(phrase)
        if title and len(words) == 1:
            return self._term(field, words[0][1], "freq")
        if not title and (term := _as_term(phrase)) is not None:
            return self.scored(*term)
        query = Query.phrase_query(self._schema, field, list(words))
        if title or not phrase.fours:
            return query
        # Who lacks a group of four is passed over before positions are read.
        first = [Query.const_score_query(self._term("grams", one, "freq"), 0.0) for one in phrase.fours[:3]]
        return _all([query, *first])

    def _prefix(self, character: str) -> Query:
        """One character in a title: it begins a pair, or stands alone at an end."""
        return Query.regex_query(self._schema, "title", f"{character}.*")

    def _conditions(self, wanted: Wanted, without: str) -> Iterator[tuple[Occur, Query]]:
        withheld, own = self._term("withheld", "yes"), sorted(wanted.labels - {EVERYBODY})
        if EVERYBODY not in wanted.labels or not (wanted.alternatives or wanted.numbers or wanted.hints):
            yield Occur.Must, self._any_term("label", sorted(wanted.labels))
        else:
            yield Occur.MustNot, _but([withheld], [self._any_term("label", own)]) if own else withheld
        yield from ((Occur.Must, one) for one in self._limits(wanted, without))

    def _limits(self, wanted: Wanted, without: str) -> Iterator[Query]:
        yield from (self._term("hints", one) for one in wanted.hints)
        for name, values in wanted.filters.items():
            if name == without or not values:
                continue
            if name == "validity":
                yield _any([self._validity(one, wanted.today) for one in values if one in VALIDITIES])
            elif name in FACETS:
                yield self._any_term(facet_field(name), values)
        if wanted.since > 0 or wanted.until < NEVER:
            yield self._range("day", wanted.since, wanted.until)

    def _validity(self, validity: str, today: int) -> Query:
        """Which texts are so today: as they were projected, except for those that may have turned."""
        turned = self._turned(today)
        return _any(
            [
                _but([self._term(facet_field("validity"), validity)], [turned]),
                _all([turned, self._by_days(validity, today)]),
            ]
        )

    def _turned(self, today: int) -> Query:
        return _any([self._among_terms("turns", 0, today), self._among_terms("since", today + 1, None)])

    def _by_days(self, validity: str, today: int) -> Query:
        """The decision of ``contract.Holding.on``."""
        repealed, expired = self._range("repealed", 0, today), self._range("expired", 0, today)
        if validity == "repealed":
            return repealed
        if validity == "expired":
            return _but([expired], [repealed])
        pending = self._range("begins", today + 1, None)
        if validity == "pending":
            return _but([pending], [repealed, expired])
        return _but([self._term("base", validity)], [repealed, expired, pending])

    def _lifts(self, wanted: Wanted) -> Iterator[Query]:
        if wanted.whole and not wanted.title_only:
            yield Query.const_score_query(self._term("title_key", wanted.whole), WHOLE_TITLE)
        if wanted.alternatives and not wanted.title_only:
            first = wanted.alternatives[0]
            others = dict.fromkeys(one for way in wanted.alternatives[1:] for one in way if one not in first)
            yield from (Query.boost_query(self._phrase(one, title=True), TITLE) for one in first)
            yield from (Query.boost_query(self._phrase(one, title=True), TITLE * ALTERNATIVE) for one in others)

    def _range(self, field: str, low: int, high: int | None) -> Query:
        return Query.range_query(self._schema, field, FieldType.Unsigned, max(low, 0), high)

    def _among_terms(self, field: str, low: int, high: int | None) -> Query:
        """As ``_range``, by the list of values: at once where hardly anything lies."""
        return Query.range_query(self._schema, field, FieldType.Unsigned, low, high, use_inverted_index=True)

    def _term(self, field: str, value: str, option: str = "basic") -> Query:
        return Query.term_query(self._schema, field, value, option)

    def _any_term(self, field: str, values: Sequence[str]) -> Query:
        return _any([self._term(field, one) for one in values])


def grouped(groups: Sequence[Sequence[str]], most: int) -> dict[str, object]:
    """What tantivy shall count: groups of facets, each under the name of its field."""
    return {name: _terms(name, most) for name in map(group_field, groups)}


def single(facets: Sequence[str], most: int) -> dict[str, object]:
    """The same of facets one by one."""
    return {name: _terms(facet_field(name), most) for name in facets}


def by_days(today: int) -> dict[str, object]:
    """Validity as it was projected, and by nested days: repealed goes before expired, expired before pending."""
    base = {"base": {"terms": {"field": "base"}}}
    begins = {"begins": _split("begins", today) | {"aggs": base}}
    expired = {"expired": _split("expired", today) | {"aggs": begins}}
    projected = _terms(facet_field("validity"), len(VALIDITIES))
    return {"projected": projected, "repealed": _split("repealed", today) | {"aggs": expired}}


def counts(counted: Mapping[str, Any]) -> dict[str, int]:
    """What tantivy counted, by value."""
    return {one["key"]: one["doc_count"] for one in counted["buckets"]}


def is_whole(counted: Mapping[str, Any]) -> bool:
    """Whether no value was left out because there were too many."""
    return not counted["sum_other_doc_count"]


def validity_counts(counted: Mapping[str, Any]) -> dict[str, int]:
    """What it counted by days, by validity."""
    repealed = _by_key(counted["repealed"])
    expired = _by_key(repealed["later"]["expired"])
    begins = _by_key(expired["later"]["begins"])
    return {
        "repealed": repealed["come"]["doc_count"],
        "expired": expired["come"]["doc_count"],
        "pending": begins["later"]["doc_count"],
    } | counts(begins["come"]["base"])


def _split(field: str, today: int) -> dict[str, object]:
    """Come by today, and still to come."""
    ranges = [{"key": "come", "to": today + 1}, {"key": "later", "from": today + 1}]
    return {"range": {"field": field, "ranges": ranges}}


def _by_key(counted: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for one in counted["buckets"]}


def _terms(field: str, most: int) -> dict[str, dict[str, object]]:
    return {"terms": {"field": field, "size": most, "segment_size": most}}


def _as_term(phrase: Phrase) -> tuple[str, str] | None:
    """The one (field, term) that stands for the phrase, if one does."""
    if phrase.is_one_character or phrase.four:
        return "grams", phrase.runs[0]
    words = analysis.placed(phrase)
    return ("text", words[0][1]) if len(words) == 1 else None


def _all(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, one) for one in queries])


def _any(queries: Sequence[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, one) for one in queries])


def _but(wanted: Sequence[Query], unwanted: Sequence[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, one) for one in wanted] + [(Occur.MustNot, one) for one in unwanted])

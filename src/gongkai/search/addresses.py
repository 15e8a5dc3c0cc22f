"""A search as an address that can be kept and sent, and the question such an address asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from gongkai.search.asking import FACETS, LONGEST_TEXT, Asked, Sort, Where

_LONGEST_VALUE = 40
_MOST_VALUES = 10
_LONGEST_CURSOR = 200
CITY = "city"


@dataclass(frozen=True)
class Search:
    """What an address asks: ``q`` the words, ``filters`` by facet, ``city`` the whole city though asked on an agency's
    site, ``exact`` the words as they stand only. ``cut`` tells that the words were longer than are looked at.
    """

    path: str
    q: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    city: bool = False
    by_date: bool = False
    title_only: bool = False
    exact: bool = False
    cursor: str = ""
    cut: bool = False

    @classmethod
    def read(cls, path: str, given: QueryDict) -> "Search":
        """From an address; what nobody could have meant is left out."""
        words = " ".join(given.get("q", "").replace("\x00", " ").split())
        return cls(
            path=path,
            q=words[:LONGEST_TEXT],
            filters={name: values for name in FACETS if (values := _values(given.getlist(name)))},
            city=given.get("scope") == CITY,
            by_date=given.get("sort") == Sort.DATE,
            title_only=given.get("in") == Where.TITLE,
            exact=given.get("exact") == "1",
            cursor=given.get("at", "")[:_LONGEST_CURSOR],
            cut=len(words) > LONGEST_TEXT,
        )

    @property
    def query(self) -> dict[str, Any]:
        """Its parameters; what is so by itself does not stand there."""
        said = {
            "q": self.q,
            **self.filters,
            "scope": CITY if self.city else "",
            "sort": Sort.DATE.value if self.by_date else "",
            "in": Where.TITLE.value if self.title_only else "",
            "exact": "1" if self.exact else "",
            "at": self.cursor,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def url(self) -> str:
        """Its address."""
        query = urlencode(self.query, doseq=True)
        return f"{self.path}?{query}" if query else self.path

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form keeps when other words are asked: where is looked, and how it is sorted. Filters fall away: they
        were chosen among other results."""
        kept = {name: self.query.get(name) for name in ("scope", "sort", "in")}
        return [(name, str(value)) for name, value in kept.items() if value]

    def but(self, **changes: Any) -> "Search":
        """The same with something changed, from its first page on."""
        return replace(self, **{"cursor": "", "cut": False, **changes})

    def toggled(self, facet: str, values: Sequence[str], *, on: bool) -> "Search":
        """The same, filtered by these values of a facet as well (``on``), or no longer."""
        left = tuple(one for one in self.filters.get(facet, ()) if one not in values)
        return self.but(filters={**self.filters, facet: (*left, *values) if on else left})

    def asked(self, site: int | None, own: int | None) -> Asked:
        """The question. ``site``: the agency whose synonyms hold; ``own``: to whose documents it is limited."""
        filters = dict(self.filters)
        if own is not None and not self.city:
            filters["agency"] = (str(own),)
        return Asked(
            text=self.q,
            filters=filters,
            where=Where.TITLE if self.title_only else Where.ALL,
            sort=Sort.DATE if self.by_date else Sort.RELEVANCE,
            cursor=self.cursor,
            site=site,
            exact=self.exact,
        )


def _values(given: list[str]) -> tuple[str, ...]:
    plain = [one for one in dict.fromkeys(given) if one and len(one) <= _LONGEST_VALUE and one.isprintable()]
    return tuple(plain[:_MOST_VALUES])

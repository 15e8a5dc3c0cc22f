"""What can be asked of the search, and what comes back. Values only: pages, feeds and the API build on these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.utils.safestring import SafeString

from gongkai.catalog.rules import Validity
from gongkai.search.engines.contract import EVERYBODY

PUBLIC = EVERYBODY
"""The label of what everybody may read; every question carries it."""

FACETS: dict[str, str] = {
    "kind": "种类",
    "agency": "发布机关",
    "type": "信息类型",
    "column": "栏目",
    "topic": "专题",
    "year": "发布年份",
    "validity": "有效性",
}
"""What results are counted and filtered by. Values: the kind's key, agency id, type key, column id, topic id, year of
the published date, ``Validity`` value ("none" for types that cannot lapse)."""

PAGE_SIZE = 20
LONGEST_TEXT = 200  # characters of a question that count
DEEPEST = 2000  # results that can be paged through by relevance; by date there is no end


class Sort(StrEnum):
    """The order of the hits."""

    RELEVANCE = "relevance"
    DATE = "date"


class Where(StrEnum):
    """Which words count."""

    ALL = "all"
    TITLE = "title"


class Matched(StrEnum):
    """How the words were taken. ``label`` is what a page says about it (empty: nothing needs saying)."""

    EVERYTHING = "everything"  # nothing was asked: filters alone
    PHRASE = "phrase"  # the words as they stand (several, separated by spaces: each of them)
    NUMBER = "number"  # a document number 发文字号: the document itself first, then those that cite it
    INDEX_NUMBER = "index_number"  # an index number 索引号
    JOINED = "joined"  # not found as they stand: the words they consist of, each somewhere in the text (``joined``)
    PARTLY = "partly"  # no text has all of these words: those that have all but one of them
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        return _MATCHED_LABELS.get(self, "")


_MATCHED_LABELS = {
    Matched.NUMBER: "按发文字号查找",
    Matched.INDEX_NUMBER: "按索引号查找",
    Matched.JOINED: "没有或很少完全一致的结果，已拆成几个词一起查找",
    Matched.PARTLY: "没有同时含有全部词语的结果，以下含有其中一部分词语",
}


class State(StrEnum):
    """Whether the index can answer."""

    READY = "ready"
    MAKING = "making"  # there is none yet (first start, another tokeniser, damaged): the worker is making it


@dataclass(frozen=True)
class Asked:
    """One question.

    ``filters``: values by facet; several of one facet mean any of them, several facets mean all of them. ``since`` and
    ``until`` bound the published date, both days inclusive. ``cursor`` is ``Found.next`` or ``Found.previous`` of
    the page before. ``labels`` beside ``public`` are an officer's (``labels.of_officer``). ``site`` is the agency on
    whose site it is asked (None: the city portal), for synonyms only; restricting results to it is a filter.
    ``facets``: which to count (none is quicker). ``today`` decides what is valid.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    where: Where = Where.ALL
    sort: Sort = Sort.RELEVANCE
    cursor: str = ""
    size: int = PAGE_SIZE
    labels: frozenset[str] = frozenset()
    site: int | None = None
    facets: tuple[str, ...] = tuple(FACETS)
    hints: tuple[str, ...] = ()  # terms of ``hints`` that every result must have; for suggestions, with ``text`` empty
    exact: bool = False  # True: never split into words, no synonyms
    today: date | None = None

    def but(self, **changes: object) -> "Asked":
        """The same question with something changed; the cursor falls away unless it is given."""
        return replace(self, **{"cursor": "", **changes})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Bucket:
    """One value of a facet and how many results have it. A chosen facet counts as if it were not chosen."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Hit:
    """One result, ready to show. ``title_html`` and ``fragment_html`` are escaped, with the words found in ``<mark>``.

    ``key`` is ``kind:id``. ``path`` is the address without host, ``agency_id`` the site it belongs to
    (``SiteLinks.absolute`` makes the whole). ``fragment_in`` is the name of the attachment the fragment stands in.
    ``state_label`` is set for what is not public (起草, 已下线 …). ``facts`` are further facts by name of the kind
    (document: type, type_label, number, index_number, issued_on, effective_on, edition).
    """

    key: str
    kind: str
    kind_label: str
    id: int
    title: str
    title_html: SafeString
    fragment_html: SafeString
    fragment_in: str
    path: str
    agency_id: int
    agency_name: str
    listed_at: datetime | None
    validity: Validity
    state_label: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """The answer. ``total`` and counts are exact.

    ``joined`` are the words that were looked for when ``matched`` is JOINED or PARTLY; ``synonyms`` the other wordings
    that were looked for as well; ``strict_total`` how many results had the words exactly as asked.
    """

    asked: Asked
    state: State
    matched: Matched
    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Sequence[Bucket]]
    joined: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    strict_total: int = 0
    next: str = ""
    previous: str = ""

"""How the catalogue's values look on a page: header table, sizes, addresses of provisions in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.utils import timezone

from gongkai.catalog.documents import Document
from gongkai.catalog.editions import Disclosure, Edition
from gongkai.catalog.header import LABELS
from gongkai.catalog.rules import Validity
from gongkai.texts.dates import official

_TONES = {"go": "good", "danger": "late", "blue": "info"}
_BEGINNING = re.compile(r'<(?:p|h[2-5]|li)\b[^>]*\bid="(?P<id>[^"]+)"[^>]*>(?:(?P<number>第[^\s　<]+)[\s　]+)?')
_INNER_MARKS = str.maketrans("《》", "〈〉")
_ADDRESSED = ("编", "分编", "章", "节", "条")


@dataclass(frozen=True)
class HeaderFact:
    """One pair of the header table; ``wide`` ones have a row alone."""

    label: str
    value: str
    wide: bool = False


@dataclass(frozen=True)
class ContentsEntry:
    """One line of a text's table of contents: ``depth`` 0 for the outermost."""

    anchor: str
    text: str
    depth: int


def validity_tone(validity: Validity) -> str:
    """The tone of the tag that shows it."""
    return _TONES.get(validity.tone, "")


def size_label(size: int) -> str:
    """``38 KB``, ``1.2 MB`` of a size in bytes."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def quoted(title: str) -> str:
    """The title in book-title marks, those inside it turned into single ones (GB/T 15834): 《关于修改〈…〉的决定》."""
    return f"《{title.translate(_INNER_MARKS)}》"


def header_facts(document: Document, edition: Edition, validity: Validity) -> list[HeaderFact]:
    """The header table 公文信息 in the official order; what is not known of this document is left out."""
    rows = (
        ("index_number", document.index_number, False),
        ("subject", edition.subject, False),
        ("issuer", edition.issuer, False),
        ("genre", edition.genre, False),
        ("title", edition.title, True),
        ("document_number", edition.document_number, False),
        ("date_of_issue", _day(edition.date_of_issue), False),
        ("published_on", _day(timezone.localdate(document.listed_at) if document.listed_at else None), False),
        ("validity", validity.label, False),
        ("effective_on", _day(edition.effective_on), False),
        ("expires_on", _day(edition.expires_on), False),
        ("keywords", edition.keywords, False),
        ("disclosure", str(Disclosure(edition.disclosure).label), False),
        ("summary", edition.summary, True),
    )
    return [HeaderFact(LABELS[key], value, wide) for key, value, wide in rows if value]


def with_addresses(body: str, provisions: Iterable[Mapping[str, Any]]) -> str:
    """The clean ``body`` where every chapter and article shows its own address, and the article's number stands out.

    The link has no text of its own: copying a provision copies its words only.
    """
    known = {entry["id"]: entry for entry in provisions if not entry["retired"] and entry["kind"] in _ADDRESSED}

    def marked(match: re.Match[str]) -> str:
        entry = known.get(match["id"])
        if entry is None:
            return match[0]
        label, number = escape(entry["number_label"]), match["number"] or ""
        tag, _, beginning = match[0].partition(">")
        anchor = f'<a class="anchor" href="#{match["id"]}" aria-label="{label}的链接"></a>'
        if entry["kind"] == "条" and number == label:
            beginning = f'<span class="law-no">{number}</span>'
        return f"{tag}>{anchor}{beginning}"

    return _BEGINNING.sub(marked, body)


def contents(provisions: Iterable[Mapping[str, Any]]) -> list[ContentsEntry]:
    """The table of contents of a legal text: its parts, chapters and sections; empty for a short or other text."""
    levels = [entry for entry in provisions if not entry["retired"] and entry["kind"] in ("编", "分编", "章", "节")]
    depths = {kind: depth for depth, kind in enumerate(_present(levels))}
    found = [
        ContentsEntry(entry["id"], f"{entry['number_label']}　{entry['heading']}".strip("　"), depths[entry["kind"]])
        for entry in levels
    ]
    return found if len(found) > 2 else []


def _present(levels: list[Mapping[str, Any]]) -> Iterator[str]:
    kinds = {entry["kind"] for entry in levels}
    return (kind for kind in ("编", "分编", "章", "节") if kind in kinds)


def _day(day: date | None) -> str:
    return official(day) if day else ""

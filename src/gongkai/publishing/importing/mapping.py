"""Header values of an imported text, each with where it came from: list, page label, the text, the file's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from gongkai.catalog import header
from gongkai.catalog.editions import Disclosure
from gongkai.publishing import suggestions
from gongkai.publishing.importing import manifest, promulgation
from gongkai.publishing.importing.reading import Reading
from gongkai.publishing.importing.sources import Item
from gongkai.texts import docnumbers, richtext
from gongkai.texts.dates import BEIJING, InvalidDate, parse_date, parse_datetime

_SUMMARY_CHARS = 120
_SENTENCE_CHARS = 12  # shorter ones greet or announce (各有关单位：, 现公告如下。)
_SIGNED = ("date_of_issue", "issuer", "expires_on")
_DATES = ("date_of_issue", "effective_on", "expires_on")
_LABEL_OF = {"title": "ArticleTitle", "source": "ContentSource", "keywords": "Keywords", "summary": "Description"}
_LAPSED = re.compile(r"失效|废止|廢止|无效|已止|作废")
_HOLDS = re.compile(r"有效|现行|未失效|施行|执行")
_LIMITED = {"依申请": Disclosure.ON_APPLICATION, "不予": Disclosure.WITHHELD, "不公开": Disclosure.WITHHELD}
TEXT_KEYS = ("title", "issuer", "genre", "keywords", "summary", "source", "index_number")


@dataclass(frozen=True)
class Value:
    """A value and where it was found, in the words of the report."""

    value: Any
    origin: str


@dataclass
class Mapped:
    """Everything known of one text. ``doubts`` keep it a draft until a person has looked; ``notes`` do not."""

    values: dict[str, Value] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lapsed: str = ""  # what the former site called it: 废止, 失效

    def get(self, key: str) -> Any:
        """The value of a key; None when nothing was found."""
        found = self.values.get(key)
        return found.value if found else None

    def offer(self, key: str, value: Any, origin: str) -> None:
        """Take a value unless a better source gave one already."""
        found = manifest.UNWRITABLE.sub("", value) if isinstance(value, str) else value
        if found not in (None, "") and key not in self.values:
            self.values[key] = Value(found, origin)

    def day(self, key: str) -> date | None:
        """A date's day, whether or not a time was given with it."""
        found = self.get(key)
        return found.astimezone(BEIJING).date() if isinstance(found, datetime) else found


def find_values(item: Item, reading: Reading, defaults: Mapping[str, str]) -> Mapped:
    """Header values, the surest source first; ``defaults`` are given on the command line for what nobody said."""
    found = Mapped(doubts=list(reading.doubts), notes=list(reading.notes))
    _from_texts(found, item.row.values if item.row else {}, item.row.where if item.row else "")
    _from_labels(found, reading.labels)
    lines = richtext.plain_text(reading.html).split("\n")
    signature = {one.key: one.value for one in suggestions.suggest(reading.html, {}, _SIGNED)}
    signed_on = parse_date(signature["date_of_issue"]) if "date_of_issue" in signature else None
    said = promulgation.read(lines)
    note = "正文题注" if said.lines else "正文"
    found.offer("title", reading.title, "正文标题")
    found.offer("document_number", said.document_number, note)
    found.offer("date_of_issue", said.date_of_issue, note)
    found.offer("issuer", said.issuer, note)
    found.offer("effective_on", said.effective_on, "正文")
    found.offer("date_of_issue", signed_on, "落款")
    found.offer("issuer", signature.get("issuer"), "落款")
    _offer_date(found, "expires_on", signature.get("expires_on", ""), "正文")
    title, day = promulgation.title_and_day(item.file)
    found.offer("title", title, "文件名")
    _offer_named_day(found, day)
    _from_texts(found, defaults, "命令行")
    _fill_in(found, lines)
    if said.effective_when_issued:
        found.offer("effective_on", found.day("date_of_issue"), "正文（自公布之日起）")
    return found


def _offer_named_day(found: Mapped, day: date | None) -> None:
    """A date in the file's name is when the text was last published, unless the text says that it is younger."""
    issued = found.day("date_of_issue")
    if day and issued and day < issued and "published_on" not in found.values:
        found.notes.append(f"文件名里的日期{day.isoformat()}早于成文日期，没有采用")
    else:
        found.offer("published_on", day, "文件名")


def _from_texts(found: Mapped, given: Mapping[str, str], origin: str) -> None:
    """Values as people wrote them in a list: read, and doubted where they cannot be read."""
    for key in (*TEXT_KEYS, "url", "column", "type", "department"):
        found.offer(key, " ".join(given.get(key, "").split()), origin)
    for key in _DATES:
        _offer_date(found, key, given.get(key, ""), origin)
    _offer_moment(found, given.get("published_on", ""), origin)
    _offer_number(found, given.get("document_number", ""), origin)
    _offer_subject(found, given.get("subject", ""), origin)
    _offer_validity(found, given.get("validity", ""))
    written = given.get("disclosure", "")
    limited = next((value for mark, value in _LIMITED.items() if mark in written), None)
    found.offer("disclosure", limited and limited.value, origin)


def _from_labels(found: Mapped, labels: Mapping[str, str]) -> None:
    for key, label in _LABEL_OF.items():
        found.offer(key, labels.get(label, ""), f"页面标签 {label}")
    found.offer("url", labels.get("Url", ""), "页面标签 Url")
    found.offer("column", labels.get("ColumnName", ""), "页面标签 ColumnName")
    _offer_moment(found, labels.get("PubDate", ""), "页面标签 PubDate")


def _fill_in(found: Mapped, lines: list[str]) -> None:
    """What can be told from what is known, marked as such."""
    published, issued = found.day("published_on"), found.day("date_of_issue")
    found.offer("date_of_issue", published, "按发布日期")
    found.offer("published_on", issued, "按成文日期")
    found.offer("summary", first_words(lines), "正文首段")


def first_words(lines: list[str]) -> str:
    """The first sentences of the text, for a summary until somebody writes one: at most ``_SUMMARY_CHARS``."""
    for line in lines:
        sentence = re.sub(r"^第[一二三四五六七八九十]+条\s*", "", line.strip())
        if len(sentence) >= _SENTENCE_CHARS and sentence.endswith(("。", "；", "！", "？", ".")):
            if len(sentence) <= _SUMMARY_CHARS:
                return sentence
            ends = [match.end() for match in re.finditer("[。；！？]", sentence[:_SUMMARY_CHARS])]
            return sentence[: ends[-1]] if ends else sentence[: _SUMMARY_CHARS - 1] + "…"
    return ""


def _offer_date(found: Mapped, key: str, written: str, origin: str) -> None:
    if not written or key in found.values:
        return
    try:
        found.offer(key, parse_date(written), origin)
    except InvalidDate as problem:
        found.doubts.append(f"{origin}的{manifest.LABELS[key]}：{problem}")


def _offer_moment(found: Mapped, written: str, origin: str) -> None:
    if not written or "published_on" in found.values:
        return
    try:
        moment = parse_datetime(written)
    except InvalidDate as problem:
        found.doubts.append(f"{origin}的发布日期：{problem}")
        return
    found.offer("published_on", moment if moment.time() != time() else moment.date(), origin)


def _offer_number(found: Mapped, written: str, origin: str) -> None:
    if not written or "document_number" in found.values or written in ("无", "无文号", "—", "-", "/"):
        return
    try:
        found.offer("document_number", str(docnumbers.parse(written)), origin)
    except docnumbers.InvalidDocumentNumber as problem:
        found.doubts.append(f"{origin}的发文字号没有带入：{problem}")


def _offer_subject(found: Mapped, written: str, origin: str) -> None:
    """One of the 22 classes, also by its first words or under a finer class of one's own (城乡建设、环境保护/供热)."""
    plain = "".join(written.split())
    if not plain or "subject" in found.values:
        return
    heads = [one for one in header.SUBJECTS if plain.startswith(one) or (len(plain) >= 2 and plain in one)]
    if len(heads) == 1:
        found.offer("subject", heads[0], origin)
    else:
        found.offer("column", written, origin)
        found.notes.append(f"“{written}”不是国务院公布的22个主题分类之一，没有作为主题分类带入")


def _offer_validity(found: Mapped, written: str) -> None:
    if not written:
        return
    if _LAPSED.search(written) and not re.search(r"未|尚|不", written):
        found.lapsed = "废止" if "废" in written or "廢" in written else "失效"
    elif not _HOLDS.search(written):
        found.notes.append(f"有效性“{written}”看不明白，没有带入")

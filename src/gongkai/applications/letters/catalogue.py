"""Every letter of an application: what it is called, to whom it goes, when it is offered, what it has to say.

Declared in ``kinds``: a letter is paragraphs of wording, or (forms of the file) a table. The set follows what the
Regulation asks to be told, and the practice of offices that work with the whole set of forms (rules.md section 4).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from gongkai.applications.letters import wording
from gongkai.applications.letters.facts import names
from gongkai.law.articles import REGULATION, cite

GROUPS = ("process", "replies", "consultations", "records")
BLOCKS = frozenset({"fees", "parts"})


class Addressee(StrEnum):
    """To whom a letter goes."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    AGENCY = "agency"
    INTERNAL = "internal"


ADDRESSEES = {
    Addressee.APPLICANT: "申请人",
    Addressee.THIRD_PARTY: "第三方",
    Addressee.AGENCY: "其他机关、单位",
    Addressee.INTERNAL: "存档",
}


class Series(StrEnum):
    """Letters that share a running number."""

    RECEIPT = "receipt"
    NOTICE = "notice"
    REPLY = "reply"
    CONSULTATION = "consultation"
    FEE = "fee"
    CORRESPONDENCE = "correspondence"


SERIES_MARKS = {
    Series.RECEIPT: "回",
    Series.NOTICE: "告",
    Series.REPLY: "答",
    Series.CONSULTATION: "征",
    Series.FEE: "费",
    Series.CORRESPONDENCE: "函",
}
SERIES_LABELS = {
    Series.RECEIPT: "登记回执",
    Series.NOTICE: "告知书",
    Series.REPLY: "答复书",
    Series.CONSULTATION: "征求意见书",
    Series.FEE: "收费通知书",
    Series.CORRESPONDENCE: "函",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a letter: wording (``text``) or a drawn ``block``; only there when all it ``needs`` is known."""

    key: str
    text: str = ""
    block: str = ""
    needs: tuple[str, ...] = ()
    operative: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The facts it calls, by their Chinese names."""
        return tuple(name for name in wording.used(self.text) if name != wording.CITATION)


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of letter. ``series`` None: not numbered. ``closing``: it ends the application."""

    key: str
    group: str
    title: str
    label: str
    addressee: Addressee
    to: str
    series: Series | None
    offered: str
    articles: tuple[tuple[int, ...], ...]
    paragraphs: tuple[Paragraph, ...] = ()
    table: str = ""
    slip: str = ""
    enclosures: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    closing: bool = False

    @property
    def citation(self) -> str:
        """Its articles in one phrase, the Regulation named once: 《…条例》第二十九条第二款、第三十条."""
        cited = [_cited(one) for one in self.articles]
        return "、".join([*cited[:1], *(one.removeprefix(REGULATION) for one in cited[1:])])

    @property
    def required(self) -> tuple[str, ...]:
        """Chinese names of the facts without which it cannot be written, in the wording that comes with Gongkai."""
        return self.required_in({})

    def required_in(self, overrides: Mapping[str, str]) -> tuple[str, ...]:
        """The same where an agency has its own wording (paragraph key → text)."""
        frame = ("机关名称",) if self.table else ("机关名称", self.to, "成文日期")
        numbered = ("文号",) if self.series else ()
        of_text = [
            name
            for one in self.paragraphs
            if one.block or not one.needs
            for name in (one.needs if one.block else _used(overrides.get(one.key, one.text)))
        ]
        return tuple(dict.fromkeys([*frame, *numbered, *self.requires, *of_text]))

    def paragraph(self, key: str) -> Paragraph:
        """The paragraph of that key; raises KeyError."""
        for one in self.paragraphs:
            if one.key == key:
                return one
        raise KeyError(key)


def all_letters() -> Mapping[str, Letter]:
    """Every letter by its key, in the order of the catalogue."""
    return _catalogue()


def get(key: str) -> Letter:
    """The letter of that key; raises KeyError."""
    return _catalogue()[key]


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, Letter]:
    shared = {key: _paragraph({"key": key, **facts}) for key, facts in _declared("shared").items()}
    return {key: _letter(key, group, facts, shared) for group in GROUPS for key, facts in _declared(group).items()}


def _declared(name: str) -> dict[str, Any]:
    text = resources.files("gongkai.applications.letters").joinpath(f"kinds/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _letter(key: str, group: str, facts: dict[str, Any], shared: Mapping[str, Paragraph]) -> Letter:
    series = facts.get("series")
    return Letter(
        key=key,
        group=group,
        title=facts["title"],
        label=facts.get("label", facts["title"]),
        addressee=Addressee(facts["addressee"]),
        to=facts.get("to", "申请人"),
        series=Series(series) if series else None,
        offered=facts["offered"],
        articles=tuple(tuple(one) for one in facts["articles"]),
        paragraphs=tuple(shared[one["use"]] if "use" in one else _paragraph(one) for one in facts.get("paragraph", [])),
        table=facts.get("table", ""),
        slip=facts.get("slip", ""),
        enclosures=tuple(facts.get("enclosures", ())),
        requires=tuple(facts.get("requires", ())),
        closing=bool(facts.get("closing", False)),
    )


def _paragraph(facts: dict[str, Any]) -> Paragraph:
    needs = tuple(facts.get("needs", ()))
    block, text = str(facts.get("block", "")), str(facts.get("text", ""))
    if unknown := [name for name in needs if name not in names()]:
        raise ValueError(f"paragraph {facts['key']} needs unknown facts {unknown}")
    if block and block not in BLOCKS:
        raise ValueError(f"no block {block!r}")
    return Paragraph(facts["key"], text if block else wording.check(text), block, needs, bool(facts.get("operative")))


def _used(text: str) -> list[str]:
    return [name for name in wording.used(text) if name != wording.CITATION]


def _cited(numbers: tuple[int, ...]) -> str:
    """(36, 0, 1): article, paragraph (0: none named), item."""
    article, paragraph, item = (*numbers, 0, 0)[:3]
    return cite(article, paragraph or None, item or None)

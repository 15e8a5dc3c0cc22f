"""The demo's script: every document of 澜川市 by ``today``, with its number, text, links and fate. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from gongkai.demo.city import body
from gongkai.demo.days import (
    SETTLED_DAYS,
    add_working_days,
    at,
    next_day,
    office_time,
    working_day_until,
    years_later,
)
from gongkai.demo.entries import Entry, dates, second_texts, written
from gongkai.demo.prose import dated, html, referenced
from gongkai.demo.series import entries_until
from gongkai.demo.shapes import (
    Approved,
    Corrected,
    DemoDocument,
    Drafting,
    Emergency,
    Fate,
    InReview,
    Released,
    Returned,
    Revised,
    Revoked,
    Scheduled,
    Withdrawn,
)

#: The number the first order (政府令) of the demo carries; later ones count on from it.
FIRST_ORDER = 41


def documents(today: date) -> list[DemoDocument]:
    """Every document of the demo as it stands on the morning of ``today``, oldest first.

    The same ``today`` always gives the same documents. Nothing is dated after ``today`` except scheduled releases.
    """
    entries = [*(one for one in written() if _is_past(one, today)), *entries_until(today)]
    issued = dates(entries, today)
    entries.sort(key=lambda one: (issued[one.key], one.key))
    stage = _Stage(today, issued, {one.key: one for one in entries}, _numbers(entries, issued))
    return [stage.document(one) for one in entries]


def _is_past(one: Entry, today: date) -> bool:
    """Whether an entry with a date of its own is well past; seasons and the desk always are."""
    issued: date | None = one.when.get("issued")
    return issued is None or issued + timedelta(days=SETTLED_DAYS) < today


def _numbers(entries: list[Entry], issued: dict[str, date]) -> dict[str, str]:
    """Document numbers by key: within a prefix and year they rise with the date, with gaps for what is not public."""
    found: dict[str, str] = {}
    last: dict[tuple[str, int], int] = {}
    order = FIRST_ORDER
    for one in entries:
        if one.document_number:
            found[one.key] = one.document_number
        elif one.number == "令":
            found[one.key] = f"{body(one.agency).name}令第{order}号"
            order += Random(f"order {one.key}").randint(1, 3)
        elif one.number and one.fate.get("kind") != "drafting":
            prefix = body(one.agency).document_prefix if one.number == "发" else one.number
            year = issued[one.key].year
            last[prefix, year] = last.get((prefix, year), 0) + Random(f"number {one.key}").randint(1, 3)
            found[one.key] = f"{prefix}〔{year}〕{last[prefix, year]}号"
    return found


@dataclass(frozen=True)
class _Stage:
    today: date
    issued: dict[str, date]
    entries: dict[str, Entry]
    numbers: dict[str, str]

    def document(self, one: Entry) -> DemoDocument:
        issued = self.issued[one.key]
        effective = next_day(one.effective, issued) if one.effective else None
        text = self.text(one, one.markdown)
        return DemoDocument(
            key=one.key,
            agency=one.agency,
            department=one.department,
            type=one.type,
            title=self.text(one, one.title),
            document_number=self.numbers.get(one.key),
            date_of_issue=issued,
            effective_on=effective,
            expires_on=self.expiry(one),
            subject=one.subject,
            genre=one.genre,
            keywords=one.keywords,
            summary=self.text(one, one.summary) or _opening(text),
            source=one.source or body(one.agency).name,
            attribute=one.attribute,
            ground=one.ground,
            article20=one.item or None,
            topics=one.topics,
            body_html=html(text),
            attachments=one.attachments,
            links=one.links,
            fate=self.fate(one),
            handwritten=one.handwritten,
            trips=one.trips,
        )

    def text(self, one: Entry, raw: str) -> str:
        return referenced(dated(raw, self.issued[one.key]), self.look_up)

    def look_up(self, name: str, key: str) -> str:
        if name == "文号":
            return self.numbers[key]
        return dated(self.entries[key].title, self.issued[key])

    def expiry(self, one: Entry) -> date | None:
        if not one.valid_years:
            return None
        issued = self.issued[one.key]
        return years_later(next_day(one.effective, issued) if one.effective else issued, one.valid_years)

    def released(self, key: str) -> datetime:
        """When a released entry went out: some working days after its issue, never later than yesterday."""
        one = self.entries[key]
        rng = Random(f"release {key}")
        day = add_working_days(self.issued[key], rng.randint(*one.lag))
        yesterday = working_day_until(self.today - timedelta(days=1))
        return office_time(max(min(day, yesterday), self.issued[key]), rng)

    def fate(self, one: Entry) -> Fate:
        told = one.fate
        maker: Callable[[Entry, dict[str, Any]], Fate] = getattr(self, f"_{told.get('kind', 'released')}")
        return maker(one, told)

    def _released(self, one: Entry, told: dict[str, Any]) -> Fate:
        return Released(self.released(one.key))

    def _in_review(self, one: Entry, told: dict[str, Any]) -> Fate:
        return InReview(self.past(one, told["submitted"]), told["step"])

    def _returned(self, one: Entry, told: dict[str, Any]) -> Fate:
        return Returned(self.past(one, told["submitted"]), self.past(one, told["back"]), told["step"], told["reason"])

    def _drafting(self, one: Entry, told: dict[str, Any]) -> Fate:
        return Drafting(late=add_working_days(self.issued[one.key], 20) < self.today)

    def _approved(self, one: Entry, told: dict[str, Any]) -> Fate:
        return Approved(self.past(one, told["approved"]))

    def _scheduled(self, one: Entry, told: dict[str, Any]) -> Fate:
        release = at(self.today + timedelta(days=told["in_days"]), told["clock"])
        return Scheduled(self.past(one, told["approved"]), release)

    def _corrected(self, one: Entry, told: dict[str, Any]) -> Fate:
        released = self.released(one.key)
        when = office_time(add_working_days(released.date(), told["after"]), Random(f"correct {one.key}"))
        return Corrected(released, when, told["note"], self.second(one, told))

    def _revised(self, one: Entry, told: dict[str, Any]) -> Fate:
        return Revised(
            self.released(one.key),
            self.released(told["by"]),
            self.text(one, told["change_note"]),
            self.second(one, told),
        )

    def _withdrawn(self, one: Entry, told: dict[str, Any]) -> Fate:
        successor: str | None = told.get("successor")
        if successor:
            when = self.released(successor)
        else:
            expiry = self.expiry(one)
            if expiry is None:
                raise ValueError(f"{one.key}: withdrawn without a successor and without an expiry")
            when = at(expiry, "00:05")
        return Withdrawn(self.released(one.key), when, told["way"], self.text(one, told["ground"]), successor)

    def _revoked(self, one: Entry, told: dict[str, Any]) -> Fate:
        released = self.released(one.key)
        return Revoked(released, released + timedelta(hours=told["after_hours"]), told["reason"])

    def _emergency(self, one: Entry, told: dict[str, Any]) -> Fate:
        when = at(self.issued[one.key], told["clock"])
        return Emergency(when, told["reason"], when + timedelta(hours=told["reviewed_after_hours"]))

    def past(self, one: Entry, working_days_ago: int) -> datetime:
        """A moment some working days before today, not before the entry was formed."""
        day = max(add_working_days(self.today, -working_days_ago), self.issued[one.key])
        return office_time(day, Random(f"past {one.key} {working_days_ago}"))

    def second(self, one: Entry, told: dict[str, Any]) -> str:
        """The later text: told whole in the content files, or as passages replaced."""
        raw = second_texts().get(one.key, one.markdown)
        for old, new in told.get("replace", ()):
            if old not in raw:
                raise ValueError(f"{one.key}: nothing to replace: {old}")
            raw = raw.replace(old, new)
        return html(self.text(one, raw))


def _opening(text: str) -> str:
    """The first sentences that say something: the summary of a document that brings none."""
    for line in text.splitlines():
        plain = line.replace("**", "").strip().strip("#|- ")
        captions = plain.startswith("（") and plain.endswith("）")  # 题注 says when, not what
        if len(plain) >= 24 and not captions and not plain.endswith("：") and "|" not in plain:
            return plain if len(plain) <= 110 else plain[:109] + "…"
    return ""

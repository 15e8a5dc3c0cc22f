"""The demo's documents: enough of each type, true to themselves, and consistent on whatever day the demo is built."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import lru_cache
from html.parser import HTMLParser
from math import ceil

import pytest

from gongkai.demo.city import bodies, body, columns, topics
from gongkai.demo.days import add_working_days
from gongkai.demo.prose import unfilled
from gongkai.demo.script import documents
from gongkai.demo.shapes import (
    LINK_KINDS,
    ROLES,
    TYPES,
    Corrected,
    DemoDocument,
    Drafting,
    Emergency,
    InReview,
    Returned,
    Revised,
    Revoked,
    Scheduled,
    Withdrawn,
)

TODAYS = [
    date(2026, 11, 22),
    date(2026, 11, 23),
    date(2026, 2, 17),
    date(2027, 5, 3),
    date(2028, 2, 29),
    date(2025, 8, 9),
]
TODAY = TODAYS[0]
LEAST = {
    "rule": 3,
    "normative": 10,
    "other_document": 30,
    "notice": 50,
    "news": 120,
    "interpretation": 9,
    "plan": 7,
    "budget": 12,
    "service": 5,
    "enforcement": 20,
    "fee": 3,
    "procurement": 20,
    "project": 40,
    "emergency": 5,
    "recruitment": 6,
    "organisation": 9,
    "topic_page": 4,
}
#: The 22 classes of the State Council's scheme that the demo uses.
SUBJECTS = {
    "国务院组织机构", "综合政务", "财政、金融、审计", "工业、交通", "城乡建设、环境保护", "劳动、人事、监察",
}  # fmt: skip
REAL_NAMES = ("北京", "首都", "中关村", "朝阳区", "海淀", "上海", "天津", "广州", "深圳", "beijing")


@lru_cache
def told(today: date) -> tuple[DemoDocument, ...]:
    return tuple(documents(today))


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>|\s", "", html)


every_today = pytest.mark.parametrize("today", TODAYS, ids=str)


@every_today
def test_there_is_enough_of_every_type(today: date) -> None:
    counts = Counter(one.type for one in told(today))
    assert set(counts) == set(TYPES) - {"annual_report"}  # those are computed (demo.reports)
    for kind, least in LEAST.items():
        assert counts[kind] >= least, (kind, counts[kind])
    assert len(told(today)) >= 420
    assert sum(one.handwritten for one in told(today)) >= 60


@every_today
def test_the_desks_are_full_of_life(today: date) -> None:
    fates = Counter(one.fate.kind for one in told(today))
    wanted = {
        "in_review": 12,
        "returned": 3,
        "drafting": 6,
        "approved": 2,
        "scheduled": 4,
        "corrected": 3,
        "revised": 3,
    }
    wanted |= {"withdrawn": 4, "revoked": 2, "emergency": 1}
    assert {kind: fates[kind] for kind in wanted} == wanted
    assert sum(one.fate.late for one in told(today) if isinstance(one.fate, Drafting)) == 3
    assert {one.fate.way for one in told(today) if isinstance(one.fate, Withdrawn)} == {"expired", "repealed"}
    steps = {one.fate.step for one in told(today) if isinstance(one.fate, InReview)}
    assert steps == {"dept_reviewer", "office_reviewer", "legal_reviewer", "secrecy_reviewer", "leader"}
    assert steps < set(ROLES)


@every_today
def test_keys_are_unique_and_nothing_waits_to_be_filled(today: date) -> None:
    keys = [one.key for one in told(today)]
    assert len(keys) == len(set(keys))
    for one in told(today):
        for text in (one.title, one.summary, one.body_html, *all_second_texts(one)):
            assert not unfilled(text), (one.key, unfilled(text))
            assert text.strip(), one.key
            assert "::" not in text, one.key
            assert "**" not in text, one.key


def all_second_texts(one: DemoDocument) -> list[str]:
    return [one.fate.second_html] if isinstance(one.fate, Corrected | Revised) else []


@every_today
def test_document_numbers_are_unique_and_rise_with_the_date(today: date) -> None:
    numbers = [one.document_number for one in told(today) if one.document_number]
    assert len(numbers) == len(set(numbers))
    last: dict[str, int] = defaultdict(int)
    for one in told(today):
        number = one.document_number
        if number is None or "令" in number:
            continue
        found = re.fullmatch(r"(\w+)〔(\d{4})〕(\d+)号", number)
        assert found, number
        assert int(found.group(2)) == one.date_of_issue.year
        assert int(found.group(3)) > last[found.group(1) + found.group(2)], number
        last[found.group(1) + found.group(2)] = int(found.group(3))
    orders = [int(re.sub(r"\D", "", one.document_number or "0")) for one in told(today) if one.type == "rule"]
    assert orders == sorted(orders)


@every_today
def test_every_rule_and_normative_document_has_a_number(today: date) -> None:
    for one in told(today):
        if one.type in {"rule", "normative"}:
            assert one.document_number, one.key
            assert one.effective_on, one.key
            assert one.effective_on > one.date_of_issue


def moments_of(one: DemoDocument) -> list[datetime]:
    """What has happened to a document by today, in order; a scheduled release has not happened."""
    fate = one.fate
    if isinstance(fate, Scheduled):
        return [fate.approved_at]
    if isinstance(fate, InReview):
        return [fate.submitted_at]
    if isinstance(fate, Returned):
        return [fate.submitted_at, fate.at]
    if isinstance(fate, Emergency):
        return [fate.at, fate.reviewed_at]
    if isinstance(fate, Corrected | Revised | Withdrawn | Revoked):
        return [fate.released_at, fate.at]
    return [one.released_at] if one.released_at else []


@every_today
def test_nothing_happens_after_today_except_what_is_scheduled(today: date) -> None:
    for one in told(today):
        assert one.date_of_issue <= today, one.key
        moments = moments_of(one)
        assert moments == sorted(moments), one.key
        for moment in moments:
            assert one.date_of_issue <= moment.date() < today, (one.key, moment)
            assert moment.utcoffset() is not None
        if isinstance(one.fate, Scheduled):
            assert 0 < (one.fate.at.date() - today).days <= 7, one.key


@every_today
def test_late_drafts_have_passed_the_twenty_working_days(today: date) -> None:
    for one in told(today):
        if isinstance(one.fate, Drafting):
            assert one.fate.late == (add_working_days(one.date_of_issue, 20) < today)


@every_today
def test_released_documents_kept_the_duty_of_article_26(today: date) -> None:
    for one in told(today):
        if one.released_at:
            assert one.released_at.date() <= add_working_days(one.date_of_issue, 20), one.key


@every_today
def test_links_and_successors_resolve(today: date) -> None:
    found = {one.key: one for one in told(today)}
    for one in told(today):
        for link in one.links:
            assert link.kind in LINK_KINDS
            assert link.target in found, (one.key, link)
            assert link.target != one.key
            if link.kind in {"interprets", "amends", "repeals"}:
                assert found[link.target].date_of_issue <= one.date_of_issue, (one.key, link)
        if isinstance(one.fate, Withdrawn) and one.fate.successor:
            successor = found[one.fate.successor]
            assert successor.released_at == one.fate.at
        if isinstance(one.fate, Withdrawn) and one.fate.way == "expired":
            assert one.expires_on is not None
            assert one.fate.at.date() == one.expires_on


def test_every_policy_interpreted_is_a_policy() -> None:
    found = {one.key: one for one in told(TODAY)}
    interpreted = {link.target for one in told(TODAY) for link in one.links if link.kind == "interprets"}
    assert len(interpreted) >= 8
    assert {found[key].type for key in interpreted} <= {"rule", "normative"}


@every_today
def test_headers_are_complete(today: date) -> None:
    departments = {one.code: {each.name for each in one.departments} for one in bodies()}
    for one in told(today):
        assert one.department in departments[one.agency], one.key
        assert one.subject in SUBJECTS, one.subject
        assert one.genre, one.key
        assert one.keywords, one.key
        assert 20 <= len(one.summary) <= 120, (one.key, one.summary)
        assert one.attribute == "proactive"
        assert one.article20 is None or 1 <= one.article20 <= 15
        assert body(one.agency).succession is None


def test_every_listing_column_of_an_agency_shows_something() -> None:
    for column in columns():
        shown = [
            one
            for one in told(TODAY)
            if one.released_at
            and (column.reach == "city" or one.agency == column.agency)
            and (not column.types or one.type in column.types)
            and (not column.topics or set(one.topics) & set(column.topics))
            and (not column.items or one.article20 in column.items)
        ]
        assert shown, (column.agency, column.path)


def test_every_topic_used_has_a_name_and_every_name_is_used() -> None:
    assert {topic for one in told(TODAY) for topic in one.topics} == set(topics())
    assert {topic for column in columns() for topic in column.topics} <= set(topics())


def test_every_drafting_department_has_a_drafter() -> None:
    drafters = {
        (one.code, officer.department) for one in bodies() for officer in one.officers if "drafter" in officer.roles
    }
    assert {(one.agency, one.department) for one in told(TODAY)} <= drafters


@every_today
def test_texts_say_something(today: date) -> None:
    for one in told(today):
        assert len(plain(one.body_html)) >= 110, (one.key, len(plain(one.body_html)))
    written = [one for one in told(today) if one.handwritten]
    assert sum(len(plain(one.body_html)) for one in written) / len(written) >= 320


def test_the_waste_rule_has_chapters_and_articles() -> None:
    rule = next(one for one in told(TODAY) if one.key == "rule-waste")
    assert len(re.findall(r"<strong>第[一二三四五六七八九十]+条</strong>", rule.body_html)) >= 36
    assert len(re.findall(r"<h2>第[一二三四五六七八]章", rule.body_html)) == 8


@every_today
def test_no_two_texts_read_alike(today: date) -> None:
    """Jaccard similarity of six-character shingles across every pair. Two texts as alike as that share one of the
    rarest of their shingles: only such pairs are compared."""
    texts = [(one.key, plain(one.body_html)) for one in told(today)]
    shingles = {key: {text[i : i + 6] for i in range(len(text) - 5)} for key, text in texts}
    assert len(shingles) == len(texts)
    spread = Counter(shingle for own in shingles.values() for shingle in own)
    seen: dict[str, list[str]] = defaultdict(list)
    for key, own in shingles.items():
        rarest = sorted(own, key=lambda shingle: (spread[shingle], shingle))[: len(own) - ceil(0.7 * len(own)) + 1]
        for other in {other for shingle in rarest for other in seen[shingle]}:
            assert len(own & shingles[other]) / len(own | shingles[other]) < 0.7, (other, key)
        for shingle in rarest:
            seen[shingle].append(key)


class Tables(HTMLParser):
    """Rows of every table of a text; checks on the way that a table has a header."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.headers = 0
        self._cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"td", "th"}:
            self.tables[-1][-1].append("")
            self._cell = True
            self.headers += tag == "th"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.tables[-1][-1][-1] += data


def tables_of(html: str) -> Tables:
    parser = Tables()
    parser.feed(html)
    return parser


NUMBER = re.compile(r"-?\d+(\.\d+)?")


@every_today
def test_the_sums_of_tables_are_right(today: date) -> None:
    sums = 0
    for one in told(today):
        for html in [one.body_html, *all_second_texts(one)]:
            parser = tables_of(html)
            assert parser.headers >= len(parser.tables), one.key
            for table in parser.tables:
                assert len({len(row) for row in table}) == 1, one.key
                if table[-1][0] != "合计":
                    continue
                for column in list(zip(*table, strict=True))[1:]:
                    cells = column[1:-1]
                    if NUMBER.fullmatch(column[-1]) and all(NUMBER.fullmatch(cell) for cell in cells):
                        assert sum(map(float, cells)) == pytest.approx(float(column[-1])), (one.key, column)
                        sums += 1
    assert sums >= 150


def test_the_same_today_tells_the_same_documents() -> None:
    assert documents(TODAY) == list(told(TODAY))


def test_a_series_document_says_the_same_the_day_after() -> None:
    later = {one.key: one for one in told(TODAYS[1])}
    same = [one for one in told(TODAY) if not one.handwritten and one.key in later]
    assert len(same) > 300
    for one in same:
        assert later[one.key].body_html == one.body_html


@every_today
def test_no_real_place_of_the_origin_reports_appears(today: date) -> None:
    for one in told(today):
        text = one.title + one.body_html + one.summary + one.source
        for name in REAL_NAMES:
            assert name not in text, (one.key, name)


def test_two_drafts_trip_the_checks_and_nothing_else_carries_a_mobile_number() -> None:
    tripping = {one.key: one for one in told(TODAY) if one.trips}
    assert {trip for one in tripping.values() for trip in one.trips} == {"phone", "wrong_word"}
    for one in told(TODAY):
        assert bool(re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", one.body_html)) == ("phone" in one.trips), one.key
        assert ("布署" in one.body_html or "截止目前" in one.body_html) == ("wrong_word" in one.trips), one.key
        if one.trips:
            assert isinstance(one.fate, Drafting)


def test_second_texts_differ_from_the_first() -> None:
    for one in told(TODAY):
        for second in all_second_texts(one):
            assert second != one.body_html, one.key
